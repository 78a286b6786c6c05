// One sound payload of each kind, for tests that change something in it. The signing key is the caller's.
import type { Payload } from '../../shared/package/payload.ts';

const HASH = 'a'.repeat(64);
const AT = '2022-11-08T01:02:03.004Z';
const SHEET = `s${'0'.repeat(20)}`;

/** Payloads by kind, from the key with this public half and print. */
export function samplesOf(publicKey: string, print: string): Record<Payload['kind'], Payload> {
  const header = {
    format: 'hyoka-package/1' as const,
    office: { unit: '企画財政課', print },
    year: 2022,
    sender: { unit: '企画財政課', station: '窓口1', print, publicKey, seals: [] },
    recipient: { unit: '魅力創造課', print: null },
    epoch: '0123456789abcdef',
    sequence: 1,
    previous: null,
    seen: [{ print: '2'.repeat(30), epoch: 'f'.repeat(16), sequence: 3, payload: HASH }],
    lineage: [],
    at: AT,
  };
  const revision = {
    format: 'hyoka-revision/1' as const,
    form: HASH,
    year: 2022,
    sheet: SHEET,
    parents: [],
    author: { role: 'office' as const, unit: '企画財政課', station: '1'.repeat(30) },
    at: AT,
    note: '',
    values: { number: '2-2' },
  };
  const contents = {
    sheets: [{ sheet: SHEET, number: '2-2', heads: [HASH] }],
    revisions: [revision],
    remarks: [],
    confirmations: [],
  };
  const assignment = {
    format: 'hyoka-assignment/1' as const,
    sheet: SHEET,
    form: HASH,
    year: 2022,
    units: ['魅力創造課'],
    fixed: [],
  };
  const fromOffice = { forms: [{ format: 'hyoka-form/1' }], assignments: [assignment], registry: [] };
  return {
    distribution: {
      ...header,
      ...contents,
      ...fromOffice,
      kind: 'distribution',
      lastYear: { forms: [], sheets: [] },
    },
    submission: { ...header, ...contents, kind: 'submission', forms: [HASH], incomplete: [] },
    return: {
      ...header,
      ...contents,
      ...fromOffice,
      kind: 'return',
      decisions: [{ sheet: SHEET, decision: 'returned', heads: [HASH], cells: [] }],
    },
    receipt: {
      ...header,
      kind: 'receipt',
      receipts: [
        {
          print: '2'.repeat(30),
          epoch: 'f'.repeat(16),
          sequence: 3,
          payload: HASH,
          outcome: 'applied',
          reason: null,
          refused: [],
          receivedAt: AT,
        },
      ],
      registry: [],
    },
  };
}
