// Values that lost: passed over when a conflict was decided, or not taken at intake because their writer may not write
// there. Promise: each is listed until it stands again, and can be put back with one step that can be taken back.
import type { Loss, SheetView } from '../../shared/contract/views.ts';
import { type Form, inseparable } from '../../shared/form/form.ts';
import { labelAt } from '../../shared/form/label.ts';
import { type Content, changedAddresses, contentAt, sameContent } from '../../shared/form/merge.ts';
import { showContent } from '../../shared/form/reading.ts';
import { fail } from '../../shared/kernel/problem.ts';
import { changesOf } from '../../shared/revision/changes.ts';
import type { Session } from './session.ts';
import { lockIn, viewSheet } from './sheet.ts';
import { stationNames } from './stations.ts';
import type { ReadDb, WriteDb } from './store/database.ts';
import { historyOf, type Kept, loadSheet, loadSheets, refusalsIn, type Sheet, valuesOf } from './store/sheets.ts';
import { keepContents } from './typing.ts';

type History = ReadonlyMap<string, Kept>;
type Lost = {
  kind: Loss['kind'];
  address: string;
  /** The revision that wrote it, and the one by which it lost; undefined where a lock refused it. */
  revision: string;
  by: string | undefined;
  content: Content;
};

/** All values of the file, or of one sheet, that lost and do not stand now, sheet by sheet, the newest first. */
export function listLosses(db: ReadDb, session: Session, sheetName: string | undefined): Loss[] {
  const sheets = sheetName === undefined ? loadSheets(db) : [loadSheet(db, sheetName)];
  const stationOf = stationNames(db, session);
  return sheets.flatMap((sheet) => {
    const history = historyOf(db, sheet.id);
    const told = (id: string | undefined) => {
      const made = history.get(id ?? '')?.revision;
      if (!made) return null;
      return { unit: made.author.unit, station: stationOf(made.author.station), at: made.at, note: made.note };
    };
    return lostIn(sheet, history, refusalsIn(db, sheet.id)).map((lost): Loss => {
      const { address, revision, content, kind, by } = lost;
      const winner = by === undefined ? history.get(revision) : history.get(by);
      return {
        sheet: sheet.id,
        number: sheet.number,
        name: sheet.name,
        address,
        label: labelAt(sheet.form, address),
        kind,
        revision,
        text: showContent(sheet.form, address, content),
        whose: told(revision) ?? { unit: '', station: '', at: '', note: '' },
        to: showContent(sheet.form, address, contentAt(winner?.values ?? {}, address)),
        by: told(by),
        now: showContent(sheet.form, address, contentAt(valuesOf(sheet), address)),
        lock: lockIn(session, sheet, address) ?? null,
      };
    });
  });
}

function lostIn(sheet: Sheet, history: History, refused: ReadonlyMap<string, readonly string[]>): Lost[] {
  const values = valuesOf(sheet);
  const found = [...overruledIn(sheet.form, history), ...refusedAt(history, refused)];
  const when = ({ revision }: Lost) => history.get(revision)?.revision.at ?? '';
  return found
    .filter(({ address, content }) => !sameContent(content, contentAt(values, address)))
    .sort((a, b) => compare(when(b), when(a)) || compare(a.address, b.address) || compare(a.revision, b.revision));
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

function overruledIn(form: Form, history: History): Lost[] {
  const valuesAt = (id: string) => history.get(id)?.values ?? {};
  // Only where the sides of a merge differ can anything have lost.
  const addresses = new Set(
    [...history.values()].flatMap(({ parents: [first, second] }) =>
      first === undefined || second === undefined ? [] : changedAddresses(valuesAt(first), valuesAt(second)),
    ),
  );
  const when = (id: string) => history.get(id)?.revision.at ?? '';
  return [...addresses].flatMap((address) =>
    changesOf(history, address, when, form.byAddress.get(address)?.type === 'decimal').flatMap((change): Lost[] =>
      change.lost
        ? [{ kind: 'overruled', address, revision: change.id, by: change.lostTo, content: change.after }]
        : [],
    ),
  );
}

/** What was not taken, where it was first written: revisions on top that only carry it on are passed over. */
function refusedAt(history: History, refused: ReadonlyMap<string, readonly string[]>): Lost[] {
  const said = (id: string, address: string) => contentAt(history.get(id)?.revision.values ?? {}, address);
  return [...refused].flatMap(([revision, addresses]) =>
    addresses.flatMap((address): Lost[] => {
      const content = said(revision, address);
      const isCarried = history
        .get(revision)
        ?.parents.some((id) => refused.get(id)?.includes(address) && sameContent(said(id, address), content));
      return isCarried ? [] : [{ kind: 'refused', address, revision, by: undefined, content }];
    }),
  );
}

/**
 * Puts a value that lost back into its cell, as if it were typed; cells that belong together come back together.
 * Raises sheet.unknown, cell.locked, and cell.unknown where the sheet has lost no such value.
 */
export function restoreLoss(
  db: WriteDb,
  session: Session,
  input: { sheet: string; address: string; revision: string },
  at: string,
): SheetView {
  const sheet = loadSheet(db, input.sheet);
  const history = historyOf(db, sheet.id);
  const label = labelAt(sheet.form, input.address);
  const lost = lostIn(sheet, history, refusalsIn(db, sheet.id)).find(
    ({ address, revision }) => address === input.address && revision === input.revision,
  );
  if (!lost) return fail('cell.unknown', { label, near: [] });
  const together = inseparable(sheet.form).find((addresses) => addresses.includes(input.address)) ?? [input.address];
  for (const address of together) {
    const lock = lockIn(session, sheet, address);
    if (lock !== undefined) return fail('cell.locked', { label: labelAt(sheet.form, address), reason: lock });
  }
  const { values } = history.get(lost.revision)?.revision ?? { values: {} };
  const contents = together.map((address) => [address, contentAt(values, address)] as const);
  return viewSheet(db, session, keepContents(db, sheet, contents, at));
}
