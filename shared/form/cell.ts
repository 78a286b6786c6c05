// A cell: one address holding one scalar or nothing. Everything that must be right (validation, merge, hash,
// completeness, import, CSV) sees only what stands here.

/** A text, a fixed decimal as a string, an option's code, or a mark. Blank is the absence of the address. */
export type Scalar = string | boolean;

/** The filled cells of a sheet by address. A blank cell has no entry, so equal sheets have equal hashes. */
export type Values = Readonly<Record<string, Scalar>>;

/** Changes to a sheet: null makes a cell blank. */
export type Patch = Readonly<Record<string, Scalar | null>>;

/** One choice of a scale, with its order given by its place in the list. */
export type Option = {
  code: string;
  label: string;
  /** Higher is better; absent where the scale has no good end or the option stands outside of it. */
  goodness?: number;
  /** Wordings by which a rating text usually says this option. */
  words: readonly string[];
};

export type Formula = { sum: readonly string[] };

type Common = {
  address: string;
  /** The full path as a person reads it, unique in the form. */
  label: string;
  /** The label that stands at the cell itself. */
  short: string;
  help?: string;
  /** Key of the writer (see FormDefinition.writers) who may fill this cell. */
  writer: string;
  public: boolean;
  /** Must be filled to hand in: always, never, when anything else in its row is filled, or one cell of its row. */
  required: 'always' | 'never' | 'row' | 'one';
  /** Cells that belong together for the rules above. */
  row?: string;
};

/** The space for a text on paper: full-width characters a line, and lines. */
export type Box = { columns: number; lines: number };
export type TextCell = Common & { type: 'text'; lines: number; max?: number; box?: Box; overflow?: 'annex' };
export type DecimalCell = Common & {
  type: 'decimal';
  decimals: number;
  unit?: string;
  /** What a comma may mean here: a thousands mark, or a slip for the decimal point that has to be asked about. */
  commas: 'thousands' | 'ask';
  /** Codes of NUMBER_STATES that may stand beside (or instead of) the number. */
  states: readonly string[];
  formula?: Formula;
  /** The number names a fiscal year (2024): it is read and shown as one, and never added up or measured. */
  isYear?: true;
};
export type CodeCell = Common & { type: 'code'; options: readonly Option[] };
export type FlagCell = Common & { type: 'flag' };
export type Cell = TextCell | DecimalCell | CodeCell | FlagCell;

/** How firm a number is. `settled` states stand in place of a number; the others stand beside one. */
export const NUMBER_STATES = [
  { code: 'actual', label: '実績', settled: false },
  { code: 'expected', label: '見込', settled: false },
  { code: 'pending', label: '未確定', settled: true },
  { code: 'none', label: '該当なし', settled: true },
  { code: 'unratable', label: '評価不能', settled: true },
] as const;

/** When an indicator has reached its target (see indicator.ts), as codes of the scale that a form offers for it. */
export const INDICATOR_TYPES = [
  'increase',
  'decrease',
  'keep_above',
  'keep_below',
  'range',
  'cumulative',
  'yes_no',
  'qualitative',
] as const;
export type IndicatorType = (typeof INDICATOR_TYPES)[number];

/** Address of the cell that says how firm the number at `address` is. */
export const stateAddress = (address: string): string => `${address}__state`;

/** Address of the cell that keeps what was typed when it could not be read without asking. */
export const rawAddress = (address: string): string => `${address}__raw`;

/** The cell's own address behind a companion's (`x__state`, `x__raw` -> `x`). */
export const ownAddress = (address: string): string => address.replace(/__(state|raw)$/, '');

/**
 * Address of the reason given for what the check `check` asks about the cell at `address`. It is no companion but a cell
 * of its own to merge, history and hash: two people may give reasons for two questions about one cell.
 */
export const reasonAddress = (address: string, check: string): string => `${address}__why__${check}`;

/** The cell and the check behind a reason's address; undefined for every other address. */
export function reasonParts(address: string): { address: string; check: string } | undefined {
  const at = address.lastIndexOf('__why__');
  return at < 0 ? undefined : { address: address.slice(0, at), check: address.slice(at + 7) };
}

/** The cell holds how much of something there is: a number that is no year. */
export const isQuantity = (cell: Cell): boolean => cell.type === 'decimal' && cell.isYear !== true;

/** Computed cells are shown and never stored. */
export const isComputed = (cell: Cell): boolean => cell.type === 'decimal' && cell.formula !== undefined;

/** The cell holds an answer: a value, or a state that stands for one. */
export function isFilled(cell: Cell, values: Values): boolean {
  if (values[cell.address] !== undefined) return true;
  const state = values[stateAddress(cell.address)];
  return NUMBER_STATES.some((s) => s.code === state && s.settled);
}

/** Something was typed here that nobody has read yet: it has to be asked about. */
export const isAsked = (cell: Cell, values: Values): boolean =>
  values[rawAddress(cell.address)] !== undefined && !isFilled(cell, values);

/** `values` with the patch applied. */
export function applyPatch(values: Values, patch: Patch): Values {
  const next: Record<string, Scalar> = { ...values };
  for (const [address, value] of Object.entries(patch)) {
    if (value === null) delete next[address];
    else next[address] = value;
  }
  return next;
}
