// Which sheets the list shows, in what order and under what headings: pure, so that a change costs a moment even with
// thousands of sheets.
import type { SheetRow, SheetState } from '../../shared/contract/views.ts';
import { matchesWords } from '../form/moving/findText.ts';

export const COLUMNS = [
  'number',
  'name',
  'unit',
  'state',
  'filled',
  'asked',
  'remarks',
  'conflicts',
  'updated',
] as const;
export type Column = (typeof COLUMNS)[number];
export type Grouping = 'none' | 'unit' | 'state';

/** How the person looks at the list; it outlasts a visit to a sheet. */
export type Look = {
  words: string;
  state: SheetState | 'lacking' | 'remarked' | 'unconfirmed' | '';
  unit: string;
  /** Key of a round. */
  round: string;
  sort: Column;
  descending: boolean;
  group: Grouping;
};

export const FIRST_LOOK: Look = {
  words: '',
  state: '',
  unit: '',
  round: '',
  sort: 'number',
  descending: false,
  group: 'none',
};

export const isNarrowed = ({ words, state, unit, round }: Look): boolean =>
  words.trim() !== '' || state !== '' || unit !== '' || round !== '';

const isLacking = (row: SheetRow) => row.filled < row.required || row.asked > 0;

// Numbers inside of words count as numbers: 2-10 comes after 2-9.
const order = new Intl.Collator('ja', { numeric: true });
const STATES: readonly SheetState[] = [
  'conflict',
  'returned',
  'waiting',
  'editing',
  'submitted',
  'arrived',
  'received',
  'accepted',
];

const COMPARE: Record<Column, (a: SheetRow, b: SheetRow) => number> = {
  number: (a, b) => order.compare(a.number, b.number),
  name: (a, b) => order.compare(a.name, b.name),
  unit: (a, b) => order.compare(a.units.join('、'), b.units.join('、')),
  state: (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state),
  filled: (a, b) => a.filled / (a.required || 1) - b.filled / (b.required || 1),
  asked: (a, b) => a.asked - b.asked,
  remarks: (a, b) => a.remarks + a.answered - (b.remarks + b.answered),
  conflicts: (a, b) => a.conflicts - b.conflicts,
  updated: (a, b) => (a.updatedAt < b.updatedAt ? -1 : a.updatedAt > b.updatedAt ? 1 : 0),
};

/** The rows that are wanted, sorted; rows that are equal stay in the order of their numbers. */
export function rowsOf(rows: readonly SheetRow[], look: Look): SheetRow[] {
  const wanted = rows.filter(
    (row) =>
      (look.state === '' ||
        (look.state === 'lacking' && isLacking(row)) ||
        (look.state === 'remarked' && row.remarks + row.answered > 0) ||
        (look.state === 'unconfirmed' && row.confirmation !== 'valid') ||
        row.state === look.state) &&
      (look.unit === '' || row.units.includes(look.unit)) &&
      (look.round === '' || row.round === look.round) &&
      matchesWords([row.number, row.name, ...row.units], look.words),
  );
  const compare = COMPARE[look.sort];
  const turn = look.descending ? -1 : 1;
  return wanted.sort((a, b) => turn * compare(a, b) || COMPARE.number(a, b));
}

export type Item =
  | { kind: 'group'; key: string; label: string; count: number; ids: readonly string[] }
  | { kind: 'row'; key: string; row: SheetRow };

/** Rows with a heading before each group; the order inside a group stays. */
export function itemsOf(rows: readonly SheetRow[], group: Grouping, stateWord: (state: SheetState) => string): Item[] {
  const asItem = (row: SheetRow): Item => ({ kind: 'row', key: row.id, row });
  if (group === 'none') return rows.map(asItem);
  const labelOf = (row: SheetRow) => (group === 'unit' ? (row.units[0] ?? '（課なし）') : stateWord(row.state));
  const groups = [...Map.groupBy(rows, labelOf)].sort(([a, [one]], [b, [other]]) =>
    group === 'state' && one && other ? COMPARE.state(one, other) : order.compare(a, b),
  );
  return groups.flatMap(([label, own]): Item[] => [
    { kind: 'group', key: `group:${label}`, label, count: own.length, ids: own.map(({ id }) => id) },
    ...own.map(asItem),
  ]);
}
