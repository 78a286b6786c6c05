// Which rows of the page belong to which section and group, by their titles; 「評価」 stands on a sheet several times.
import type { Block } from '../../../shared/form/block.ts';
import type { Form, Group, Section } from '../../../shared/form/form.ts';
import { bareLabel } from '../../../shared/form/label.ts';
import { keyOf } from './key.ts';
import { findFree, noteOdd, type Page, type Region, type Token } from './page.ts';

/** A group with the rows in which its values are looked for. `title` is what stands above a body. */
export type Place = {
  section: Section;
  group: Group;
  blocks: readonly Block[];
  region: Region;
  title: Token | undefined;
};

/** Claims titles and group labels, and gives each group its rows. Sections may stand in any order. */
export function placesOf(form: Form, page: Page): { places: Place[]; missing: Section[] } {
  const whole = { from: 0, to: page.rows.length };
  const titled = form.sections.filter((section) => section.title !== '');
  const titles = claimTitles(page, whole, titled, (section) => section.title);
  const starts = [...titles.values()].map((token) => token.row);
  const until = (row: number, rows: readonly number[], end: number) => Math.min(end, ...rows.filter((r) => r > row));
  const missing = titled.filter((section) => !titles.has(section));
  const places = form.sections.flatMap((section): Place[] => {
    const title = titles.get(section);
    if (section.title !== '' && !title) return missingPlaces(form, section, whole);
    const from = title?.row ?? 0;
    const region = { from, to: title ? until(from, starts, whole.to) : Math.min(whole.to, ...starts) };
    return placesIn(page, section, region, title);
  });
  return { places, missing };
}

function placesIn(page: Page, section: Section, region: Region, title: Token | undefined): Place[] {
  const labelled = section.groups.filter((group) => group.label !== '');
  const labels = claimTitles(page, region, labelled, (group) => group.label);
  const rows = [...labels.values()].map((token) => token.row);
  const end = (row: number) => Math.min(region.to, ...rows.filter((r) => r > row));
  // A group without a label shares the rows of the labelled one before it, or what stands above the first.
  let current: Region = { from: region.from, to: end(region.from - 1) };
  return section.groups.map((group) => {
    const label = labels.get(group);
    if (label) current = { from: label.row, to: end(label.row) };
    const isLost = group.label !== '' && !label;
    return { section, group, blocks: group.blocks, region: isLost ? region : current, title: label ?? title };
  });
}

/** Without its title a section has no rows of its own: only labels that stand nowhere else in the form may be used. */
function missingPlaces(form: Form, section: Section, whole: Region): Place[] {
  const all = form.sections.flatMap((s) => s.groups.flatMap((g) => g.blocks.map((block) => keyOf(block.label))));
  const isUnique = (block: Block) => all.filter((label) => label === keyOf(block.label)).length === 1;
  return section.groups
    .filter((group) => group.flow !== 'body')
    .map((group) => ({ section, group, blocks: group.blocks.filter(isUnique), region: whole, title: undefined }));
}

function claimTitles<T>(page: Page, region: Region, items: readonly T[], titleOf: (item: T) => string): Map<T, Token> {
  const unnumbered = (key: string) => key.replace(/^(?:\(\d{1,2}\)|\d{1,2}(?![\d年])[.:、]?|[ivx]{1,4}[.:、]?)/, '');
  const spellings = [(key: string) => key, unnumbered, (key: string) => bareLabel(unnumbered(key))];
  const found = new Map<T, Token>();
  for (const spell of spellings) {
    for (const item of items) {
      const wanted = spell(keyOf(titleOf(item)));
      if (found.has(item) || wanted === '') continue;
      const token = findFree(page, region, ({ key }) => spell(key) === wanted);
      if (!token) continue;
      token.use = 'form';
      // The number may differ, the words may not.
      if (unnumbered(token.key) !== unnumbered(keyOf(titleOf(item)))) noteOdd(page, token, titleOf(item));
      found.set(item, token);
    }
  }
  return found;
}
