// The only file that touches the disk (SQLite's own files apart). Promise: a file under its final name is whole.
import { constants, realpathSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import type { PlaceView } from '../../shared/contract/outgoingviews.ts';
import { fail, ProblemError } from '../../shared/kernel/problem.ts';
import { isRemote, mountOf, placeOnLinux, placeOnMac, placeOnWindows } from './places.ts';

/** `changedAt`: when its content last changed, in milliseconds, by the clock of whoever keeps the disk. */
export type FolderEntry = { name: string; isFile: boolean; size: number; changedAt: number };

export type Files = {
  /** The whole file. Raises file.missing, file.unreadable, and file.large above `limit` bytes. */
  read(file: string, limit?: number): Promise<Buffer>;
  /**
   * Writes a whole file: a `.part` beside it, flushed, read back and compared, given to `check`, and only then renamed
   * and the folder flushed. Raises file.exists unless `replace`, file.unwritable, and what `check` raises; then nothing
   * stands under the final name, or the old file.
   */
  write(
    file: string,
    bytes: Uint8Array,
    options?: { replace?: boolean; check?: (bytes: Buffer) => void | Promise<void> },
  ): Promise<void>;
  /**
   * As `write`, for bytes that come piece by piece and are never all in memory: what is read back is compared by its
   * CRC-32 and length. What `pieces` throws is thrown on as it is; then, too, nothing or the old file stands there.
   */
  stream(file: string, pieces: AsyncIterable<Uint8Array>, options?: { replace?: boolean }): Promise<void>;
  /** Gives a file that another hand wrote its final name, once it is flushed. Raises file.unwritable. */
  settle(part: string, file: string): Promise<void>;
  /**
   * Gives a folder that was filled file by file its final name; a folder of that name goes. Raises file.unwritable; then
   * the old folder stands there, or nothing.
   */
  settleFolder(part: string, folder: string): Promise<void>;
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
  /** On what a folder lies; of one that is not there yet, its nearest parent's. */
  placeOf(folder: string): Promise<PlaceView>;
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

/** Files that a virus scanner holds for a moment are let go again; what it may hold is tried for up to a minute. */
const HELD = ['EBUSY', 'EPERM', 'EACCES'];
const PATIENCE_MS = 60_000;

const SYNCED = /[\\/](OneDrive[^\\/]*|Dropbox|Google ?Drive|Box|iCloudDrive)([\\/]|$)/i;

/** The calls to the system on which writing stands; tests of faults put others in their place. */
export const systemCalls = {
  /** A new file with these bytes, flushed to the medium. */
  async writeNew(part: string, bytes: Uint8Array): Promise<void> {
    const handle = await fs.open(part, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  /** A new file with the bytes of all pieces, flushed to the medium. */
  async writePieces(part: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const handle = await fs.open(part, 'wx');
    try {
      for await (const piece of pieces) await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  read: (file: string): Promise<Buffer> => fs.readFile(file),
  /** A file in pieces; each is good until the next is asked for, so that no more than one is in memory. */
  async *pieces(file: string): AsyncGenerator<Uint8Array> {
    const handle = await fs.open(file, 'r');
    try {
      const room = Buffer.allocUnsafeSlow(1024 * 1024);
      for (;;) {
        const { bytesRead } = await handle.read(room, 0, room.length);
        if (bytesRead === 0) return;
        yield room.subarray(0, bytesRead);
      }
    } finally {
      await handle.close();
    }
  },
  rename: (from: string, to: string): Promise<void> => fs.rename(from, to),
  /** Makes a rename last through a power cut. Windows refuses to open folders; there the file system does this itself. */
  async flushFolder(folder: string): Promise<void> {
    if (process.platform === 'win32') return;
    const handle = await fs.open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  },
};

/** The disk of this machine. `delay` waits between tries. */
export function systemFiles(
  delay: (milliseconds: number) => Promise<void>,
  { writeNew, writePieces, read, pieces: readPieces, rename, flushFolder }: typeof systemCalls = systemCalls,
): Files {
  async function patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let waited = 0, pause = 50; ; waited += pause, pause = Math.min(pause * 2, 2_000)) {
      try {
        return await work();
      } catch (error) {
        if (!HELD.includes(codeOf(error)) || waited >= PATIENCE_MS) throw error;
        await delay(pause);
      }
    }
  }

  /** Gives what `make` wrote as a `.part` its final name. Raises file.exists, file.unwritable, and what `make` raises. */
  async function intoPlace(file: string, replace: boolean, make: (part: string) => Promise<void>): Promise<void> {
    const name = path.basename(file);
    const part = `${file}.part`;
    if (!replace && (await files.exists(file))) return fail('file.exists', { name });
    let isNamed = false;
    try {
      // A `.part` can only be what an interrupted writing left behind.
      await fs.rm(part, { force: true });
      await make(part);
      await patiently(() => rename(part, file));
      isNamed = true;
      await flushFolder(path.dirname(file));
    } catch (error) {
      await fs.rm(part, { force: true }).catch(() => undefined);
      // A name that a power cut could take back is not called written, and is not left standing as if it were.
      if (isNamed && !replace) await fs.rm(file, { force: true }).catch(() => undefined);
      if (error instanceof ProblemError) throw error;
      fail('file.unwritable', { name, reason: reasonOf(error) });
    }
  }

  /** What stands beside a folder under such a name may be somebody's own, or the one copy that a broken settling left. */
  async function freeName(wanted: string): Promise<string> {
    let name = wanted;
    for (let count = 2; await files.exists(name); count += 1) name = `${wanted}${count}`;
    return name;
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
      await intoPlace(file, replace, async (part) => {
        await writeNew(part, bytes);
        const written = await patiently(() => read(part));
        if (!written.equals(bytes)) throw readBackDiffers();
        await check?.(written);
      });
    },

    async stream(file, pieces, { replace = false } = {}) {
      const source = summed(pieces);
      const work = intoPlace(file, replace, async (part) => {
        await writePieces(part, source.pieces);
        const back = await patiently(() => sumOf(readPieces(part)));
        if (back.size !== source.size || back.crc !== source.crc) throw readBackDiffers();
      });
      await work.catch((error: unknown) => {
        // What the maker of the bytes threw is no matter of the disk.
        throw source.fault ? source.fault.error : error;
      });
    },

    async settle(part, file) {
      try {
        // Windows flushes only through a handle that may write.
        const handle = await fs.open(part, 'r+');
        await handle.sync().finally(() => handle.close());
        await patiently(() => rename(part, file));
        await flushFolder(path.dirname(file));
      } catch (error) {
        fail('file.unwritable', { name: path.basename(file), reason: reasonOf(error) });
      }
    },

    async settleFolder(part, folder) {
      try {
        await flushFolder(part);
        const old = (await files.exists(folder)) ? await freeName(`${folder}.old`) : undefined;
        if (old !== undefined) await patiently(() => rename(folder, old));
        try {
          await patiently(() => rename(part, folder));
        } catch (error) {
          if (old !== undefined) await patiently(() => rename(old, folder));
          throw error;
        }
        await flushFolder(path.dirname(folder));
        if (old !== undefined) await fs.rm(old, { recursive: true, force: true }).catch(() => undefined);
      } catch (error) {
        fail('file.unwritable', { name: path.basename(folder), reason: reasonOf(error) });
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
          entries.map(async (entry) => {
            const isFile = entry.isFile();
            // What has gone meanwhile is listed as empty: whoever opens it will be told.
            const found = isFile ? await fs.stat(path.join(folder, entry.name)).catch(() => undefined) : undefined;
            return { name: entry.name, isFile, size: found?.size ?? 0, changedAt: found?.mtimeMs ?? 0 };
          }),
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
        // While it makes parents too, Node tells a read-only medium as one that is not there.
        const plain: unknown = await fs.mkdir(folder).catch((again: unknown) => again);
        fail('file.unwritable', { name: path.basename(folder), reason: reasonOf(plain ?? error) });
      }
    },

    tempFolder: (prefix) => fs.mkdtemp(path.join(tmpdir(), `${prefix}-`)),
    remove: (target) => fs.rm(target, { recursive: true, force: true }),
    home: homedir,

    async unsafePlace(file) {
      const real = realOf(path.dirname(path.resolve(file)));
      if (real === undefined) return undefined;
      if (real.startsWith('\\\\') && !real.startsWith('\\\\?\\')) return 'ネットワーク上のフォルダー';
      if (SYNCED.test(`${real}/`)) return '自動で同期されるフォルダー';
      const isNetwork = process.platform === 'linux' && isRemote(mountOf(real, await mountTable()));
      return isNetwork ? 'ネットワーク上のフォルダー' : undefined;
    },

    async placeOf(folder) {
      const real = nearestReal(path.resolve(folder));
      if (process.platform === 'win32') return placeOnWindows(real, process.env.SystemDrive ?? 'C:');
      if (process.platform === 'darwin') return placeOnMac(real);
      const mount = mountOf(real, await mountTable());
      return placeOnLinux(mount, mount !== undefined && (await isPlugged(mount.source)));
    },
  };
  return files;
}

const readBackDiffers = (): Error => Object.assign(new Error('read back differs'), { code: 'EIO' });

type Summed = {
  pieces: AsyncIterable<Uint8Array>;
  size: number;
  crc: number;
  /** What ended the pieces before their end. */
  fault?: { error: unknown };
};

/** The same pieces, with how much has passed and its CRC-32. */
function summed(pieces: AsyncIterable<Uint8Array>): Summed {
  async function* passing() {
    try {
      for await (const piece of pieces) {
        sum.size += piece.length;
        sum.crc = crc32(piece, sum.crc);
        yield piece;
      }
    } catch (error) {
      sum.fault = { error };
      throw error;
    }
  }
  const sum: Summed = { pieces: passing(), size: 0, crc: 0 };
  return sum;
}

async function sumOf(pieces: AsyncIterable<Uint8Array>): Promise<Summed> {
  const sum = summed(pieces);
  for await (const _ of sum.pieces);
  return sum;
}

/** Where a folder really is; undefined when it is not there. */
function realOf(folder: string): string | undefined {
  try {
    // On Windows the native call turns a mapped drive letter into the UNC path behind it.
    return realpathSync.native(folder);
  } catch {
    return undefined;
  }
}

function nearestReal(folder: string): string {
  const parent = path.dirname(folder);
  return realOf(folder) ?? (parent === folder ? folder : nearestReal(parent));
}

const mountTable = (): Promise<string> => fs.readFile('/proc/mounts', 'utf8').catch(() => '');

/** Whether Linux says of a block device that its medium can be taken out, or that it hangs on USB. */
async function isPlugged(source: string): Promise<boolean> {
  if (!source.startsWith('/dev/')) return false;
  const device = await fs.realpath(source).catch(() => source);
  const entry = await fs.realpath(`/sys/class/block/${path.basename(device)}`).catch(() => undefined);
  if (entry === undefined) return false;
  if (/\/usb\d/.test(entry)) return true;
  // A partition's own entry lies in that of its disk.
  const said = [entry, path.dirname(entry)].map((one) =>
    fs.readFile(path.join(one, 'removable'), 'utf8').catch(() => ''),
  );
  return (await Promise.all(said)).some((text) => text.trim() === '1');
}
