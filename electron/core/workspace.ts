// The tasks around a workspace file: make, open, join, try out, close.
import path from 'node:path';
import type { Output, ParsedInput } from '../../shared/contract/contract.ts';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { layOut, readDefinition } from '../../shared/form/form.ts';
import { JsonFault, parseStrict } from '../../shared/kernel/json.ts';
import { fail, ProblemError } from '../../shared/kernel/problem.ts';
import { KINDS } from '../../shared/package/envelope.ts';
import type { Distribution } from '../../shared/package/payload.ts';
import { unitSchema } from '../../shared/revision/revision.ts';
import { openersFrom, readArriving } from './exchange/opening.ts';
import { applyPackage, planPackage } from './exchange/receive.ts';
import { assertPrint, stationName } from './exchange/signers.ts';
import { readArrived } from './exchange/transit.ts';
import { assertSame, identityFrom, type Recovered, readRecovery } from './keys.ts';
import {
  assertRole,
  createSession,
  newIdentity,
  openSession,
  removeWorkspaceFiles,
  type Session,
  unlock,
  viewSession,
} from './session.ts';
import { hashOf } from './store/artifacts.ts';
import type { Meta } from './store/ledger.ts';
import { setSigner } from './store/signers.ts';
import type { Task } from './task.ts';
import { VERSION } from './version.ts';

const FORM_LIMIT = 2 * 1024 * 1024;

type Source = Record<string, unknown>;

/** Reads a form file. Raises form.invalid with what is wrong in it. */
async function readForm(task: Task, file: string): Promise<Source> {
  const name = path.basename(file);
  const text = (await task.ports.files.read(file, FORM_LIMIT)).toString('utf8').replace(/^\uFEFF/, '');
  try {
    const source = parseStrict(text);
    readDefinition(source, name);
    return source as Source;
  } catch (error) {
    if (error instanceof JsonFault) return fail('form.invalid', { form: name, findings: [error.message] });
    throw error;
  }
}

/** The forms that come with the program. */
async function ownForms(task: Task): Promise<Source[]> {
  const folder = path.join(task.resources, 'forms');
  const entries = await task.ports.files.listFolder(folder);
  const names = entries.map((entry) => entry.name).filter((name) => name.endsWith('.form.json'));
  return Promise.all(names.map((name) => readForm(task, path.join(folder, name))));
}

/** Version, own forms, recent files and what is open. */
export async function about(task: Task): Promise<Output<'app.about'>> {
  const forms = (await ownForms(task)).map((source) => readDefinition(source, ''));
  const recent = await task.recent();
  return {
    version: VERSION,
    forms: forms.map(({ id, version, title }) => ({ id, version, title })),
    recent: recent.map((entry) => ({ file: task.offer(entry.path), name: entry.name })),
    workspace: openView(task),
  };
}

function openView(task: Task): WorkspaceView | null {
  try {
    return task.read(viewSession);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'workspace.closed') return null;
    throw error;
  }
}

function unitName(name: string): string {
  const unit = name.normalize('NFC').trim();
  if (!unitSchema.safeParse(unit).success) fail('input.invalid', { findings: [`「${name}」は名前に使えない`] });
  return unit;
}

/** Makes the office's file for a year and opens it; with a recovery file, the office's key goes on in it. */
export async function createWorkspace(task: Task, input: ParsedInput<'workspace.create'>): Promise<WorkspaceView> {
  const { form, year } = input;
  const source = 'file' in form ? await readForm(task, task.pathOf(form.file)) : await ownForm(task, form.id);
  const station = stationName(input.station);
  const unit = unitName(input.office);
  const recovered = input.recovery && (await readRecovery(task, input.recovery));
  if (recovered) assertSame(recovered, { role: 'office', unit, year });
  task.adopt(
    await createOffice(task, task.pathOf(input.file), unit, source, year, input.passphrase, { station, recovered }),
  );
  return task.read(viewSession);
}

async function ownForm(task: Task, id: string): Promise<Source> {
  return (await ownForms(task)).find((source) => source.id === id) ?? fail('form.unknown', { form: id });
}

/** Raises form.invalid where the form cannot be laid out for the year, which may lie outside of its plan. */
function assertFits(source: Source, year: number): void {
  layOut(readDefinition(source, String(source.title ?? '')), year);
}

/** An office's workspace, opened but not adopted. Raises form.invalid and what createSession raises. */
export async function createOffice(
  task: Task,
  file: string,
  unit: string,
  source: Source,
  year: number,
  passphrase: string | undefined,
  { station, recovered }: Beginning = { station: '' },
): Promise<Session> {
  assertFits(source, year);
  const { identity, keepFormer } = await beginWith(task, recovered, passphrase);
  const meta: Meta = {
    role: 'office',
    unit,
    station,
    office: unit,
    officePrint: recovered?.about.office.print ?? identity.print,
    year,
    form: hashOf(source),
    epoch: task.ports.entropy.id(8),
    ...identity,
  };
  const session = await createSession(task.ports, file, meta, source, keepFormer);
  if (passphrase !== undefined) await unlock(task.ports, session, passphrase);
  return session;
}

/** What a new workstation is called, and the key that goes on in it. */
type Beginning = { station: string; recovered?: Recovered | undefined };

/** The key of a new workspace: that of the recovery file, or a new one. */
async function beginWith(task: Task, recovered: Recovered | undefined, passphrase: string | undefined) {
  if (recovered) return identityFrom(task, recovered, passphrase);
  return { identity: { ...(await newIdentity(task.ports, passphrase)), recovery: null }, keepFormer: () => undefined };
}

/** Opens a file; with a passphrase, unlocks its key. */
export async function openWorkspace(task: Task, input: ParsedInput<'workspace.open'>): Promise<WorkspaceView> {
  const file = task.pathOf(input.file);
  // The file may be the one that is open: its lock has to be free before it can be taken again.
  task.closeSession();
  task.adopt(await openSession(task.ports, file, input.passphrase));
  return task.read(viewSession);
}

/**
 * Makes a department's file from a distribution, or takes a newer distribution into the one that exists. A new file
 * trusts the key that signed the distribution, and only by its digits as somebody typed them. Raises why the package
 * cannot be taken in, print.incomplete, print.mismatched, recovery.*, key.wrong; then a new file is not left behind.
 */
export async function joinWorkspace(
  task: Task,
  input: ParsedInput<'workspace.join'>,
): Promise<Output<'workspace.join'>> {
  const file = task.pathOf(input.file);
  if (await task.ports.files.exists(file)) {
    // Its key may be needed to open the seal.
    task.closeSession();
    const session = await openSession(task.ports, file, input.passphrase);
    return takeIn(task, input, session, () => readDistribution(task, input, session));
  }
  const read = await readDistribution(task, input, undefined);
  const station = stationName(input.station);
  assertPrint(input.print, read.payload.sender.print);
  const recovered = input.recovery && (await readRecovery(task, input.recovery));
  if (recovered) {
    const { recipient, year, office } = read.payload;
    assertSame(recovered, { role: 'department', unit: recipient.unit, year, office: office.print });
  }
  task.closeSession();
  const at = task.ports.clock.now();
  const session = await createDepartment(task, file, read.payload, input.passphrase, { station, recovered }, at);
  try {
    return await takeIn(task, input, session, async () => read);
  } catch (error) {
    await removeWorkspaceFiles(task.ports, file);
    throw error;
  }
}

/** Reads a distribution, out of its seal; nothing in it is trusted yet. */
async function readDistribution(task: Task, input: ParsedInput<'workspace.join'>, session: Session | undefined) {
  const file = task.pathOf(input.package);
  const bytes = await readArriving(task, file, await openersFrom(task, input, session));
  const { payload } = readArrived(path.basename(file), bytes);
  if (payload.kind === 'distribution') return { bytes, payload };
  return fail('package.miskinded', { found: KINDS[payload.kind], wanted: KINDS.distribution });
}

/** Takes the distribution into the department's file, which is then the open one; otherwise closes it. */
async function takeIn(
  task: Task,
  input: ParsedInput<'workspace.join'>,
  session: Session,
  read: () => Promise<{ bytes: Buffer }>,
): Promise<Output<'workspace.join'>> {
  const name = path.basename(task.pathOf(input.package));
  try {
    assertRole(session, 'department');
    const { bytes } = await read();
    const { reason } = session.store.read((db) => planPackage(db, session, name, bytes)).result;
    if (reason) throw new ProblemError(reason);
    const at = task.ports.clock.now();
    const result = session.store.write((db) => applyPackage(db, session, name, bytes, at));
    task.adopt(session);
    return { workspace: task.read(viewSession), result };
  } catch (error) {
    session.store.close();
    throw error;
  }
}

/** A department's workspace for whom a distribution is meant; it trusts the key that signed it. */
async function createDepartment(
  task: Task,
  file: string,
  payload: Distribution,
  passphrase: string | undefined,
  { station, recovered }: Beginning,
  at: string,
): Promise<Session> {
  const [source] = payload.forms;
  if (!source) return fail('package.inconsistent', { reason: '様式が入っていない' });
  assertFits(source, payload.year);
  const { sender } = payload;
  const { identity, keepFormer } = await beginWith(task, recovered, passphrase);
  const meta: Meta = {
    role: 'department',
    unit: payload.recipient.unit,
    station,
    office: payload.office.unit,
    officePrint: payload.office.print,
    year: payload.year,
    form: hashOf(source),
    epoch: task.ports.entropy.id(8),
    ...identity,
  };
  const office = {
    print: sender.print,
    publicKey: sender.publicKey,
    unit: sender.unit,
    station: sender.station,
    state: 'trusted',
    bound: null,
    follows: null,
  } as const;
  const session = await createSession(task.ports, file, meta, source, (db) => {
    setSigner(db, office, at);
    keepFormer(db);
  });
  if (passphrase !== undefined) await unlock(task.ports, session, passphrase);
  return session;
}

/** Unlocks the open file's key. */
export async function unlockWorkspace(task: Task, input: ParsedInput<'workspace.unlock'>): Promise<WorkspaceView> {
  await unlock(task.ports, task.session(), input.passphrase);
  return task.read(viewSession);
}
