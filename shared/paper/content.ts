// What stands inside of a square, in the words and signs of the paper.
import { layText } from '../form/box.ts';
import { type Cell, NUMBER_STATES, rawAddress, stateAddress, type TextCell, type Values } from '../form/cell.ts';
import { showNumber, showOption, showValue, UNREAD_TAIL } from '../form/reading.ts';
import { numberPattern } from '../form/validate.ts';
import { eraYear } from '../kernel/fiscal.ts';

export type PaperOptions = {
  /** `public` leaves out every cell that the form calls internal. */
  edition: 'internal' | 'public';
  /** How fiscal years are written in the form's own words and in year cells; what people typed is never touched. */
  years: 'western' | 'era';
};

export type Content =
  /** Words with their line breaks; `annex` is the number of the annex entry that holds the whole text. */
  | { kind: 'words'; text: string; annex?: number }
  /** `awaited` says how firm a number will be that does not stand there yet (見込). */
  | { kind: 'figure'; text: string; awaited?: string }
  /** Choices written out, ticked or not. */
  | { kind: 'options'; options: readonly { label: string; isChosen: boolean }[] }
  /** The place for a circle; `meaning` says in words what a circle here would mean. */
  | { kind: 'mark'; isChosen: boolean; meaning: string };

/** Everything that the makers of tables need to know. */
export type Laid = { values: Values; options: PaperOptions; annex: AnnexEntry[] };

/** A text that is continued behind the sheet, whole. `index` counts from 1. */
export type AnnexEntry = { index: number; label: string; address: string; text: string };

export const words = (text: string): Content => ({ kind: 'words', text });

/** Words of the form itself, with its fiscal years as the edition writes them. */
export const formWords = (text: string, { years }: PaperOptions): string =>
  years === 'western' ? text : text.replace(/(?<!\d)(\d{4})年度/g, (_, year: string) => eraYear(Number(year)));

/** What was typed and not read yet stands as it was typed, and says so. */
function shown(cell: Cell, { values, options }: Laid): string {
  const value = values[cell.address];
  const raw = values[rawAddress(cell.address)];
  const text = showValue(cell, values);
  if (text === '') return raw === undefined ? '' : `${String(raw)}${UNREAD_TAIL}`;
  if (cell.type !== 'decimal' || !cell.isYear || typeof value !== 'string' || !numberPattern(cell).test(value))
    return text;
  // Paper has one way to write a year.
  const own = options.years === 'era' ? eraYear(Number(value)) : `${value}年度`;
  return text.replace(showNumber(cell, value), own);
}

const awaitedOf = (cell: Cell, values: Values): string | undefined =>
  NUMBER_STATES.find(({ code, settled }) => !settled && code === values[stateAddress(cell.address)])?.label;

/** The content of a cell that stands in one square. */
export function contentOf(cell: Cell, laid: Laid): Content {
  const text = shown(cell, laid);
  if (cell.type === 'decimal') {
    const awaited = laid.values[cell.address] === undefined ? awaitedOf(cell, laid.values) : undefined;
    return { kind: 'figure', text, ...(awaited ? { awaited } : {}) };
  }
  if (cell.type === 'flag') return { kind: 'mark', isChosen: text !== '', meaning: cell.short };
  if (cell.type !== 'text') return words(text);
  return boxed(cell, text, laid);
}

function boxed(cell: TextCell, text: string, { annex }: Laid): Content {
  if (cell.overflow !== 'annex' || !cell.box) return words(text);
  const { overflowAt } = layText(text, cell.box);
  if (overflowAt === null) return words(text);
  const index = annex.length + 1;
  annex.push({ index, label: cell.label, address: cell.address, text });
  return { kind: 'words', text: text.slice(0, overflowAt).replace(/\n$/, ''), annex: index };
}

/** All options of a choice, the chosen one ticked. A code that the scale does not have is added as it stands. */
export function optionsOf(cell: Extract<Cell, { type: 'code' }>, laid: Laid): Content {
  const value = laid.values[cell.address];
  const options = cell.options.map((option) => ({
    label: formWords(showOption(option), laid.options),
    isChosen: option.code === value,
  }));
  const other = shown(cell, laid);
  const isOther = other !== '' && !options.some(({ isChosen }) => isChosen);
  return { kind: 'options', options: isOther ? [...options, { label: other, isChosen: true }] : options };
}
