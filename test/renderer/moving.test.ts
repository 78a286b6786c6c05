// The plain parts of moving: which key means what, where the next cell is, where words stand, which sheets are listed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerptAt, matchesWords, placesOf, replaceAt } from '../../renderer/form/moving/findText.ts';
import { nextOf } from '../../renderer/form/moving/goTo.ts';
import { actionOf, keyWords, type Pressed, SHORTCUTS } from '../../renderer/form/moving/shortcuts.ts';
import { FIRST_LOOK, itemsOf, rowsOf } from '../../renderer/screens/sheetRows.ts';
import type { SheetRow } from '../../shared/contract/views.ts';
import { clusters } from '../../shared/kernel/fold.ts';
import { fakeHost } from './fakehost.ts';

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 0,
  ...more,
});

describe('keys', () => {
  const known: [Pressed, string | undefined][] = [
    [press('F7'), 'next-empty'],
    [press('F7', { shiftKey: true }), 'previous-empty'],
    [press('F6'), 'next-matter'],
    [press('j', { code: 'KeyJ', ctrlKey: true }), 'jump'],
    [press('F', { code: 'KeyF', ctrlKey: true, shiftKey: true }), 'search'],
    [press('f', { code: 'KeyF', ctrlKey: true }), 'find'],
    [press('z', { code: 'KeyZ', metaKey: true }), 'undo'],
    [press('Z', { code: 'KeyZ', ctrlKey: true, shiftKey: true }), 'redo'],
    // A full-width or accented character comes from the same key.
    [press('ｃ', { code: 'KeyC', altKey: true }), 'copy-previous'],
    [press('ç', { code: 'KeyC', altKey: true }), 'copy-previous'],
    [press('ArrowDown', { altKey: true }), 'next-section'],
    [press('ArrowDown'), undefined],
    [press('c', { code: 'KeyC', ctrlKey: true }), undefined],
    [press('F7', { isComposing: true }), undefined],
    [press('F7', { keyCode: 229 }), undefined],
  ];
  test.each(known)('%o asks for %s', (pressed, action) => expect(actionOf(pressed, true)).toBe(action));

  test('a question mark lists the keys, but is a character where one types', () => {
    expect(actionOf(press('?', { shiftKey: true }), false)).toBe('shortcuts');
    expect(actionOf(press('？'), false)).toBe('shortcuts');
    expect(actionOf(press('?', { shiftKey: true }), true)).toBeUndefined();
  });

  test('no two actions share one', () => {
    const keys = SHORTCUTS.flatMap((group) => group.shortcuts.flatMap((one) => one.keys.map(keyWords)));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

test('the next cell is the next in the order of the form; past the end it begins anew and says so', () => {
  const { form } = fakeHost();
  const wanted = new Set(['intent', 'rating']);
  expect(nextOf(form, wanted, undefined, 1)).toEqual({ address: 'intent', wrapped: false });
  expect(nextOf(form, wanted, 'intent', 1)).toEqual({ address: 'rating', wrapped: false });
  expect(nextOf(form, wanted, 'rating', 1)).toEqual({ address: 'intent', wrapped: true });
  expect(nextOf(form, wanted, 'intent', -1)).toEqual({ address: 'rating', wrapped: true });
  expect(nextOf(form, new Set(['intent']), 'intent', 1)).toEqual({ address: 'intent', wrapped: true });
  expect(nextOf(form, new Set(), 'intent', 1)).toBeUndefined();
});

describe('words', () => {
  test('are found whatever their width and case, at their places in the text itself', () => {
    const text = '𠮷野のＫＰＩとkpi、㍻のKPI';
    const places = placesOf(text, 'Kpi');
    expect(places.map(({ start, end }) => text.slice(start, end))).toEqual(['ＫＰＩ', 'kpi', 'KPI']);
    expect(replaceAt(text, places.slice(1), '指標')).toBe('𠮷野のＫＰＩと指標、㍻の指標');
    expect(placesOf(text, '')).toEqual([]);
    expect(placesOf('ああああ', 'ああ')).toHaveLength(2);
  });

  test('are found with the shape of a character left out, half-width voicing, and all of what is one sign', () => {
    for (const [text, wanted, written] of [
      ['葛\u{e0100}城市', '葛城', '葛\u{e0100}城'],
      ['葛城市', '葛\u{e0100}', '葛'],
      ['ｶﾞｲﾄﾞ', 'ガイ', 'ｶﾞｲ'],
      ['か\u3099く', 'がく', 'か\u3099く'],
      ['5㎏', 'kg', '㎏'],
    ] as const) {
      expect(placesOf(text, wanted).map(({ start, end }) => text.slice(start, end))).toEqual([written]);
    }
    // A part of a sign is not the sign, and words do not reach over a line's end.
    for (const [text, wanted] of [
      ['か\u3099', 'か'],
      ['5㎏', 'g'],
      ['花\nの町', '花 の'],
    ] as const) {
      expect(placesOf(text, wanted)).toEqual([]);
    }
    expect(replaceAt('葛\u{e0100}城の葛', placesOf('葛\u{e0100}城の葛', '葛'), '桂')).toBe('桂城の桂');
  });

  test('that are replaced leave every other character whole, whatever stands around them', () => {
    const sign = fc.constantFrom('葛\u{e0100}', '葛', '𠮷', 'か\u3099', 'か', 'ｶﾞ', 'ｶ', '㎏', 'g', ' ', '\n');
    const signs = fc.array(sign, { maxLength: 12 });
    fc.assert(
      fc.property(signs, fc.array(sign, { minLength: 1, maxLength: 2 }), (text, wanted) => {
        const whole = text.join('');
        const left = replaceAt(whole, placesOf(whole, wanted.join('')), '｜');
        expect(left.isWellFormed()).toBe(true);
        const rest = [...text];
        for (const one of left.split(/(?:｜)+/).flatMap((part) => clusters(part))) {
          while (rest.length > 0 && rest[0] !== one) rest.shift();
          expect(rest.shift()).toBe(one);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('are shown with a little around them, on one line, without cutting characters', () => {
    const text = `${'𠮷'.repeat(30)}\n移住\n${'後'.repeat(30)}`;
    const [place] = placesOf(text, '移住');
    const { before, match, after } = excerptAt(text, place ?? { start: 0, end: 0 });
    expect(match).toBe('移住');
    expect(before).toBe(`…${'𠮷'.repeat(17)}／`);
    expect(after).toBe(`／${'後'.repeat(17)}…`);
    const shaped = `葛\u{e0100}${'あ'.repeat(17)}町葛\u{e0100}`;
    expect(excerptAt(shaped, { start: 20, end: 21 }).before).toBe(`葛\u{e0100}${'あ'.repeat(17)}`);
  });

  test('apart by blanks must all be there', () => {
    expect(matchesWords(['2-2', '花の町'], '2-2　花')).toBe(true);
    expect(matchesWords(['2-2', '花の町'], '2-3 花')).toBe(false);
    expect(matchesWords(['2-2'], ' ')).toBe(true);
  });
});

describe('the list', () => {
  const row = (number: string, change: Partial<SheetRow> = {}): SheetRow => ({
    id: number,
    number,
    name: `施策${number}`,
    units: ['魅力課'],
    state: 'editing',
    fate: null,
    filled: 1,
    required: 2,
    asked: 0,
    conflicts: 0,
    head: null,
    heads: [],
    draft: false,
    remarks: 0,
    answered: 0,
    round: null,
    confirmation: 'none',
    updatedAt: '2022-11-22T01:32:05.000Z',
    ...change,
  });
  const rows = [
    row('2-10'),
    row('2-9', { state: 'submitted', filled: 2 }),
    row('1-1', { units: ['総務課', '魅力課'], remarks: 1 }),
  ];
  const numbers = (found: readonly SheetRow[]) => found.map(({ number }) => number);

  test('sorts numbers as numbers, both ways, and equal rows by number', () => {
    expect(numbers(rowsOf(rows, FIRST_LOOK))).toEqual(['1-1', '2-9', '2-10']);
    expect(numbers(rowsOf(rows, { ...FIRST_LOOK, descending: true }))).toEqual(['2-10', '2-9', '1-1']);
    expect(numbers(rowsOf(rows, { ...FIRST_LOOK, sort: 'filled' }))).toEqual(['1-1', '2-10', '2-9']);
  });

  test('narrows by words, state and department, and by what is lacking or remarked on', () => {
    expect(numbers(rowsOf(rows, { ...FIRST_LOOK, words: '２－' }))).toEqual(['2-9', '2-10']);
    expect(numbers(rowsOf(rows, { ...FIRST_LOOK, state: 'submitted' }))).toEqual(['2-9']);
    expect(numbers(rowsOf(rows, { ...FIRST_LOOK, state: 'lacking' }))).toEqual(['1-1', '2-10']);
    expect(numbers(rowsOf(rows, { ...FIRST_LOOK, state: 'remarked' }))).toEqual(['1-1']);
    expect(numbers(rowsOf(rows, { ...FIRST_LOOK, unit: '総務課' }))).toEqual(['1-1']);
  });

  test('stands under headings with their counts', () => {
    const items = itemsOf(rowsOf(rows, FIRST_LOOK), 'state', (state) => state);
    expect(items.map((item) => (item.kind === 'group' ? `${item.label}:${item.count}` : item.row.number))).toEqual([
      'editing:2',
      '1-1',
      '2-10',
      'submitted:1',
      '2-9',
    ]);
  });
});
