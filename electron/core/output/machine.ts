// The machine view: what the sheets say as tables by the rules of 総務省「統計表における機械判読可能なデータの表記方法の
// 統一ルール」 (2020-12): one datum a cell, numbers as numbers, one heading row, nothing merged, western years, units and
// states in columns of their own. Excel, OpenDocument and CSV spell these same tables.
import { cellsOf } from '../../../shared/form/block.ts';
import {
  type Cell,
  isComputed,
  isFilled,
  NUMBER_STATES,
  type Option,
  rawAddress,
  stateAddress,
  type Values,
} from '../../../shared/form/cell.ts';
import { reasonsIn } from '../../../shared/form/checks.ts';
import { withComputed } from '../../../shared/form/compute.ts';
import type { Form } from '../../../shared/form/form.ts';
import { stateLabel } from '../../../shared/form/label.ts';
import { UNREAD_TAIL } from '../../../shared/form/reading.ts';
import { identityIn } from '../../../shared/paper/edition.ts';
import { numberValue, type Value } from './book.ts';

export type Edition = 'internal' | 'public';

/** A cell of the form with the headings over it. `unitAt`: where a table says the unit beside its numbers. */
export type Field = {
  cell: Cell;
  section: string;
  group: string;
  layout: string;
  year?: number;
  unitAt?: string;
};

/** The cells that an edition shows, in reading order, also those that are not on paper. */
export function fieldsOf(form: Form, edition: Edition): Field[] {
  return form.sections.flatMap((section) =>
    section.groups.flatMap((group) =>
      group.blocks.flatMap((block) => {
        const years = new Map<string, number>();
        const units = new Map<string, string>();
        if (block.layout === 'grid') {
          for (const { cells } of block.rows)
            for (const [at, cell] of cells.entries()) {
              const year = block.columns[at]?.year;
              if (cell && year !== undefined) years.set(cell.address, year);
            }
          for (const { base, upper, actuals, target, unit } of block.indicators)
            for (const address of [base, upper, target.address, ...actuals.map((actual) => actual.address)])
              if (address !== undefined) units.set(address, unit);
        }
        return cellsOf(block)
          .filter((cell) => edition === 'internal' || cell.public)
          .map((cell): Field => {
            const [year, unitAt] = [years.get(cell.address), units.get(cell.address)];
            return {
              cell,
              section: section.title,
              group: group.label,
              layout: block.layout,
              ...(year === undefined ? {} : { year }),
              ...(unitAt === undefined ? {} : { unitAt }),
            };
          });
      }),
    ),
  );
}

const words = (text: string): Value => (text === '' ? null : { text });
const whole = (number: number): Value => ({ decimal: String(number) });

/** An option as one datum: its letter where people say the letter, else its words. */
const optionWord = ({ code, label }: Option): string => (/^[A-Z0-9]{1,2}$/.test(code) ? code : label);

const stateOf = (cell: Cell, values: Values): string =>
  NUMBER_STATES.find(({ code }) => code === values[stateAddress(cell.address)])?.label ?? '';

const rawOf = (cell: Cell, values: Values): string | undefined => {
  const raw = values[cell.address] === undefined ? values[rawAddress(cell.address)] : undefined;
  return raw === undefined ? undefined : String(raw);
};

/** One column of the wide table. `field` says of which cell; `isState` for the column of its states. */
export type WideColumn = { heading: string; field: Field; isState: boolean };

/** One row a sheet: a column for each cell, and one beside each number that may be 見込, 該当なし or the like. */
export const wideColumns = (fields: readonly Field[]): WideColumn[] =>
  fields.flatMap((field) => {
    const { cell } = field;
    const own = { heading: cell.label, field, isState: false };
    const hasStates = cell.type === 'decimal' && cell.states.length > 0;
    return hasStates ? [own, { heading: stateLabel(cell), field, isState: true }] : [own];
  });

/** The row of one sheet with these values (as stored) under these columns. */
export function wideRow(form: Form, stored: Values, columns: readonly WideColumn[]): Value[] {
  const values = withComputed(form, stored);
  return columns.map(({ field: { cell }, isState }) => {
    if (isState) return words(stateOf(cell, values));
    const raw = rawOf(cell, values);
    return raw === undefined ? datumOf(cell, values) : words(isFilled(cell, values) ? '' : `${raw}${UNREAD_TAIL}`);
  });
}

function datumOf(cell: Cell, values: Values): Value {
  const value = values[cell.address];
  if (value === undefined || value === false) return null;
  if (value === true) return words('○');
  if (cell.type === 'decimal' && isNumeral(value)) return numberValue(value);
  if (cell.type !== 'code') return words(value);
  const option = cell.options.find(({ code }) => code === value);
  return words(option ? optionWord(option) : value);
}

/** Words can stand in a number's place, when last year's form had a text there. */
const isNumeral = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

export const TIDY_HEADINGS = [
  'シート番号',
  'シート名',
  '担当課',
  '評価年度',
  '対象年度',
  '様式',
  '様式の版',
  '番地',
  '区分',
  '見出し',
  '欄',
  '年度',
  '単位',
  '数値',
  '文字',
  'コード',
  '状態',
  '理由',
] as const;

/** Nobody has filled it in. Blank, 0 and 該当なし are three facts. */
const BLANK = '未記入';
const UNREAD = '要確認';

/** One row for each cell of a sheet. What an unused row of a table or list leaves blank is no datum and has none. */
export function tidyRows(form: Form, stored: Values, fields: readonly Field[], edition: Edition): Value[][] {
  const values = withComputed(form, stored);
  const { number, name, unit } = identityIn(form, values, edition);
  const { id, version } = form.definition;
  const head = [
    ...[number, name, unit].map(words),
    ...[form.year, form.subjectYear].map(whole),
    words(id),
    whole(version),
  ];
  const reasons = new Map<string, string[]>();
  // What was answered to a check is between the department and the office.
  for (const { address, reason } of edition === 'internal' ? reasonsIn(form, stored) : [])
    reasons.set(address, [...(reasons.get(address) ?? []), reason]);
  const isUsed = usedIn(fields, values);
  return fields.filter(isUsed).map(({ cell, section, group, year, unitAt }) => {
    const value = values[cell.address];
    const raw = rawOf(cell, values);
    const option = cell.type === 'code' ? cell.options.find(({ code }) => code === value) : undefined;
    const isNumber = cell.type === 'decimal' && typeof value === 'string' && isNumeral(value);
    const state = isFilled(cell, values) || raw === undefined ? stateOf(cell, values) : UNREAD;
    const isBlank = !isFilled(cell, values) && raw === undefined;
    const text = value === true ? '○' : (option?.label ?? (isNumber ? '' : String(value ?? raw ?? '')));
    const measure = unitAt === undefined ? (cell.type === 'decimal' && cell.unit) || '' : String(values[unitAt] ?? '');
    return [
      ...head,
      words(cell.address),
      words(section),
      words(group),
      words(cell.label),
      year === undefined ? null : whole(year),
      words(measure),
      isNumber && typeof value === 'string' ? numberValue(value) : null,
      words(text),
      words(cell.type === 'code' && typeof value === 'string' ? value : ''),
      words(isBlank && state === '' ? BLANK : state),
      words((reasons.get(cell.address) ?? []).join('\n')),
    ];
  });
}

/** Says of a field whether its row, list or set of choices holds anything; what stands alone is always used. */
function usedIn(fields: readonly Field[], values: Values): (field: Field) => boolean {
  const isHeld = (cell: Cell) =>
    isFilled(cell, values) || rawOf(cell, values) !== undefined || stateOf(cell, values) !== '';
  const rows = new Set(fields.flatMap(({ cell }) => (cell.row !== undefined && isHeld(cell) ? [cell.row] : [])));
  return ({ cell, layout }) => {
    if (isHeld(cell)) return true;
    if (isComputed(cell) || layout === 'list') return false;
    // Of several choices the ticked ones are the answer.
    if (layout === 'flags') return cell.row !== undefined && !rows.has(cell.row);
    return cell.row === undefined || rows.has(cell.row) || cell.required === 'always';
  };
}

export const FIELD_HEADINGS = [
  '様式',
  '様式の版',
  '番地',
  '区分',
  '見出し',
  '欄',
  '種類',
  '単位',
  '単位の欄の番地',
  '小数の桁数',
  '年度',
  '記入者',
  '公開',
  '計算',
] as const;

const TYPES = { text: '文字', decimal: '数値', code: '選択', flag: '該当' };

/** The dictionary of a form's cells. */
export function fieldRows(form: Form, fields: readonly Field[]): Value[][] {
  const { id, version, writers } = form.definition;
  return fields.map(({ cell, section, group, year, unitAt }) => [
    words(id),
    whole(version),
    words(cell.address),
    words(section),
    words(group),
    words(cell.label),
    words(cell.type === 'decimal' && cell.isYear ? '年度' : TYPES[cell.type]),
    words((cell.type === 'decimal' && cell.unit) || ''),
    words(unitAt ?? ''),
    cell.type === 'decimal' ? whole(cell.decimals) : null,
    year === undefined ? null : whole(year),
    words(writers[cell.writer]?.label ?? cell.writer),
    words(cell.public ? '公開' : '庁内'),
    words(isComputed(cell) ? '計算' : ''),
  ]);
}

export const OPTION_HEADINGS = ['様式', '様式の版', '番地', '欄', '順番', 'コード', '言葉'] as const;

/** The choices of a form's scales, cell by cell. */
export function optionRows(form: Form, fields: readonly Field[]): Value[][] {
  const { id, version } = form.definition;
  return fields.flatMap(({ cell }) =>
    cell.type === 'code'
      ? cell.options.map(({ code, label }, at) => [
          words(id),
          whole(version),
          words(cell.address),
          words(cell.label),
          whole(at + 1),
          words(code),
          words(label),
        ])
      : [],
  );
}
