// A filled sheet: the raw text of each cell, found by the labels of the form alone.
// Promise: every text of the grid ends as a cell's raw text, as words of the form itself, or in the leftovers.
import { type Block, onPaper } from '../../../shared/form/block.ts';
import { type Cell, isComputed } from '../../../shared/form/cell.ts';
import type { Form } from '../../../shared/form/form.ts';
import { bareLabel } from '../../../shared/form/label.ts';
import { unfold } from './breaks.ts';
import { type Finder, findBlock, type Out } from './finders.ts';
import { keyOf } from './key.ts';
import { findFree, freeIn, type Page, pageOf } from './page.ts';
import { type Place, placesOf } from './regions.ts';
import type { Table } from './table.ts';

/** What a spreadsheet shows in place of a result. */
const MISCALCULATED = /^#(?:REF!|DIV\/0!|VALUE!|NAME\?|N\/A|NUM!|NULL!|SPILL!|CALC!)$/;

/** Whether a text is no answer but a failed formula. A number's is asked about; in a text it would pass as words. */
export const isMiscalculated = (cell: Cell, raw: string): boolean => cell.type === 'text' && MISCALCULATED.test(raw);

export type RawCell = { address: string; raw: string };

export type FilledSheet = {
  /** What stands where the sheet's number belongs. */
  number?: string;
  /** Cells with something in them, as read. */
  cells: RawCell[];
  /** Computed cells with what stands there; whoever takes the sheet in compares them. */
  computed: RawCell[];
  leftovers: { text: string; reason: string }[];
  notes: string[];
};

/** Reads a table as a filled sheet of the form. */
export function readFilledSheet(whole: Form, table: Table): FilledSheet {
  const form: Form = { ...whole, sections: onPaper(whole.sections) };
  const blocks = form.sections.flatMap((section) => section.groups.flatMap((group) => group.blocks));
  const page = pageOf(
    table,
    blocks.map(({ label }) => label).filter((label) => label !== ''),
  );
  const { places, missing } = placesOf(form, page);
  const finders = findAll(page, places);
  claimOwnWords(form, page, places);
  const sheet: FilledSheet = { cells: [], computed: [], leftovers: [], notes: [...table.notes] };
  const unfolded: { label: string; breaks: number }[] = [];
  const out: Out = {
    cell: (cell, raw, broken) => {
      if (isMiscalculated(cell, raw)) {
        sheet.leftovers.push({ text: raw, reason: `「${cell.label}」が、表計算ソフトの計算の誤りになっている` });
        return;
      }
      const { text, breaks } =
        cell.type === 'text' && cell.lines > 1 && !broken ? unfold(raw) : { text: raw, breaks: 0 };
      if (breaks > 0) unfolded.push({ label: cell.label, breaks });
      put(sheet, cell, text);
    },
    left: (text, reason) => sheet.leftovers.push({ text, reason }),
    note: (text) => sheet.notes.push(text),
  };
  // What stands under a title without a label is what no label has claimed.
  for (const finder of finders) if (!finder.isLast) finder.take(out);
  for (const finder of finders) if (finder.isLast) finder.take(out);
  for (const { token, label } of page.odd) out.left(token.text.trim(), `見出し「${label}」として読んだが、言葉が違う`);
  for (const { text, reason } of [...unclaimed(page, places), ...page.asides]) out.left(text, reason);
  if (unfolded.length > 0) {
    const count = unfolded.reduce((sum, { breaks }) => sum + breaks, 0);
    const labels = unfolded.map(({ label }) => `「${label}」`).join('');
    sheet.notes.push(`改行がつぶれたとみられる空白${count}か所を、改行として読みました：${labels}`);
  }
  for (const { title } of missing) sheet.notes.push(`見出し「${title}」が見つかりません。`);
  const number = sheet.cells.find(({ address }) => address === form.identity.number.address)?.raw;
  return number === undefined ? sheet : { ...sheet, number };
}

/** Labels that stand there letter by letter come first, so that a likeness never takes another's place. */
function findAll(page: Page, places: readonly Place[]): Finder[] {
  const blocks = places.flatMap((place) => place.blocks.map((block) => ({ place, block })));
  const found = new Map<(typeof blocks)[number], Finder>();
  for (const loose of [false, true]) {
    for (const entry of blocks) {
      if (found.has(entry)) continue;
      const finder = findBlock(page, entry.place, entry.block, loose);
      if (finder) found.set(entry, finder);
    }
  }
  const finders = blocks.flatMap((entry, index) => {
    const finder = found.get(entry);
    const question = questionOf(blocks[index - 1], entry);
    if (!finder || !question || found.has(question)) return finder ?? [];
    return unasked(finder, entry.block.label, question.block.label);
  });
  for (const finder of finders) finder.rows?.();
  return finders;
}

type Entry = { place: Place; block: Block };

/** The choice right before a text of its group that gives the reasons for it without naming it (「想定される理由」). */
function questionOf<E extends Entry>(before: E | undefined, { place, block }: E): E | undefined {
  if (!before || before.place.group !== place.group || block.layout !== 'field' || block.cell.type !== 'text') return;
  const isChoice = before.block.layout === 'options' || before.block.layout === 'marks';
  const label = keyOf(block.label);
  const isReason = /理由|根拠|考察/.test(label) && !label.includes(bareLabel(keyOf(before.block.label)));
  return isChoice && isReason ? before : undefined;
}

/** Reasons whose question is not there may be another question's: nothing is taken, everything is left over. */
const unasked = (finder: Finder, label: string, question: string): Finder => ({
  ...finder,
  take: (out) =>
    finder.take({
      ...out,
      cell: (_, raw) => out.left(raw, `「${label}」の前にあるはずの「${question}」が見つからず、何の理由か分からない`),
    }),
});

/** Notes and the form's own title are no answers, even where they stand in an answer's place. */
function claimOwnWords(form: Form, page: Page, places: readonly Place[]): void {
  for (const { region, blocks } of places) {
    const notes = blocks.flatMap((block) => (block.layout === 'note' ? [block.text, ...block.text.split('\n')] : []));
    const own = new Set(notes.map(keyOf));
    for (const token of freeIn(page, region)) if (own.has(token.key)) token.use = 'form';
  }
  const title = keyOf(form.definition.title);
  const token = findFree(page, { from: 0, to: page.rows.length }, ({ key }) => key === title);
  if (token) token.use = 'form';
}

function put(sheet: FilledSheet, cell: Cell, raw: string): void {
  const list = isComputed(cell) ? sheet.computed : sheet.cells;
  const known = list.find(({ address }) => address === cell.address);
  // Two marks where one belongs: both are kept, and reading them asks.
  if (known) known.raw = `${known.raw} ${raw}`;
  else list.push({ address: cell.address, raw });
}

function unclaimed(page: Page, places: readonly Place[]): FilledSheet['leftovers'] {
  return freeIn(page, { from: 0, to: page.rows.length }).map(({ row, text }) => {
    const section = places.find(({ region, title }) => title && row >= region.from && row < region.to)?.section;
    const where = section?.title ? `「${section.title}」の中で、` : '';
    return { text: text.trim(), reason: `${where}どの欄のものか分からない` };
  });
}
