// export.write: every sheet as data, and the first of them as workbooks. JSON against the way from file to file that no
// export can do without; tables against a library that has all cells in memory already (csv-stringify, hucre); the form
// view against laying the same sheets out, which no form view can do without.
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { readOds, writeOds } from 'hucre/ods';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import type { Input } from '../../shared/contract/contract.ts';
import { layOut, readDefinition } from '../../shared/form/form.ts';
import { paperOf } from '../../shared/paper/paper.ts';
import { openBare, readRow, SHEET_ROWS } from './bare.ts';
import { type Line, race, type Side } from './measure.ts';
import { type Asker, openAsker, type Town } from './town.ts';

/** Sheets in workbooks and tables of one row a cell: the rivals hold all of their cells at once. */
const MOST = 250;
/** An export takes seconds: more than three would only take patience. */
const ROUNDS = 3;

type Options = Omit<Input<'export.write'>, 'file'>;

function writeDurably(file: string, bytes: string | Uint8Array): void {
  const handle = openSync(file, 'w');
  // A string would be encoded by the call, bytes not.
  writeSync(handle, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  fsyncSync(handle);
  closeSync(handle);
}

export async function exports(town: Town, rounds: number): Promise<Line[]> {
  const source = await town.copyOf(town.full);
  const asker = await openAsker(source);
  const db = openBare(source);
  const select = db.prepare(`${SHEET_ROWS} ORDER BY r.position`);
  const chosen = (await asker.ask('sheet.list', {})).sheets.slice(0, MOST).map(({ id }) => id);
  const bare = path.join(town.folder, 'bare');
  const lines: Line[] = [];

  async function add(what: string, options: Options, note: string, floorOf: (file: string) => Promise<Side>) {
    const file = path.join(town.folder, `export.${options.format}`);
    const ours = { run: () => asker.ask('export.write', { file: asker.offer(file), ...options }) };
    await ours.run();
    const raced = await race(ours, await floorOf(file), Math.min(rounds, ROUNDS));
    const count = options.sheets?.length ?? town.sheets;
    lines.push({ name: `export ${what}, ${count} sheets`, unit: 'ms', ...raced, note });
  }

  const rows = () => select.all().map(readRow);
  await add('json', { format: 'json' }, 'SELECT, parse, stringify, fsync', async () => ({
    run: () => writeDurably(bare, JSON.stringify(rows())),
  }));
  for (const [what, options] of [
    ['csv', { format: 'csv' }],
    ['csv, a row a cell', { format: 'csv', rows: 'cells', sheets: chosen }],
  ] satisfies [string, Options][]) {
    await add(what, options, 'csv-stringify of the same cells, fsync', async (file) => {
      const cells = parse(readFileSync(file), { bom: true, relaxColumnCount: true }) as string[][];
      return { run: () => writeDurably(bare, stringify(cells)) };
    });
  }
  const tables = { view: 'machine', sheets: chosen } as const;
  await add('xlsx, tables', { format: 'xlsx', ...tables }, 'hucre writeXlsx of the same cells, fsync', async (file) => {
    const sheets = plain(await readXlsx(readFileSync(file)));
    return { run: async () => writeDurably(bare, await writeXlsx({ sheets })) };
  });
  await add('ods, tables', { format: 'ods', ...tables }, 'hucre writeOds of the same cells, fsync', async (file) => {
    const sheets = plain(await readOds(readFileSync(file)));
    return { run: async () => writeDurably(bare, await writeOds({ sheets })) };
  });
  const laying = await layingOut(asker, chosen);
  for (const format of ['xlsx', 'ods'] as const) {
    await add(
      `${format}, forms`,
      { format, view: 'form', sheets: chosen },
      'paperOf of the same values',
      async () => laying,
    );
  }
  db.close();
  await asker.close();
  return lines;
}

/** Names and cells alone: looks and widths are not what is raced. */
const plain = ({ sheets }: Awaited<ReturnType<typeof readXlsx>>) => sheets.map(({ name, rows }) => ({ name, rows }));

/** Laying the sheets out on paper, from values that lie in memory. */
async function layingOut(asker: Asker, chosen: readonly string[]): Promise<Side> {
  const forms = new Map<string, ReturnType<typeof layOut>>();
  const filled: { form: ReturnType<typeof layOut>; values: Parameters<typeof paperOf>[1] }[] = [];
  for (const sheet of chosen) {
    const { form: hash, year, values } = await asker.ask('sheet.show', { sheet });
    const known = forms.get(hash);
    const { definition } = known ? { definition: null } : await asker.ask('form.show', { form: hash });
    const form = known ?? layOut(readDefinition(definition, hash), year);
    forms.set(hash, form);
    filled.push({ form, values });
  }
  return {
    run: () => {
      for (const { form, values } of filled) paperOf(form, values, { edition: 'internal', years: 'western' });
    },
  };
}
