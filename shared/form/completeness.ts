// What is still missing before a sheet can be handed in.
import { type Cell, isAsked, isComputed, isFilled, type Values } from './cell.ts';
import { type Form, isAskedIn, type Role, roleOf } from './form.ts';

export type Completeness = {
  /** Required cells that are blank, in reading order. */
  missing: readonly Cell[];
  /** Cells in which something was typed that still has to be asked about. */
  asked: readonly Cell[];
  /** Required cells that are filled, and all that are required as things stand. */
  filled: number;
  required: number;
};

/**
 * Measures the cells whose writer sits on the side of `role`; what the other side fills does not count here.
 * With a round in force, nothing is asked of writers whose first turn is still to come.
 * A row rule asks for a cell only when something else in its row is filled, so an empty slot counts nowhere.
 */
export function completeness(form: Form, values: Values, role: Role, round?: string): Completeness {
  const own = form.cells.filter(
    (cell) => !isComputed(cell) && roleOf(form, cell) === role && isAskedIn(form, cell, round),
  );
  const usedRows = new Set(own.filter((c) => c.row && (isFilled(c, values) || isAsked(c, values))).map((c) => c.row));
  const oneAsked = new Set<string>();
  const required = own.filter((cell) => {
    if (cell.required === 'always') return true;
    if (cell.required === 'row') return usedRows.has(cell.row);
    if (cell.required !== 'one' || cell.row === undefined || oneAsked.has(cell.row)) return false;
    oneAsked.add(cell.row);
    return true;
  });
  const isDone = (cell: Cell) => (cell.required === 'one' ? usedRows.has(cell.row) : isFilled(cell, values));
  const missing = required.filter((cell) => !isDone(cell));
  return {
    missing,
    asked: own.filter((cell) => isAsked(cell, values)),
    filled: required.length - missing.length,
    required: required.length,
  };
}
