// The own key: how it is protected, how another takes its place, and its recovery file.
import path from 'node:path';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { fail, ProblemError } from '../../shared/kernel/problem.ts';
import type { Limit, Rotation } from '../../shared/package/trust.ts';
import { newKeyPair, openSealedKey, printOf } from './exchange/crypto.ts';
import { signRotation } from './exchange/lineage.ts';
import { openRecovery, writeRecovery } from './exchange/recovery.ts';
import { newSeal } from './exchange/secrecy.ts';
import { keepKey, newIdentity, type Session, signingKey, viewSession } from './session.ts';
import type { ReadDb, WriteDb } from './store/database.ts';
import { addFormerKey, type FormerKey, formerKeys, setFormerPrivateKey } from './store/formerkeys.ts';
import { allSent, type Meta, writeMeta } from './store/ledger.ts';
import type { Task } from './task.ts';

const LEAST_CHARACTERS = 8;
const RECOVERY_LIMIT = 1024 * 1024;

/** Raises key.wrong unless this is the passphrase that the key is under now (or it is under none). */
async function assertPassphrase({ privateKey }: Meta, passphrase: string | undefined): Promise<void> {
  if ('sealed' in privateKey && privateKey.sealed !== undefined)
    await openSealedKey(privateKey.sealed, passphrase ?? '');
}

const underWay = new WeakMap<Session, Promise<unknown>>();

/** What changes a session's key waits until what already does has ended: stretching a passphrase gives others a turn. */
function inTurn<T>(session: Session, work: () => Promise<T>): Promise<T> {
  const turn = (underWay.get(session) ?? Promise.resolve()).then(work);
  underWay.set(
    session,
    turn.catch(() => undefined),
  );
  return turn;
}

/** Changes lasting facts in the file, in one transaction with `work`, and then in the session. */
function changeMeta(
  task: Task,
  session: Session,
  change: Partial<Meta>,
  work: (db: WriteDb) => void = () => undefined,
): void {
  // Only what changes: the file may know of more than this session.
  task.write((db) => {
    writeMeta(db, change);
    work(db);
  });
  session.meta = { ...session.meta, ...change };
}

/** How far a key has gone in each of its epochs. */
function limitOf(db: ReadDb, print: string): Limit {
  const last = new Map<string, number>();
  for (const sent of allSent(db)) {
    if (sent.print === print) last.set(sent.epoch, Math.max(sent.sequence, last.get(sent.epoch) ?? 0));
  }
  return [...last].map(([epoch, sequence]) => ({ epoch, sequence }));
}

/**
 * Lets a new key take the place of the one in force, which signs that it does and how far its own packages go; a new
 * epoch begins. The old one is kept in the same way, to open what was sealed for it. The recovery file of the old key is
 * none of the new one. `passphrase`: the one that the key is under. Raises key.locked, key.lost, key.wrong.
 */
export function rotateKey(task: Task, input: ParsedInput<'key.rotate'>): Promise<WorkspaceView> {
  const session = task.session();
  return inTurn(session, () => rotate(task, session, input.passphrase));
}

async function rotate(task: Task, session: Session, given: string | undefined): Promise<WorkspaceView> {
  const { meta } = session;
  const old = signingKey(session);
  await assertPassphrase(meta, given);
  const next = newKeyPair();
  const passphrase = 'sealed' in meta.privateKey ? given : undefined;
  const privateKey = await keepKey(task.ports, next.privateKey, passphrase, 'wrapped' in meta.privateKey);
  const at = task.ports.clock.now();
  const statement: Rotation['statement'] = {
    format: 'hyoka-rotation/1',
    office: meta.officePrint,
    unit: meta.unit,
    from: meta.publicKey,
    to: next.publicKey,
    limit: task.read((db) => limitOf(db, meta.print)),
    at,
  };
  const change = {
    publicKey: next.publicKey,
    print: printOf(next.publicKey),
    privateKey,
    epoch: task.ports.entropy.id(8),
    recovery: null,
  };
  changeMeta(task, session, change, (db) => addFormerKey(db, { ...meta, rotation: signRotation(statement, old) }, at));
  session.former = [...session.former, old];
  session.key = next;
  return task.read(viewSession);
}

/**
 * Puts the key under a passphrase, or under another one (`current` is then asked for); the keys of before go with it.
 * `remember`: the system of this machine opens it without asking, where it keeps secrets. Raises key.locked, key.lost,
 * key.wrong.
 */
export function protectKey(task: Task, input: ParsedInput<'key.protect'>): Promise<WorkspaceView> {
  const session = task.session();
  return inTurn(session, async () => {
    const { privateKey } = signingKey(session);
    await assertPassphrase(session.meta, input.current);
    await keepAgain(task, session, privateKey, input.passphrase, input.remember);
    return task.read(viewSession);
  });
}

/** Keeps the key, and the keys of before as far as they are open, in another way. */
async function keepAgain(
  task: Task,
  session: Session,
  privateKey: string,
  passphrase: string | undefined,
  remember = false,
): Promise<void> {
  const keep = (key: string) => keepKey(task.ports, key, passphrase, remember);
  const kept = await keep(privateKey);
  const former: Pick<FormerKey, 'print' | 'privateKey'>[] = [];
  for (const key of session.former) {
    former.push({ print: printOf(key.publicKey), privateKey: await keep(key.privateKey) });
  }
  changeMeta(task, session, { privateKey: kept }, (db) => {
    for (const key of former) setFormerPrivateKey(db, key.print, key.privateKey);
  });
}

const aboutOf = ({ role, unit, office, officePrint, year, print }: Meta) => ({
  role,
  unit,
  office: { unit: office, print: officePrint },
  year,
  print,
});

function assertLong(passphrase: string): void {
  if ([...passphrase.normalize('NFKC')].length < LEAST_CHARACTERS)
    fail('passphrase.short', { least: LEAST_CHARACTERS });
}

/**
 * Writes the recovery file, reads it again and opens it with the passphrase as it was typed the second time; only then it
 * counts, else no file is left. Raises passphrase.short, recovery.unproven, key.locked, key.lost and the problems of
 * writing.
 */
export function makeRecovery(task: Task, input: ParsedInput<'recovery.write'>): Promise<WorkspaceView> {
  const session = task.session();
  return inTurn(session, () => proveRecovery(task, session, input));
}

async function proveRecovery(task: Task, session: Session, input: ParsedInput<'recovery.write'>) {
  const key = signingKey(session);
  assertLong(input.passphrase);
  const file = task.pathOf(input.file);
  const name = path.basename(file);
  const seal = await newSeal();
  const former = task.read(formerKeys).flatMap(({ publicKey, rotation }) => {
    const known = session.former.find((own) => own.publicKey === publicKey);
    return known ? [{ ...known, rotation }] : [];
  });
  const bytes = await writeRecovery(aboutOf(session.meta), { ...key, seal, former }, input.passphrase);
  await task.ports.files.write(file, bytes);
  try {
    const written = await task.ports.files.read(file, RECOVERY_LIMIT);
    const { content } = await openRecovery(name, written, input.again);
    if (content.privateKey !== key.privateKey) fail('recovery.damaged', { name });
  } catch (error) {
    await task.ports.files.remove(file);
    if (error instanceof ProblemError && error.problem.code === 'key.wrong') return fail('recovery.unproven', { name });
    throw error;
  }
  changeMeta(task, session, { recovery: { recipient: seal.recipient, at: task.ports.clock.now() } });
  return task.read(viewSession);
}

/** A recovery file by its handle, opened. Raises the problems of reading, recovery.* and key.wrong. */
export async function readRecovery(task: Task, { file, passphrase }: { file: string; passphrase: string }) {
  const target = task.pathOf(file);
  const name = path.basename(target);
  const opened = await openRecovery(name, await task.ports.files.read(target, RECOVERY_LIMIT), passphrase);
  return { name, ...opened };
}

/** A recovery file that was opened. */
export type Recovered = Awaited<ReturnType<typeof readRecovery>>;

/** Raises recovery.mismatched unless the file belongs to this unit in this round. */
export function assertSame(
  { name, about }: Recovered,
  wanted: Omit<Recovered['about'], 'print' | 'office'> & { office?: string },
): void {
  const isSame = about.role === wanted.role && about.unit === wanted.unit && about.year === wanted.year;
  if (isSame && (wanted.office === undefined || wanted.office === about.office.print)) return;
  fail('recovery.mismatched', {
    name,
    found: `${about.year}年度評価 ${about.unit}`,
    wanted: `${wanted.year}年度評価 ${wanted.unit}`,
  });
}

/** The key of a recovery file as a workspace keeps it, with the keys of before. */
export async function identityFrom(task: Task, { content }: Recovered, passphrase: string | undefined) {
  const { publicKey, privateKey } = content;
  const at = task.ports.clock.now();
  const own = await newIdentity(task.ports, passphrase, { publicKey, privateKey });
  const former: FormerKey[] = [];
  for (const { rotation, ...key } of content.former) {
    former.push({ ...(await newIdentity(task.ports, passphrase, key)), rotation });
  }
  return {
    identity: { ...own, recovery: { recipient: content.seal.recipient, at } },
    keepFormer(db: WriteDb) {
      for (const key of former) addFormerKey(db, key, at);
    },
  };
}

/**
 * Brings the open workspace's own key back from its recovery file: the same key, and never another. `protect`: the
 * passphrase that it is under from now on. Raises recovery.*, key.wrong and the problems of reading.
 */
export async function recoverKey(task: Task, input: ParsedInput<'recovery.open'>): Promise<WorkspaceView> {
  const session = task.session();
  const { meta } = session;
  const opened = await readRecovery(task, input);
  const { name, about, content } = opened;
  if (about.print !== meta.print) {
    fail('recovery.mismatched', {
      name,
      found: `${about.year}年度評価 ${about.unit}`,
      wanted: `${meta.year}年度評価 ${meta.unit}`,
    });
  }
  const { publicKey, privateKey } = content;
  return inTurn(session, async () => {
    session.former = content.former;
    await keepAgain(task, session, privateKey, input.protect);
    session.key = { publicKey, privateKey };
    return task.read(viewSession);
  });
}
