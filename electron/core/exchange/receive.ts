// Packages on their way in: verified, authorised, planned, and only then applied, each in one transaction or not at
// all. The plan is a pure function of the file and the store; applying does exactly what the plan says.
import type { PackageResult, SheetOutcome } from '../../../shared/contract/views.ts';
import { type Form, layOut, readDefinition } from '../../../shared/form/form.ts';
import { labelAt } from '../../../shared/form/label.ts';
import { changedAddresses } from '../../../shared/form/merge.ts';
import { fail, makeProblem, type Problem, ProblemError } from '../../../shared/kernel/problem.ts';
import { KINDS } from '../../../shared/package/envelope.ts';
import { type Payload, payloadSchema } from '../../../shared/package/payload.ts';
import { headsOf } from '../../../shared/revision/ancestry.ts';
import type { Assignment, Revision } from '../../../shared/revision/revision.ts';
import { commitDraft, draftNode } from '../commit.ts';
import type { Session } from '../session.ts';
import { type Travels, travelKey, travelsOf } from '../sheet.ts';
import { formOf, hasArtifact, hashOf, putArtifact } from '../store/artifacts.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { refreshSheet } from '../store/derived.ts';
import { endJournal } from '../store/journal.ts';
import { lastSequenceOf, receivedOf, setReceived, signerOf } from '../store/ledger.ts';
import { acceptRevision, assignSheet, findSheet, historyOf, isAccepted, standingOf } from '../store/sheets.ts';
import { admit } from './admit.ts';
import {
  type Attached,
  assertAttached,
  attachedFault,
  attachedIn,
  keepAttached,
  keepPreviousForms,
  NOTHING_ATTACHED,
} from './attached.ts';
import { printOf } from './crypto.ts';
import { type Opened, openEnvelope } from './envelope.ts';

type SheetResult = PackageResult['sheets'][number];
type SheetPlan = {
  result: SheetResult;
  assignment: Assignment | undefined;
  revisions: { revision: Revision; refused: readonly string[] }[];
  attached: Attached;
};
export type Plan = {
  result: PackageResult;
  /** What applying writes; undefined when it writes nothing. */
  opened?: { envelope: Buffer; hash: string; payload: Payload };
  sheets: readonly SheetPlan[];
};

/** The payload of a package whose signature holds. Raises package.* problems; says nothing of trust. */
export function readPackage(bytes: Buffer): { opened: Opened; payload: Payload } {
  const opened = openEnvelope(bytes);
  const parsed = payloadSchema.safeParse(opened.payload);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail('package.malformed', { reason: `${issue?.path.join('.')}：${issue?.message}` });
  }
  if (parsed.data.kind !== opened.kind) fail('package.miskinded', { found: parsed.data.kind, wanted: opened.kind });
  if (printOf(opened.publicKey) !== parsed.data.sender.print) {
    fail('package.inconsistent', { reason: '送り手の鍵と確認番号が合わない' });
  }
  return { opened, payload: parsed.data };
}

/** Raises why a package is not for this workspace or its sender may not send it here. */
function authorise(db: ReadDb, session: Session, payload: Payload): void {
  const { meta } = session;
  const wanted = meta.role === 'office' ? 'submission' : 'distribution';
  if (payload.kind !== wanted) fail('package.miskinded', { found: KINDS[payload.kind], wanted: KINDS[wanted] });
  const { unit } = payload.recipient;
  if (unit !== meta.unit) fail('package.misdirected', { found: unit, wanted: meta.unit });
  if (meta.role === 'department') {
    if (payload.office.unit !== meta.office) {
      fail('package.misdirected', { found: payload.office.unit, wanted: meta.office });
    }
    if (payload.sender.print !== meta.officePrint) fail('signer.changed', { print: payload.sender.print });
  } else if (payload.office.print !== meta.print) {
    fail('package.misdirected', { found: payload.office.unit, wanted: `${meta.unit}（この事務局の今のファイル）` });
  }
  if (payload.year !== meta.year) fail('package.outdated', { found: payload.year, wanted: meta.year });
  const { print, unit: claimed } = payload.sender;
  const signer = signerOf(db, print) ?? fail('signer.unknown', { print, unit: claimed });
  if (signer.state === 'revoked') fail('signer.revoked', { print, unit: signer.unit });
  if (signer.unit !== claimed) fail('signer.mismatched', { claimed, registered: signer.unit });
}

/** The revisions of a package by hash, each checked against what a package of this sender may hold at all. */
function revisionsIn(db: ReadDb, payload: Payload): Map<string, Revision> {
  const revisions = new Map(payload.revisions.map((revision) => [hashOf(revision), revision] as const));
  const sheets = new Set(payload.sheets.map(({ sheet }) => sheet));
  for (const [hash, revision] of revisions) {
    if (!sheets.has(revision.sheet)) fail('package.inconsistent', { reason: '一覧にないシートの版がある' });
    const { author } = revision;
    const isForeign = author.role !== 'department' || author.unit !== payload.sender.unit;
    if (payload.kind === 'submission' && isForeign && !isAccepted(db, hash)) {
      fail('package.inconsistent', { reason: '送り手でない課が書いた版がある' });
    }
    for (const parent of revision.parents) {
      const sheet = revisions.get(parent)?.sheet;
      if (sheet !== undefined && sheet !== revision.sheet) {
        fail('package.inconsistent', { reason: '別のシートの版をもとにした版がある' });
      }
    }
  }
  return revisions;
}

/** Numbers of the sheets whose history here and in the package together has a gap. */
function sheetsWithoutBase(db: ReadDb, payload: Payload, revisions: ReadonlyMap<string, Revision>): string[] {
  const known = (id: string) => revisions.has(id) || isAccepted(db, id);
  return payload.sheets
    .filter(({ sheet, heads }) => {
      const parents = [...revisions.values()].filter((r) => r.sheet === sheet).flatMap((r) => r.parents);
      return ![...heads, ...parents].every(known);
    })
    .map(({ number }) => number);
}

function planSheet(
  db: ReadDb,
  session: Session,
  payload: Payload,
  entry: Payload['sheets'][number],
  revisions: ReadonlyMap<string, Revision>,
  forms: ReadonlyMap<string, Form>,
  travels: Travels,
  isOld: boolean,
): SheetPlan {
  const sheet = findSheet(db, entry.sheet);
  const assigned =
    payload.kind === 'distribution' ? payload.assignments.find((a) => a.sheet === entry.sheet) : undefined;
  // An older package may bring what is missing here; it does not take back what a newer one assigned.
  const sent = isOld && sheet ? undefined : assigned;
  const assignment = sent ?? sheet?.assignment;
  const incomplete =
    payload.kind === 'submission' ? payload.incomplete.find((i) => i.sheet === entry.sheet) : undefined;
  const result: SheetResult = {
    number: sheet?.number ?? entry.number,
    name: sheet?.name ?? '',
    outcome: 'refused',
    conflicts: [],
    refused: [],
    changed: [],
    labels: {},
    reason: null,
    incomplete: incomplete?.missing ?? [],
  };
  const refuse = (reason: string): SheetPlan => ({
    result: { ...result, reason },
    assignment: undefined,
    revisions: [],
    attached: NOTHING_ATTACHED,
  });
  const unit = payload.kind === 'distribution' ? session.meta.unit : payload.sender.unit;
  if (!assignment) return refuse('このファイルにないシート');
  // A distribution may also say that a sheet has gone to others; what was written in it here stays.
  const isWithdrawn = payload.kind === 'distribution' && sheet !== undefined;
  if (!assignment.units.includes(unit) && !isWithdrawn) return refuse(`「${unit}」に割り当てられていないシート`);
  const form = forms.get(assignment.form);
  if (!form) return refuse('様式が見つからない');

  const misplaced = attachedFault(payload, entry.sheet, form);
  if (misplaced !== undefined) return refuse(misplaced);

  const known = historyOf(db, entry.sheet);
  const before = standingOf(known, form);
  const admitted = admit(form, assignment, known, new Map([...revisions].filter(([, r]) => r.sheet === entry.sheet)));
  if (typeof admitted === 'string') return refuse(admitted);
  const { history, fresh } = admitted;
  if (!entry.heads.every((head) => history.has(head))) return refuse('最新の版が入っていない');

  // What is typed here and not committed counts as one more revision, exactly as it will when this is applied.
  const drafted = sheet && sheet.draft.size > 0 ? draftNode(db, sheet) : undefined;
  const after = standingOf(drafted ? new Map([...history, ['draft', drafted] as const]) : history, form);
  const conflicts = after.conflicts.map(({ address }) => address);
  const refused = [...new Set(fresh.flatMap((f) => f.refused))].sort();
  const changed = changedAddresses(drafted?.values ?? before.values, after.values);
  const attached = attachedIn(db, payload, entry.sheet, isOld);
  const outcome = ((): SheetOutcome => {
    const isReassigned = sheet !== undefined && sent !== undefined && hashOf(sent) !== hashOf(sheet.assignment);
    const isMore = isReassigned || attached.remarks.length > 0 || attached.previous !== undefined;
    if (!sheet) return 'new';
    if (fresh.length === 0) return isMore ? 'updated' : 'unchanged';
    if (conflicts.length > 0) return 'conflict';
    if (refused.length > 0 && changed.length === 0) return 'refused';
    if (headsOf(history).length > 1 || drafted) return 'merged';
    return session.meta.role === 'office' && !travels.received.has(travelKey(entry.sheet, unit)) ? 'new' : 'updated';
  })();
  const name = String(after.values[form.identity.name.address] ?? result.name);
  const reason = refused.length > 0 ? '送り手が書けない欄の変更は取り込まない' : null;
  const named = [...conflicts, ...refused, ...changed];
  const labels = Object.fromEntries(named.map((address) => [address, labelAt(form, address)]));
  return {
    result: { ...result, name, outcome, conflicts, refused, changed, labels, reason },
    assignment,
    revisions: fresh,
    attached,
  };
}

function formsIn(db: ReadDb, payload: Payload): Map<string, Form> {
  const forms = new Map<string, Form>();
  if (payload.kind === 'distribution') {
    for (const source of payload.forms) {
      const hash = hashOf(source);
      if (!hasArtifact(db, hash)) forms.set(hash, layOut(readDefinition(source, hash.slice(0, 8)), payload.year));
    }
  }
  const named = payload.kind === 'distribution' ? payload.forms.map(hashOf) : payload.forms;
  for (const hash of named)
    if (!forms.has(hash) && hasArtifact(db, hash)) forms.set(hash, formOf(db, hash, payload.year));
  return forms;
}

/** What would become of a package. Never raises for what the package is: every refusal is a result with its reason. */
export function planPackage(db: ReadDb, session: Session, file: string, bytes: Buffer): Plan {
  const result: PackageResult = {
    file,
    outcome: 'refused',
    reason: null,
    kind: null,
    unit: null,
    print: null,
    sequence: null,
    hash: null,
    sheets: [],
  };
  const set: { envelope: Buffer; hash: string; payload: Payload }[] = [];
  try {
    const { opened, payload } = readPackage(bytes);
    const { print, unit } = payload.sender;
    const hash = opened.payloadHash;
    Object.assign(result, {
      kind: payload.kind,
      unit: signerOf(db, print)?.unit ?? unit,
      print,
      sequence: payload.sequence,
      hash,
    });
    set.push({ envelope: bytes, hash, payload });
    authorise(db, session, payload);
    if (receivedOf(db, hash)?.outcome === 'applied') return { result: { ...result, outcome: 'duplicate' }, sheets: [] };
    const revisions = revisionsIn(db, payload);
    assertAttached(db, payload);
    const lacking = sheetsWithoutBase(db, payload, revisions);
    if (lacking.length > 0) fail('base.missing', { sheets: lacking });
    const forms = formsIn(db, payload);
    const travels = travelsOf(db, session);
    const isOld = payload.sequence < lastSequenceOf(db, print, payload.epoch);
    const sheets = payload.sheets.map((entry) =>
      planSheet(db, session, payload, entry, revisions, forms, travels, isOld),
    );
    const results = sheets.map((sheet) => sheet.result);
    const [opening] = set;
    const done = { ...result, sheets: results };
    if (results.every((sheet) => sheet.outcome === 'refused')) {
      const reason = makeProblem('package.inconsistent', { reason: results[0]?.reason ?? '' });
      return { result: { ...done, reason }, sheets: [] };
    }
    if (isOld && results.every((sheet) => sheet.outcome === 'unchanged')) {
      return { result: { ...done, outcome: 'stale' }, sheets: [] };
    }
    return { result: { ...done, outcome: 'applied' }, ...(opening ? { opened: opening } : {}), sheets };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return setAside(result, error.problem, set[0]);
  }
}

/** Problems that go away by themselves once something else arrives: the package is kept whole. */
const WAITING = ['signer.unknown', 'base.missing'];

function setAside(result: PackageResult, reason: Problem, opened: Plan['opened']): Plan {
  if (!opened || !WAITING.includes(reason.code)) return { result: { ...result, reason }, sheets: [] };
  return { result: { ...result, outcome: 'quarantined', reason }, opened, sheets: [] };
}

/** Does what planPackage says, inside the caller's transaction, and gives the same result. */
export function applyPackage(db: WriteDb, session: Session, file: string, bytes: Buffer, at: string): PackageResult {
  const { result, opened, sheets } = planPackage(db, session, file, bytes);
  if (!opened) return result;
  const { payload, hash, envelope } = opened;
  const isApplied = result.outcome === 'applied';
  if (isApplied && payload.kind === 'distribution') for (const source of payload.forms) putArtifact(db, 'form', source);
  if (isApplied) keepPreviousForms(db, payload);
  for (const plan of sheets) applySheet(db, session, plan, at);
  setReceived(db, {
    payload: hash,
    outcome: isApplied ? 'applied' : 'quarantined',
    kind: payload.kind,
    print: payload.sender.print,
    publicKey: payload.sender.publicKey,
    unit: payload.sender.unit,
    epoch: payload.epoch,
    sequence: payload.sequence,
    previous: payload.previous,
    madeAt: payload.at,
    receivedAt: at,
    file,
    sheets: payload.sheets.map(({ sheet }) => sheet),
    envelope: isApplied ? null : envelope,
  });
  return result;
}

function applySheet(db: WriteDb, session: Session, plan: SheetPlan, at: string): void {
  const { assignment, revisions, attached } = plan;
  if (!assignment || plan.result.outcome === 'unchanged') return;
  const sheet = findSheet(db, assignment.sheet);
  // Typed but uncommitted work becomes a revision of its own first, so that it takes part in the merge.
  if (sheet && revisions.length > 0) commitDraft(db, session, sheet, at, '受け取りの前の入力');
  // Steps of typing may not be taken back across a merge, nor into cells that are assigned otherwise now.
  const isReassigned = assignSheet(db, assignment);
  if (revisions.length > 0 || isReassigned) endJournal(db, assignment.sheet);
  for (const { revision, refused } of revisions) acceptRevision(db, revision, refused);
  keepAttached(db, assignment.sheet, attached);
  refreshSheet(db, assignment.sheet);
}
