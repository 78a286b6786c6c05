// CSV: the machine view's tables as text, in UTF-8 with its mark or in CP932.
// Promise: no character is ever replaced unasked, and no text begins as a formula. A code such as 2-2 stands there as it is:
// spellings that keep Excel from reading a date (="2-2", a tab, a zero-width sign) are formulas or change the datum for
// every other reader. Whoever opens the file by a click in Excel is led to .xlsx, where codes are texts.
import iconv from 'iconv-lite';
import type { EncodingLosses } from '../../../shared/contract/views.ts';
import { cp932Pieces, GETA, standInFor } from '../../../shared/form/standin.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import { valuesOf } from '../store/sheets.ts';
import type { Task } from '../task.ts';
import type { Value } from './book.ts';
import { inert } from './inert.ts';
import { type ExportInput, FEW_AT_ONCE, type Maker, sheetSlices, type TableJob } from './job.ts';
import { TIDY_HEADINGS, tidyRows, wideColumns, wideRow } from './machine.ts';
import { spellRow } from './table.ts';
import { type Batch, batchesOf } from './workbook.ts';

/** Rows of texts with where they come from: a sheet's id and number, none for headings. */
type Lines = { sheet: string; number: string; rows: string[][] };

export const makeCsv: Maker = async (task, job) => {
  const { encoding, standIns } = job.input;
  const passes = encoding === 'cp932' && standIns === 'none' ? 2 : 1;
  const batches = await batchesOf(task, job, passes * job.listed.length);
  if (passes === 2) refuseLosses(await lossesIn(task, job, batches, { before: 0, passes }));
  const texts = tables(task, job, batches, { before: (passes - 1) * job.listed.length, passes });
  await task.ports.files.stream(job.file, encoded(texts, job.input), { replace: true });
};

/** What the CSV of these sheets would lose in CP932. */
export async function csvLosses(task: Task, job: TableJob): Promise<EncodingLosses> {
  const batches = await batchesOf(task, job, job.listed.length);
  return { characters: await lossesIn(task, job, batches, { before: 0, passes: 1 }) };
}

async function* encoded(
  tables: AsyncIterable<Lines[]>,
  { encoding, standIns }: Pick<ExportInput, 'encoding' | 'standIns'>,
): AsyncGenerator<Uint8Array> {
  if (encoding === 'utf-8') yield Buffer.from('\uFEFF');
  for await (const lines of tables) {
    const text = lines.flatMap(({ rows }) => rows.map(spellRow)).join('');
    yield encoding === 'utf-8' ? Buffer.from(text) : iconv.encode(substituted(text, standIns), 'cp932');
  }
}

/** The text with a stand-in for every character that CP932 lacks. */
function substituted(text: string, standIns: ExportInput['standIns']): string {
  const instead = (character: string) => (standIns === 'usual' ? (standInFor(character) ?? GETA) : GETA);
  return cp932Pieces(text)
    .map(({ text: piece, fits }) => (fits ? piece : instead(piece)))
    .join('');
}

/** A datum as CSV has it: a number bare, a text so that it is no formula. */
export const textOf = (value: Value): string =>
  value === null ? '' : 'decimal' in value ? value.decimal : inert(value.text);

type Passes = { before: number; passes: number };

/** The tables, slice by slice. In the wide one, sheets of another form stand below under headings of their own. */
async function* tables(task: Task, job: TableJob, batches: readonly Batch[], walk: Passes): AsyncGenerator<Lines[]> {
  let { before } = walk;
  const total = walk.passes * job.listed.length;
  const isWide = job.input.rows === 'sheets';
  if (!isWide) yield [headed([...TIDY_HEADINGS])];
  for (const [at, { form, fields, listed, publication }] of batches.entries()) {
    const columns = wideColumns(fields);
    if (isWide && at > 0) yield [headed([''])];
    if (isWide) yield [headed(columns.map(({ heading }) => heading))];
    yield* sheetSlices(
      task,
      { listed, publication },
      (sheet, line): Lines => {
        const values = valuesOf(sheet);
        const rows = isWide ? [wideRow(form, values, columns)] : tidyRows(form, values, fields, job.input.edition);
        return { sheet: line.id, number: line.number, rows: rows.map((row) => row.map(textOf)) };
      },
      { before, total, atOnce: FEW_AT_ONCE },
    );
    before += listed.length;
  }
}

const headed = (headings: readonly string[]): Lines => ({ sheet: '', number: '', rows: [headings.map(inert)] });

/** Places of a character that are named. */
const NAMED_PLACES = 5;

type Found = EncodingLosses['characters'][number];

async function lossesIn(task: Task, job: TableJob, batches: readonly Batch[], walk: Passes): Promise<Found[]> {
  const found = new Map<string, Found>();
  let headings: readonly string[] = [];
  for await (const slice of tables(task, job, batches, walk)) {
    for (const { sheet, number, rows } of slice) {
      if (sheet === '') headings = rows[0] ?? [];
      for (const row of rows)
        for (const [at, text] of row.entries())
          for (const { text: character, fits } of cp932Pieces(text))
            if (!fits) note(found, character, { sheet, number, label: labelOf(job, headings, row, at) });
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count || (a.character < b.character ? -1 : 1));
}

/** What the cell of a row is called: its column's heading, in the tidy table the row's own. */
const labelOf = ({ input }: TableJob, headings: readonly string[], row: readonly string[], at: number): string =>
  (input.rows === 'sheets' ? headings[at] : row[TIDY_HEADINGS.indexOf('欄')]) ?? '';

function note(found: Map<string, Found>, character: string, place: Found['places'][number]): void {
  const known = found.get(character);
  if (!known) {
    const usual = standInFor(character) ?? null;
    found.set(character, { character, code: codeOf(character), usual, count: 1, places: [place] });
    return;
  }
  known.count += 1;
  const isNamed = known.places.some(({ sheet, label }) => sheet === place.sheet && label === place.label);
  if (!isNamed && known.places.length < NAMED_PLACES) known.places.push(place);
}

const codeOf = (character: string): string =>
  Array.from(character, (c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`).join(' ');

/** Characters that a message names. */
const NAMED = 10;

function refuseLosses(found: readonly Found[]): void {
  if (found.length === 0) return;
  const characters = found.slice(0, NAMED).map(({ character, code }) => `${character}（${code}）`);
  fail('text.unencodable', { characters, count: found.length });
}
