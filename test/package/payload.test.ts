// What a package may say, and that nothing else passes.
import { describe, expect, test } from 'vitest';
import { canonical, parseStrict } from '../../shared/kernel/json.ts';
import { payloadSchema } from '../../shared/package/payload.ts';

const H = 'a'.repeat(64);
const SHEET = `s${'0'.repeat(20)}`;
const revision = {
  format: 'hyoka-revision/1',
  form: H,
  year: 2022,
  sheet: SHEET,
  parents: [],
  author: { role: 'office', unit: '企画財政課', station: '1'.repeat(30) },
  at: '2022-11-08T01:02:03.004Z',
  note: '',
  values: { number: '2-2' },
};
const place = { print: '2'.repeat(30), epoch: 'f'.repeat(16), sequence: 3, payload: H };
const header = {
  format: 'hyoka-package/1',
  office: { unit: '企画財政課', print: '1'.repeat(30) },
  year: 2022,
  sender: {
    unit: '企画財政課',
    station: '窓口1',
    print: '1'.repeat(30),
    publicKey: 'A'.repeat(44),
    seals: [`age1${'q'.repeat(58)}`],
  },
  recipient: { unit: '魅力創造課', print: null },
  epoch: '0123456789abcdef',
  sequence: 1,
  previous: null,
  seen: [place],
  lineage: [],
  at: '2022-11-08T01:02:03.004Z',
};
const contents = {
  sheets: [{ sheet: SHEET, number: '2-2', heads: [H] }],
  revisions: [revision],
  remarks: [],
  confirmations: [],
};
const assignment = {
  format: 'hyoka-assignment/1',
  sheet: SHEET,
  form: H,
  year: 2022,
  units: ['魅力創造課'],
  fixed: [],
};
const registry = [
  {
    print: '2'.repeat(30),
    unit: '魅力創造課',
    station: '',
    state: 'retired',
    limit: [{ epoch: place.epoch, sequence: 3 }],
  },
];
const fromOffice = { forms: [{ format: 'hyoka-form/1' }], assignments: [assignment], registry };
const distribution = {
  ...header,
  ...contents,
  ...fromOffice,
  kind: 'distribution',
  lastYear: { forms: [], sheets: [] },
};
const returned = {
  ...header,
  ...contents,
  ...fromOffice,
  kind: 'return',
  decisions: [{ sheet: SHEET, decision: 'returned', heads: [H], cells: [{ address: 'a', verdict: 'remarked' }] }],
};
const receipt = {
  ...header,
  kind: 'receipt',
  receipts: [
    {
      ...place,
      outcome: 'quarantined',
      reason: 'base.missing',
      refused: [{ sheet: SHEET, reason: '割り当てがない' }],
      receivedAt: '2022-11-08T01:02:03.004Z',
    },
  ],
  registry,
};
const submission = {
  ...header,
  ...contents,
  kind: 'submission',
  forms: [H],
  incomplete: [{ sheet: SHEET, missing: ['施策の方針'] }],
};

describe('payload', () => {
  test.each([
    ['distribution', distribution],
    ['submission', submission],
    ['return', returned],
    ['receipt', receipt],
  ])('%s: read as written, byte for byte', (_, payload) => {
    const text = canonical(payload);
    expect(canonical(payloadSchema.parse(parseStrict(text)))).toBe(text);
  });

  test.each(
    [distribution, submission, returned, receipt].flatMap((payload) =>
      Object.keys(payload).map((name) => [payload.kind, name, payload] as const),
    ),
  )('%s without %s is refused', (_kind, name, payload) => {
    const rest = Object.fromEntries(Object.entries(payload).filter(([key]) => key !== name));
    expect(payloadSchema.safeParse(rest).success).toBe(false);
  });

  test.each<[string, unknown]>([
    ['another format', { ...submission, format: 'hyoka-package/2' }],
    ['another kind', { ...submission, kind: 'return' }],
    ['a member of the other kind', { ...submission, assignments: [assignment] }],
    ['an unknown member', { ...distribution, extra: true }],
    ['an unknown member of the sender', { ...submission, sender: { ...header.sender, path: 'C:\\' } }],
    ['a sequence of 0', { ...submission, sequence: 0 }],
    ['a broken sequence', { ...submission, sequence: 1.5 }],
    ['an epoch in capitals', { ...submission, epoch: '0123456789ABCDEF' }],
    ['a seal that is no age recipient', { ...submission, sender: { ...header.sender, seals: ['AGE-SECRET-KEY-1'] } }],
    ['a receipt for nothing', { ...receipt, receipts: [] }],
    ['a receipt with sheets', { ...receipt, sheets: contents.sheets }],
    ['a return without decisions', { ...returned, decisions: [] }],
    ['an unknown verdict', { ...returned, decisions: [{ ...returned.decisions[0], decision: 'ignored' }] }],
    ['no sheets', { ...submission, sheets: [] }],
    ['a sheet without heads', { ...submission, sheets: [{ sheet: SHEET, number: '2-2', heads: [] }] }],
    ['a head that is no hash', { ...submission, sheets: [{ sheet: SHEET, number: '2-2', heads: ['head'] }] }],
    ['a revision with an unknown member', { ...submission, revisions: [{ ...revision, extra: 1 }] }],
    ['a form by name', { ...submission, forms: ['memuro-shisaku'] }],
    ['a form that is no object', { ...distribution, forms: ['x'] }],
    ['no form', { ...distribution, forms: [] }],
    ['no assignment', { ...distribution, assignments: [] }],
    ['a recipient with a line break', { ...submission, recipient: { unit: '総務\n課', print: null } }],
  ])('refuses %s', (_, payload) => {
    expect(payloadSchema.safeParse(payload).success).toBe(false);
  });

  test('a form inside a distribution stays as its author wrote it', () => {
    const form = { format: 'hyoka-form/1', unknown: { deep: [1, '二', null] } };
    expect(payloadSchema.parse({ ...distribution, forms: [form] })).toMatchObject({ forms: [form] });
  });
});
