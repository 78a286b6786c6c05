// The table of sheets. Only the rows in sight are drawn, so that thousands of sheets cost no more than a window full;
// the row with the cursor stays drawn, and every row says its place among all.
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type FocusEvent, type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { SheetRow, WorkspaceView } from '../../shared/contract/views.ts';
import { Link } from '../ui/Button.tsx';
import { showMoment } from '../ui/clock.ts';
import { type Density, useDensity } from '../ui/density.ts';
import { Meter } from '../ui/Progress.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import type { Go } from './place.ts';
import { type Column, type Item, itemsOf, type Look } from './sheetRows.ts';
import { sheetStateWord } from './words.ts';

export type Labels = {
  number: string;
  name: string;
  unit: string;
  /** The form's rounds by key, in their order. */
  rounds: ReadonlyMap<string, string>;
  /** The form asks for the section head's confirmation. */
  isConfirmed: boolean;
};
/** `order`: the sheets in the order in which the table shows them. */
export type Selection = {
  chosen: ReadonlySet<string>;
  toggle: (id: string) => void;
  toggleAll: (ids: readonly string[]) => void;
  extend: (order: readonly string[], to: string) => void;
  step: (order: readonly string[], from: string, to: string) => void;
};

type Props = {
  rows: readonly SheetRow[];
  look: Look;
  onLook: (look: Look) => void;
  workspace: WorkspaceView;
  labels: Labels;
  selection: Selection;
  go: Go;
};

const HEIGHT: Record<Density, number> = { wide: 49, normal: 41, close: 33 };
const SPARE = 12;

export function SheetTable({ rows, look, onLook, workspace, labels, selection, go }: Props) {
  const { role } = workspace;
  const density = useDensity();
  const items = useMemo(
    () => itemsOf(rows, look.group, (state) => sheetStateWord(state, role).word),
    [rows, look.group, role],
  );
  const order = useMemo(() => items.flatMap((item) => (item.kind === 'row' ? [item.row.id] : [])), [items]);
  const body = useRef<HTMLTableSectionElement>(null);
  const onStep = (from: string, to: string) => selection.step(order, from, to);
  const { virtualizer, onFocus, onKeyDown } = useWindowedRows(body, items, HEIGHT[density], onStep);
  const columns = columnsOf(labels, role === 'office');
  const drawn = virtualizer.getVirtualItems();
  const above = (drawn[0]?.start ?? 0) - virtualizer.options.scrollMargin;
  const below = virtualizer.getTotalSize() - ((drawn.at(-1)?.end ?? 0) - virtualizer.options.scrollMargin);
  return (
    <div className="table-box">
      <table className="table sheet-table" aria-rowcount={items.length + 1}>
        <caption className="for-ears">シート一覧</caption>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="col-choice">
              <ManyBox label="表示しているシートをすべて選ぶ" ids={order} selection={selection} />
            </th>
            {columns.map((column) => (
              <SortHead key={column.key} column={column} look={look} onLook={onLook} />
            ))}
          </tr>
        </thead>
        <tbody ref={body} onFocus={onFocus} onKeyDown={onKeyDown}>
          <Spacer height={above} width={columns.length + 1} />
          {drawn.map(({ index, key }) => {
            const item = items[index];
            if (!item) return null;
            const place = { 'data-index': index, 'aria-rowindex': index + 2, ref: virtualizer.measureElement };
            if (item.kind === 'group') {
              return (
                <tr key={key} {...place} className="group-row">
                  <td className="col-choice">
                    <ManyBox
                      label={`${item.label}の${item.count}枚をすべて選ぶ`}
                      ids={item.ids}
                      selection={selection}
                    />
                  </td>
                  <th scope="rowgroup" colSpan={columns.length}>
                    {item.label} <span className="quiet">{item.count}枚</span>
                  </th>
                </tr>
              );
            }
            return (
              <tr key={key} {...place}>
                <RowCells
                  row={item.row}
                  workspace={workspace}
                  labels={labels}
                  order={order}
                  selection={selection}
                  go={go}
                />
              </tr>
            );
          })}
          <Spacer height={below} width={columns.length + 1} />
        </tbody>
      </table>
    </div>
  );
}

/** One box for many sheets: half filled while only some of them are chosen. */
function ManyBox({ label, ids, selection }: { label: string; ids: readonly string[]; selection: Selection }) {
  const count = ids.filter((id) => selection.chosen.has(id)).length;
  return (
    <input
      type="checkbox"
      aria-label={label}
      ref={(box) => {
        if (box) box.indeterminate = count > 0 && count < ids.length;
      }}
      checked={ids.length > 0 && count === ids.length}
      onChange={() => selection.toggleAll(ids)}
    />
  );
}

function useWindowedRows(
  body: React.RefObject<HTMLTableSectionElement | null>,
  items: readonly Item[],
  height: number,
  onStep: (from: string, to: string) => void,
) {
  const [top, setTop] = useState(0);
  const [hand, setHand] = useState<number>();
  const wanted = useRef<{ index: number; column: string }>(undefined);
  useLayoutEffect(() => {
    const now = body.current ? body.current.getBoundingClientRect().top + window.scrollY : 0;
    if (Math.abs(now - top) > 1) setTop(now);
  });
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => height,
    // A row that is not laid out has no height of its own yet.
    measureElement: (row) => row.getBoundingClientRect().height || height,
    overscan: SPARE,
    scrollMargin: top,
    getItemKey: (index) => items[index]?.key ?? index,
    rangeExtractor(range) {
      const indexes = defaultRangeExtractor(range);
      if (hand === undefined || hand >= items.length || indexes.includes(hand)) return indexes;
      return [...indexes, hand].sort((a, b) => a - b);
    },
  });
  const reach = ({ index, column }: { index: number; column: string }): boolean => {
    const control = body.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-column="${column}"]`);
    control?.focus();
    return control !== null && control !== undefined;
  };
  useEffect(() => {
    if (wanted.current && reach(wanted.current)) wanted.current = undefined;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another density measures every row anew
  useEffect(() => virtualizer.measure(), [height]);

  const indexOf = (target: EventTarget) =>
    Number((target instanceof Element && target.closest('[data-index]')?.getAttribute('data-index')) || Number.NaN);
  return {
    virtualizer,
    onFocus: (event: FocusEvent) => setHand(indexOf(event.target)),
    /** Arrows go to the same place in the next row; with Shift, from box to box, they choose on the way. */
    onKeyDown(event: KeyboardEvent) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const column = event.target instanceof Element ? event.target.getAttribute('data-column') : null;
      if (step === undefined || column === null || event.altKey) return;
      event.preventDefault();
      const from = items[indexOf(event.target)];
      let index = indexOf(event.target) + step;
      while (items[index]?.kind === 'group') index += step;
      const to = items[index];
      if (!to) return;
      if (event.shiftKey && column === 'choice' && from) onStep(from.key, to.key);
      virtualizer.scrollToIndex(index, { align: 'auto' });
      if (!reach({ index, column })) wanted.current = { index, column };
    },
  };
}

function Spacer({ height, width }: { height: number; width: number }) {
  if (height <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without any control cannot have the focus
    <tr aria-hidden="true" className="spacer">
      <td colSpan={width} style={{ height }} />
    </tr>
  );
}

type ColumnHead = { key: Column; label: string; isNumber?: boolean };

const columnsOf = (labels: Labels, isOffice: boolean): ColumnHead[] => [
  { key: 'number', label: labels.number },
  { key: 'name', label: labels.name },
  ...(isOffice ? [{ key: 'unit' as const, label: labels.unit }] : []),
  { key: 'state', label: '状態' },
  { key: 'filled', label: '必須の入力' },
  { key: 'asked', label: '要確認', isNumber: true },
  { key: 'remarks', label: '指摘', isNumber: true },
  { key: 'conflicts', label: '競合', isNumber: true },
  { key: 'updated', label: '更新' },
];

function SortHead({ column, look, onLook }: { column: ColumnHead; look: Look; onLook: (look: Look) => void }) {
  const isSorted = look.sort === column.key;
  const Arrow = look.descending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      className={`col-${column.key}${column.isNumber ? ' number' : ''}`}
      aria-sort={isSorted ? (look.descending ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        className="sort"
        onClick={() => onLook({ ...look, sort: column.key, descending: isSorted && !look.descending })}
      >
        {column.label}
        {isSorted && <Arrow size={16} aria-hidden="true" />}
      </button>
    </th>
  );
}

type RowProps = {
  row: SheetRow;
  workspace: WorkspaceView;
  labels: Labels;
  order: readonly string[];
  selection: Selection;
  go: Go;
};

function RowCells({ row, workspace, labels, order, selection, go }: RowProps) {
  const state = sheetStateWord(row.state, workspace.role);
  const remarks = row.remarks + row.answered;
  return (
    <>
      <td className="col-choice">
        <input
          type="checkbox"
          data-column="choice"
          aria-label={`${row.number} ${row.name}を選ぶ`}
          checked={selection.chosen.has(row.id)}
          onChange={({ nativeEvent }) => {
            // What changes a box is a click, also where it was made with the space bar.
            const isRange = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
            if (isRange) selection.extend(order, row.id);
            else selection.toggle(row.id);
          }}
        />
      </td>
      <td className="nowrap">{row.number}</td>
      <th scope="row">
        <Link column="name" onClick={() => go({ at: 'sheet', sheet: row.id })}>
          {row.name || '（名前なし）'}
        </Link>
      </th>
      {workspace.role === 'office' && <td className="names">{row.units.join('、')}</td>}
      <td>
        <StateWord icon={state.icon} tone={state.tone}>
          {state.word}
        </StateWord>
        <RoundWords row={row} labels={labels} />
      </td>
      <td>
        <Narrow>必須の入力</Narrow>
        <Meter done={row.filled} total={row.required} label={`${row.number} 必須の入力`} />
      </td>
      <Count label="要確認" count={row.asked} />
      <Count label="指摘" count={remarks} more={row.answered > 0 ? `（返事${row.answered}）` : undefined} />
      <Count label="競合" count={row.conflicts} />
      <td className="nowrap quiet">
        {row.updatedAt !== '' && (
          <>
            <Narrow>更新</Narrow>
            {showMoment(row.updatedAt).slice(0, 10)}
            <span className="time">{showMoment(row.updatedAt).slice(10)}</span>
          </>
        )}
      </td>
    </>
  );
}

/** Under the state: the round in force, and what has become of the section head's confirmation. */
function RoundWords({ row, labels }: { row: SheetRow; labels: Labels }) {
  const words = [
    row.round !== null && (labels.rounds.get(row.round) ?? row.round),
    labels.isConfirmed && row.confirmation === 'valid' && '課長確認済み',
    labels.isConfirmed && row.confirmation === 'fallen' && '課長確認は失効',
  ].filter((word) => typeof word === 'string');
  return words.length > 0 && <span className="round-words">{words.join('・')}</span>;
}

/** What the column's head says, where there is no head. */
const Narrow = ({ children }: { children: string }) => (
  <span className="narrow-word" aria-hidden="true">
    {children}{' '}
  </span>
);

function Count({ label, count, more }: { label: string; count: number; more?: string | undefined }) {
  return (
    <td className="number">
      {count > 0 && (
        <>
          <Narrow>{label}</Narrow>
          {count}件{more !== undefined && <span className="quiet">{more}</span>}
        </>
      )}
    </td>
  );
}
