// Returns: what the office decides of sheets that were handed in, cell by cell, and the packages that tell it. A return
// carries the whole sheet, so that the department's file comes to the merged state by itself.
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import type { WrittenPackage } from '../../../shared/contract/outgoingviews.ts';
import type { DecisionView } from '../../../shared/contract/recordviews.ts';
import { labelAt } from '../../../shared/form/label.ts';
import { contentAt, sameContent } from '../../../shared/form/merge.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import type { Decision, Return } from '../../../shared/package/payload.ts';
import { ancestorsOf } from '../../../shared/revision/ancestry.ts';
import { changesOf } from '../../../shared/revision/changes.ts';
import { threadsOf } from '../../../shared/revision/remark.ts';
import { assertDecided, commitSheet } from '../commit.ts';
import { assertRole, type Session, signingKey } from '../session.ts';
import { definitionSourceOf } from '../store/artifacts.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { listedSheet, listSheets } from '../store/derived.ts';
import { addDecisions, type Decided, decisionsOf } from '../store/fates.ts';
import { remarksOf } from '../store/remarks.ts';
import { historyOf, type Kept, loadSheet, loadSheets, refusedIn, type Sheet } from '../store/sheets.ts';
import type { Task } from '../task.ts';
import { decisionInForce, travelKey, travelsOf } from '../travels.ts';
import { carriageTo, deliver } from './carriage.ts';
import { asItStands, headerFor, registryFor, revisionsOf, type Sealed, saidOn, seal, sheetsIn } from './compose.ts';

type Verdict = Decision['cells'][number];
type Wanted = { sheet: string; decision: Decision['decision'] };

/**
 * What became of cells that departments wrote since the decision before: refused, where they were not theirs to write;
 * overruled, where another side of a conflict was taken; remarked, where the office waits for an answer.
 */
export function verdictsOn(db: ReadDb, sheet: Sheet, before: Decided | undefined): Verdict[] {
  const history = historyOf(db, sheet.id);
  const judged = new Set((before?.decision().heads ?? []).flatMap((head) => [...ancestorsOf(history, head)]));
  const fresh = [...history].filter(([id, { revision }]) => !judged.has(id) && revision.author.role === 'department');
  const found = new Map<string, Verdict['verdict']>();
  const note = (addresses: Iterable<string>, verdict: Verdict['verdict']) => {
    for (const address of addresses) if (sheet.form.byAddress.has(address)) found.set(address, verdict);
  };
  note(
    threadsOf(remarksOf(db, sheet.id)).flatMap(({ address, state }) => (state === 'open' ? [address] : [])),
    'remarked',
  );
  note(overruled(sheet, history, new Set(fresh.map(([id]) => id))), 'overruled');
  note(
    fresh.flatMap(([id, { revision }]) =>
      (refusedIn(db, id) ?? []).filter((at) => differs(sheet, revision.values, at)),
    ),
    'refused',
  );
  return sheet.form.cells.flatMap(({ address }) => {
    const verdict = found.get(address);
    return verdict === undefined ? [] : [{ address, verdict }];
  });
}

const differs = (sheet: Sheet, values: Kept['values'], address: string): boolean =>
  !sameContent(contentAt(values, address), contentAt(sheet.standing.values, address));

/** Addresses at which something that these revisions wrote was passed over in a merge and stands nowhere. */
function overruled(sheet: Sheet, history: ReadonlyMap<string, Kept>, fresh: ReadonlySet<string>): string[] {
  if (![...history.values()].some(({ parents }) => parents.length > 1)) return [];
  const when = (id: string) => history.get(id)?.revision.at ?? '';
  return sheet.form.cells
    .map(({ address }) => address)
    .filter((address) => [...fresh].some((id) => differs(sheet, history.get(id)?.values ?? {}, address)))
    .filter((address) => changesOf(history, address, when).some(({ id, lost }) => lost && fresh.has(id)));
}

/** The office's word on these sheets for a department, with everything that stands in them. Raises key.locked. */
function sealReturn(
  db: WriteDb,
  session: Session,
  unit: string,
  wanted: readonly { sheet: Sheet; decision: Decision }[],
  at: string,
): Sealed {
  const sheets = wanted.map(({ sheet }) => sheet);
  const outgoing = sheets.map(asItStands);
  const payload: Return = {
    ...headerFor(db, session, unit, at),
    ...saidOn(db, sheets, () => true),
    kind: 'return',
    sheets: sheetsIn(outgoing),
    forms: [...new Set(sheets.map((sheet) => sheet.assignment.form))].map((hash) => definitionSourceOf(db, hash)),
    assignments: sheets.map((sheet) => sheet.assignment),
    revisions: outgoing.flatMap((out) => revisionsOf(db, out, () => true)),
    registry: registryFor(db, session, unit),
    decisions: wanted.map(({ decision }) => decision),
  };
  const sealed = seal(db, session, payload);
  addDecisions(db, sealed.hash, payload, at);
  return sealed;
}

/**
 * Decides of sheets and writes one package for each of their departments. Raises role.wrong, sheet.unknown,
 * sheet.unreceived for sheets of which nothing has come, sheet.conflicted, seal.unknown, key.locked and the problems
 * of writing.
 */
export async function returnSheets(task: Task, input: ParsedInput<'package.return'>) {
  const folder = task.pathOf(input.folder);
  assertRole(task.session(), 'office');
  signingKey(task.session());
  const wanted = task.read((db, session) => resolve(db, session, input.sheets));
  const before = task.read((db) => decisionsOf(db));
  const units = [...new Set(wanted.flatMap(({ units: own }) => own))];
  const carriage = await carriageTo(task, folder, input.carry, units);
  const packages: WrittenPackage[] = [];
  for (const [index, unit] of units.entries()) {
    await task.step({ done: index, total: units.length, name: unit });
    const at = task.ports.clock.now();
    const own = wanted.filter((one) => one.units.includes(unit));
    const sealed = task.write((db, session) => {
      for (const { sheet } of own) commitSheet(db, session, sheet, at, '');
      return sealReturn(
        db,
        session,
        unit,
        own.map(({ sheet: id, decision }) => {
          const sheet = loadSheet(db, id);
          const cells = verdictsOn(db, sheet, before.get(id)?.at(-1));
          return { sheet, decision: { sheet: id, decision, heads: [...sheet.standing.heads], cells } };
        }),
        at,
      );
    });
    packages.push(await deliver(task, carriage, sealed));
  }
  return { packages, place: carriage.place };
}

function resolve(db: ReadDb, session: Session, wanted: readonly Wanted[]) {
  const travels = travelsOf(db, session);
  const byId = new Map(wanted.map(({ sheet, decision }) => [loadSheet(db, sheet).id, decision] as const));
  const sheets = loadSheets(db).filter(({ id }) => byId.has(id));
  const absent = sheets.filter(
    ({ id, assignment }) => !assignment.units.some((unit) => travels.received.has(travelKey(id, unit))),
  );
  if (absent.length > 0) fail('sheet.unreceived', { sheets: absent.map(({ number }) => number) });
  assertDecided(sheets);
  return sheets.map(({ id, assignment }) => ({
    sheet: id,
    decision: byId.get(id) ?? ('returned' as const),
    units: assignment.units,
  }));
}

/** The newest decision on each sheet (or on one), as its department reads it. Raises sheet.unknown. */
export function listDecisions(db: ReadDb, session: Session, sheetName: string | undefined): DecisionView[] {
  const only = sheetName === undefined ? undefined : loadSheet(db, sheetName).id;
  const travels = travelsOf(db, session, only);
  return (only === undefined ? listSheets(db) : [listedSheet(db, only)]).flatMap((listed) => {
    const last = travels.decided.get(listed.id)?.at(-1);
    if (!last) return [];
    const { decision, cells } = last.decision();
    const sheet = loadSheet(db, listed.id);
    const threads = threadsOf(remarksOf(db, sheet.id)).filter(({ state }) => state === 'open');
    const remarkAt = (address: string) =>
      threads.findLast((thread) => thread.address === address)?.remarks.at(-1)?.remark.text ?? null;
    return [
      {
        sheet: sheet.id,
        number: sheet.number,
        name: sheet.name,
        decision,
        at: last.at,
        inForce: decisionInForce(session, listed, travels) !== undefined,
        cells: cells.map(({ address, verdict }) => ({
          address,
          label: labelAt(sheet.form, address),
          verdict,
          remark: remarkAt(address),
        })),
      },
    ];
  });
}
