// The office moves sheets from round to round: a new assignment each, which departments get with the next distribution.
import { fail } from '../../shared/kernel/problem.ts';
import type { Assignment } from '../../shared/revision/revision.ts';
import { assertRole, type Session } from './session.ts';
import type { WriteDb } from './store/database.ts';
import { refreshSheet } from './store/derived.ts';
import { assignSheet, loadSheet } from './store/sheets.ts';

/**
 * Puts a round of their form in force on sheets, or none (null). Gives the numbers of those for which that is news. All
 * sheets or none. Raises role.wrong, sheet.unknown, round.unknown.
 */
export function setRound(
  db: WriteDb,
  session: Session,
  { sheets, round }: { sheets: readonly string[]; round: string | null },
): { sheets: string[] } {
  assertRole(session, 'office');
  const ids = new Set(sheets.map((sheet) => loadSheet(db, sheet).id));
  const moved = [...ids].flatMap((id) => {
    const { form, assignment, number } = loadSheet(db, id);
    const known = form.definition.rounds;
    if (round !== null && !known.some(({ key }) => key === round)) {
      fail('round.unknown', { round, known: known.map(({ key, label }) => `${key}（${label}）`) });
    }
    const { round: _, ...rest } = assignment;
    const next: Assignment = round === null ? rest : { ...rest, round };
    if (!assignSheet(db, next)) return [];
    refreshSheet(db, id);
    return [number];
  });
  return { sheets: moved };
}
