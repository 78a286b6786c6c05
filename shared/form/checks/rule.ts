// What every rule of a check shares: the author's common properties, what a rule may see, and what it gives back.
import { z } from 'zod';
import type { GridBlock } from '../block.ts';
import { type Cell, isQuantity, type Values } from '../cell.ts';
import type { Form } from '../form.ts';
import type { Candidate } from '../reading.ts';
import { fillNames, keySpec, type Names } from '../spec.ts';

/** A form as far as it is laid out when its checks are looked at. */
export type LaidOut = Omit<Form, 'identity'>;

/** Properties that any check may have. */
export const checkSpec = {
  key: keySpec,
  /** Which side is asked. */
  when: z.enum(['department', 'office', 'both']).default('both'),
  /** Said instead of the rule's own words; the rule's facts stand in braces. */
  message: z.string().min(1).max(500).optional(),
};

/** What a rule looks at. `values` hold the computed cells too. */
export type Sight = {
  form: LaidOut;
  values: Values;
  /** Values of the same sheet a year before, where they are known. */
  previous: Values | undefined;
};

/** One question: the cell that it is about, what the message may name, and readings on offer. */
export type Finding = {
  address: string;
  facts: Names;
  /** What is in question, where it is not simply what stands in the cell. */
  raw?: string;
  candidates?: Candidate[];
};

/** One file of this folder exports this; `C` is a check as its `spec` reads it. */
export type Rule<C> = {
  /** The question in Japanese, with the facts in braces. */
  message: string;
  /** Names that a message may use beside {label} and the years. */
  facts: readonly string[];
  /** What is wrong with the check in this layout of the form, in Japanese. */
  faults(check: C, form: LaidOut): string[];
  ask(check: C, sight: Sight): Finding[];
};

const WHAT: Record<Cell['type'], string> = {
  text: '文字の欄',
  decimal: '数の欄',
  code: '選択の欄',
  flag: '印の欄',
};

/** Findings about addresses (templates of years allowed) that are not there or hold something else. */
export function addressFaults(form: LaidOut, templates: readonly string[], type?: Cell['type']): string[] {
  const findings: string[] = [];
  for (const template of templates) {
    const address = expand(form, template, {}, (finding) => findings.push(finding));
    const cell = form.byAddress.get(address);
    if (!cell) findings.push(`番地 ${address} を指しているが、ない`);
    else if (type && (cell.type !== type || (type === 'decimal' && !isQuantity(cell))))
      findings.push(`番地 ${address} は${WHAT[type]}でなければならない`);
  }
  return findings;
}

/** Findings about codes that no option of the choice at `address` has. */
export function codeFaults(form: LaidOut, address: string, codes: readonly string[]): string[] {
  const cell = form.byAddress.get(expand(form, address));
  if (cell?.type !== 'code') return addressFaults(form, [address], 'code');
  return codes
    .filter((code) => !cell.options.some((option) => option.code === code))
    .map((code) => `番地 ${address} に選択肢 ${code} がない`);
}

/** Fills the years, and `extra`, into a template. */
export const expand = (
  form: LaidOut,
  template: string,
  extra: Names = {},
  fault: (finding: string) => void = () => undefined,
): string => fillNames(template, { ...form.names, ...extra }, fault);

/** The table with this key. */
export const tableOf = (form: LaidOut, key: string): GridBlock | undefined =>
  form.sections
    .flatMap((section) => section.groups.flatMap((group) => group.blocks))
    .find((block): block is GridBlock => block.layout === 'grid' && block.key === key);

/** Findings about a table that is not there, rows or columns (as written) that it lacks, or that has no indicators. */
export function tableFaults(
  form: LaidOut,
  key: string,
  parts: { rows?: readonly string[] | undefined; columns?: readonly string[] | undefined; indicators?: boolean } = {},
): string[] {
  const table = tableOf(form, key);
  if (!table) return [`表 ${key} を指しているが、ない`];
  const lacks = (names: readonly string[], known: readonly string[], what: string) =>
    names.filter((name) => !known.includes(name)).map((name) => `表 ${key} に${what} ${name} がない`);
  return [
    ...lacks(
      parts.rows ?? [],
      table.rows.map((row) => row.key),
      '行',
    ),
    ...lacks(
      parts.columns ?? [],
      table.columns.map((column) => column.source),
      '列',
    ),
    ...(parts.indicators && table.indicators.length === 0 ? [`表 ${key} に指標の定め（indicator）がない`] : []),
  ];
}

/** The text at an address; '' where there is none. */
export const textAt = (values: Values, address: string): string => {
  const value = values[address];
  return typeof value === 'string' ? value : '';
};

/** The number at an address, when one stands there that says how much there is of something. */
export const numberAt = (form: LaidOut, values: Values, address: string): string | undefined => {
  const value = values[address];
  const cell = form.byAddress.get(address);
  return cell && isQuantity(cell) && typeof value === 'string' ? value : undefined;
};

/** Addresses as written, or every text cell for which `fits` says so. */
export const textsOf = (form: LaidOut, texts: readonly string[] | undefined, fits: (cell: Cell) => boolean): string[] =>
  texts?.map((template) => expand(form, template)) ??
  form.cells.filter((cell) => cell.type === 'text' && fits(cell)).map((cell) => cell.address);
