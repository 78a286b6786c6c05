// The only file that touches the disk (SQLite's own files apart). Promise: a file under its final name is whole.
import { constants, realpathSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { fail, ProblemError } from '../../shared/kernel/problem.ts';

export type FolderEntry = { name: string; isFile: boolean; size: number };

export type Files = {
  /** The whole file. Raises file.missing, file.unreadable, and file.large above `limit` bytes. */
  read(file: string, limit?: number): Promise<Buffer>;
  /**
   * Writes a whole file: a `.part` beside it, flushed, read back and compared, given to `check`, and only then renamed.
   * Raises file.exists unless `replace`, and file.unwritable; then nothing stands under the final name, or the old file.
   */
  write(
    file: string,
    bytes: Uint8Array,
    options?: { replace?: boolean; check?: (bytes: Buffer) => void },
  ): Promise<void>;
  /** Gives a file that another hand wrote its final name, once it is flushed. Raises file.unwritable. */
  settle(part: string, file: string): Promise<void>;
  /** Copies a file to a new one. Raises file.missing, file.unreadable, file.unwritable. */
  copy(from: string, to: string): Promise<void>;
  /** Whether two names lead to one file. */
  isSame(a: string, b: string): Promise<boolean>;
  exists(file: string): Promise<boolean>;
  isFolder(file: string): Promise<boolean>;
  /** Sorted by name. Raises file.missing, file.unreadable. */
  listFolder(folder: string): Promise<FolderEntry[]>;
  makeFolder(folder: string): Promise<void>;
  /** A new private folder. */
  tempFolder(prefix: string): Promise<string>;
  /** Removes a file or a folder with all in it; what is not there is no problem. */
  remove(target: string): Promise<void>;
  home(): string;
  /** Why a workspace must not be written at this place (in words, such as ネットワーク上), or undefined. */
  unsafePlace(file: string): Promise<string | undefined>;
};

const reasons: Record<string, string> = {
  ENOSPC: '空き容量が足りない',
  EDQUOT: '割り当て容量を超えた',
  EACCES: '許可がない、またはほかで使用中',
  EPERM: '許可がない、またはほかで使用中',
  EBUSY: 'ほかで使用中',
  EROFS: '書き込み禁止',
  ENOENT: '場所がない',
  EEXIST: '同じ名前のファイルがある',
  ENOTDIR: '場所がない',
  EISDIR: 'フォルダーである',
  EIO: '媒体の読み書きエラー',
  ENODEV: '媒体が抜けた',
  ENAMETOOLONG: '名前が長すぎる',
};
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
const reasonOf = (error: unknown): string => reasons[codeOf(error)] ?? (codeOf(error) || '不明な理由');

/** Files that a virus scanner holds for a moment are let go again; so a rename is tried for up to a minute. */
const HELD = ['EBUSY', 'EPERM', 'EACCES'];
const RENAME_PATIENCE_MS = 60_000;

/** Network file systems of Linux, where SQLite's locks cannot be trusted. */
const REMOTE_TYPES = /^(nfs4?|cifs|smb3?|smbfs|afs|ncpfs|fuse\.sshfs|fuse\.rclone|davfs|fuse\.davfs2?)$/;
const SYNCED = /[\\/](OneDrive[^\\/]*|Dropbox|Google ?Drive|Box|iCloudDrive)([\\/]|$)/i;

/** The disk of this machine. `delay` waits between tries. */
export function systemFiles(delay: (milliseconds: number) => Promise<void>): Files {
  async function rename(from: string, to: string): Promise<void> {
    for (let waited = 0, pause = 50; ; waited += pause, pause = Math.min(pause * 2, 2_000)) {
      try {
        return await fs.rename(from, to);
      } catch (error) {
        if (!HELD.includes(codeOf(error)) || waited >= RENAME_PATIENCE_MS) throw error;
        await delay(pause);
      }
    }
  }

  async function writePart(part: string, bytes: Uint8Array): Promise<void> {
    const handle = await fs.open(part, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  const files: Files = {
    async read(file, limit = Number.POSITIVE_INFINITY) {
      const name = path.basename(file);
      try {
        const { size } = await fs.stat(file);
        if (size > limit) return fail('file.large', { name, limit });
        return await fs.readFile(file);
      } catch (error) {
        if (error instanceof ProblemError) throw error;
        if (codeOf(error) === 'ENOENT') return fail('file.missing', { name });
        return fail('file.unreadable', { name, reason: reasonOf(error) });
      }
    },

    async write(file, bytes, { replace = false, check } = {}) {
      const name = path.basename(file);
      const part = `${file}.part`;
      if (!replace && (await files.exists(file))) return fail('file.exists', { name });
      try {
        // A `.part` can only be what an interrupted writing left behind.
        await fs.rm(part, { force: true });
        await writePart(part, bytes);
        const written = await fs.readFile(part);
        if (!written.equals(bytes)) throw Object.assign(new Error('read back differs'), { code: 'EIO' });
        check?.(written);
        await rename(part, file);
        await syncFolder(path.dirname(file));
      } catch (error) {
        await fs.rm(part, { force: true }).catch(() => undefined);
        if (error instanceof ProblemError) throw error;
        fail('file.unwritable', { name, reason: reasonOf(error) });
      }
    },

    async settle(part, file) {
      try {
        // Windows flushes only through a handle that may write.
        const handle = await fs.open(part, 'r+');
        await handle.sync().finally(() => handle.close());
        await rename(part, file);
        await syncFolder(path.dirname(file));
      } catch (error) {
        fail('file.unwritable', { name: path.basename(file), reason: reasonOf(error) });
      }
    },

    async copy(from, to) {
      try {
        await fs.copyFile(from, to, constants.COPYFILE_EXCL);
      } catch (error) {
        const name = path.basename(from);
        if (codeOf(error) === 'ENOENT') return fail('file.missing', { name });
        if (codeOf(error) === 'ENOSPC') return fail('file.unwritable', { name, reason: reasonOf(error) });
        return fail('file.unreadable', { name, reason: reasonOf(error) });
      }
    },

    async isSame(a, b) {
      const [one, other] = await Promise.all([a, b].map((file) => fs.stat(file).catch(() => undefined)));
      return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
    },

    exists: (file) =>
      fs.access(file, constants.F_OK).then(
        () => true,
        () => false,
      ),

    isFolder: (file) =>
      fs.stat(file).then(
        (found) => found.isDirectory(),
        () => false,
      ),

    async listFolder(folder) {
      try {
        const entries = await fs.readdir(folder, { withFileTypes: true });
        const listed = await Promise.all(
          entries.map(async (entry) => ({
            name: entry.name,
            isFile: entry.isFile(),
            size: entry.isFile() ? (await fs.stat(path.join(folder, entry.name))).size : 0,
          })),
        );
        return listed.sort((a, b) => (a.name < b.name ? -1 : 1));
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return fail('file.missing', { name: path.basename(folder) });
        return fail('file.unreadable', { name: path.basename(folder), reason: reasonOf(error) });
      }
    },

    async makeFolder(folder) {
      try {
        await fs.mkdir(folder, { recursive: true });
      } catch (error) {
        fail('file.unwritable', { name: path.basename(folder), reason: reasonOf(error) });
      }
    },

    tempFolder: (prefix) => fs.mkdtemp(path.join(tmpdir(), `${prefix}-`)),
    remove: (target) => fs.rm(target, { recursive: true, force: true }),
    home: homedir,

    async unsafePlace(file) {
      const folder = path.dirname(path.resolve(file));
      let real = folder;
      try {
        // On Windows the native call turns a mapped drive letter into the UNC path behind it.
        real = realpathSync.native(folder);
      } catch {
        return undefined;
      }
      if (real.startsWith('\\\\') && !real.startsWith('\\\\?\\')) return 'ネットワーク上のフォルダー';
      if (SYNCED.test(`${real}/`)) return '自動で同期されるフォルダー';
      return (await isRemoteMount(real)) ? 'ネットワーク上のフォルダー' : undefined;
    },
  };
  return files;
}

/** Makes a rename last through a power cut. Windows refuses to open folders; there the file system does this itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function isRemoteMount(folder: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const table = await fs.readFile('/proc/mounts', 'utf8').catch(() => '');
  const mounts = table.split('\n').map((line) => line.split(' '));
  const inside = mounts.filter(
    ([, at]) => at && (folder === at || folder.startsWith(at.endsWith('/') ? at : `${at}/`)),
  );
  const nearest = inside.sort(([, a = ''], [, b = '']) => b.length - a.length)[0];
  return REMOTE_TYPES.test(nearest?.[2] ?? '');
}
