// An open workspace: its store, what it is, and its key for as long as it is unlocked. Made, opened and closed here.
import path from 'node:path';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { fail, ProblemError } from '../../shared/kernel/problem.ts';
import { type KeyPair, newKeyPair, openSealedKey, printOf, sealKey } from './exchange/crypto.ts';
import { standingOfKey } from './exchange/signers.ts';
import { EXTENSION, nameOf } from './name.ts';
import type { Ports } from './ports.ts';
import { formOf, putArtifact, verifyArtifacts } from './store/artifacts.ts';
import { isBusy, openStore, type ReadDb, type Store, type Synchronous, type WriteDb } from './store/database.ts';
import { rebuildDerived } from './store/derived.ts';
import { formerKeys } from './store/formerkeys.ts';
import { type Meta, type PrivateKey, readMeta, writeMeta } from './store/ledger.ts';
import {
  areDerivedTablesForeign,
  checkSchema,
  createSchema,
  migrateSchema,
  SCHEMA_VERSION,
  schemaVersionOf,
} from './store/schema.ts';
import { countSheets } from './store/sheets.ts';

export type Session = {
  /** The file's name without its ending, as people call it. */
  name: string;
  path: string;
  store: Store;
  meta: Meta;
  /** undefined while the key is sealed. */
  key: KeyPair | undefined;
  /** Own keys of before, as far as they are open: they only open what was sealed for them. */
  former: readonly KeyPair[];
};

/** Raises workspace.unsafe for places where a database must not be written. */
async function assertSafePlace(ports: Ports, file: string): Promise<void> {
  const place = await ports.files.unsafePlace(file);
  if (place) fail('workspace.unsafe', { name: nameOf(file), place });
}

/**
 * How a private key is kept: under the passphrase where there is one, else by the system where it keeps secrets.
 * `remember`: the system opens it without asking for the passphrase.
 */
export async function keepKey(
  { keeper }: Ports,
  privateKey: string,
  passphrase: string | undefined,
  remember = false,
): Promise<PrivateKey> {
  if (passphrase === undefined) return keeper ? { wrapped: keeper.wrap(privateKey) } : { open: privateKey };
  const sealed = await sealKey(privateKey, passphrase);
  return keeper && remember ? { wrapped: keeper.wrap(privateKey), sealed } : { sealed };
}

/** A key of this workspace (a new one unless it is given), as it is kept. */
export async function newIdentity(
  ports: Ports,
  passphrase: string | undefined,
  { publicKey, privateKey }: KeyPair = newKeyPair(),
): Promise<Pick<Meta, 'publicKey' | 'print' | 'privateKey'>> {
  return { publicKey, print: printOf(publicKey), privateKey: await keepKey(ports, privateKey, passphrase) };
}

/**
 * Makes a new workspace file with its meta and form, opened. `fill` runs in the same transaction.
 * Raises workspace.exists, workspace.unsafe, workspace.busy, file.unwritable; then no file is left.
 */
export async function createSession(
  ports: Ports,
  file: string,
  meta: Meta,
  formSource: Record<string, unknown>,
  fill: (db: WriteDb) => void = () => undefined,
): Promise<Session> {
  const name = nameOf(file);
  if (await ports.files.exists(file)) fail('workspace.exists', { name });
  await assertSafePlace(ports, file);
  try {
    const store = openStore(file, name, {
      create: (db) => {
        createSchema(db);
        putArtifact(db, 'form', formSource);
        writeMeta(db, meta);
        fill(db);
      },
      check: () => undefined,
    });
    return {
      name,
      path: file,
      store,
      meta,
      key: await keyOf(ports, meta, undefined),
      former: await formerOf(ports, store, undefined),
    };
  } catch (error) {
    const isTheirs =
      error instanceof ProblemError && ['workspace.busy', 'workspace.exists'].includes(error.problem.code);
    if (!isTheirs) await removeWorkspaceFiles(ports, file);
    throw error;
  }
}

/** Removes a workspace that was never finished, with the files that SQLite keeps beside it. */
export async function removeWorkspaceFiles(ports: Ports, file: string): Promise<void> {
  for (const ending of ['', '-wal', '-shm', '-lock']) await ports.files.remove(`${file}${ending}`);
}

/** Opens an existing workspace. Raises the workspace.* problems, and key.wrong for a passphrase that does not fit. */
export async function openSession(ports: Ports, file: string, passphrase: string | undefined): Promise<Session> {
  const name = nameOf(file);
  if (!(await ports.files.exists(file))) fail('workspace.missing', { name });
  await assertSafePlace(ports, file);
  const store = openStore(file, name, { check: (db) => checkSchema(db, name) });
  try {
    await bringUpToDate(store, () => backUp(ports, store, file));
    const meta = store.read(readMeta);
    return {
      name,
      path: file,
      store,
      meta,
      key: await keyOf(ports, meta, passphrase),
      former: await formerOf(ports, store, passphrase),
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Migrates what an older program laid out, after `prepare`, and lays derived tables of another program out anew. */
async function bringUpToDate(store: Store, prepare: () => Promise<void>): Promise<void> {
  if (store.read(schemaVersionOf) < SCHEMA_VERSION) {
    await prepare();
    store.migrate((db) => {
      migrateSchema(db);
      rebuildDerived(db);
    });
  } else if (store.read(areDerivedTablesForeign)) store.write(rebuildDerived);
}

/**
 * Puts a copy of the file as it is beside it, under a name that is free. It counts only once it was opened again and
 * every artifact in it was hashed. Raises workspace.damaged, file.unwritable; then no copy is left.
 */
async function backUp(ports: Ports, store: Store, file: string): Promise<void> {
  const { dir, name } = path.parse(file);
  const placeOf = (count: number) => path.join(dir, `${name}（更新前の控え${count}）${EXTENSION}`);
  let count = 1;
  while (await ports.files.exists(placeOf(count))) count += 1;
  const part = `${placeOf(count)}.part`;
  try {
    await ports.files.remove(part);
    store.copyTo(part);
    const copy = openStore(part, name, { check: (db) => checkSchema(db, name) });
    const { findings } = copy.read(verifyArtifacts);
    copy.close();
    if (findings.length > 0) fail('workspace.damaged', { name, findings: findings.slice(0, 10) });
    await ports.files.settle(part, placeOf(count));
  } finally {
    await removeWorkspaceFiles(ports, part);
  }
}

/**
 * Reads a workspace that is not the open one: a copy of it, so that it stays as it is wherever it lies. Nothing
 * derived in it is believed. Raises workspace.busy, workspace.foreign, workspace.newer, workspace.damaged, file.missing,
 * file.unreadable.
 */
export async function readCopy<T>(ports: Ports, file: string, work: (db: ReadDb) => Synchronous<T>): Promise<T> {
  const name = nameOf(file);
  if (isBusy(file)) fail('workspace.busy', { name });
  const folder = await ports.files.tempFolder('hyoka-copy');
  try {
    const copy = path.join(folder, `copy${EXTENSION}`);
    await ports.files.copy(file, copy);
    if (await ports.files.exists(`${file}-wal`)) await ports.files.copy(`${file}-wal`, `${copy}-wal`);
    const store = openStore(copy, name, { check: (db) => checkSchema(db, name) });
    try {
      store.migrate((db) => {
        migrateSchema(db);
        rebuildDerived(db);
      });
      return store.read(work);
    } finally {
      store.close();
    }
  } finally {
    await ports.files.remove(folder);
  }
}

async function formerOf(ports: Ports, store: Store, passphrase: string | undefined): Promise<KeyPair[]> {
  const opened: KeyPair[] = [];
  // One after the other: each takes 128 MB while it is being opened.
  for (const kept of store.read(formerKeys)) {
    const key = await keyOf(ports, kept, passphrase);
    if (key) opened.push(key);
  }
  return opened;
}

async function keyOf(
  { keeper }: Ports,
  { publicKey, privateKey }: Pick<Meta, 'publicKey' | 'privateKey'>,
  passphrase: string | undefined,
): Promise<KeyPair | undefined> {
  if ('open' in privateKey) return { publicKey, privateKey: privateKey.open };
  const unwrapped = 'wrapped' in privateKey ? keeper?.unwrap(privateKey.wrapped) : undefined;
  if (unwrapped !== undefined) return { publicKey, privateKey: unwrapped };
  const { sealed } = privateKey;
  if (passphrase === undefined || sealed === undefined) return undefined;
  return { publicKey, privateKey: await openSealedKey(sealed, passphrase) };
}

/** Unlocks the key until the workspace is closed. Raises key.wrong. */
export async function unlock(ports: Ports, session: Session, passphrase: string): Promise<void> {
  session.key ??= await keyOf(ports, session.meta, passphrase);
  session.former = await formerOf(ports, session.store, passphrase);
}

/** Whether nothing on this machine opens the key any more: only its recovery file does. */
const isLost = ({ key, meta }: Session): boolean =>
  !key && 'wrapped' in meta.privateKey && meta.privateKey.sealed === undefined;

/** The key to sign with. Raises key.locked, and key.lost when only the recovery file opens it. */
export const signingKey = (session: Session): KeyPair =>
  session.key ?? (isLost(session) ? fail('key.lost', {}) : fail('key.locked', {}));

/** Raises role.wrong unless the workspace is of this side. */
export function assertRole(session: Session, needed: Meta['role']): void {
  if (session.meta.role !== needed) fail('role.wrong', { needed });
}

function keyState(session: Session): WorkspaceView['key'] {
  const { privateKey } = session.meta;
  if ('open' in privateKey) return 'none';
  if (isLost(session)) return 'lost';
  if ('wrapped' in privateKey && privateKey.sealed === undefined) return 'kept';
  return session.key ? 'open' : 'locked';
}

/** What the user interface may know of it. */
export function viewSession(db: ReadDb, session: Session): WorkspaceView {
  const { meta } = session;
  const { definition, subjectYear } = formOf(db, meta.form, meta.year);
  const key = keyState(session);
  return {
    name: session.name,
    role: meta.role,
    unit: meta.unit,
    station: meta.station,
    office: meta.office,
    year: meta.year,
    subjectYear,
    form: { hash: meta.form, id: definition.id, version: definition.version, title: definition.title },
    print: meta.print,
    key,
    recoveryAt: meta.recovery?.at ?? null,
    standing: standingOfKey(db, session),
    sheets: countSheets(db),
  };
}
