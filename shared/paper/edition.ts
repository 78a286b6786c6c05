// What an edition shows of a form. Promise: in the public edition no internal cell is left, nor a heading that only
// belonged to internal cells; the internal edition shows everything.
import { type Block, cellsOf } from '../form/block.ts';
import type { Cell, Values } from '../form/cell.ts';
import type { Form, Section } from '../form/form.ts';
import type { PaperOptions } from './content.ts';

/** The sections without what the edition leaves out, and without what is empty then. */
export function editionOf(sections: readonly Section[], edition: PaperOptions['edition']): Section[] {
  if (edition === 'internal') return [...sections];
  return sections.flatMap((section) => {
    const groups = section.groups.flatMap((group) => {
      const blocks = group.blocks.flatMap(publicBlock);
      return blocks.some(({ layout }) => layout !== 'note') || group.blocks.every(({ layout }) => layout === 'note')
        ? [{ ...group, blocks }]
        : [];
    });
    return groups.length > 0 ? [{ ...section, groups }] : [];
  });
}

/** The cells that an edition shows, in reading order. */
export const cellsIn = (form: Form, edition: PaperOptions['edition']): Cell[] =>
  editionOf(form.sections, edition).flatMap(({ groups }) => groups.flatMap(({ blocks }) => blocks.flatMap(cellsOf)));

/** Which sheet this is, as far as the edition says it. */
export function identityIn(
  form: Form,
  values: Values,
  edition: PaperOptions['edition'],
): Record<keyof Form['identity'], string> {
  const shown = new Set(cellsIn(form, edition));
  const said = (cell: Cell) => (shown.has(cell) ? String(values[cell.address] ?? '') : '');
  const { number, name, unit } = form.identity;
  return { number: said(number), name: said(name), unit: said(unit) };
}

function publicBlock(block: Block): Block[] {
  if (block.layout === 'note') return [block];
  if (cellsOf(block).every((cell) => cell.public)) return [block];
  // Fields are public or internal as a whole, so that a table never has a hole that tells of what is not shown.
  return [];
}
