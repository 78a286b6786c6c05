// A form laid out for one evaluation year: sections of groups of blocks, and the flat list of its cells.
// Everything downstream (screen, paper, merge, import, CSV) starts from here.
import { fail } from '../kernel/problem.ts';
import { type Block, cellsOf } from './block.ts';
import { type Cell, isComputed, rawAddress, reasonParts, stateAddress } from './cell.ts';
import { checkFaults } from './checks.ts';
import { blockOf, type Check, definitionSchema, type FormDefinition } from './definition.ts';
import { indicatorsOf } from './indicator.ts';
import { contradictions } from './sound.ts';
import { type Context, fillNames, joinPath, type Names, yearOf } from './spec.ts';

export type Group = {
  key: string;
  label: string;
  flow: 'rows' | 'columns' | 'body';
  blocks: readonly Block[];
  /** Keys of blocks in the lines and columns in which they stand on paper. */
  areas?: readonly (readonly string[])[];
};
export type Section = { key: string; title: string; groups: readonly Group[] };
export type Role = 'office' | 'department';

export type Form = {
  definition: FormDefinition;
  year: number;
  subjectYear: number;
  sections: readonly Section[];
  /** In reading order. */
  cells: readonly Cell[];
  byAddress: ReadonlyMap<string, Cell>;
  checks: readonly Check[];
  /** What stands in the braces of the definition's templates. */
  names: Names;
  identity: { number: Cell; name: Cell; unit: Cell };
};

/** No plan is longer; it guards the program against a form that says so. */
const YEARS_TRIED = 30;

/**
 * Reads a definition's JSON (already parsed). `name` is what a person calls it, for the message.
 * Raises form.invalid with up to 20 findings.
 */
export function readDefinition(source: unknown, name: string): FormDefinition {
  const parsed = definitionSchema.safeParse(source);
  if (!parsed.success) {
    const findings = parsed.error.issues.slice(0, 20).map((issue) => `${issue.path.join('.')}：${issue.message}`);
    return fail('form.invalid', { form: name, findings });
  }
  const definition = parsed.data;
  // Doubled addresses, unknown scales and the like show up here rather than in a filled sheet; some only in the year in
  // which two year columns meet, so every evaluation year of the plan is tried.
  const last = Math.min(definition.plan.end + 1, definition.plan.start + YEARS_TRIED);
  for (let year = definition.plan.start; year <= last; year += 1) layOut(definition, year);
  return definition;
}

/**
 * Lays the form out for an evaluation year. The same definition and year give the same form.
 * Raises form.invalid when the definition contradicts itself.
 */
export function layOut(definition: FormDefinition, year: number): Form {
  const findings: string[] = [];
  const subjectYear = yearOf(definition.subject, { year, plan: definition.plan });
  const names = {
    evaluation: year,
    subject: subjectYear,
    planStart: definition.plan.start,
    planEnd: definition.plan.end,
  };
  const expand: Context['expand'] = (template, extra) =>
    fillNames(template, { ...names, ...extra }, (finding) => findings.push(finding));
  const scale: Context['scale'] = (name) => {
    const found = Object.hasOwn(definition.scales, name) ? definition.scales[name] : undefined;
    if (!found) findings.push(`尺度「${name}」がない`);
    return (found?.items ?? []).map(({ goodness, ...item }) => ({
      ...item,
      label: expand(item.label),
      ...(goodness === undefined ? {} : { goodness }),
    }));
  };
  const sections = definition.sections.map((section): Section => {
    const sectionPath = expand(section.path ?? '');
    return {
      key: section.key,
      title: expand(section.title),
      groups: section.groups.map((group): Group => {
        const context: Context = {
          year,
          plan: definition.plan,
          writer: group.writer ?? section.writer ?? 'department',
          path: joinPath(sectionPath, expand(group.path ?? '')),
          scale,
          expand,
          fault: (finding) => findings.push(finding),
        };
        return {
          key: group.key,
          label: expand(group.label),
          flow: group.flow,
          ...(group.areas ? { areas: group.areas.map((line) => line.split(' ')) } : {}),
          blocks: group.fields.map((field) => blockOf(field, context)),
        };
      }),
    };
  });
  const cells = sections.flatMap((s) => s.groups.flatMap((g) => g.blocks.flatMap(cellsOf)));
  const byAddress = new Map<string, Cell>();
  const labels = new Set<string>();
  for (const cell of cells) {
    if (byAddress.has(cell.address)) findings.push(`番地 ${cell.address} が重なっている`);
    if (labels.has(cell.label)) findings.push(`見出し「${cell.label}」が重なっている`);
    if (!/^\w+$/.test(cell.address)) findings.push(`番地 ${cell.address} に使えない文字がある`);
    if (/__(state|raw)$/.test(cell.address)) findings.push(`番地 ${cell.address} の末尾は使えない`);
    if (cell.address.includes('__why__')) findings.push(`番地 ${cell.address} は理由の番地と紛れる`);
    if (!Object.hasOwn(definition.writers, cell.writer))
      findings.push(`記入者「${cell.writer}」がない（${cell.label}）`);
    byAddress.set(cell.address, cell);
    labels.add(cell.label);
  }
  const hints = indicatorsOf({ sections }).flatMap(({ hint }) => (hint === undefined ? [] : [hint]));
  for (const address of [...referencesOf(definition, cells), ...hints]) {
    if (!byAddress.has(address)) findings.push(`番地 ${address} を指しているが、ない`);
  }
  findings.push(...contradictions(definition, sections, byAddress));
  const laidOut = { definition, year, subjectYear, sections, cells, byAddress, checks: definition.checks, names };
  findings.push(...checkFaults(laidOut));
  const { number, name, unit } = definition.identity;
  const identity = { number: byAddress.get(number), name: byAddress.get(name), unit: byAddress.get(unit) };
  if (findings.length > 0 || !identity.number || !identity.name || !identity.unit) {
    return fail('form.invalid', { form: definition.id, findings: findings.slice(0, 20) });
  }
  return { ...laidOut, identity: { number: identity.number, name: identity.name, unit: identity.unit } };
}

function referencesOf(definition: FormDefinition, cells: readonly Cell[]): string[] {
  return [
    ...Object.values(definition.identity),
    ...cells.flatMap((cell) => (cell.type === 'decimal' ? (cell.formula?.sum ?? []) : [])),
  ];
}

/** Every address under which a value of this form may stand: cells that are not computed, and their companions. */
export function storedAddresses(form: Form): Set<string> {
  const addresses = new Set<string>();
  for (const cell of form.cells) {
    if (isComputed(cell)) continue;
    addresses.add(cell.address);
    addresses.add(rawAddress(cell.address));
    if (cell.type === 'decimal' && cell.states.length > 0) addresses.add(stateAddress(cell.address));
  }
  return addresses;
}

/** Cells that only make sense as one choice: they are merged together, so that no pair arises that nobody chose. */
export const inseparable = (form: Form): string[][] =>
  form.sections.flatMap((section) =>
    section.groups.flatMap((group) =>
      group.blocks.flatMap((block) => (block.layout === 'matrix' ? [[block.row.address, block.column.address]] : [])),
    ),
  );

/** What a merge of sheets has to know of their form. */
export type MergeRules = {
  /** Addresses that are taken from one side as a whole, or all shown as a conflict. */
  together: readonly (readonly string[])[];
  /** The cell holds a number: spellings of one number are one content. */
  isNumber(address: string): boolean;
};

/** The merge rules that a form's cells ask for. */
export const mergeRulesOf = (form: Form): MergeRules => ({
  together: inseparable(form),
  isNumber: (address) => form.byAddress.get(address)?.type === 'decimal',
});

/** On which side of the exchange a cell's writer sits. */
export const roleOf = (form: Form, cell: Cell): Role => form.definition.writers[cell.writer]?.role ?? 'office';

/**
 * Why a workspace may not write a cell, or undefined where it may. The office may write every cell (old years are
 * taken in by it); a department may write what its form and the round in force give it and the office has not filled in
 * beforehand. `round` is the key of the round in force; without one, all may write.
 */
export function lockOf(
  form: Form,
  cell: Cell,
  role: Role,
  fixed: ReadonlySet<string>,
  round?: string,
): string | undefined {
  if (isComputed(cell)) return 'ほかの欄から計算される欄';
  return writerLock(form, cell, role, round) ?? (role === 'department' ? fixedLock(cell, fixed) : undefined);
}

/**
 * As lockOf, for any address: a reason is locked like the cell that it is about. A reason beside a computed cell belongs
 * to the cell's writer, who is asked about the number although nobody types it.
 */
export function lockAt(
  form: Form,
  address: string,
  role: Role,
  fixed: ReadonlySet<string>,
  round?: string,
): string | undefined {
  const own = form.byAddress.get(reasonParts(address)?.address ?? address);
  if (!own) return '様式にない欄';
  return reasonParts(address) && isComputed(own)
    ? writerLock(form, own, role, round)
    : lockOf(form, own, role, fixed, round);
}

function writerLock(form: Form, cell: Cell, role: Role, round: string | undefined): string | undefined {
  if (role === 'office') return undefined;
  const { rounds, writers } = form.definition;
  if (roleOf(form, cell) === 'office') return `${writers[cell.writer]?.label ?? '事務局'}が記入する欄`;
  const inForce = rounds.find(({ key }) => key === round);
  return round === undefined || inForce?.writers.includes(cell.writer)
    ? undefined
    : `「${inForce?.label ?? round}」の回では書けない欄`;
}

const fixedLock = (cell: Cell, fixed: ReadonlySet<string>): string | undefined =>
  fixed.has(cell.address) ? '事務局が配布のときに記入した欄' : undefined;

/** Whether a cell's writer has had a turn when this round is in force: in it, or in one before. */
export function isAskedIn(form: Form, cell: Cell, round: string | undefined): boolean {
  const { rounds } = form.definition;
  const last = rounds.findIndex(({ key }) => key === round);
  return last < 0 || rounds.slice(0, last + 1).some(({ writers }) => writers.includes(cell.writer));
}
