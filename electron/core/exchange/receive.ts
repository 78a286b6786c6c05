// Packages on their way in: verified, authorised, planned, and only then applied, each in one transaction or not at
// all. The plan is a pure function of the file and the store; applying does exactly what the plan says.
import type { PackageResult } from '../../../shared/contract/exchangeviews.ts';
import { fail, makeProblem, type Problem, ProblemError } from '../../../shared/kernel/problem.ts';
import { type Carrier, type Payload, refusedSheet } from '../../../shared/package/payload.ts';
import { commitDraft } from '../commit.ts';
import type { Session } from '../session.ts';
import { accountOf, allAccounts, hasTakenBack } from '../store/accounts.ts';
import { putArtifact } from '../store/artifacts.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { refreshSheet } from '../store/derived.ts';
import { addAcknowledged, addDecisions, unknownPlaces } from '../store/fates.ts';
import { endJournal } from '../store/journal.ts';
import {
  lastSequenceOf,
  type Received,
  readMeta,
  receivedOf,
  setBrought,
  setEpoch,
  setReceived,
} from '../store/ledger.ts';
import { setSeals } from '../store/seals.ts';
import { acceptRevision, assignSheet, setRefused, sheetOf } from '../store/sheets.ts';
import { isOvertaken, signerOf } from '../store/signers.ts';
import { travelsOf } from '../travels.ts';
import { assertAttached, keepAttached, keepPreviousForms } from './attached.ts';
import { authorise, isOwnKey, keepAdmission } from './authorise.ts';
import { accountFor } from './brought.ts';
import { fileName } from './compose.ts';
import { printOf, sha256 } from './crypto.ts';
import type { Admission } from './lineage.ts';
import { reckon } from './reckon.ts';
import { crowding } from './room.ts';
import { point, settle } from './settle.ts';
import {
  broughtBySheet,
  formsIn,
  isFromOffice,
  planSheet,
  revisionsIn,
  type SheetPlan,
  sheetsWithoutBase,
} from './sheetplan.ts';
import { readArrived } from './transit.ts';

export type Plan = {
  result: PackageResult;
  /** What applying writes; undefined when it writes nothing. */
  opened?: Opening;
  sheets: readonly SheetPlan[];
};
/** `admission` is missing where the sender is not admitted. */
type Opening = { envelope: Buffer; hash: string; payload: Payload; admission?: Admission };

/** The result for a file that is no package, or none that can be read; `reason` says why. */
export const unreadable = (file: string, reason: Problem | null): PackageResult => ({
  file,
  outcome: 'refused',
  reason,
  kind: null,
  unit: null,
  station: null,
  claimed: null,
  print: null,
  sequence: null,
  hash: null,
  held: false,
  notes: [],
  sheets: [],
});

/** What would become of a package. Never raises for what the package is: every refusal is a result with its reason. */
export function planPackage(db: ReadDb, session: Session, file: string, bytes: Buffer): Plan {
  const result = unreadable(file, null);
  let opened: Opening | undefined;
  let before: Received | undefined;
  try {
    const { opened: read, payload } = readArrived(file, bytes);
    const { print, unit } = payload.sender;
    const hash = read.payloadHash;
    const signer = signerOf(db, print);
    before = receivedOf(db, hash);
    Object.assign(result, {
      kind: payload.kind,
      unit: signer?.unit ?? null,
      station: signer?.station ?? null,
      claimed: unit,
      print,
      sequence: payload.sequence,
      hash,
      held: before?.outcome === 'quarantined',
      notes: renamed(file, fileName(payload, hash)),
    });
    opened = { envelope: bytes, hash, payload };
    const admission = authorise(db, session, payload, hash);
    if (admission.succession.length > 0) result.succession = [...admission.succession];
    // Somebody took it back: only a person may take it in again.
    if (before?.outcome === 'undone') return { result: { ...result, outcome: 'undone' }, sheets: [] };
    opened = { ...opened, admission };
    if (before?.outcome === 'applied') return planRest(db, session, result, opened, before);
    if (payload.kind === 'receipt') return { result: { ...result, outcome: 'applied' }, opened, sheets: [] };
    return planCarrier(db, session, result, payload, opened);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    // What has been taken in stays so, whatever its other sheets still wait for.
    if (opened?.admission && before?.outcome === 'applied') {
      return { result: { ...result, outcome: 'duplicate' }, sheets: [] };
    }
    return setAside(db, result, error.problem, opened);
  }
}

/** Of a package that has been taken in, the sheets that were refused then. */
function planRest(db: ReadDb, session: Session, result: PackageResult, opened: Opening, { refused }: Received): Plan {
  const { payload } = opened;
  const left = new Set(refused.map(({ sheet }) => sheet));
  if (payload.kind !== 'receipt' && left.size > 0) {
    const plan = planCarrier(db, session, { ...result, held: true }, payload, opened, left);
    if (plan.result.outcome === 'applied' || plan.result.outcome === 'stale') return plan;
  }
  return { result: { ...result, outcome: 'duplicate' }, sheets: [] };
}

/** Advice where a package goes by another name than it was given. Only its content counts. */
const renamed = (file: string, given: string): string[] =>
  file.startsWith(given.replace(/\.json$/, ''))
    ? []
    : [`ファイルの名前が変えられています（元は「${given}」）。中身は確かめたので、このまま受け取れます。`];

/** `only`: the sheets of it that are still to be taken; all of them where nothing has been yet. */
function planCarrier(
  db: ReadDb,
  session: Session,
  result: PackageResult,
  payload: Carrier,
  opened: Opening,
  only?: ReadonlySet<string>,
): Plan {
  const revisions = revisionsIn(payload);
  assertAttached(db, payload);
  const lacking = sheetsWithoutBase(db, payload, revisions);
  if (lacking.length > 0) fail('base.missing', { sheets: lacking });
  const forms = formsIn(db, payload);
  const travels = travelsOf(db, session);
  const isOld =
    payload.sequence < lastSequenceOf(db, payload.sender.print, payload.epoch) || isOvertaken(db, payload.sender.print);
  const sheets = broughtBySheet(payload, revisions)
    .filter(({ entry }) => only?.has(entry.sheet) ?? true)
    .map((brought) => planSheet(db, session, payload, brought, forms, travels, isOld));
  const results = sheets.map((sheet) => sheet.result);
  const done = { ...result, sheets: results };
  // A sheet of which every change was refused is kept all the same: what was not taken can be put back.
  if (sheets.every(({ refusal }) => refusal !== undefined)) {
    const isLasting = sheets.every(({ refusal }) => refusal?.isLasting);
    const reasons = [...new Set(results.map(({ number, reason }) => `${number}：${reason}`))];
    return setAside(db, done, makeProblem(isLasting ? 'sheets.unfit' : 'sheets.refused', { reasons }), opened, sheets);
  }
  // Nothing of it is needed any more, and yet it arrived: its place in the sender's sequence is no gap.
  const isSpent = results.every(({ outcome }) => outcome === 'unchanged' || outcome === 'stale');
  if (isSpent && (isOld || results.some(({ outcome }) => outcome === 'stale'))) {
    return { result: { ...done, outcome: 'stale' }, opened, sheets };
  }
  return { result: { ...done, outcome: 'applied' }, opened, sheets };
}

/** Of senders that are not admitted, what may still turn out to be good. */
const WAITING = ['signer.unknown', 'signer.unproven'];

/**
 * Keeps a package whole that cannot be taken in now: one whose sender may be admitted later, and every one of an admitted
 * sender, whatever is wrong with it. It has arrived, its number is no gap, and a receipt tells the sender why it waits.
 */
function setAside(
  db: ReadDb,
  result: PackageResult,
  reason: Problem,
  opened: Opening | undefined,
  sheets: readonly SheetPlan[] = [],
): Plan {
  const isKept = opened && (opened.admission || WAITING.includes(reason.code));
  if (!isKept) return { result: { ...result, reason }, sheets: [] };
  const crowded = crowdingOf(db, opened);
  if (crowded) return { result: { ...result, reason: crowded }, sheets: [] };
  return { result: { ...result, outcome: 'quarantined', reason }, opened, sheets };
}

const crowdingOf = (db: ReadDb, { payload, hash, envelope }: Opening): Problem | undefined =>
  crowding(db, payload.sender.print, hash, envelope.length);

/** Does what planPackage says, inside the caller's transaction, and gives the same result. */
export function applyPackage(db: WriteDb, session: Session, file: string, bytes: Buffer, at: string): PackageResult {
  const { result, opened, sheets } = planPackage(db, session, file, bytes);
  if (!opened) return result;
  const { payload, hash, envelope, admission } = opened;
  const isApplied = result.outcome !== 'quarantined';
  const isOlder = payload.sequence < lastSequenceOf(db, payload.sender.print, payload.epoch);
  if (isApplied && payload.kind !== 'receipt') keepForms(db, payload);
  if (isApplied) for (const plan of sheets) applySheet(db, session, plan, at);
  const refused = sheets.flatMap(({ entry, refusal }) => (refusal ? [refusedSheet(entry.sheet, refusal.reason)] : []));
  const received = {
    payload: hash,
    outcome: isApplied ? ('applied' as const) : ('quarantined' as const),
    kind: payload.kind,
    print: payload.sender.print,
    publicKey: payload.sender.publicKey,
    unit: payload.sender.unit,
    station: payload.sender.station,
    epoch: payload.epoch,
    sequence: payload.sequence,
    previous: payload.previous,
    madeAt: payload.at,
    receivedAt: at,
    file,
    sheets: payload.kind === 'receipt' ? [] : payload.sheets.map(({ sheet }) => sheet),
    reason: isApplied ? null : (result.reason?.code ?? null),
    refused,
    envelope: isApplied && (refused.length === 0 || crowdingOf(db, opened)) ? null : envelope,
  };
  const lineage = payload.lineage.map(({ statement }) => printOf(statement.from));
  setReceived(db, received, [...lineage, payload.sender.print]);
  if (!isApplied) return result;
  if (admission) keepAdmission(db, session, payload, hash, admission, at);
  // An older package does not take back what a newer one announced.
  if (!isOlder) setSeals(db, payload.sender.print, payload.sender.seals);
  hearFates(db, session, payload, hash, at);
  if (payload.kind !== 'receipt') keepAccount(db, session, payload, hash, sheets);
  return result;
}

/** Accounts for what came, and brings what follows from all accounts in line with it. */
function keepAccount(db: WriteDb, session: Session, payload: Carrier, hash: string, plans: readonly SheetPlan[]): void {
  const taken = new Set(plans.flatMap(({ entry, refusal }) => (refusal ? [] : [entry.sheet])));
  // Of sheets that were taken before, the account says what was taken then.
  const account = [...(accountOf(db, hash) ?? []), ...accountFor(db, payload, taken)];
  setBrought(db, hash, JSON.stringify(account));
  // What was taken back may have been waiting for just this.
  if (hasTakenBack(db))
    settle(
      db,
      session,
      reckon(db, ({ outcome }) => outcome === 'undone'),
    );
  else if (isFromOffice(payload)) {
    const sheets = new Set(account.map(({ sheet }) => sheet));
    for (const sheet of point(db, sheets, allAccounts(db))) refreshSheet(db, sheet);
  }
}

function keepForms(db: WriteDb, payload: Carrier): void {
  if (isFromOffice(payload)) for (const source of payload.forms) putArtifact(db, 'form', source);
  keepPreviousForms(db, payload);
}

/** Takes in what a package says of own packages, and what the office decided. */
function hearFates(db: WriteDb, session: Session, payload: Payload, hash: string, at: string): void {
  const receipts = payload.kind === 'receipt' ? payload.receipts : [];
  const told = new Set(receipts.map((receipt) => receipt.payload));
  const seen = payload.seen
    .filter((place) => !told.has(place.payload))
    .map((place) => ({ ...place, outcome: 'applied' as const, reason: null, refused: [], receivedAt: payload.at }));
  for (const word of [...receipts, ...seen]) {
    if (isOwnKey(db, session, word.print)) addAcknowledged(db, { ...word, receipt: hash });
  }
  const { epoch, print } = readMeta(db);
  const isCloned = unknownPlaces(db).some((place) => place.print === print && place.epoch === epoch);
  // The other side holds what this file never sent: it was restored or copied. It no longer counts on where it was; the
  // new count follows from the old one and from this package, so that planning and applying agree.
  if (isCloned) setEpoch(db, sha256(`${epoch} ${hash}`).slice(0, 16));
  if (payload.kind === 'return') addDecisions(db, hash, payload, at);
}

function applySheet(db: WriteDb, session: Session, plan: SheetPlan, at: string): void {
  const { assignment, revisions, reopened, attached } = plan;
  if (!assignment || plan.result.outcome === 'unchanged') return;
  const sheet = sheetOf(db, assignment.sheet);
  // Typed but uncommitted work becomes a revision of its own first, so that it takes part in the merge.
  const isNews = revisions.length + reopened.length > 0;
  if (sheet && isNews) commitDraft(db, session, sheet, at, '受け取りの前の入力');
  // Steps of typing may not be taken back across a merge, nor into cells that are assigned otherwise now.
  const isReassigned = assignSheet(db, assignment);
  if (isNews || isReassigned) endJournal(db, assignment.sheet);
  for (const { revision, refused } of revisions) acceptRevision(db, revision, refused);
  for (const { hash, refused } of reopened) setRefused(db, hash, refused);
  keepAttached(db, assignment.sheet, attached);
  refreshSheet(db, assignment.sheet);
}
