// Conflicts as people see them: what stood before, who wrote what when, and what was decided before. One is open until
// somebody has decided it with all contents before them.
import type { ConflictView, OpenConflict } from '../../shared/contract/views.ts';
import { reasonParts } from '../../shared/form/cell.ts';
import { mergeRulesOf } from '../../shared/form/form.ts';
import { labelAt } from '../../shared/form/label.ts';
import { contentAt } from '../../shared/form/merge.ts';
import type { Conflict } from '../../shared/revision/ancestry.ts';
import { lastDecision } from '../../shared/revision/decisions.ts';
import type { Revision } from '../../shared/revision/revision.ts';
import type { Session } from './session.ts';
import { stationNames } from './stations.ts';
import type { ReadDb } from './store/database.ts';
import { listSheets } from './store/derived.ts';
import { historyOf, type Kept, loadSheet, openConflictsOf, type Sheet } from './store/sheets.ts';

/** The open conflicts of a sheet, in the order of the form; a reason for a check comes with its cell. */
export function conflictViews(db: ReadDb, session: Session, sheet: Sheet): ConflictView[] {
  const places = new Map(sheet.form.cells.map(({ address }, place) => [address, place] as const));
  const placeOf = ({ address }: Conflict) => places.get(reasonParts(address)?.address ?? address) ?? places.size;
  const open = openConflictsOf(sheet).toSorted((a, b) => placeOf(a) - placeOf(b));
  if (open.length === 0) return [];
  const history = historyOf(db, sheet.id);
  const stationOf = stationNames(db, session);
  const told = (revision: Revision | undefined) => ({
    unit: revision?.author.unit ?? '',
    station: stationOf(revision?.author.station ?? ''),
    at: revision?.at ?? '',
  });
  return open.map((conflict) => ({
    address: conflict.address,
    label: labelAt(sheet.form, conflict.address),
    base: conflict.base,
    sides: conflict.sides.map(({ revision, content }) => ({
      revision,
      ...told(writerOf(history, revision, conflict.address)),
      content,
    })),
    earlier: earlierIn(session, sheet, history, conflict, told),
  }));
}

/** Who wrote what stands in a cell of a revision: the last change behind it, not the one who only carried it on. */
function writerOf(history: ReadonlyMap<string, Kept>, revision: string, address: string): Revision | undefined {
  const at = (id: string) => JSON.stringify(contentAt(history.get(id)?.values ?? {}, address));
  let id = revision;
  for (;;) {
    const from = history.get(id)?.parents.find((parent) => at(parent) === at(id));
    if (from === undefined) return history.get(id)?.revision;
    id = from;
  }
}

function earlierIn(
  { meta }: Session,
  sheet: Sheet,
  history: ReadonlyMap<string, Kept>,
  { address, sides }: Conflict,
  told: (revision: Revision | undefined) => { unit: string; station: string; at: string },
): ConflictView['earlier'] {
  const drafted = sheet.draft.get(address);
  if (drafted) {
    const { value, state, raw } = drafted.content;
    return { unit: meta.unit, station: meta.station, at: drafted.at, content: { value, state, raw } };
  }
  const rules = mergeRulesOf(sheet.form);
  const decision = lastDecision(
    history,
    sides.map(({ revision }) => revision),
    address,
    rules,
  );
  const kept = history.get(decision ?? '');
  return kept ? { ...told(kept.revision), content: contentAt(kept.values, address) } : null;
}

/** All open conflicts of all sheets, in the order of the list. */
export function listConflicts(db: ReadDb, session: Session): OpenConflict[] {
  return listSheets(db)
    .filter(({ conflicts }) => conflicts > 0)
    .flatMap(({ id }) => {
      const sheet = loadSheet(db, id);
      const { number, name } = sheet;
      return conflictViews(db, session, sheet).map((conflict) => ({
        sheet: id,
        number,
        name,
        form: sheet.assignment.form,
        year: sheet.form.year,
        conflict,
      }));
    });
}
