// The small round of evaluation from which the test vectors of SPEC.md are made, and an encoder of their own, so that they
// are a second opinion on the program's.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Members = { [name: string]: Json };

// --- A second encoder --------------------------------------------------------------------------------------------

/** RFC 8785 for what vectors hold: no fractions, names in the Basic Multilingual Plane. */
export function spell(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(spell).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${spell(value[name] as Json)}`).join(',')}}`;
}

export const hash = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
export const nameOf = (value: Json): string => hash(spell(value));

/** A key of which the seed is known to everybody: good for vectors and nothing else. */
export function keyFrom(seed: string) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(hash(seed), 'hex')]);
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const raw = createPublicKey(secret).export({ type: 'spki', format: 'der' }).subarray(12);
  const print = (BigInt(`0x${hash(Buffer.concat([Buffer.from('hyoka-print/1\0'), raw]))}`) % 10n ** 30n).toString();
  return {
    privateKey: der.toString('base64'),
    publicKey: raw.toString('base64'),
    print: print.padStart(30, '0'),
    sign: (bytes: Uint8Array): Buffer => sign(null, bytes, secret),
  };
}
export type Key = ReturnType<typeof keyFrom>;

export const office = keyFrom('hyoka vector: office');
export const department = keyFrom('hyoka vector: department');
export const colleague = keyFrom('hyoka vector: another workstation of the department');
export const taxes = keyFrom('hyoka vector: another department');
export const revoked = keyFrom('hyoka vector: a key that was taken back');
export const stranger = keyFrom('hyoka vector: nobody knows this key');

export const typeOf = (kind: string) => `application/vnd.hyoka.${kind}.v1+json`;
export const pae = (type: string, body: Buffer) =>
  Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `), body]);

export function envelope(body: string | Uint8Array, type: string, key: Key, signed?: Buffer): Members {
  const bytes = Buffer.from(body);
  const signature = key.sign(signed ?? pae(type, bytes)).toString('base64');
  return {
    payload: bytes.toString('base64'),
    payloadType: type,
    signatures: [{ keyid: key.publicKey, sig: signature }],
  };
}
export const file = (members: Members): string => `${spell(members)}\n`;
export const sealed = (payload: Members, key: Key): string =>
  file(envelope(spell(payload), typeOf(String(payload.kind)), key));

// --- A small round of evaluation ---------------------------------------------------------------------------------

export const OFFICE = '企画課';
export const UNIT = '総務課';
export const YEAR = 2022;
export const AT = '2022-11-08T01:02:03.004Z';
export const EPOCH = '0123456789abcdef';
export const SHEET = `s${'1'.repeat(20)}`;
export const OTHERS = `s${'2'.repeat(20)}`;

export const form: Members = {
  format: 'hyoka-form/1',
  id: 'vector',
  version: 1,
  title: '見本',
  plan: { label: '計画', start: 2020, end: 2024 },
  writers: { department: { label: '担当課', role: 'department' }, office: { label: '事務局', role: 'office' } },
  identity: { number: 'number', name: 'name', unit: 'unit' },
  scales: {},
  sections: [
    {
      key: 's',
      title: '',
      groups: [
        {
          key: 'g',
          fields: [
            { kind: 'text', key: 'number', label: '番号' },
            { kind: 'text', key: 'name', label: '名称' },
            { kind: 'text', key: 'unit', label: '課' },
            { kind: 'text', key: 'aim', label: '意図' },
            { kind: 'number', key: 'cost', label: '事業費', decimals: 2 },
            { kind: 'text', key: 'judgement', label: '庁内評価', writer: 'office' },
          ],
        },
      ],
    },
  ],
};

export const assignments: Members[] = [
  [SHEET, UNIT],
  [OTHERS, '税務課'],
].map(([sheet = '', unit = '']) => ({
  format: 'hyoka-assignment/1',
  sheet,
  form: nameOf(form),
  year: YEAR,
  units: [unit],
  fixed: ['name', 'number', 'unit'],
}));

const head = (sheet: string): Members =>
  sheet === SHEET ? { number: '1-1', name: '文書の管理', unit: UNIT } : { number: '1-2', name: '賦課', unit: '税務課' };

export type Said = { sheet?: string; parents?: string[]; author?: Members; values?: Members };
export const revision = ({ sheet = SHEET, parents = [], author, values = {} }: Said): Members => ({
  format: 'hyoka-revision/1',
  form: nameOf(form),
  year: YEAR,
  sheet,
  parents,
  author: author ?? { role: 'department', unit: UNIT, station: department.print },
  at: AT,
  note: '',
  values: { ...head(sheet), ...values },
});
export const byOffice = { role: 'office', unit: OFFICE, station: office.print };

/** What the office began each sheet with. */
export const beginnings: Members[] = [SHEET, OTHERS].map((sheet) => revision({ sheet, author: byOffice }));
export const start = nameOf(beginnings[0] ?? null);
export const written = revision({ parents: [start], values: { aim: '文書を減らす', cost: '12.50' } });

const header = (key: Key, unit: string, recipient: Members): Members => ({
  format: 'hyoka-package/1',
  office: { unit: OFFICE, print: office.print },
  year: YEAR,
  sender: { unit, station: '', print: key.print, publicKey: key.publicKey, seals: [] },
  recipient,
  epoch: EPOCH,
  sequence: 1,
  previous: null,
  seen: [],
  lineage: [],
  at: AT,
});
export const contents = (revisions: Members[], sheet = SHEET): Members => ({
  sheets: [{ sheet, number: String(head(sheet).number), heads: [nameOf(revisions.at(-1) ?? null)] }],
  revisions,
  remarks: [],
  confirmations: [],
});

export const submission: Members = {
  ...header(department, UNIT, { unit: OFFICE, print: office.print }),
  ...contents([written]),
  kind: 'submission',
  forms: [nameOf(form)],
  incomplete: [],
};
const fromOffice: Members = {
  ...header(office, OFFICE, { unit: UNIT, print: null }),
  forms: [form],
  assignments: assignments.slice(0, 1),
  registry: [],
};
export const distribution: Members = {
  ...fromOffice,
  ...contents(beginnings.slice(0, 1)),
  kind: 'distribution',
  lastYear: { forms: [], sheets: [] },
};
export const returned: Members = {
  ...fromOffice,
  ...contents(beginnings.slice(0, 1)),
  kind: 'return',
  sequence: 2,
  decisions: [{ sheet: SHEET, decision: 'returned', heads: [start], cells: [{ address: 'aim', verdict: 'remarked' }] }],
};
export const receipt: Members = {
  ...header(office, OFFICE, { unit: UNIT, print: null }),
  kind: 'receipt',
  sequence: 3,
  receipts: [
    {
      print: department.print,
      epoch: EPOCH,
      sequence: 1,
      payload: nameOf(submission),
      outcome: 'applied',
      reason: null,
      refused: [],
      receivedAt: AT,
    },
  ],
  registry: [],
};
