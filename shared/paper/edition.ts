// What an edition shows of a form. Promise: in the public edition no internal cell is left, nor a heading that only
// belonged to internal cells; the internal edition shows everything.
import { type Block, cellsOf } from '../form/block.ts';
import type { Section } from '../form/form.ts';
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

function publicBlock(block: Block): Block[] {
  if (block.layout === 'note') return [block];
  if (cellsOf(block).every((cell) => cell.public)) return [block];
  // Fields are public or internal as a whole, so that a table never has a hole that tells of what is not shown.
  return [];
}
