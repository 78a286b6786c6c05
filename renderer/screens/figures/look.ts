// Which picture is looked at, and of which sheets: kept in the place, so that a sheet that is opened leads back to it.
import type { SheetFacts } from '../../../shared/figures/facts.ts';
import type { Counted } from '../../../shared/figures/tables.ts';
import { foldLabel } from '../../../shared/form/label.ts';

export const PICTURES = [
  { key: 'grades', label: '評価者どうしの比較' },
  { key: 'distribution', label: '評価の分布' },
  { key: 'achievement', label: '指標の達成状況' },
  { key: 'movement', label: '前の年度からの動き' },
  { key: 'costs', label: '費用' },
  { key: 'trends', label: '指標の推移' },
] as const;
export type PictureKey = (typeof PICTURES)[number]['key'];

export type FigureLook = {
  picture: PictureKey;
  /** Only sheets of this department, and of this group (folded); '' for all. */
  unit: string;
  goal: string | null;
  /** Which rating or cost, by its place. */
  choice: number;
  /** Which column of a cost; undefined: the one of the judged year. */
  column?: number;
  /** Only indicators of this status; '' for all. */
  status: string;
  page: number;
};
export const FIRST_PICTURE: FigureLook = { picture: 'grades', unit: '', goal: null, choice: 0, status: '', page: 0 };

export const sheetsFor = (sheets: readonly SheetFacts[], { unit, goal }: FigureLook): SheetFacts[] =>
  sheets.filter(
    (sheet) => (unit === '' || sheet.units.includes(unit)) && (goal === null || foldLabel(sheet.goal) === goal),
  );

/** What stands behind a number: sheets, each perhaps with what in it is meant, and the cell to go to. */
export type Behind = { title: string; items: readonly (Counted & { note?: string; cell?: string })[] };
export type OpenBehind = (behind: Behind) => void;
