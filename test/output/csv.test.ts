// CSV as the office gets it: in UTF-8 and CP932, read back by another reader, with nothing lost unasked.
import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { parseCsv } from 'hucre/csv';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TIDY_HEADINGS } from '../../electron/core/output/machine.ts';
import type { Input } from '../../shared/contract/contract.ts';
import { cp932Pieces, fitsCp932, GETA, standInFor } from '../../shared/form/standin.ts';
import { text } from '../arbitrary.ts';
import { makeOffice, makeWorld, type Workspace, type World } from '../core/world.ts';

const INTENT = 'ため池 3㎥を 5㏊に、𠮷田–⑴\n「㎥」と👨‍👩‍👧、㉑';
const LOST = ['㎥', '㏊', '𠮷', '–', '⑴', '👨‍👩‍👧', '㉑'];

let world: World;
let office: Workspace;
beforeAll(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  await office.ask('cell.set', {
    sheet: '2-2',
    cells: [
      { cell: '意図', raw: INTENT },
      { cell: '結果', raw: '=1+1' },
      { cell: '対象', raw: ' \t-2+3' },
    ],
  });
});
afterAll(() => world.close());

type Options = Omit<Input<'export.write'>, 'file' | 'format'>;
async function csvOf(options: Options): Promise<Buffer> {
  const file = world.at('一覧.csv');
  await office.ask('export.write', { file: office.offer(file), format: 'csv', ...options });
  return readFile(file);
}
/** Rows of the table, read by two readers that agree. */
function rowsOf(written: string): string[][] {
  const rows = parse(written, { bom: true, relaxColumnCount: true }) as string[][];
  expect(
    parseCsv(written, { delimiter: ',', skipBom: true, skipEmptyRows: true }).map((row) => row.map(String)),
  ).toEqual(rows);
  return rows;
}
const cellOf = (rows: string[][], number: string, heading: string) =>
  rows.find(([first]) => first === number)?.[rows[0]?.indexOf(heading) ?? -1];

describe('a CSV in UTF-8', () => {
  test('has its mark, one row a sheet, and every character as it was typed', async () => {
    const bytes = await csvOf({});
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
    const rows = rowsOf(bytes.toString());
    expect(rows).toHaveLength(4);
    expect(cellOf(rows, '2-2', '意図')).toBe(INTENT);
  });

  test('holds a code as it is, and no text that a spreadsheet would run', async () => {
    const rows = rowsOf((await csvOf({})).toString());
    expect(cellOf(rows, '2-2', '施策番号')).toBe('2-2');
    expect(cellOf(rows, '2-2', '結果')).toBe("'=1+1");
    for (const one of rows.flat()) expect(one).not.toMatch(/^[=+@\t]/);
  });

  test('of one row a cell is one table with the same headings for all sheets', async () => {
    const [headings, ...rows] = rowsOf((await csvOf({ rows: 'cells' })).toString());
    expect(headings).toEqual([...TIDY_HEADINGS]);
    const at = (row: string[], heading: (typeof TIDY_HEADINGS)[number]) => row[TIDY_HEADINGS.indexOf(heading)];
    const intent = rows.filter((row) => at(row, '番地') === 'intent');
    expect(intent.map((row) => at(row, 'シート番号'))).toEqual(['1-1', '2-1', '2-2']);
    expect(intent.map((row) => at(row, '文字'))).toEqual(['', '', INTENT]);
    expect(intent.map((row) => at(row, '状態'))).toEqual(['未記入', '未記入', '']);
  });

  test('for the public has no column of an internal cell', async () => {
    const [internal, open] = [
      rowsOf((await csvOf({})).toString()),
      rowsOf((await csvOf({ edition: 'public' })).toString()),
    ];
    expect(internal[0]).toContain('課長名');
    expect(open[0]).not.toContain('課長名');
  });
});

describe('a CSV in CP932', () => {
  test('is not written where characters would be lost: they are told, and the older file stays', async () => {
    const before = await csvOf({});
    const file = office.offer(world.at('一覧.csv'));
    const problem = await office.problem('export.write', { file, format: 'csv', encoding: 'cp932' });
    expect(problem).toMatchObject({ code: 'text.unencodable', details: { count: LOST.length } });
    expect(problem.message).toContain('㎥（U+33A5）');
    expect((await readFile(world.at('一覧.csv'))).equals(before)).toBe(true);
    expect((await readdir(world.folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('says before it is written which characters would be lost, where, and what is usually written', async () => {
    const { characters } = await office.ask('export.losses', {});
    expect(characters.map(({ character }) => character).toSorted()).toEqual(LOST.toSorted());
    expect(characters[0]).toMatchObject({
      character: '㎥',
      code: 'U+33A5',
      usual: 'm3',
      count: 2,
      places: [{ number: '2-2', label: '意図' }],
    });
    expect(characters.find(({ character }) => character === '👨‍👩‍👧')).toMatchObject({ usual: null });
    const tidy = await office.ask('export.losses', { rows: 'cells', sheets: ['2-2'] });
    expect(tidy.characters.map(({ places }) => places[0]?.label)).toEqual(LOST.map(() => '意図'));
    expect(await office.ask('export.losses', { sheets: ['1-1'] })).toEqual({ characters: [] });
  });

  test('with what is usually written instead, or with 〓, holds the rest as it was', async () => {
    const usual = rowsOf(iconv.decode(await csvOf({ encoding: 'cp932', standIns: 'usual' }), 'cp932'));
    expect(cellOf(usual, '2-2', '意図')).toBe('ため池 3m3を 5haに、吉田-(1)\n「m3」と〓、(21)');
    const geta = rowsOf(iconv.decode(await csvOf({ encoding: 'cp932', standIns: 'geta' }), 'cp932'));
    expect(cellOf(geta, '2-2', '意図')).toBe('ため池 3〓を 5〓に、〓田〓〓\n「〓」と〓、〓');
  });

  test('where nothing would be lost is the same table without a mark', async () => {
    const bytes = await csvOf({ encoding: 'cp932', sheets: ['1-1', '2-1'] });
    const plain = (await csvOf({ sheets: ['1-1', '2-1'] })).toString().replace(/^\uFEFF/, '');
    expect(iconv.decode(bytes, 'cp932')).toBe(plain);
  });
});

describe('stand-ins', () => {
  test('are made of what CP932 holds, and only for what it lacks; the pieces are the text', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'grapheme' })), (any) => {
        const pieces = cp932Pieces(any);
        expect(pieces.map((piece) => piece.text).join('')).toBe(any);
        for (const { text: piece, fits } of pieces) {
          const bytes = iconv.encode(piece, 'cp932');
          if (fits) expect(iconv.decode(bytes, 'cp932')).toBe(piece);
          else expect(fitsCp932(standInFor(piece) ?? GETA)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('never change what is said', () => {
    // 10² is not 102, half is not 1/2 behind a 3, and a heart has no letters.
    for (const character of ['²', '½', '♡', '👨‍👩‍👧']) expect(standInFor(character), character).toBeUndefined();
    expect(['㎥', '⑴', '㉑', '〜', '葛\u{e0100}', 'か\u3099', 'é', '☑'].map(standInFor)).toEqual([
      'm3',
      '(1)',
      '(21)',
      '～',
      '葛',
      'が',
      'e',
      '■',
    ]);
  });
});
