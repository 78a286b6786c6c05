// A host for tests of screens: one office or department with one sheet in memory, answering by the real form code.
// Methods that a test does not care about may be answered by hand through `answers`; every call is kept in `calls`.
import { readFileSync } from 'node:fs';
import {
  type Contract,
  contract,
  type Input,
  type MethodName,
  type Output,
  type Topic,
} from '../../shared/contract/contract.ts';
import type { FilePurpose, Host } from '../../shared/contract/host.ts';
import type { CellResult, Question, SheetView, WorkspaceView } from '../../shared/contract/views.ts';
import { isAsked, rawAddress, stateAddress, type Values } from '../../shared/form/cell.ts';
import { runChecks } from '../../shared/form/checks.ts';
import { type Form, layOut, lockOf, type Role, readDefinition } from '../../shared/form/form.ts';
import { contentAt, contentEntries } from '../../shared/form/merge.ts';
import { readCell } from '../../shared/form/reading.ts';
import { makeProblem, type Problem } from '../../shared/kernel/problem.ts';
import type { Reply } from '../../shared/kernel/result.ts';

export const SHEET = 's00000000000000000001';
export const PRINT = '123450987612345098761234509876';
/** Another one for each form: what a hash names never changes. */
const hashOf = (form: string): string => Buffer.from(form).toString('hex').padEnd(64, 'f').slice(0, 64);

export function formSource(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`resources/forms/${name}.form.json`, 'utf8'));
}

type Answers = { [M in MethodName]?: (input: Input<M>) => Output<M> | Problem };
type Options = { form?: string; role?: Role; values?: Values; answers?: Answers };

export type FakeHost = Host & {
  calls: { method: string; input: unknown }[];
  purposes: FilePurpose[];
  form: Form;
  values(): Values;
  answers: Answers;
  /** Why `cell.set` takes none of these cells. */
  refuse: (cells: Input<'cell.set'>['cells']) => Problem | undefined;
  typed(): { cell: string; raw: string }[];
  /** Tells that something changed. */
  tell(...topics: Topic[]): void;
};

const isProblem = (value: object): value is Problem => 'hint' in value && 'code' in value;

export function fakeHost({
  form: name = 'memuro-shisaku',
  role = 'department',
  values = {},
  answers = {},
}: Options = {}): FakeHost {
  const source = formSource(name);
  const form = layOut(readDefinition(source, name), 2022);
  const { number, name: title, unit } = form.identity;
  let stored: Values = { [number.address]: '2-2', [title.address]: '花の町', [unit.address]: '魅力課', ...values };
  let savedAt: string | null = null;
  const fixed = new Set([number.address, title.address, unit.address]);
  const listeners = new Set<Parameters<Host['onChanged']>[0]>();

  const workspace = (): WorkspaceView => ({
    name: '試験.hyoka',
    role,
    unit: role === 'office' ? '企画課' : '魅力課',
    station: '',
    office: '企画課',
    year: 2022,
    subjectYear: 2021,
    form: { hash: hashOf(name), id: name, version: 1, title: form.definition.title },
    print: PRINT,
    key: 'none',
    recoveryAt: null,
    standing: null,
    sheets: 1,
  });

  const questions = (): Question[] => [
    ...form.cells
      .filter((cell) => isAsked(cell, stored))
      .flatMap((cell): Question[] => {
        const reading = readCell(cell, String(stored[rawAddress(cell.address)]));
        if (reading.kind !== 'asked') return [];
        return [
          { address: cell.address, label: cell.label, kind: 'reading', check: null, answer: null, ...pick(reading) },
        ];
      }),
    ...runChecks(form, stored).map((question) => ({ ...question, kind: 'check' as const })),
  ];

  const view = (): SheetView => ({
    id: SHEET,
    number: '2-2',
    name: '花の町',
    units: ['魅力課'],
    form: hashOf(name),
    year: 2022,
    state: 'editing',
    fate: null,
    values: stored,
    locks: Object.fromEntries(
      form.cells.flatMap((cell) => {
        const lock = lockOf(form, cell, role, fixed);
        return lock === undefined ? [] : [[cell.address, lock]];
      }),
    ),
    questions: questions(),
    unmatched: [],
    conflicts: [],
    head: null,
    draft: savedAt !== null,
    savedAt,
    canUndo: savedAt !== null,
    canRedo: false,
    remarks: [],
    round: null,
    digest: 'AAAA-BBBB-CCCC',
    confirmation: { state: 'none', name: '', unit: '', at: '', changed: [] },
  });

  function set(address: string, raw: string): CellResult {
    const cell = form.byAddress.get(address);
    if (!cell) throw new Error(`no cell ${address}`);
    const reading = readCell(cell, raw);
    const next = { ...stored };
    for (const key of [address, stateAddress(address), rawAddress(address)]) delete next[key];
    const content =
      reading.kind === 'value'
        ? { value: reading.value, state: reading.state ?? null, raw: null }
        : { value: null, state: null, raw: reading.kind === 'asked' ? reading.raw : null };
    stored = { ...next, ...Object.fromEntries(contentEntries(address, content)) };
    const question = questions().find((one) => one.address === address) ?? null;
    return { address, ...contentAt(stored, address), question };
  }

  const own: Answers = {
    'app.about': () => ({ version: '0.1.0', forms: [], recent: [], workspace: workspace() }),
    'workspace.view': workspace,
    'inbox.look': () => ({ folder: null, problem: null, fresh: [], waiting: [], spoiled: [], known: 0 }),
    'held.list': () => ({ packages: [] }),
    'chain.list': () => ({ chains: [], alarms: [] }),
    'form.show': () => ({ definition: source }),
    'sheet.show': view,
    'sheet.list': () => ({
      sheets: [
        {
          id: SHEET,
          number: '2-2',
          name: '花の町',
          units: ['魅力課'],
          state: 'editing',
          fate: null,
          filled: 3,
          required: 30,
          asked: 0,
          conflicts: 0,
          head: null,
          heads: [],
          draft: true,
          remarks: 0,
          answered: 0,
          round: null,
          confirmation: 'none',
          updatedAt: '2022-11-22T01:32:05.000Z',
        },
      ],
      departments: [
        {
          ...{ unit: '魅力課', sheets: 1, submitted: 0, arrived: 0, returned: 0, accepted: 0 },
          ...{ lastPackage: null, lastSent: null },
        },
      ],
    }),
    'cell.set': ({ cells }) => {
      const problem = host.refuse(cells);
      if (problem) return problem;
      savedAt = '2022-11-22T01:32:05.000Z';
      return { cells: cells.map(({ cell, raw }) => set(cell, raw)), canUndo: true, canRedo: false, savedAt };
    },
    'package.prepare': () => ({
      place: { kind: 'fixed', volume: null },
      seal: false,
      person: '',
      medium: '',
      recipients: [{ unit: role === 'office' ? '魅力課' : '企画課', ready: 1, missing: 0 }],
    }),
    'package.plan': () => ({ packages: [], digest: '' }),
    'signer.list': () => ({ signers: [], stations: [] }),
  };

  const host: FakeHost = {
    calls: [],
    purposes: [],
    form,
    answers,
    refuse: () => undefined,
    values: () => stored,
    typed: () => host.calls.filter((c) => c.method === 'cell.set').flatMap((c) => (c.input as Input<'cell.set'>).cells),
    async call<M extends MethodName>(method: M, input: Input<M>): Promise<Reply<Output<M>>> {
      host.calls.push({ method, input });
      const answer = (host.answers[method] ?? own[method]) as ((input: Input<M>) => object) | undefined;
      const value = answer?.(input) ?? makeProblem('method.unknown', { method });
      if (isProblem(value)) return { ok: false, problem: value };
      // A fake that answers in another shape than the contract would test nothing.
      return { ok: true, value: (contract as Contract)[method].output.parse(value) as Output<M> };
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async chooseFiles(purpose) {
      host.purposes.push(purpose);
      return [{ file: `handle-${host.purposes.length}`, name: '届いた.json' }];
    },
    tell(...topics) {
      for (const listener of listeners) listener(topics);
    },
    reveal: async () => undefined,
    print: async () => undefined,
  };
  return host;
}

const pick = ({ raw, reason, candidates }: { raw: string; reason: string; candidates: Question['candidates'] }) => ({
  raw,
  reason,
  candidates,
});
