// The print box: laws over any text, and the Japanese line-breaking rules one by one.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { charactersIn, type Laid, layText } from '../../shared/form/box.ts';
import { layOut, readDefinition } from '../../shared/form/form.ts';
import { text } from '../arbitrary.ts';
import { formOf, measureForm } from './sample.ts';
import { sourceWith } from './small.ts';

const RUNS = { numRuns: 1_500, seed: 5 };
const written = fc.oneof(
  fc.array(text, { maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(
      ...'あ漢字、。」』）】ー「『（【ぁっャ々・19,313.5%ab ',
      'ｶﾞ',
      '葛\u{e0100}',
      '𠮷',
      '\n',
      'か\u3099',
    ),
    maxLength: 80,
  }),
);
const box = fc.record({ columns: fc.integer({ min: 2, max: 20 }), lines: fc.integer({ min: 1, max: 6 }) });
const shown = ({ lines }: Laid) => lines.map((line) => line.text);
const graphemes = (of: string) => Array.from(new Intl.Segmenter('ja').segment(of), ({ segment }) => segment);
/** Half-widths, counted anew: what is neither ASCII nor a half-width kana nor Latin is full. */
const widthOf = (line: string) =>
  graphemes(line).reduce((sum, g) => {
    const isHalf = /^[\t -~\u00a5\u00c0-\u024f\uff61-\uffdc]/u.test(g) && !/^[×÷]/.test(g);
    return sum + (isHalf ? 1 + (g.slice(1).match(/[ﾞﾟ]/g)?.length ?? 0) : 2);
  }, 0);

describe('F47 laws', () => {
  test('lines and their breaks are the text; no line is wider than the box; no character is split', () => {
    fc.assert(
      fc.property(written, box, (text, box) => {
        const laid = layText(text, box);
        expect(laid.lines.map((line) => line.text + line.end).join('')).toBe(text);
        const whole = graphemes(text).filter((g) => g !== '\n');
        expect(laid.lines.flatMap((line) => graphemes(line.text)).join('|')).toBe(
          text.split('\n').flatMap(graphemes).join('|'),
        );
        for (const line of laid.lines) {
          expect(widthOf(line.text) <= box.columns * 2 || graphemes(line.text).length === 1).toBe(true);
          expect(line.text).not.toContain('\n');
        }
        expect(laid.used).toBe(laid.lines.length);
        expect(laid.characters).toBeGreaterThanOrEqual(whole.length);
      }),
      RUNS,
    );
  });

  test('what overflows are the lines below the box, from overflowAt on', () => {
    fc.assert(
      fc.property(written, box, (text, box) => {
        const { lines, overflowAt } = layText(text, box);
        expect(lines.map(({ overflow }) => overflow)).toEqual(lines.map((_, at) => at >= box.lines));
        const below = lines.filter(({ overflow }) => overflow).map((line) => line.text + line.end);
        expect(overflowAt === null ? '' : text.slice(overflowAt)).toBe(below.join(''));
      }),
      RUNS,
    );
  });

  test('a wider box never takes more lines than a text has characters and breaks', () => {
    fc.assert(
      fc.property(written, box, (text, box) => {
        expect(layText(text, box).used).toBeLessThanOrEqual(graphemes(text).length + 1);
      }),
      RUNS,
    );
  });
});

test.each<[what: string, text: string, columns: number, lines: string[]]>([
  ['nothing', '', 4, []],
  ['exactly full', 'あいうえ', 4, ['あいうえ']],
  ['one more', 'あいうえお', 4, ['あいうえ', 'お']],
  ['half-width counts half', 'abcdefgh', 4, ['abcdefgh']],
  ['half-width kana with its mark', 'ｶﾞｶﾞｶﾞｶﾞｶﾞ', 4, ['ｶﾞｶﾞｶﾞｶﾞ', 'ｶﾞ']],
  ['line breaks stay', 'あ\n\nい', 4, ['あ', '', 'い']],
  ['no 。 at the start', 'あいうえ。お', 4, ['あいう', 'え。お']],
  ['no 」 at the start', '「あい」う', 3, ['「あ', 'い」う']],
  ['no 「 at the end', 'あいう「え」', 4, ['あいう', '「え」']],
  ['no small kana at the start', 'しよっちゆ', 2, ['し', 'よっ', 'ちゆ']],
  ['no ー at the start', 'あいデータ', 3, ['あい', 'データ']],
  ['a number stays together', '約19,313件', 3, ['約', '19,313', '件']],
  ['a percentage stays together', '目標98.6%', 4, ['目標', '98.6%']],
  ['a word longer than the box is cut', 'abcdefghij', 4, ['abcdefgh', 'ij']],
  ['× and ÷ are full-width', '7×8÷9', 3, ['7×8÷', '9']],
  ['only marks', '。。。。。。', 4, ['。。。。', '。。']],
  ['IVS', '葛\u{e0100}葛\u{e0100}葛\u{e0100}', 2, ['葛\u{e0100}葛\u{e0100}', '葛\u{e0100}']],
  ['outside the basic plane', '𠮷𠮷𠮷', 2, ['𠮷𠮷', '𠮷']],
])('F47 %s', (_, text, columns, lines) => {
  expect(shown(layText(text, { columns, lines: 9 }))).toEqual(lines);
});

test('F47 characters are counted as people see them', () => {
  const words = '葛\u{e0100}と𠮷\nか\u3099';
  expect(charactersIn(words)).toBe(4);
  expect(layText(words, { columns: 9, lines: 1 })).toMatchObject({
    characters: 4,
    used: 2,
    overflowAt: 7,
  });
});

test('F47 the box stands on the cell, also in tables and lists; both forms have boxes for their texts', () => {
  const box = { columns: 20, lines: 3 };
  const source = sourceWith([
    { kind: 'text', key: 't', label: '文', box },
    { kind: 'list', key: 'l', label: '一覧', rows: 1, box },
  ]);
  const small = layOut(readDefinition(source, '小'), 2022);
  for (const address of ['t', 'l__r1']) expect(small.byAddress.get(address)).toMatchObject({ box });
  for (const form of [measureForm(), formOf('jimujigyo-zaigen', 2025)]) {
    for (const cell of form.cells) if (cell.type === 'text') expect(cell.box, cell.label).toBeDefined();
  }
});
