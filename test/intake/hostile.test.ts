// Hostile and broken workbooks: always tables or a problem that says what to do, never a crash, a hang or much memory.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowTableOf } from '../../electron/core/intake/rows.ts';
import { readFilledSheet } from '../../electron/core/intake/sheet.ts';
import { readSource } from '../../electron/core/intake/source.ts';
import type { Table } from '../../electron/core/intake/table.ts';
import { LIMITS } from '../../electron/core/intake/workbook/limits.ts';
import { showNumber } from '../../electron/core/intake/workbook/numbers.ts';
import { makeProblem, ProblemError } from '../../shared/kernel/problem.ts';
import { measureForm } from '../form/sample.ts';
import { makeXlsx, place, sheetOf, xlsxParts, zipped } from './book.ts';

const form = measureForm(2022);
const vectors = path.join(import.meta.dirname, '../vectors/workbooks');
const allowed = /^(?:workbook\.(?:damaged|oversized|protected|legacy)|intake\.unreadable)$/;

/** The tables, or the code of the problem; anything else is thrown. */
async function outcomeOf(bytes: Buffer, name = '表.xlsx'): Promise<readonly Table[] | string> {
  try {
    const { tables } = await readSource(bytes, name, async () => undefined);
    return tables;
  } catch (error) {
    if (error instanceof ProblemError && allowed.test(error.problem.code)) return error.problem.code;
    throw error;
  }
}

/** The outcome, having been read on as a filled sheet and as rows, as far as it is one. */
async function readOn(bytes: Buffer): Promise<string> {
  const outcome = await outcomeOf(bytes);
  if (typeof outcome === 'string') return outcome;
  for (const table of outcome) {
    if (table.cells.length > 10_000) continue;
    readFilledSheet(form, table);
    rowTableOf(form, table);
  }
  return 'read';
}

/** The bytes with some of them changed, left out or doubled. */
function mutated(bytes: Buffer, edits: readonly { at: number; byte: number; kind: number }[]): Buffer {
  let next = Buffer.from(bytes);
  for (const { at, byte, kind } of edits) {
    const place = at % Math.max(1, next.length);
    if (kind === 0) next[place] = byte;
    else if (kind === 1) next = Buffer.concat([next.subarray(0, place), next.subarray(place + (byte % 50))]);
    else if (kind === 2) next = next.subarray(0, Math.max(1, place));
    else next = Buffer.concat([next.subarray(0, place), next.subarray(place, place + byte), next.subarray(place)]);
  }
  return next;
}

const edit = fc.record({ at: fc.nat({ max: 1_000_000 }), byte: fc.nat({ max: 255 }), kind: fc.nat({ max: 3 }) });
const edits = fc.array(edit, { minLength: 1, maxLength: 6 });

describe('mutants', () => {
  test('1,200 of whole files end as tables or problems', async () => {
    const files = ['xlsx', 'ods', 'xls', 'html'].map((ending) => readFileSync(path.join(vectors, `sample.${ending}`)));
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), edits, async (bytes, changes) => {
        seen.add(await readOn(mutated(bytes, changes)));
      }),
      { numRuns: 1_200 },
    );
    expect([...seen]).toEqual(expect.arrayContaining(['read', 'workbook.damaged']));
  });

  test('800 of the parts inside end as tables or problems', async () => {
    const rows = [['施策番号', '2-2', '施策名'], ['', '1', '2'], ['2. 施策の事業費'], ['', '2020年度決算']];
    const sheet = sheetOf('表', rows);
    const parts = xlsxParts([
      {
        ...sheet,
        cells: [...sheet.cells, { at: 'F9', value: '44651', format: '[$-411]ge.m.d' }, { at: 'G9', formula: 'A1' }],
        merges: ['A1:A2', 'C1:F1'],
        hiddenRows: [2],
      },
    ]);
    const names = Object.keys(parts);
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), edits, async (name, changes) => {
        seen.add(await readOn(zipped({ ...parts, [name]: mutated(Buffer.from(parts[name] ?? ''), changes) })));
      }),
      { numRuns: 800 },
    );
    expect([...seen]).toEqual(expect.arrayContaining(['read', 'workbook.damaged']));
  });

  test('any bytes, whatever they begin with', async () => {
    const heads = fc.constantFrom('504b0304', '504b0506', 'd0cf11e0a1b11ae1', '3c68746d6c3e', '');
    await fc.assert(
      fc.asyncProperty(heads, fc.uint8Array({ maxLength: 400 }), async (head, tail) => {
        await readOn(Buffer.concat([Buffer.from(head, 'hex'), tail]));
      }),
      { numRuns: 500 },
    );
  });

  test('any number format of any number is a text', () => {
    const piece = fc.constantFrom(
      ...[
        '0',
        '#',
        ',',
        '.',
        '%',
        ';',
        '"',
        '[',
        ']',
        '$-411',
        'ggge',
        'yyyy',
        'm',
        'd',
        'h',
        '[h]',
        's',
        'E+',
        '?',
        '/',
        '*',
        '_',
        '\\',
        '@',
        '▲',
        'General',
        '[Red]',
        '[>1]',
        'aaa',
        '[DBNum1]',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.double(), fc.boolean(), (pieces, value, is1904) => {
        expect(typeof showNumber(value, pieces.join(''), is1904).text).toBe('string');
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('bombs and traps', () => {
  const parts = xlsxParts([sheetOf('表', [['あ']])]);
  const SHEET = 'xl/worksheets/sheet1.xml';
  const withSheet = (xml: string) => zipped({ ...parts, [SHEET]: xml });
  const sheetData = (rows: string, tail = '') => `<worksheet><sheetData>${rows}</sheetData>${tail}</worksheet>`;

  /** How much more memory is in use afterwards, as a share of what the file claims to hold. */
  async function grownBy(work: () => Promise<unknown>): Promise<number> {
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    await work();
    return process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - before;
  }

  test('a part that unpacks to 300 MB is refused before it is unpacked', async () => {
    const bomb = withSheet(`<worksheet>${' '.repeat(300 * 1024 * 1024)}</worksheet>`);
    expect(bomb.length).toBeLessThan(1024 * 1024);
    const grown = await grownBy(async () => expect(await outcomeOf(bomb)).toBe('workbook.oversized'));
    expect(grown).toBeLessThan(150 * 1024 * 1024);
  });

  test('a part that unpacks to more than it declares is refused', async () => {
    const large = withSheet(sheetData(' '.repeat(5_000_000)));
    const declared = Buffer.alloc(4);
    declared.writeUInt32LE(Buffer.byteLength(sheetData(' '.repeat(5_000_000))));
    const small = Buffer.alloc(4);
    small.writeUInt32LE(1_000);
    let lying = large;
    for (let at = lying.indexOf(declared); at >= 0; at = lying.indexOf(declared, at + 1)) {
      lying = Buffer.concat([lying.subarray(0, at), small, lying.subarray(at + 4)]);
    }
    expect(await outcomeOf(lying)).toBe('workbook.damaged');
  });

  test('a part whose content was changed behind its checksum is refused', async () => {
    const stored = Buffer.from('ABCDEFGH');
    const crc = zlib.crc32(stored);
    expect(crc).not.toBe(0);
    const bytes = withSheet(sheetData('<row><c t="inlineStr"><is><t>正しい</t></is></c></row>'));
    const crcOf = Buffer.alloc(4);
    crcOf.writeUInt32LE(zlib.crc32(Buffer.from(sheetData('<row><c t="inlineStr"><is><t>正しい</t></is></c></row>'))));
    let wrong = bytes;
    for (let at = wrong.indexOf(crcOf); at >= 0; at = wrong.indexOf(crcOf, at + 4)) {
      wrong = Buffer.concat([wrong.subarray(0, at), Buffer.from([1, 2, 3, 4]), wrong.subarray(at + 4)]);
    }
    expect(await outcomeOf(wrong)).toBe('workbook.damaged');
  });

  test('entities are not expanded: a document type is refused', async () => {
    const levels = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
    const laughs = `<!DOCTYPE w [<!ENTITY l0 "ha">${levels}]>${sheetData('<row><c t="str"><v>&l9;</v></c></row>')}`;
    expect(await outcomeOf(withSheet(laughs))).toBe('workbook.damaged');
    const outside = `<!DOCTYPE w SYSTEM "file:///etc/passwd">${sheetData('')}`;
    expect(await outcomeOf(withSheet(outside))).toBe('workbook.damaged');
    expect(await outcomeOf(withSheet(sheetData('<row><c t="str"><v>&x;</v></c></row>')))).toBe('workbook.damaged');
  });

  test('too deep, too many, too far away', async () => {
    expect(await outcomeOf(withSheet(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`))).toBe('workbook.oversized');
    const areas = Array.from({ length: LIMITS.merges + 1 }, (_, row) => `<mergeCell ref="A${row + 1}:B${row + 1}"/>`);
    expect(await outcomeOf(withSheet(sheetData('', `<mergeCells>${areas.join('')}</mergeCells>`)))).toBe(
      'workbook.oversized',
    );
    for (const wrong of ['A0', 'XFE1', 'A1048577', 'ZZZZ1', '1A', '-1', 'A1:B2']) {
      const outcome = await outcomeOf(withSheet(sheetData(`<row><c r="${wrong}"><v>1</v></c></row>`)));
      expect(outcome).toBe('workbook.damaged');
    }
    expect(await outcomeOf(withSheet(sheetData('<row r="1048577"><c><v>1</v></c></row>')))).toBe('workbook.damaged');
    expect(await outcomeOf(withSheet(sheetData('<row><c t="s"><v>99</v></c></row>')))).toBe('workbook.damaged');
  });

  test('merged areas over one another and over the whole worksheet cost little', async () => {
    const rows = Array.from({ length: 500 }, (_, row) =>
      Array.from({ length: 20 }, (_, column) => `${row}・${column}`),
    );
    const merges = Array.from({ length: 2_000 }, (_, index) => `${place(0, index)}:XFD1048576`);
    const table = (await outcomeOf(makeXlsx([{ ...sheetOf('表', rows), merges }]))) as Table[];
    expect(table[0]?.cells.length).toBeLessThan(100);
    expect(table[0]?.asides.length).toBeGreaterThan(9_000);
  });

  test('a text that a million cells share counts as often as it stands there', async () => {
    const shared = zipped({
      ...parts,
      'xl/sharedStrings.xml': `<sst><si><t>${'長'.repeat(30_000)}</t></si></sst>`,
      [SHEET]: sheetData(`<row>${'<c t="s"><v>0</v></c>'.repeat(10_000)}</row>`),
    });
    expect(await outcomeOf(shared)).toBe('workbook.oversized');
  });

  test('rows that an .ods only repeats cost nothing while they are blank, and are counted where they are not', async () => {
    const ods = (rows: string) =>
      zipped({
        'content.xml': `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><table:table table:name="表">${rows}</table:table></office:body></office:document-content>`,
        'META-INF/manifest.xml': '<manifest/>',
      });
    const blank =
      '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>';
    expect(await outcomeOf(ods(blank.repeat(100)))).toMatchObject([{ cells: [] }]);
    const filled = blank.replace('/></table:table-row>', '><text:p>あ</text:p></table:table-cell></table:table-row>');
    expect(await outcomeOf(ods(filled))).toBe('workbook.oversized');
    const spaces = `<table:table-row><table:table-cell><text:p>あ<text:s text:c="900000000"/>い</text:p></table:table-cell></table:table-row>`;
    expect(await outcomeOf(ods(spaces))).toMatchObject([{ cells: [{ row: 0 }] }]);
  });

  test('wide spans of a page cost no more than its cells', async () => {
    const cells = '<td rowspan="1000000" colspan="1000000">あ</td>'.repeat(16);
    expect(await outcomeOf(Buffer.from(`<table><tr>${cells}</tr></table>`))).toMatchObject([{ cells: { length: 16 } }]);
    expect(await outcomeOf(Buffer.from(`<table><tr>${cells}${cells}</tr></table>`))).toBe('workbook.oversized');
    for (const tag of ['<table><tr><td>', '<b>', '<div>']) {
      expect(await outcomeOf(Buffer.from(`<html>${tag.repeat(1_000_000)}`))).toBe('workbook.oversized');
    }
  });

  test('what is under a password, binary or something else altogether says so', async () => {
    const compound = (stream: string) =>
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(stream, 'utf16le')]);
    expect(await outcomeOf(compound('EncryptedPackage'))).toBe('workbook.protected');
    expect(await outcomeOf(compound('Workbook'))).toBe('workbook.legacy');
    expect(await outcomeOf(compound('WordDocument'))).toBe('workbook.damaged');
    const locked = { 'content.xml': 'x', 'META-INF/manifest.xml': '<m:manifest><m:encryption-data/></m:manifest>' };
    expect(await outcomeOf(zipped(locked))).toBe('workbook.protected');
    expect(await outcomeOf(zipped({ ...parts, 'xl/workbook.bin': 'x' }))).toBe('workbook.legacy');
    expect(await outcomeOf(zipped({ 'word/document.xml': '<w/>' }))).toBe('intake.unreadable');
    expect(await outcomeOf(zipped({ ...parts, 'XL/Workbook.xml': '<workbook/>' }))).toBe('workbook.damaged');
  });

  test('parts lead nowhere outside of the archive', async () => {
    const rels = (target: string) =>
      zipped({
        ...parts,
        '_rels/.rels': `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="${target}"/></Relationships>`,
      });
    for (const target of [
      '../../../../etc/passwd',
      'file:///etc/passwd',
      'C:\\Windows\\win.ini',
      'http://example.invalid/x',
    ]) {
      expect(await outcomeOf(rels(target))).toBe('workbook.damaged');
    }
  });

  test('reading can be stopped', async () => {
    const large = withSheet(sheetData(' '.repeat(5_000_000)));
    const stop = new ProblemError(makeProblem('task.cancelled', {}));
    await expect(readSource(large, '表.xlsx', () => Promise.reject(stop))).rejects.toBe(stop);
  });
});
