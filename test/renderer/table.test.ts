// Tables as spreadsheets: what a key means, where a step leads, and what leaves by the clipboard. Nothing is drawn here.
import { describe, expect, test } from 'vitest';
import { toHtml, toTsv } from '../../renderer/form/grid/copy.ts';
import { type Action, actionOf, type Key, type Mode } from '../../renderer/form/grid/keys.ts';
import {
  areaOf,
  areaWords,
  placesIn,
  type Step,
  stepFrom,
  stretch,
  type Table,
} from '../../renderer/form/grid/table.ts';
import type { Cell } from '../../shared/form/cell.ts';
import { code, number, text } from '../form/sample.ts';

const pressed = (key: string, more: Partial<Key> = {}): Key => ({
  key,
  keyCode: 0,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...more,
});
const shift = { shiftKey: true };
const ctrl = { ctrlKey: true };
const alt = { altKey: true };

describe('a key', () => {
  const rows: [what: string, key: Key, mode: Mode, cell: Cell, action: Action | undefined][] = [
    ['an arrow goes on from a selected cell', pressed('ArrowLeft'), 'ready', text, { do: 'move', step: 'left' }],
    ['an arrow moves the caret in a text', pressed('ArrowLeft'), 'editing', text, undefined],
    ['an arrow moves the caret in a text typed over', pressed('ArrowDown'), 'typed', text, undefined],
    ['an arrow goes on after a number', pressed('ArrowRight'), 'typed', number(), { do: 'move', step: 'right' }],
    ['an arrow moves the caret in a number after F2', pressed('ArrowRight'), 'editing', number(), undefined],
    ['Shift and an arrow select', pressed('ArrowDown', shift), 'ready', text, { do: 'extend', step: 'down' }],
    ['Shift and an arrow select characters', pressed('ArrowLeft', shift), 'typed', number(), undefined],
    ['Ctrl and an arrow go to the edge', pressed('ArrowDown', ctrl), 'ready', text, { do: 'move', step: 'bottom' }],
    ['Ctrl and Home', pressed('Home', ctrl), 'ready', text, { do: 'move', step: 'start' }],
    ['End', pressed('End'), 'ready', text, { do: 'move', step: 'last' }],
    ['Home in a text', pressed('Home'), 'editing', text, undefined],
    ['Enter goes down', pressed('Enter'), 'editing', text, { do: 'move', step: 'down' }],
    ['Shift and Enter go up', pressed('Enter', shift), 'typed', number(), { do: 'move', step: 'up' }],
    ['Alt and Enter break a line', pressed('Enter', alt), 'editing', text, { do: 'break' }],
    ['Alt and Enter in one line', pressed('Enter', alt), 'editing', { ...text, lines: 1 }, undefined],
    ['F2', pressed('F2'), 'ready', text, { do: 'edit' }],
    ['Escape', pressed('Escape'), 'typed', number(), { do: 'takeBack' }],
    ['Delete empties', pressed('Delete'), 'ready', code(['A', '良い']), { do: 'clear' }],
    ['Delete in a text', pressed('Delete'), 'editing', text, undefined],
    ['Ctrl+D fills down', pressed('d', ctrl), 'ready', number(), { do: 'fill', from: 'above' }],
    ['Ctrl+R fills right', pressed('r', ctrl), 'ready', number(), { do: 'fill', from: 'left' }],
    ['Ctrl+A selects all', pressed('a', ctrl), 'ready', number(), { do: 'everything' }],
    ['Ctrl+A in a text', pressed('a', ctrl), 'editing', text, undefined],
    ['a letter is typed', pressed('a'), 'ready', text, undefined],
    ['Tab is left to the browser', pressed('Tab'), 'ready', text, undefined],
    ['the Enter that confirms a word', pressed('Enter', { isComposing: true }), 'typed', text, undefined],
    ['the Enter of an older input method', pressed('Enter', { keyCode: 229 }), 'ready', text, undefined],
    ['an arrow among candidates', pressed('ArrowDown', { isComposing: true }), 'ready', number(), undefined],
    ['Escape that drops a word', pressed('Escape', { keyCode: 229 }), 'typed', text, undefined],
    ['F2 while composing', pressed('F2', { isComposing: true }), 'ready', text, undefined],
  ];
  test.each(rows)('%s', (_, key, mode, cell, action) => {
    expect(actionOf(key, mode, cell, false)).toEqual(action);
  });

  test('Alt and Enter go to the answers where something is asked', () => {
    expect(actionOf(pressed('Enter', alt), 'ready', number(), true)).toEqual({ do: 'ask' });
    // Tab passes what is asked, which stands between this cell's input and the next one.
    expect(actionOf(pressed('Tab'), 'typed', number(), true)).toEqual({ do: 'next' });
    expect(actionOf(pressed('Tab'), 'typed', number(), false)).toBeUndefined();
    expect(actionOf(pressed('Tab', { shiftKey: true }), 'typed', number(), true)).toBeUndefined();
  });
});

const cell = (address: string): Cell => ({ ...text, address, label: address, short: address });
/** a1 a2 a3 / b1 – b3 / c1 c2 c3 */
const table: Table = {
  label: '表',
  columns: ['1', '2', '3'],
  rows: ['a', 'b', 'c'].map((row) => ({
    label: row,
    slots: [cell(`${row}1`), row === 'b' ? null : cell(`${row}2`), cell(`${row}3`)],
  })),
};
const isThere = ({ row, column }: { row: number; column: number }) => table.rows[row]?.slots[column] != null;

describe('a step', () => {
  const steps: [from: [number, number], step: Step, to: [number, number]][] = [
    [[0, 0], 'right', [0, 1]],
    [[1, 0], 'right', [1, 2]],
    [[0, 1], 'down', [2, 1]],
    [[0, 0], 'up', [0, 0]],
    [[2, 2], 'right', [2, 2]],
    [[2, 1], 'top', [0, 1]],
    [[0, 2], 'first', [0, 0]],
    [[1, 0], 'last', [1, 2]],
    [[2, 2], 'start', [0, 0]],
    [[0, 0], 'end', [2, 2]],
    [[0, 1], 'bottom', [2, 1]],
  ];
  test.each(steps)('from %j %s leads to %j', ([row, column], step, [toRow, toColumn]) => {
    expect(stepFrom(table, { row, column }, step, isThere)).toEqual({ row: toRow, column: toColumn });
  });

  test('stretches a selection over holes and no further than the table', () => {
    expect(stretch(table, { row: 0, column: 1 }, 'down')).toEqual({ row: 1, column: 1 });
    expect(stretch(table, { row: 2, column: 2 }, 'down')).toEqual({ row: 2, column: 2 });
    expect(stretch(table, { row: 1, column: 1 }, 'end')).toEqual({ row: 2, column: 2 });
    const area = areaOf({ row: 2, column: 1 }, { row: 0, column: 0 });
    expect(placesIn(area).map((row) => row.length)).toEqual([2, 2, 2]);
    expect(areaWords(table, area)).toBe('3行×2列（6欄）を選びました。a1 から c2 まで。');
  });
});

describe('a copied block', () => {
  const rows = [
    [
      { text: '移住相談の件数', isText: true },
      { text: '-12.5', isText: false },
    ],
    [
      { text: '1行目\n2行目と"引用"', isText: true },
      { text: '2-2', isText: true },
    ],
  ];

  test('is tab-separated text with quotes where they are needed', () => {
    expect(toTsv(rows)).toBe('移住相談の件数\t-12.5\r\n"1行目\n2行目と""引用"""\t2-2');
  });

  test('is HTML whose words stay words and whose numbers stay numbers in a spreadsheet', () => {
    const html = toHtml(rows);
    expect(html).toContain('<td>-12.5</td>');
    expect(html).toContain(`<td style="mso-number-format:'\\@'">2-2</td>`);
    expect(html).toContain('1行目<br style="mso-data-placement:same-cell">2行目');
    expect(toHtml([[{ text: '<b>&</b>', isText: true }]])).toContain('&#60;b&#62;&#38;&#60;/b&#62;');
  });
});
