// What is done to several cells of a table at once: emptied, filled from a neighbour, written from a plan, read to be
// copied. Promise: each is one call to the host, so one step to take back; locked and computed cells stay as they are.
import type { UseFormReturn } from 'react-hook-form';
import { type Cell, isComputed } from '../../../shared/form/cell.ts';
import { computeCell } from '../../../shared/form/compute.ts';
import type { Form } from '../../../shared/form/form.ts';
import { type Inputs, inputsFor, typedAgain } from '../display.ts';
import type { Entry, Typed } from '../entry.ts';
import type { CopiedCell } from './copy.ts';
import { type Area, cellAt, type Place, placesIn, sizeOf, type Table } from './table.ts';

export type Change = { cell: Cell; raw: string };
/** `count`: how many cells really change; `left`: how many may not be written. */
export type Done = { count: number; left: number; saved: Promise<unknown> };

type Parts = {
  table: Table;
  entry: Entry;
  form: Form;
  inputs: Pick<UseFormReturn<Inputs>, 'setValue'>;
  save: (cells: readonly Typed[]) => Promise<boolean>;
};

export function createEdits({ table, entry, form, inputs, save }: Parts) {
  const isWritable = (cell: Cell) => !isComputed(cell) && entry.view().locks[cell.address] === undefined;

  /** What a person sees in a cell, typed a moment ago or stored. */
  const textOf = (cell: Cell): string => {
    if (cell.type === 'decimal' && isComputed(cell)) return computeCell(form, cell, entry.values()) ?? '';
    return entry.pending(cell.address) ?? typedAgain(cell, entry.values());
  };

  function show(shown: Inputs): void {
    for (const [name, value] of Object.entries(shown)) inputs.setValue(name, value);
  }

  function put(changes: readonly Change[]): Done {
    const open = changes.filter(({ cell }) => isWritable(cell));
    const real = open.filter(({ cell, raw }) => textOf(cell) !== raw);
    for (const { cell, raw } of real) show(inputsFor(cell, raw));
    const saved =
      real.length > 0 ? save(real.map(({ cell, raw }) => ({ cell: cell.address, raw }))) : Promise.resolve();
    return { count: real.length, left: changes.length - open.length, saved };
  }

  return {
    isWritable,
    textOf,
    show,
    put,
    clear: (area: Area): Done =>
      put(
        placesIn(area)
          .flat()
          .flatMap((place) => cellAt(table, place) ?? [])
          .map((cell) => ({ cell, raw: '' })),
      ),
    fill(area: Area, from: 'above' | 'left'): Done {
      const { rows, columns } = sizeOf(area);
      const isDown = from === 'above';
      // As in a spreadsheet: one row (or column) alone takes from its neighbour, more take from their first.
      const back = (isDown ? rows : columns) > 1 ? 0 : 1;
      const sourceOf = ({ row, column }: Place): Place =>
        isDown ? { row: area.from.row - back, column } : { row, column: area.from.column - back };
      return put(
        placesIn(area)
          .flat()
          .flatMap((place): Change[] => {
            const source = cellAt(table, sourceOf(place));
            const cell = cellAt(table, place);
            return source && cell && source !== cell ? [{ cell, raw: textOf(source) }] : [];
          }),
      );
    },
    copied: (area: Area): CopiedCell[][] =>
      placesIn(area).map((row) =>
        row.map((place) => {
          const cell = cellAt(table, place);
          return { text: cell ? textOf(cell) : '', isText: cell?.type !== 'decimal' };
        }),
      ),
  };
}
