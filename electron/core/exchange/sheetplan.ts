// What a package would change in one sheet: which revisions enter, what then stands, and what a person has to decide.
import type { PackageResult, SheetOutcome } from '../../../shared/contract/exchangeviews.ts';
import { type Form, layOut, readDefinition } from '../../../shared/form/form.ts';
import { labelAt } from '../../../shared/form/label.ts';
import { changedAddresses } from '../../../shared/form/merge.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import type { Carrier, Submission } from '../../../shared/package/payload.ts';
import { headsOf } from '../../../shared/revision/ancestry.ts';
import type { Assignment, Revision } from '../../../shared/revision/revision.ts';
import { draftNode } from '../commit.ts';
import type { Session } from '../session.ts';
import { type Travels, travelKey } from '../sheet.ts';
import { formOf, hasArtifact, hashOf } from '../store/artifacts.ts';
import type { ReadDb } from '../store/database.ts';
import { findSheet, historyOf, isAccepted, standingOf } from '../store/sheets.ts';
import { admit } from './admit.ts';
import { type Attached, attachedFault, attachedIn, NOTHING_ATTACHED } from './attached.ts';

type SheetResult = PackageResult['sheets'][number];
export type SheetPlan = {
  result: SheetResult;
  assignment: Assignment | undefined;
  revisions: { revision: Revision; refused: readonly string[] }[];
  attached: Attached;
};

/** From the office: it says whose the sheets are, and in which form. */
export type FromOffice = Exclude<Carrier, Submission>;
export const isFromOffice = (payload: Carrier): payload is FromOffice => payload.kind !== 'submission';

/** The revisions of a package by hash, each checked against what a package of this sender may hold at all. */
export function revisionsIn(db: ReadDb, payload: Carrier): Map<string, Revision> {
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
export function sheetsWithoutBase(db: ReadDb, payload: Carrier, revisions: ReadonlyMap<string, Revision>): string[] {
  const known = (id: string) => revisions.has(id) || isAccepted(db, id);
  return payload.sheets
    .filter(({ sheet, heads }) => {
      const parents = [...revisions.values()].filter((r) => r.sheet === sheet).flatMap((r) => r.parents);
      return ![...heads, ...parents].every(known);
    })
    .map(({ number }) => number);
}

/** The plan for one sheet of a package. */
export function planSheet(
  db: ReadDb,
  session: Session,
  payload: Carrier,
  entry: Carrier['sheets'][number],
  revisions: ReadonlyMap<string, Revision>,
  forms: ReadonlyMap<string, Form>,
  travels: Travels,
  isOld: boolean,
): SheetPlan {
  const sheet = findSheet(db, entry.sheet);
  const assigned = isFromOffice(payload) ? payload.assignments.find((a) => a.sheet === entry.sheet) : undefined;
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
  const unit = isFromOffice(payload) ? session.meta.unit : payload.sender.unit;
  if (!assignment) return refuse('このファイルにないシート');
  // A distribution may also say that a sheet has gone to others; what was written in it here stays.
  const isWithdrawn = isFromOffice(payload) && sheet !== undefined;
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
    const { remarks, confirmations, previous } = attached;
    const isMore = isReassigned || remarks.length + confirmations.length > 0 || previous !== undefined;
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
