// The files of test/vectors/packages against their verdicts: each is what the list says, byte for byte, and the program
// judges it so.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPackage } from '../../electron/core/exchange/authorise.ts';
import { planPackage } from '../../electron/core/exchange/receive.ts';
import { systemPorts } from '../../electron/core/ports.ts';
import { createSession, type Session } from '../../electron/core/session.ts';
import { hashOf } from '../../electron/core/store/artifacts.ts';
import { refreshSheet } from '../../electron/core/store/derived.ts';
import type { Meta } from '../../electron/core/store/ledger.ts';
import { acceptRevision, assignSheet } from '../../electron/core/store/sheets.ts';
import { setSigner } from '../../electron/core/store/signers.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { assignmentSchema, revisionSchema } from '../../shared/revision/revision.ts';
import { AT, assignments, beginnings, department, EPOCH, form, type Key, OFFICE, office, UNIT, YEAR } from './round.ts';
import { FOLDER, index, vectors } from './vectors.ts';

let folder: string;
let sessions: { office: Session; department: Session };

const metaOf = (role: Meta['role'], unit: string, key: Key): Meta => ({
  ...{ role, unit, station: '', office: OFFICE, officePrint: office.print, year: YEAR, form: hashOf(form) },
  ...{ epoch: EPOCH, publicKey: key.publicKey, print: key.print, privateKey: { open: key.privateKey }, recovery: null },
});

/** A workspace of the small round; it knows its keys and the given sheets. */
function open(meta: Meta, sheets: number): Promise<Session> {
  const trusted =
    meta.role === 'office' ? index.keys.trusted : [{ unit: OFFICE, publicKey: office.publicKey, print: office.print }];
  return createSession(systemPorts(), path.join(folder, `${meta.role}.hyoka`), meta, form, (db) => {
    const entry = { station: '', bound: null, follows: null };
    for (const key of trusted) setSigner(db, { ...key, ...entry, state: 'trusted' }, AT);
    for (const key of index.keys.revoked) setSigner(db, { ...key, ...entry, state: 'revoked' }, AT);
    for (const [at, assignment] of assignments.slice(0, sheets).entries()) {
      assignSheet(db, assignmentSchema.parse(assignment));
      acceptRevision(db, revisionSchema.parse(beginnings[at]), []);
      refreshSheet(db, assignmentSchema.parse(assignment).sheet);
    }
  });
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyoka-vectors-'));
  sessions = {
    office: await open(metaOf('office', OFFICE, office), 2),
    department: await open(metaOf('department', UNIT, department), 0),
  };
});
afterAll(async () => {
  for (const session of Object.values(sessions)) session.store.close();
  await rm(folder, { recursive: true, force: true });
});

function verdictOf(at: (typeof vectors)[number]['at'], name: string, bytes: Buffer): string {
  if (at !== 'anyone') {
    const { result } = sessions[at].store.read((db) => planPackage(db, sessions[at], name, bytes));
    return result.reason?.code ?? result.outcome;
  }
  try {
    readPackage(bytes);
    return 'taken';
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
}

test('there are at least 60, each under a name of its own, and no file besides', async () => {
  const names = vectors.map(({ name }) => `${name}.hyoka.json`);
  expect(names.length).toBeGreaterThanOrEqual(60);
  expect((await readdir(FOLDER)).sort()).toEqual([...new Set(names), 'index.json'].sort());
  expect(await readFile(path.join(FOLDER, 'index.json'), 'utf8')).toBe(`${JSON.stringify(index, null, 2)}\n`);
});

describe.each(['anyone', 'office', 'department'] as const)('asked of: %s', (at) => {
  const own = vectors.filter((vector) => vector.at === at);
  test.each(own)('$rule $name: $verdict', async ({ name, verdict, bytes }) => {
    const file = await readFile(path.join(FOLDER, `${name}.hyoka.json`));
    expect(file.equals(bytes)).toBe(true);
    expect(verdictOf(at, `${name}.hyoka.json`, file)).toBe(verdict);
  });
});
