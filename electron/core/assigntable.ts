// The table that says which department has which sheets, as rows under headings: a workbook, or CSV and TSV as Excel writes
// them. Raises assignment.invalid with the line that cannot be read, and what reading a workbook raises.
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import { fail } from '../../shared/kernel/problem.ts';
import { readSource } from './intake/source.ts';
import type { Table } from './intake/table.ts';
import { kindOf } from './intake/workbook/workbook.ts';

export type Row = ParsedInput<'sheet.assign'>['rows'][number];
/** A line of the table, numbered as the person sees it. */
type Line = { line: number; texts: readonly string[] };

/** The rows of a file: a workbook's first worksheet with something in it, or the text of a CSV. */
export async function readTable(bytes: Buffer, name: string, pause: () => Promise<void>): Promise<Row[]> {
  if (kindOf(bytes) === undefined) return rowsUnder(linesOfText(bytes));
  const { tables } = await readSource(bytes, name, pause);
  const table = tables.find(({ cells, isHidden }) => !isHidden && cells.length > 0);
  return rowsUnder(table ? linesOfTable(table) : []);
}

/** UTF-8 with or without BOM, else CP932. */
function linesOfText(bytes: Buffer): Line[] {
  const utf8 = iconv.decode(bytes, 'utf8');
  const text = utf8.includes('\uFFFD') ? iconv.decode(bytes, 'cp932') : utf8;
  const delimiter = text.split('\n', 1)[0]?.includes('\t') ? '\t' : ',';
  try {
    const records = parse(text, { bom: true, delimiter, relaxColumnCount: true, info: true, skipEmptyLines: true });
    return (records as unknown as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      line: info.lines,
      texts: record,
    }));
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1;
    return fail('assignment.invalid', { line, reason: '引用符または区切りが正しくない' });
  }
}

/** How a number looks that a spreadsheet shows as a date or a time: 2月2日, 2022/2/2, 2-Feb, R4.2.2, 2:02. */
const SHOWN_DATE = /\d(?:[月日]|年(?!度))|\d[-/:]\d|[A-Za-z]{3}|[MTSHR]\d/i;
const DATE = /^\d{1,2}月\d{1,2}日$/;
/** A title above the table fills fewer cells than its headings. */
const HEADINGS = 3;

function linesOfTable({ cells }: Table): Line[] {
  const lines = new Map<number, string[]>();
  for (const { row, column, text, isNumber } of cells) {
    // "2-2" typed into a cell is a date to a spreadsheet: nobody meant it, and what was meant cannot be told any more.
    if ((isNumber && SHOWN_DATE.test(text)) || DATE.test(text.trim())) {
      const reason = `「${text}」が日付になっている。セルの書式を文字列にして、打ち直す`;
      fail('assignment.invalid', { line: row + 1, reason });
    }
    const texts = lines.get(row) ?? [];
    texts[column] = text;
    lines.set(row, texts);
  }
  const all = [...lines].map(([row, texts]) => ({ line: row + 1, texts: Array.from(texts, (text) => text ?? '') }));
  const head = all.findIndex(({ texts }) => texts.filter((text) => text !== '').length >= HEADINGS);
  return all.slice(Math.max(0, head));
}

function rowsUnder([head, ...body]: readonly Line[]): Row[] {
  const headings = (head?.texts ?? []).map((heading) => heading.trim());
  const line = head?.line ?? 1;
  const doubled = headings.find((heading, index) => heading !== '' && headings.indexOf(heading) !== index);
  if (doubled !== undefined) fail('assignment.invalid', { line, reason: `見出し「${doubled}」が二つある` });
  const rows = body.filter(({ texts }) => texts.some((cell) => cell.trim() !== ''));
  if (rows.length === 0) fail('assignment.invalid', { line, reason: '見出しの下に行がない' });
  return rows.map((row) => ({ line: row.line, cells: cellsUnder(headings, row) }));
}

function cellsUnder(headings: readonly string[], { line, texts }: Line): Record<string, string> {
  const entries = texts.map((cell, index) => [headings[index] ?? '', cell.trim()] as const);
  const stray = entries.find(([heading, cell]) => heading === '' && cell !== '');
  if (stray) fail('assignment.invalid', { line, reason: `「${stray[1]}」の列に見出しがない` });
  return Object.fromEntries(entries.filter(([heading]) => heading !== ''));
}
