// The test vectors of SPEC.md: packages and what is no package, each with the verdict it must get. `node
// test/package/vectors.ts` writes them to test/vectors/packages; a test holds the files against this list.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  AT,
  assignments,
  beginnings,
  byOffice,
  colleague,
  contents,
  department,
  distribution,
  EPOCH,
  envelope,
  file,
  form,
  hash,
  type Json,
  type Key,
  type Members,
  nameOf,
  OFFICE,
  OTHERS,
  office,
  receipt,
  returned,
  revision,
  revoked,
  type Said,
  SHEET,
  sealed,
  spell,
  start,
  stranger,
  submission,
  taxes,
  typeOf,
  UNIT,
  written,
  YEAR,
} from './round.ts';

export const FOLDER = path.join(import.meta.dirname, '../vectors/packages');

/**
 * `at`: who is asked. anyone: opening the file, before any question of trust. office, department: a workspace of the
 * small round above, which has taken nothing in yet. `verdict`: `taken`, a package's outcome, or the problem's code.
 */
export type Vector = {
  name: string;
  rule: string;
  at: 'anyone' | 'office' | 'department';
  verdict: string;
  bytes: Buffer;
};

const text = sealed(submission, department);
const parts = envelope(spell(submission), typeOf('submission'), department);
const [first] = parts.signatures as Members[];
const body = spell(submission);
const respelled = (change: Members) => file({ ...parts, ...change });
const withSignature = (change: Members) => respelled({ signatures: [{ ...first, ...change }] });
/** Properly signed, whatever the payload's bytes are. */
const bearing = (bytes: string | Uint8Array, type = typeOf('submission')) => file(envelope(bytes, type, department));
const say = (change: Members, key = department) => sealed({ ...submission, ...change }, key);
const sayAs = (key: Key, change: Members = {}) =>
  say({ sender: { ...(submission.sender as Members), print: key.print, publicKey: key.publicKey }, ...change }, key);
const tell = (change: Members, key = office) => sealed({ ...distribution, ...change }, key);
const bring = (said: Said) => {
  const own = revision({ parents: [start], ...said });
  return say(contents([own], said.sheet));
};
const member = (json: string) => bearing(body.replace('{', `{${json},`));
const removed = (name: string) =>
  sealed(Object.fromEntries(Object.entries(submission).filter(([key]) => key !== name)), department);
const littleEndian = (bytes: Buffer) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

function beyondOrder(): string {
  const bytes = Buffer.from(String(first?.sig), 'base64');
  const s = littleEndian(bytes.subarray(32)) + ORDER;
  Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse().copy(bytes, 32);
  return bytes.toString('base64');
}

const low = (y: number) => Buffer.concat([Buffer.from([y]), Buffer.alloc(31)]).toString('base64');
const remark = (change: Members = {}): Members => ({
  format: 'hyoka-remark/1',
  sheet: SHEET,
  address: 'aim',
  text: '直しました',
  author: { role: 'department', unit: UNIT, station: department.print },
  at: AT,
  reply: 'a'.repeat(64),
  closes: false,
  ...change,
});
const confirmation = (change: Members = {}): Members => ({
  format: 'hyoka-confirmation/1',
  sheet: SHEET,
  digest: 'b'.repeat(64),
  name: '総務課長',
  author: { role: 'department', unit: UNIT, station: department.print },
  at: AT,
  ...change,
});

type Row = readonly [name: string, rule: string, verdict: string, file: string | Uint8Array];

const anyone: Row[] = [
  ['submission', 'P18', 'taken', text],
  ['distribution', 'P17', 'taken', sealed(distribution, office)],
  ['return', 'P19', 'taken', sealed(returned, office)],
  ['receipt', 'P20', 'taken', sealed(receipt, office)],
  ['payload-with-blanks', 'P11', 'taken', bearing(body.replaceAll('","', '", "'))],
  ['payload-in-another-order', 'P11', 'taken', bearing(JSON.stringify(submission))],
  // What happens on the way
  ['empty', 'P2', 'package.truncated', ''],
  ['cut-in-the-middle', 'P2', 'package.truncated', text.slice(0, text.length / 2)],
  ['last-line-feed-lost', 'P2', 'package.truncated', text.slice(0, -1)],
  ['zeros-where-nothing-arrived', 'P2', 'package.truncated', text.slice(0, 600).padEnd(text.length, '\0')],
  ['byte-order-mark', 'P2', 'package.reencoded', `\ufeff${text}`],
  ['utf-16-little-endian', 'P2', 'package.reencoded', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['utf-16-big-endian', 'P2', 'package.reencoded', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['carriage-return', 'P2', 'package.reencoded', text.replace('\n', '\r\n')],
  ['line-feed-twice', 'P2', 'package.reencoded', `${text}\n`],
  ['pretty-printed', 'P2', 'package.reencoded', `${JSON.stringify(JSON.parse(text), null, 2)}\n`],
  ['wrapped-by-mail', 'P2', 'package.reencoded', text.replace(/.{76}/g, '$&\r\n')],
  // What is no package
  ['words', 'P1', 'package.foreign', '評価シート一覧\n'],
  ['list', 'P1', 'package.foreign', '[1,2,3]\n'],
  [
    'json-web-signature',
    'P1',
    'package.foreign',
    '{"payload":"e30","protected":"eyJhbGciOiJub25lIn0","signature":""}\n',
  ],
  ['envelope-of-others', 'P10', 'package.foreign', respelled({ payloadType: 'application/vnd.in-toto+json' })],
  ['later-version', 'P10', 'package.newer', bearing(body, 'application/vnd.hyoka.submission.v2+json')],
  ['unknown-kind', 'P10', 'package.malformed', bearing(body, typeOf('audit'))],
  // Envelope
  [
    'members-in-another-order',
    'P2',
    'package.malformed',
    `${JSON.stringify({ payloadType: parts.payloadType, ...parts })}\n`,
  ],
  ['member-more', 'P1', 'package.malformed', respelled({ alg: 'EdDSA' })],
  ['member-more-beside-the-signature', 'P1', 'package.malformed', withSignature({ cert: '' })],
  ['member-twice', 'P1', 'package.malformed', text.replace('{', `{"payload":"${parts.payload}",`)],
  ['no-signature', 'P1', 'package.malformed', respelled({ signatures: [] })],
  ['two-signatures', 'P1', 'package.malformed', respelled({ signatures: [first as Members, first as Members] })],
  ['escaped-slash', 'P2', 'package.malformed', text.replace('application/', 'application\\/')],
  ['escaped-member-name', 'P2', 'package.malformed', text.replace('"payload"', '"p\\u0061yload"')],
  ['base64url', 'P3', 'package.malformed', withSignature({ sig: `-_${String(first?.sig).slice(2)}` })],
  [
    'other-padding-bits',
    'P3',
    'package.malformed',
    withSignature({ keyid: String(first?.keyid).replace(/.=$/, '/=') }),
  ],
  ['padding-in-the-middle', 'P3', 'package.malformed', respelled({ payload: `YQ==${parts.payload}` })],
  ['short-key', 'P6', 'package.malformed', withSignature({ keyid: 'AAAA' })],
  ['short-signature', 'P6', 'package.malformed', withSignature({ sig: 'AAAA' })],
  // Signature
  [
    'another-payload',
    'P7',
    'package.tampered',
    respelled({ payload: envelope(`${body} `, '', department).payload as Json }),
  ],
  ['another-payload-type', 'P7', 'package.tampered', respelled({ payloadType: typeOf('return') })],
  ['another-keyid', 'P7', 'package.tampered', withSignature({ keyid: office.publicKey })],
  [
    'signed-without-encoding',
    'P7',
    'package.tampered',
    file(envelope(body, typeOf('submission'), department, Buffer.from(body))),
  ],
  ['signature-of-zeros', 'P8', 'package.tampered', withSignature({ sig: Buffer.alloc(64).toString('base64') })],
  ['signature-beyond-the-order', 'P8', 'package.tampered', withSignature({ sig: beyondOrder() })],
  ['low-order-key-0', 'P8', 'package.tampered', withSignature({ keyid: low(0) })],
  ['low-order-key-1', 'P8', 'package.tampered', withSignature({ keyid: low(1) })],
  [
    'key-not-in-proper-form',
    'P8',
    'package.tampered',
    withSignature({ keyid: Buffer.alloc(32, 255).toString('base64') }),
  ],
  ['signed-by-another-in-the-name', 'P13', 'package.tampered', sealed(submission, stranger)],
  [
    'print-of-another-key',
    'P13',
    'package.inconsistent',
    say({ sender: { ...(submission.sender as Members), print: office.print } }),
  ],
  // Payload
  ['payload-not-utf-8', 'P11', 'package.malformed', bearing(Buffer.from(body, 'latin1'))],
  ['payload-with-a-mark', 'P11', 'package.malformed', bearing(`\ufeff${body}`)],
  ['payload-list', 'P11', 'package.malformed', bearing('[]')],
  ['payload-nested-33', 'P11', 'package.malformed', member(`"a":${'['.repeat(32)}${']'.repeat(32)}`)],
  ['payload-member-twice', 'P11', 'package.malformed', member('"kind":"return"')],
  ['payload-prototype', 'P11', 'package.malformed', member('"__proto__":{"kind":"return"}')],
  ['payload-constructor', 'P11', 'package.malformed', member('"constructor":1')],
  ['payload-fraction', 'P11', 'package.malformed', member('"a":1.5')],
  ['payload-exponent', 'P11', 'package.malformed', member('"a":1e3')],
  ['payload-number-beyond-doubles', 'P11', 'package.malformed', member('"a":1e999')],
  ['payload-2-to-the-53rd-and-1', 'P11', 'package.malformed', member('"a":9007199254740993')],
  ['payload-negative-zero', 'P11', 'package.malformed', member('"a":-0')],
  ['payload-lone-surrogate', 'P11', 'package.malformed', member('"a":"\\ud800"')],
  ['payload-nul', 'P11', 'package.malformed', member('"a":"\\u0000"')],
  ['payload-turned-round', 'P11', 'package.malformed', member('"a":"\\u202e"')],
  ['payload-member-more', 'P12', 'package.malformed', say({ extra: true })],
  ['payload-member-missing', 'P12', 'package.malformed', removed('seen')],
  ['sequence-0', 'P12', 'package.malformed', say({ sequence: 0 })],
  ['sequence-beyond-bounds', 'P12', 'package.malformed', say({ sequence: 10_000_000 })],
  ['epoch-in-capitals', 'P12', 'package.malformed', say({ epoch: EPOCH.toUpperCase().replace('0', 'A') })],
  [
    'unit-decomposed',
    'P12',
    'package.malformed',
    sayAs(department, { recipient: { unit: 'か\u3099課', print: office.print } }),
  ],
  ['value-at-no-address', 'P12', 'package.malformed', bring({ values: { 'a-b': 'x' } })],
  ['no-sheets', 'P12', 'package.malformed', say({ sheets: [] })],
  [
    'receipt-with-sheets',
    'P20',
    'package.malformed',
    sealed({ ...receipt, sheets: submission.sheets as Json }, office),
  ],
];

/** Every pair of what the envelope says and what the payload says. */
const kinds = { submission, distribution, return: returned, receipt };
const pairs = Object.keys(kinds).flatMap((outside) =>
  Object.entries(kinds).flatMap(([inside, payload]): Row[] => {
    const key = inside === 'submission' ? department : office;
    const bytes = file(envelope(spell(payload), typeOf(outside), key));
    return inside === outside ? [] : [[`${inside}-as-${outside}`, 'P21', 'package.miskinded', bytes]];
  }),
);

const foreignAuthor = { role: 'department', unit: '税務課', station: taxes.print };
const atOffice: Row[] = [
  ['office-submission', 'P29', 'applied', text],
  ['office-distribution', 'P21', 'package.miskinded', sealed(distribution, office)],
  ['office-return', 'P21', 'package.miskinded', sealed(returned, office)],
  ['office-receipt', 'P21', 'package.miskinded', sealed(receipt, office)],
  ['another-recipient', 'P16', 'package.misdirected', say({ recipient: { unit: '税務課', print: office.print } })],
  ['another-office', 'P16', 'package.misdirected', say({ office: { unit: OFFICE, print: stranger.print } })],
  [
    'another-key-of-the-office',
    'P16',
    'package.misdirected',
    say({ recipient: { unit: OFFICE, print: stranger.print } }),
  ],
  ['another-year', 'P14', 'package.outdated', say({ year: 2021 })],
  ['unknown-key', 'P29', 'signer.unknown', sayAs(stranger)],
  ['revoked-key', 'P32', 'signer.revoked', sayAs(revoked)],
  ['another-name', 'P30', 'signer.mismatched', sayAs(taxes)],
  ['base-missing', 'P23', 'base.missing', bring({ parents: ['c'.repeat(64)] })],
  ['head-missing', 'P23', 'base.missing', say({ sheets: [{ sheet: SHEET, number: '1-1', heads: ['c'.repeat(64)] }] })],
  ['revision-of-another-unit', 'P33', 'sheets.refused', bring({ author: foreignAuthor })],
  ['revision-of-the-office', 'P33', 'sheets.refused', bring({ author: byOffice, values: { aim: 'x' } })],
  [
    'sheet-of-another-unit',
    'P33',
    'sheets.refused',
    bring({ sheet: OTHERS, parents: [nameOf(beginnings[1] ?? null)] }),
  ],
  ['unknown-sheet', 'P33', 'sheets.refused', bring({ sheet: `s${'9'.repeat(20)}`, parents: [] })],
  ['value-that-does-not-fit', 'P33', 'sheets.unfit', bring({ values: { cost: '12.505' } })],
  ['value-at-an-unknown-address', 'P33', 'sheets.unfit', bring({ values: { nowhere: 'x' } })],
  ['cell-of-the-office', 'P33', 'applied', bring({ values: { aim: 'よい', judgement: 'A' } })],
  ['remark-of-another-unit', 'P33', 'package.inconsistent', say({ remarks: [remark({ author: foreignAuthor })] })],
  ['remark-that-opens', 'P33', 'package.inconsistent', say({ remarks: [remark({ reply: null })] })],
  ['remark-that-closes', 'P33', 'package.inconsistent', say({ remarks: [remark({ closes: true })] })],
  ['remark-on-another-sheet', 'P33', 'package.inconsistent', say({ remarks: [remark({ sheet: OTHERS })] })],
  [
    'confirmation-of-the-office',
    'P33',
    'package.inconsistent',
    say({ confirmations: [confirmation({ author: byOffice })] }),
  ],
  [
    'confirmation-on-another-sheet',
    'P33',
    'package.inconsistent',
    say({ confirmations: [confirmation({ sheet: OTHERS })] }),
  ],
  ['made-long-ago', 'P15', 'applied', say({ at: '1999-12-31T23:59:59.999Z' })],
  ['made-in-a-far-future', 'P15', 'applied', say({ at: '2999-12-31T23:59:59.999Z' })],
  ['revision-twice', 'P22', 'applied', say(contents([written, written]))],
  ['far-jump', 'P26', 'applied', say({ sequence: 9_999_999, previous: 'd'.repeat(64) })],
];

const atDepartment: Row[] = [
  ['department-distribution', 'P17', 'applied', sealed(distribution, office)],
  ['department-return', 'P19', 'applied', sealed(returned, office)],
  ['department-receipt', 'P20', 'applied', sealed(receipt, office)],
  ['department-submission', 'P21', 'package.miskinded', text],
  ['for-another-department', 'P16', 'package.misdirected', tell({ recipient: { unit: '税務課', print: null } })],
  ['for-another-year', 'P14', 'package.outdated', tell({ year: 2023 })],
  [
    'key-that-changed-silently',
    'P31',
    'signer.changed',
    tell(
      { sender: { ...(distribution.sender as Members), print: stranger.print, publicKey: stranger.publicKey } },
      stranger,
    ),
  ],
];

const toVectors = (at: Vector['at'], rows: readonly Row[]): Vector[] =>
  rows.map(([name, rule, verdict, bytes]) => ({ name, rule, at, verdict, bytes: Buffer.from(bytes) }));

export const vectors: Vector[] = [
  ...toVectors('anyone', [...anyone, ...pairs]),
  ...toVectors('office', atOffice),
  ...toVectors('department', atDepartment),
];

/** What stands beside the files: each with its verdict, and the keys and the round that they are about. */
export const index = {
  about: 'Test vectors of shared/package/SPEC.md; the seeds of these keys are known to everybody.',
  round: { office: OFFICE, print: office.print, year: YEAR, form, assignments, beginnings },
  keys: {
    trusted: [
      { unit: UNIT, publicKey: department.publicKey, print: department.print },
      { unit: UNIT, publicKey: colleague.publicKey, print: colleague.print },
      { unit: '税務課', publicKey: taxes.publicKey, print: taxes.print },
    ],
    revoked: [{ unit: UNIT, publicKey: revoked.publicKey, print: revoked.print }],
  },
  vectors: vectors.map(({ bytes, name, ...rest }) => ({ file: `${name}.hyoka.json`, ...rest, sha256: hash(bytes) })),
};

if (process.argv[1] === import.meta.filename) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const { name, bytes } of vectors) writeFileSync(path.join(FOLDER, `${name}.hyoka.json`), bytes);
  writeFileSync(path.join(FOLDER, 'index.json'), `${JSON.stringify(index, null, 2)}\n`);
}
