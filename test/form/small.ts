// The smallest sound form, to which a test adds the fields it is about.
import type { DefinitionSource } from '../../shared/form/definition.ts';
import { readDefinition } from '../../shared/form/form.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';

export type FieldSource = DefinitionSource['sections'][number]['groups'][number]['fields'][number];
/** The three cells that every form needs. */
export const head: FieldSource[] = [
  { kind: 'text', key: 'number', label: '番号' },
  { kind: 'text', key: 'name', label: '名称' },
  { kind: 'text', key: 'unit', label: '課' },
];

/** A small sound form with the given fields; `change` may spoil it. */
export function sourceWith(fields: unknown[], change: Record<string, unknown> = {}): unknown {
  return {
    format: 'hyoka-form/1',
    id: 'small',
    version: 1,
    title: '小',
    plan: { label: '計画', start: 2020, end: 2024 },
    writers: { department: { label: '担当課', role: 'department' }, office: { label: '事務局', role: 'office' } },
    identity: { number: 'number', name: 'name', unit: 'unit' },
    scales: {
      grade: {
        label: '段階',
        items: [
          { code: 'A', label: '良い' },
          { code: 'B', label: '悪い' },
        ],
      },
    },
    sections: [{ key: 's', title: '', groups: [{ key: 'g', fields: [...head, ...fields] }] }],
    ...change,
  };
}

/** What a refused definition is reproached with; empty when it is sound. */
export function findingsOf(source: unknown): readonly string[] {
  try {
    readDefinition(source, '小');
    return [];
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'form.invalid') {
      return error.problem.details.findings as string[];
    }
    throw error;
  }
}
