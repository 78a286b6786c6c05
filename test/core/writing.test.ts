// Writing a file where everything can go wrong: each call to the system fails in turn, and what stands under the final
// name afterwards is whole, or nothing.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Files, systemCalls, systemFiles } from '../../electron/core/files.ts';
import { type Problem, ProblemError } from '../../shared/kernel/problem.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyoka-writing-'));
  file = path.join(folder, '提出.hyoka.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytes = Buffer.from('中身'.repeat(1_000));
const standing = async () => (await readdir(folder)).sort();
const failing = (code: string) => async (): Promise<never> => {
  throw Object.assign(new Error(code), { code });
};
let waited: number;
/** The real disk with some calls replaced; waiting takes no time and is counted. */
const filesWith = (calls: Partial<typeof systemCalls>): Files => {
  waited = 0;
  const delay = async (milliseconds: number) => {
    waited += milliseconds;
  };
  return systemFiles(delay, { ...systemCalls, ...calls });
};

async function problemOf(work: Promise<unknown>): Promise<Problem | undefined> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  return undefined;
}

describe('a virus scanner that holds the file (F17)', () => {
  test.each(['EBUSY', 'EPERM', 'EACCES'])('%s for a while: tried again until it lets go', async (code) => {
    for (const name of ['rename', 'read'] as const) {
      let left = 8;
      const held = (...given: [string, string]): Promise<never> => {
        left -= 1;
        return left > 0 ? failing(code)() : (systemCalls[name] as (...all: string[]) => Promise<never>)(...given);
      };
      await filesWith({ [name]: held }).write(file, bytes);
      expect(await readFile(file)).toEqual(bytes);
      expect(left).toBe(0);
      expect(waited).toBeGreaterThan(0);
      await rm(file);
    }
  });

  test('held for good: given up after a minute, in plain words, with nothing left', async () => {
    for (const name of ['rename', 'read'] as const) {
      const problem = await problemOf(filesWith({ [name]: failing('EBUSY') }).write(file, bytes));
      expect(problem).toMatchObject({ code: 'file.unwritable', details: { reason: 'ほかで使用中' } });
      expect(waited).toBeGreaterThanOrEqual(60_000);
      expect(waited).toBeLessThan(70_000);
      expect(await standing()).toEqual([]);
    }
  });
});

describe('a medium that gives up (F18)', () => {
  test.each(['ENOSPC', 'EIO', 'ENODEV', 'EROFS', 'EDQUOT'])(
    '%s at any call: nothing under the final name',
    async (code) => {
      for (const name of ['writeNew', 'read', 'rename', 'flushFolder'] as const) {
        const problem = await problemOf(filesWith({ [name]: failing(code) }).write(file, bytes));
        expect(problem?.code, name).toBe('file.unwritable');
        expect(problem?.details.reason, name).not.toBe(code);
        expect(waited, name).toBe(0);
        expect(await standing(), name).toEqual([]);
      }
    },
  );

  test('full in the middle: the piece that was written goes too', async () => {
    const half = async (part: string) => {
      await writeFile(part, bytes.subarray(0, 100));
      return failing('ENOSPC')();
    };
    expect((await problemOf(filesWith({ writeNew: half }).write(file, bytes)))?.details.reason).toBe(
      '空き容量が足りない',
    );
    expect(await standing()).toEqual([]);
  });

  test('bytes that come back different are no file', async () => {
    const other = async (part: string) => Buffer.concat([(await systemCalls.read(part)).subarray(1), Buffer.from('x')]);
    expect((await problemOf(filesWith({ read: other }).write(file, bytes)))?.code).toBe('file.unwritable');
    expect(await standing()).toEqual([]);
  });

  test('a check that refuses leaves the older file as it was', async () => {
    await writeFile(file, 'older');
    const refuse = async () => {
      throw new ProblemError({ code: 'file.unreadable', details: {}, message: '', hint: '' });
    };
    expect((await problemOf(filesWith({}).write(file, bytes, { replace: true, check: refuse })))?.code).toBe(
      'file.unreadable',
    );
    expect(await readFile(file, 'utf8')).toBe('older');
    expect(await standing()).toEqual([path.basename(file)]);
  });
});

test('at every moment there is the part, whole before it is named, or the file (F19)', async () => {
  const seen: string[] = [];
  const note = async (when: string) => {
    for (const name of await standing()) {
      const held = (await readFile(path.join(folder, name))).equals(bytes) ? 'whole' : 'unfinished';
      seen.push(`${when}: ${name.endsWith('.part') ? 'part' : 'file'} ${held}`);
    }
  };
  await filesWith({
    async rename(from, to) {
      await note('before the rename');
      await systemCalls.rename(from, to);
      await note('after the rename');
    },
  }).write(file, bytes, { check: () => note('at the check') });
  expect(seen).toEqual(['at the check: part whole', 'before the rename: part whole', 'after the rename: file whole']);
});

test('what a cut left behind does not stand in the way, and is never taken for the file (F19)', async () => {
  await writeFile(`${file}.part`, bytes.subarray(0, 10));
  expect(await filesWith({}).exists(file)).toBe(false);
  await filesWith({}).write(file, bytes);
  expect(await standing()).toEqual([path.basename(file)]);
  expect((await problemOf(filesWith({}).write(file, bytes)))?.code).toBe('file.exists');
});

test('folders that cannot be flushed: passed over on Windows alone (F20)', async () => {
  const { platform } = process;
  try {
    Object.defineProperty(process, 'platform', { value: 'win32' });
    await systemCalls.flushFolder(path.join(folder, 'nowhere'));
  } finally {
    Object.defineProperty(process, 'platform', { value: platform });
  }
  await expect(systemCalls.flushFolder(path.join(folder, 'nowhere'))).rejects.toThrow('ENOENT');
});

test('long, Japanese and reserved names of folders (F26)', async () => {
  for (const name of ['評'.repeat(80), 'con', '末尾の空白 ', '😀 絵文字', 'a'.repeat(200)]) {
    const inside = path.join(folder, name);
    await mkdir(inside);
    const target = path.join(inside, 'S1234-2022-0001-0a5d6522.hyoka.json');
    await filesWith({}).write(target, bytes);
    expect(await readFile(target)).toEqual(bytes);
  }
  const tooLong = await problemOf(filesWith({}).write(path.join(folder, 'あ'.repeat(100)), bytes));
  expect(tooLong).toMatchObject({ code: 'file.unwritable', details: { reason: '名前が長すぎる' } });
});

describe('a file written piece by piece', () => {
  const parts = Array.from({ length: 40 }, (_, at) => Buffer.from(`${at}:${'中身'.repeat(500)}`));
  const whole = Buffer.concat(parts);
  async function* pieces(count = parts.length) {
    yield* parts.slice(0, count);
  }

  test('is whole under its final name, with no part left', async () => {
    await filesWith({}).stream(file, pieces());
    expect(await readFile(file)).toEqual(whole);
    expect(await standing()).toEqual([path.basename(file)]);
    expect((await problemOf(filesWith({}).stream(file, pieces())))?.code).toBe('file.exists');
    await filesWith({}).stream(file, pieces(2), { replace: true });
    expect(await readFile(file)).toEqual(Buffer.concat(parts.slice(0, 2)));
  });

  test.each([
    ['a disk that fills up', { writePieces: failing('ENOSPC') }, '空き容量が足りない'],
    ['a rename that fails', { rename: failing('EIO') }, '媒体の読み書きエラー'],
    ['a folder that cannot be flushed', { flushFolder: failing('EIO') }, '媒体の読み書きエラー'],
  ])('%s: a problem in plain words, and nothing is left', async (_, calls, reason) => {
    const problem = await problemOf(filesWith(calls).stream(file, pieces()));
    expect(problem).toMatchObject({ code: 'file.unwritable', details: { reason } });
    expect(await standing()).toEqual([]);
  });

  test.each([
    ['one byte other', (bytes: Buffer) => Buffer.concat([Buffer.from('x'), bytes.subarray(1)])],
    ['one byte short', (bytes: Buffer) => bytes.subarray(1)],
  ])('that comes back %s is no file, and the older one stays', async (_, spoil) => {
    await writeFile(file, 'older');
    const other = async function* (part: string) {
      yield spoil(await readFile(part));
    };
    const problem = await problemOf(filesWith({ pieces: other }).stream(file, pieces(), { replace: true }));
    expect(problem?.code).toBe('file.unwritable');
    expect(await readFile(file, 'utf8')).toBe('older');
    expect(await standing()).toEqual([path.basename(file)]);
  });

  test('whose maker stops in the middle is no file, and what the maker threw is told as it is', async () => {
    await writeFile(file, 'older');
    const stopped = new Error('stopped by hand');
    const torn = async function* () {
      yield* pieces(3);
      throw stopped;
    };
    await expect(filesWith({}).stream(file, torn(), { replace: true })).rejects.toBe(stopped);
    expect(await readFile(file, 'utf8')).toBe('older');
    expect(await standing()).toEqual([path.basename(file)]);
  });

  test('is read back through a virus scanner that holds it for a while (F17)', async () => {
    let left = 5;
    const held = (part: string) => {
      left -= 1;
      if (left > 0) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
      return systemCalls.pieces(part);
    };
    await filesWith({ pieces: held }).stream(file, pieces());
    expect(await readFile(file)).toEqual(whole);
    expect(waited).toBeGreaterThan(0);
  });
});

describe('a folder that takes the place of another', () => {
  const at = (...names: string[]) => path.join(folder, ...names);
  const fill = async (name: string, content: string) => {
    await mkdir(at(name));
    await writeFile(at(name, '中身.txt'), content);
  };
  const contentOf = (name: string) => readFile(at(name, '中身.txt'), 'utf8');

  test("somebody's own folder beside it stays, whatever it is called", async () => {
    await fill('公開.part', '新');
    await fill('公開', '旧');
    await fill('公開.old', '去年の控え');
    await filesWith({}).settleFolder(at('公開.part'), at('公開'));
    expect(await standing()).toEqual(['公開', '公開.old']);
    expect([await contentOf('公開'), await contentOf('公開.old')]).toEqual(['新', '去年の控え']);
  });

  test('where the new one cannot be named, the old one stands again', async () => {
    await fill('公開.part', '新');
    await fill('公開', '旧');
    const rename = (from: string, to: string) =>
      from === at('公開.part') ? failing('EROFS')() : systemCalls.rename(from, to);
    const problem = await problemOf(filesWith({ rename }).settleFolder(at('公開.part'), at('公開')));
    expect(problem?.code).toBe('file.unwritable');
    expect([await standing(), await contentOf('公開')]).toEqual([['公開', '公開.part'], '旧']);
  });
});
