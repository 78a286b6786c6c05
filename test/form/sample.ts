// Cells and forms that the tests of shared/form and of the intake share.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CodeCell, DecimalCell, FlagCell, TextCell } from '../../shared/form/cell.ts';
import { type Form, layOut, readDefinition } from '../../shared/form/form.ts';

/** The project's root. */
export const root = new URL('../../', import.meta.url);

/** A form of resources/forms, laid out for an evaluation year. */
export function formOf(id: string, year: number): Form {
  const file = fileURLToPath(new URL(`resources/forms/${id}.form.json`, root));
  return layOut(readDefinition(JSON.parse(readFileSync(file, 'utf8')), id), year);
}

export const measureForm = (year = 2022): Form => formOf('memuro-shisaku', year);

const common = { address: 'x', label: '欄', short: '欄', writer: 'w', public: true, required: 'never' as const };
const allStates = ['actual', 'expected', 'pending', 'none', 'unratable'];

export const number = (more: Partial<DecimalCell> = {}): DecimalCell => ({
  ...common,
  type: 'decimal',
  decimals: 2,
  commas: 'thousands',
  states: allStates,
  ...more,
});
export const text: TextCell = { ...common, type: 'text', lines: 5 };
export const flag: FlagCell = { ...common, type: 'flag' };
export const code = (...options: [code: string, label: string][]): CodeCell => ({
  ...common,
  type: 'code',
  options: options.map(([name, label]) => ({ code: name, label, words: [] })),
});
