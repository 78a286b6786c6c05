// A stand-in for the module `electron`: it does nothing, and remembers everything that the program asks of it.
// Tests use it as `vi.mock('electron', () => import('./electron.ts'))`; `record` and the emitters are theirs.
import { EventEmitter } from 'node:events';
import path from 'node:path';
import { tempFolder } from '../contract/temp.ts';

type Listener = (...values: never[]) => unknown;
type Invoke = (event: unknown, ...values: unknown[]) => Promise<unknown>;

export const record = {
  /** Calls that are only remembered, in order. */
  done: [] as { what: string; with: unknown[] }[],
  windows: [] as BrowserWindow[],
  handlers: new Map<string, Invoke>(),
  schemes: [] as unknown[],
  exposed: new Map<string, Record<string, unknown>>(),
  /** Messages that the preload script sent: channel and arguments. */
  invoked: [] as unknown[][],
  menu: undefined as { label?: string; submenu?: { label?: string; role?: string }[] }[] | undefined,
  /** Answers that the person gives to the dialogs, in order. */
  answers: [] as unknown[],
  dialogs: [] as { kind: string; options: Record<string, unknown> }[],
  isOnly: true,
  driver: true,
};
const note =
  (what: string) =>
  (...values: unknown[]): void =>
    void record.done.push({ what, with: values });

/** Whether the program did `what`. */
export const did = (what: string): boolean => record.done.some((entry) => entry.what === what);

/** An event that remembers whether it was prevented. */
export const preventable = (more: object = {}) => {
  const event = { prevented: false, ...more, preventDefault: () => void Object.assign(event, { prevented: true }) };
  return event;
};

const home = tempFolder('electron');

class StandInApp extends EventEmitter {
  isPackaged = true;
  commandLine = { appendSwitch: note('appendSwitch') };
  paths: Record<string, string> = { userData: path.join(home, 'userData'), documents: path.join(home, 'documents') };
  root = path.resolve(import.meta.dirname, '../..');
  getPath = (name: string) => this.paths[name];
  getAppPath = () => this.root;
  enableSandbox = note('enableSandbox');
  quit = note('quit');
  exit = note('exit');
  whenReady = () => Promise.resolve();
  requestSingleInstanceLock = (data: unknown) => {
    note('requestSingleInstanceLock')(data);
    return record.isOnly;
  };
}
export const app = new StandInApp();

export class WebContents extends EventEmitter {
  mainFrame = { url: 'app://hyoka/index.html', parent: null };
  sent: unknown[][] = [];
  openHandler: (() => { action: string }) | undefined;
  printed: unknown[] = [];
  setWindowOpenHandler = (handler: () => { action: string }) => {
    this.openHandler = handler;
  };
  send = (...values: unknown[]) => void this.sent.push(values);
  print = (options: unknown, done: (ok: boolean) => void) => {
    this.printed.push(options);
    done(false);
  };
  /** Scripts that the program runs in the page, and what it prints. */
  scripts: string[] = [];
  pdfs: unknown[] = [];
  executeJavaScript = async (script: string) => {
    this.scripts.push(script);
    return true;
  };
  printToPDF = async (options: unknown): Promise<Buffer> => {
    this.pdfs.push(options);
    return Buffer.from('%PDF');
  };
  isCrashed = () => true;
  forcefullyCrashRenderer = note('forcefullyCrashRenderer');
}

export class BrowserWindow extends EventEmitter {
  webContents = new WebContents();
  loaded: string[] = [];
  readonly options: Record<string, unknown>;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    record.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL = async (address: string) => void this.loaded.push(address);
  close = () => {
    const event = preventable();
    this.emit('close', event);
    if (event.prevented) return event;
    if (this.keepsWords) this.webContents.emit('will-prevent-unload', preventable());
    else this.destroy();
    return event;
  };
  /** Whether its page answers that it should stay. */
  keepsWords = false;
  show = note('show');
  hide = note('hide');
  maximize = note('maximize');
  restore = note('restore');
  focus = note('focus');
  isMinimized = () => true;
  isMaximized = () => false;
  destroyed = false;
  destroy = () => {
    this.destroyed = true;
    this.emit('closed');
  };
  isDestroyed = () => this.destroyed;
  getNormalBounds = () => ({ x: 10, y: 20, width: 1300, height: 900 });
}

type Check = Record<string, Listener>;
export class Session extends EventEmitter {
  handlers: Check = {};
  protocols = new Map<string, (request: Request) => Promise<Response>>();
  private take = (name: string) => (handler: Listener) => void Object.assign(this.handlers, { [name]: handler });
  webRequest = { onBeforeRequest: this.take('beforeRequest') };
  protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => this.protocols.set(scheme, handler),
    unhandle: (scheme: string) => this.protocols.delete(scheme),
  };
  setPermissionRequestHandler = this.take('permissionRequest');
  setPermissionCheckHandler = this.take('permissionCheck');
  setDevicePermissionHandler = this.take('devicePermission');
  setDisplayMediaRequestHandler = this.take('displayMedia');
  setSpellCheckerEnabled = note('setSpellCheckerEnabled');
}
const partitions = new Map<string, Session>();
export const session = {
  defaultSession: new Session(),
  fromPartition(name: string): Session {
    const known = partitions.get(name) ?? new Session();
    if (!partitions.has(name)) app.emit('session-created', known);
    partitions.set(name, known);
    return known;
  },
};

export const protocol = { registerSchemesAsPrivileged: (schemes: unknown[]) => record.schemes.push(...schemes) };
export const ipcMain = {
  handle: (channel: string, handler: Invoke) => record.handlers.set(channel, handler),
  removeHandler: (channel: string) => record.handlers.delete(channel),
};
export const contextBridge = {
  exposeInMainWorld: (name: string, api: Record<string, unknown>) => record.exposed.set(name, api),
};
class Renderer extends EventEmitter {
  invoke = async (...values: unknown[]) => {
    record.invoked.push(values);
    return 'answer';
  };
}
export const ipcRenderer = new Renderer();
/** The system's keeping of secrets; a test says what the system is like. */
export const safeStorage = {
  available: true,
  backend: 'gnome_libsecret',
  secret: 'this person on this machine',
  isEncryptionAvailable: () => safeStorage.available,
  getSelectedStorageBackend: () => safeStorage.backend,
  encryptString: (text: string) => Buffer.from(`${safeStorage.secret}\0${[...text].reverse().join('')}`),
  decryptString(bytes: Buffer) {
    const [secret, text = ''] = bytes.toString('utf8').split('\0');
    if (secret !== safeStorage.secret) throw new Error('Error while decrypting the ciphertext provided to safeStorage');
    return [...text].reverse().join('');
  },
};
export const shell = { showItemInFolder: note('showItemInFolder'), openExternal: note('openExternal') };
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] };
export const Menu = {
  buildFromTemplate: (template: typeof record.menu) => template,
  setApplicationMenu: (menu: typeof record.menu) => {
    record.menu = menu;
  },
};
const ask =
  (kind: string, otherwise: unknown) =>
  async (_window: unknown, options: Record<string, unknown>): Promise<unknown> => {
    record.dialogs.push({ kind, options });
    return record.answers.shift() ?? otherwise;
  };
export const dialog = {
  showOpenDialog: ask('open', { canceled: true, filePaths: [] }),
  showSaveDialog: ask('save', { canceled: true, filePath: '' }),
  showMessageBox: ask('message', { response: 1 }),
  showErrorBox: note('showErrorBox'),
};
