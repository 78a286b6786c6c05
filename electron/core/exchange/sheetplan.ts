// What a package would change in one sheet: which revisions enter, what then stands, and what a person has to decide.
import type { SheetOutcome, SheetResult } from '../../../shared/contract/exchangeviews.ts';
import { type Form, layOut, lockAt, mergeRulesOf, readDefinition } from '../../../shared/form/form.ts';
import { changedAddresses } from '../../../shared/form/merge.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import type { Carrier, Submission } from '../../../shared/package/payload.ts';
import { ancestorsOf, headsOf, mergeRevisions } from '../../../shared/revision/ancestry.ts';
import { shortDigest } from '../../../shared/revision/digest.ts';
import type { Assignment, Revision } from '../../../shared/revision/revision.ts';
import { draftNode, heldBack } from '../commit.ts';
import type { Session } from '../session.ts';
import { confirmationIn, signedDigest } from '../signed.ts';
import { formOf, hasArtifact, hashOf } from '../store/artifacts.ts';
import { confirmationsOf } from '../store/confirmations.ts';
import type { ReadDb } from '../store/database.ts';
import {
  historyOf,
  isAccepted,
  type Kept,
  openConflictsOf,
  refusalsIn,
  type Sheet,
  type Standing,
  sheetOf,
  standingOf,
  valuesBelow,
  valuesOf,
} from '../store/sheets.ts';
import { type Travels, travelKey } from '../travels.ts';
import { type Admitted, admit } from './admit.ts';
import { type Attached, attachedFault, attachedIn, NOTHING_ATTACHED } from './attached.ts';
import { planCells } from './cellplan.ts';

export type SheetPlan = {
  entry: Brought['entry'];
  result: SheetResult;
  assignment: Assignment | undefined;
  revisions: { revision: Revision; refused: readonly string[] }[];
  /** Revisions known already of which more cells count from now on. */
  reopened: Admitted['reopened'];
  attached: Attached;
  /** The sheet is refused as a whole; `isLasting`: whatever becomes of this file, it will be. */
  refusal?: { reason: string; isLasting: boolean };
};

/** From the office: it says whose the sheets are, and in which form. */
export type FromOffice = Exclude<Carrier, Submission>;
export const isFromOffice = (payload: Carrier): payload is FromOffice => payload.kind !== 'submission';

/** The revisions of a package by hash, each checked against what any package may hold at all. */
export function revisionsIn(payload: Carrier): Map<string, Revision> {
  const revisions = new Map(payload.revisions.map((revision) => [hashOf(revision), revision] as const));
  const sheets = new Set(payload.sheets.map(({ sheet }) => sheet));
  for (const revision of revisions.values()) {
    if (!sheets.has(revision.sheet)) fail('package.inconsistent', { reason: '一覧にないシートの版がある' });
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
export function sheetsWithoutBase(db: ReadDb, payload: Carrier, revisions: ReadonlyMap<string, Revision>): string[] {
  const known = (id: string) => revisions.has(id) || isAccepted(db, id);
  const bySheet = Map.groupBy(revisions.values(), ({ sheet }) => sheet);
  return payload.sheets
    .filter(({ sheet, heads }) => {
      const parents = (bySheet.get(sheet) ?? []).flatMap((revision) => revision.parents);
      return ![...heads, ...parents].every(known);
    })
    .map(({ number }) => number);
}

/** What a package brings for one sheet: its entry, its revisions by hash, and whose it is where the office says so. */
export type Brought = {
  entry: Carrier['sheets'][number];
  revisions: ReadonlyMap<string, Revision>;
  assignment: Assignment | undefined;
};

/** What a package with these revisions brings for each of its sheets, in its order. */
export function broughtBySheet(payload: Carrier, revisions: ReadonlyMap<string, Revision>): Brought[] {
  const bySheet = Map.groupBy(revisions, ([, { sheet }]) => sheet);
  const assignments = new Map(isFromOffice(payload) ? payload.assignments.map((one) => [one.sheet, one]) : []);
  return payload.sheets.map((entry) => ({
    entry,
    revisions: new Map(bySheet.get(entry.sheet)),
    assignment: assignments.get(entry.sheet),
  }));
}

/** The plan for one sheet of a package. */
export function planSheet(
  db: ReadDb,
  session: Session,
  payload: Carrier,
  { entry, revisions, assignment: assigned }: Brought,
  forms: ReadonlyMap<string, Form>,
  travels: Travels,
  isOld: boolean,
): SheetPlan {
  const sheet = sheetOf(db, entry.sheet);
  // An older package may bring what is missing here; it does not take back what a newer one assigned.
  const sent = isOld && sheet ? undefined : assigned;
  const assignment = sent ?? sheet?.assignment;
  const incomplete =
    payload.kind === 'submission' ? payload.incomplete.find((i) => i.sheet === entry.sheet) : undefined;
  const result: SheetResult = {
    number: sheet?.number ?? entry.number,
    name: sheet?.name ?? '',
    outcome: 'refused',
    cells: [],
    beside: [],
    reason: null,
    incomplete: incomplete?.missing ?? [],
    digest: null,
    confirmation: null,
  };
  const refuse = (reason: string, isLasting = false): SheetPlan => ({
    entry,
    result: { ...result, reason },
    assignment: undefined,
    revisions: [],
    reopened: [],
    attached: NOTHING_ATTACHED,
    refusal: { reason, isLasting },
  });
  const unit = isFromOffice(payload) ? session.meta.unit : payload.sender.unit;
  if (!assignment) return refuse('このファイルにないシート');
  // A distribution may also say that a sheet has gone to others; what was written in it here stays.
  const isWithdrawn = isFromOffice(payload) && sheet !== undefined;
  if (!assignment.units.includes(unit) && !isWithdrawn) return refuse(`「${unit}」に割り当てられていないシート`);
  const form = forms.get(assignment.form);
  if (!form) return refuse('様式が見つからない');

  const misplaced = attachedFault(payload, entry.sheet, form);
  if (misplaced !== undefined) return refuse(misplaced);

  // Another department's work comes in its own package. Until it has, what was written on top of it waits.
  const isForeign = ([hash, { author }]: [string, Revision]) =>
    (author.role !== 'department' || author.unit !== payload.sender.unit) && !isAccepted(db, hash);
  if (payload.kind === 'submission' && [...revisions].some(isForeign)) return refuse('送り手でない課が書いた版がある');

  if (assignment.round !== undefined && !form.definition.rounds.some(({ key }) => key === assignment.round)) {
    return refuse('様式にない回が指定されている');
  }

  const known = historyOf(db, entry.sheet);
  // Rounds bind departments. What the office hands on was written in rounds of its own.
  const permit: Assignment = isFromOffice(payload) ? { ...assignment, round: undefined } : assignment;
  const admitted = admit(form, permit, known, revisions, { refused: refusalsIn(db, entry.sheet), unit });
  if ('fault' in admitted) return refuse(admitted.fault, admitted.isLasting);
  const { history, fresh, reopened } = admitted;
  if (!entry.heads.every((head) => history.has(head))) return refuse('最新の版が入っていない', true);

  // What is typed here and not committed counts as one more revision, exactly as it will when this is applied; without
  // any news it stays typed.
  const isNews = fresh.length + reopened.length > 0;
  const drafted = sheet ? draftNode(db, sheet) : undefined;
  const before = sheet ? valuesOf(sheet) : {};
  const after = isNews
    ? seenAfter(sheet, standingOf(drafted ? new Map([...history, ['draft', drafted] as const]) : history, form))
    : { values: before, conflicts: [] };
  const isStale = !isNews && isOvertaken(known, entry.heads, payload.sender.unit);
  const isParallel = sheet !== undefined && isNews && (headsOf(history).length > 1 || drafted !== undefined);
  const cells = planCells({
    form,
    before,
    after,
    sent: mergeRevisions(history, entry.heads, mergeRulesOf(form)).values,
    fresh,
    written: writtenIn(history, fresh, form),
    isParallel,
    isStale,
    lockOf: (address) => lockAt(form, address, 'department', new Set(permit.fixed), permit.round),
  });
  const attached = attachedIn(db, payload, entry.sheet, isOld);
  const isReassigned = sheet !== undefined && sent !== undefined && hashOf(sent) !== hashOf(sheet.assignment);
  const beside = besideIn(attached, isReassigned);
  const has = (...outcomes: (typeof cells)[number]['outcome'][]) =>
    cells.some((cell) => outcomes.includes(cell.outcome));
  const outcome = ((): SheetOutcome => {
    if (!sheet) return 'new';
    if (!isNews) return beside.length > 0 ? 'updated' : isStale ? 'stale' : 'unchanged';
    if (has('conflict')) return 'conflict';
    if (has('refused') && !has('new', 'changed', 'merged')) return 'refused';
    if (isParallel) return 'merged';
    return session.meta.role === 'office' && !travels.received.has(travelKey(entry.sheet, unit)) ? 'new' : 'updated';
  })();
  const name = String(after.values[form.identity.name.address] ?? result.name);
  const digest = signedDigest(form, assignment.form, entry.sheet, after.values);
  const words = [...confirmationsOf(db, entry.sheet).values(), ...attached.confirmations];
  const { state } = confirmationIn(words, assignment.units, digest);
  const confirmation = state === 'none' && !form.definition.confirmation ? null : state;
  return {
    entry,
    result: { ...result, name, outcome, cells, beside, digest: shortDigest(digest), confirmation },
    assignment,
    revisions: fresh,
    reopened,
    attached,
  };
}

/** What people see once the draft is committed: decisions that wait for others stay on top, if they saw all contents. */
function seenAfter(sheet: Sheet | undefined, standing: Standing): Pick<Standing, 'values' | 'conflicts'> {
  const seen = { standing, draft: sheet ? heldBack(sheet) : new Map<string, never>() };
  return { values: valuesOf(seen), conflicts: openConflictsOf(seen) };
}

/** Whether the same unit has written on top of these heads: what they say is its own older word. */
function isOvertaken(history: ReadonlyMap<string, Kept>, heads: readonly string[], unit: string): boolean {
  const told = new Set(heads.flatMap((head) => [...ancestorsOf(history, head)]));
  return [...history].some(
    ([id, { revision }]) =>
      !told.has(id) && revision.author.unit === unit && heads.some((head) => ancestorsOf(history, id).has(head)),
  );
}

/** The cells that new revisions change, each by what stood below it. */
const writtenIn = (history: ReadonlyMap<string, Kept>, fresh: Admitted['fresh'], form: Form): Set<string> =>
  new Set(
    fresh.flatMap(({ revision }) => changedAddresses(valuesBelow(history, revision.parents, form), revision.values)),
  );

function besideIn({ remarks, confirmations, previous }: Attached, isReassigned: boolean): string[] {
  return [
    remarks.length > 0 && `指摘${remarks.length}件`,
    confirmations.length > 0 && `課長の確認${confirmations.length}件`,
    previous !== undefined && '前年度の内容',
    isReassigned && '割り当ての変更',
  ].filter((words) => typeof words === 'string');
}

/** The forms that a package's sheets are laid out in, by hash. */
export function formsIn(db: ReadDb, payload: Carrier): Map<string, Form> {
  const forms = new Map<string, Form>();
  if (isFromOffice(payload)) {
    for (const source of payload.forms) {
      const hash = hashOf(source);
      if (!hasArtifact(db, hash)) forms.set(hash, layOut(readDefinition(source, hash.slice(0, 8)), payload.year));
    }
  }
  const named = isFromOffice(payload) ? payload.forms.map(hashOf) : payload.forms;
  for (const hash of named)
    if (!forms.has(hash) && hasArtifact(db, hash)) forms.set(hash, formOf(db, hash, payload.year));
  return forms;
}
