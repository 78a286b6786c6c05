// What says word for word what it said last year. It is derived from the two sheets whenever it is shown, and never kept.
import type { Cell, Values } from '../../shared/form/cell.ts';
import type { Form } from '../../shared/form/form.ts';
import { contentAt, sameContent, withCellsFrom } from '../../shared/form/merge.ts';
import { isBlank } from './panel/oldContent.ts';

/** Something stood in the cell last year, and just the same stands there now. */
export function isAsBefore(address: string, lastYear: Values, values: Values): boolean {
  const before = contentAt(lastYear, address);
  return !isBlank(before) && sameContent(before, contentAt(values, address));
}

/**
 * Of last year's values those that a person writes anew each year. A column of a fixed year is about the same year in
 * both sheets: 2020's actual has to stay what it was, and says nothing about how this sheet was written. No more do the
 * sheet's number, name and department.
 */
export function writtenAnew(form: Form, lastYear: Values): Values {
  const blocks = form.sections.flatMap((section) => section.groups.flatMap((group) => group.blocks));
  const ofOneYear = blocks.flatMap((block) =>
    block.layout === 'grid'
      ? block.rows.flatMap((row) => row.cells.filter((_, index) => block.columns[index]?.year !== undefined))
      : [],
  );
  const { number, name, unit } = form.identity;
  const stays = new Set<Cell | null>([number, name, unit, ...ofOneYear]);
  const anew = form.cells.filter((cell) => !stays.has(cell));
  return withCellsFrom(
    {},
    lastYear,
    anew.map((cell) => cell.address),
  );
}
