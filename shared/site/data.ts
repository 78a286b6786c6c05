// The published sheets as open data: what the JSON beside the pages holds, and the schema that says so.
// Promise: only cells of the edition are in it; a number keeps every digit that was typed.
import { z } from 'zod';
import { type Cell, NUMBER_STATES, rawAddress, stateAddress, type Values } from '../form/cell.ts';
import { withComputed } from '../form/compute.ts';
import type { Form } from '../form/form.ts';
import { showOption } from '../form/reading.ts';
import { numberPattern } from '../form/validate.ts';
import { cellsIn, identityIn } from '../paper/edition.ts';

const year = z.int().meta({ description: '会計年度（西暦）' });
const day = z.iso.date();

const columnSchema = z.strictObject({
  key: z.string().meta({ description: '欄の番地。様式の中でただ一つ' }),
  label: z.string().meta({ description: '欄の見出し' }),
  type: z
    .enum(['text', 'number', 'year', 'choice', 'mark'])
    .meta({ description: 'text＝文、number＝数、year＝会計年度、choice＝選択肢の記号、mark＝該当するとき true' }),
  unit: z.string().optional().meta({ description: '数の単位（様式で決まっているとき）' }),
  options: z
    .array(z.strictObject({ code: z.string(), label: z.string() }))
    .optional()
    .meta({ description: '選択肢の記号と意味' }),
});

const cellSchema = z.strictObject({
  value: z
    .union([z.string(), z.number(), z.boolean()])
    .optional()
    .meta({ description: '値。ないのは、値の代わりに state か raw がある欄' }),
  state: z
    .enum(NUMBER_STATES.map(({ label }) => label))
    .optional()
    .meta({ description: '数の確からしさ、または数がない理由' }),
  raw: z.string().optional().meta({ description: '数として読めていない、書かれたままの文字' }),
});

/** What stands in the JSON file; `toJSONSchema` of it is published beside the file. */
export const openDataSchema = z
  .strictObject({
    $schema: z.string(),
    format: z.literal('hyoka-open-data/1'),
    title: z.string(),
    publisher: z.string().meta({ description: '公表した団体。空のこともある' }),
    office: z.string().meta({ description: '取りまとめの課' }),
    source: z.string().meta({ description: '出典の示し方' }),
    licence: z.string().meta({ description: '利用条件' }),
    edition: z.enum(['internal', 'public']),
    publication: z.int().min(1).nullable().meta({ description: '公表の号。null は公表前の案' }),
    updated: day.meta({ description: '公表した日（案は作った日）' }),
    evaluationYear: year,
    subjectYear: year,
    forms: z.array(
      z.strictObject({ id: z.string(), version: z.int(), title: z.string(), columns: z.array(columnSchema) }),
    ),
    sheets: z.array(
      z.strictObject({
        number: z.string(),
        name: z.string(),
        departments: z.array(z.string()),
        form: z.strictObject({ id: z.string(), version: z.int() }),
        page: z.string().optional().meta({ description: '同じ内容のページ（このファイルからの相対）' }),
        cells: z.record(z.string(), cellSchema).meta({ description: '欄の番地ごとの内容。空欄は含まない' }),
      }),
    ),
  })
  .meta({ title: '行政評価シートのオープンデータ' });
export type OpenData = z.input<typeof openDataSchema>;

/** The JSON Schema (draft 2020-12) of the data, as text. */
export const openDataJsonSchema = (): string => `${JSON.stringify(z.toJSONSchema(openDataSchema), null, 2)}\n`;

export type DataSheet = { form: Form; values: Values; departments: readonly string[]; page?: string };
type Edition = 'internal' | 'public';

const typeOf = (cell: Cell): OpenData['forms'][number]['columns'][number]['type'] => {
  if (cell.type === 'decimal') return cell.isYear ? 'year' : 'number';
  return cell.type === 'code' ? 'choice' : cell.type === 'flag' ? 'mark' : 'text';
};

/** What a form's columns are. */
export const formData = (form: Form, edition: Edition): OpenData['forms'][number] => ({
  id: form.definition.id,
  version: form.definition.version,
  title: form.definition.title,
  columns: cellsIn(form, edition).map((cell) => ({
    key: cell.address,
    label: cell.label,
    type: typeOf(cell),
    ...(cell.type === 'decimal' && cell.unit !== undefined ? { unit: cell.unit } : {}),
    ...(cell.type === 'code' ? { options: cell.options.map(({ code, label }) => ({ code, label })) } : {}),
  })),
});

/** A value as JSON text. A decimal is a number of JSON as it stands, digit for digit. */
function valueText(cell: Cell, values: Values): string | undefined {
  const value = values[cell.address];
  if (value === undefined) return undefined;
  const isNumber = cell.type === 'decimal' && typeof value === 'string' && numberPattern(cell).test(value);
  return isNumber ? value : JSON.stringify(value);
}

/** How firm a number is, in words; undefined where nothing is said. */
export const stateOf = (cell: Cell, values: Values): string | undefined =>
  NUMBER_STATES.find(({ code }) => code === values[stateAddress(cell.address)])?.label;

/** One sheet as JSON text: an item of `sheets`. */
export function sheetDataText({ form, values: stored, departments, page }: DataSheet, edition: Edition): string {
  const values = withComputed(form, stored);
  const { number, name } = identityIn(form, values, edition);
  const cells = cellsIn(form, edition).flatMap((cell) => {
    const value = valueText(cell, values);
    const state = stateOf(cell, values);
    const raw = value === undefined ? values[rawAddress(cell.address)] : undefined;
    const parts = [
      value === undefined ? [] : [`"value":${value}`],
      state === undefined ? [] : [`"state":${JSON.stringify(state)}`],
      raw === undefined ? [] : [`"raw":${JSON.stringify(raw)}`],
    ].flat();
    return parts.length > 0 ? [`${JSON.stringify(cell.address)}:{${parts.join(',')}}`] : [];
  });
  const { id, version } = form.definition;
  const head = JSON.stringify({
    ...{ number, name, departments, form: { id, version } },
    ...(page === undefined ? {} : { page }),
  });
  return `${head.slice(0, -1)},"cells":{${cells.join(',')}}}`;
}

/** What stands in the file before the sheets. */
export const openDataHead = (head: Omit<OpenData, '$schema' | 'format' | 'sheets'>): Omit<OpenData, 'sheets'> => ({
  $schema: './sheets.schema.json',
  format: 'hyoka-open-data/1',
  ...head,
});

/** A choice as a list shows it: its code where that is what people call it, else its words. */
export const shortChoice = (cell: Cell, values: Values): { text: string; meaning: string } => {
  const option = cell.type === 'code' ? cell.options.find(({ code }) => code === values[cell.address]) : undefined;
  if (!option) return { text: '', meaning: '' };
  const meaning = showOption(option);
  return { text: meaning === option.label ? option.label : option.code, meaning };
};
