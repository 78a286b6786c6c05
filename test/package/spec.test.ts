// SPEC.md as data: its rules are numbered without a gap and each is quoted, and its recipe verifies a package with nothing
// of this program.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { department, hash, spell, submission } from './round.ts';
import { FOLDER, vectors } from './vectors.ts';

const spec = readFileSync('shared/package/SPEC.md', 'utf8');
const rules = [...spec.matchAll(/\*\*P(\d+)\*\*/g)].map(([, number]) => Number(number));

test('rules are numbered from 1 without a gap', () => {
  expect(rules.length).toBeGreaterThan(30);
  expect(rules).toEqual(rules.map((_, index) => index + 1));
});

test('every rule is quoted by the title of a test or by a vector', () => {
  const tests = ['test/package', 'test/exchange'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
  );
  const titles = tests.join('\n').matchAll(/\b(?:test|describe)[\w.]*\(\s*['"`]([^'"`]*)/g);
  const quoting = [...[...titles].map(([, title = '']) => title), ...vectors.map(({ rule }) => rule)].join(' ');
  const quoted = new Set([...quoting.matchAll(/\bP(\d+)\b/g)].map(([, rule]) => Number(rule)));
  expect(rules.filter((rule) => !quoted.has(rule))).toEqual([]);
});

const hasOpenssl = spawnSync('openssl', ['version']).stdout?.toString().startsWith('OpenSSL 3') ?? false;
if (!hasOpenssl)
  process.stderr.write('SKIPPED: the recipe of shared/package/SPEC.md, since there is no OpenSSL 3 here\n');

describe.runIf(hasOpenssl)('P7 P9 the recipe for a stranger with OpenSSL', () => {
  const [, recipe = ''] = /```sh\n([\s\S]+?)```/.exec(spec) ?? [];

  function follow(name: string): string {
    const folder = mkdtempSync(path.join(tmpdir(), 'hyoka-recipe-'));
    try {
      cpSync(path.join(FOLDER, `${name}.hyoka.json`), path.join(folder, 'PACKAGE'));
      writeFileSync(path.join(folder, 'recipe.sh'), recipe);
      return execFileSync('sh', ['recipe.sh'], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    } catch (error) {
      return String((error as { stdout?: string }).stdout);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  test.each(['submission', 'distribution', 'return', 'receipt'])('finds the %s good', (name) => {
    expect(follow(name)).toContain('Signature Verified Successfully');
  });

  test('prints the hash by which the package is named', () => {
    expect(follow('submission')).toContain(hash(spell(submission)));
  });

  test.each(['another-payload', 'another-payload-type', 'another-keyid', 'signed-without-encoding'])(
    'finds %s bad',
    (name) => {
      expect(follow(name)).not.toContain('Verified Successfully');
    },
  );

  test('P9 the print is what is left of the hash of the key', () => {
    const key = Buffer.concat([Buffer.from('hyoka-print/1\0'), Buffer.from(department.publicKey, 'base64')]);
    const digest = execFileSync('openssl', ['dgst', '-sha256', '-r'], { input: key, encoding: 'utf8' }).slice(0, 64);
    expect((BigInt(`0x${digest}`) % 10n ** 30n).toString().padStart(30, '0')).toBe(department.print);
  });
});
