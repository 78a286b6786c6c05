// Transit diagnosis: what really happens to files on their way, done to one real package, and the words it must get.
// Every damaged file changes nothing; what only has another name is taken.
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newKeyPair } from '../../electron/core/exchange/crypto.ts';
import { sealEnvelope } from '../../electron/core/exchange/envelope.ts';
import type { PackageResult } from '../../shared/contract/exchangeviews.ts';
import {
  distributeAll,
  joinDepartment,
  makeOffice,
  makeWorld,
  merge,
  submitSheets,
  trust,
  type Workspace,
  type World,
} from '../core/world.ts';

type Damage = (whole: { bytes: Buffer; text: string; parts: Parts }) => Buffer | string;
type Parts = { payload: string; payloadType: string; signatures: { keyid: string; sig: string }[] };

const json = (value: unknown) => `${JSON.stringify(value)}\n`;
const inZip = (name: string, bytes: Buffer) =>
  Buffer.concat([Buffer.from('504b030414000000000000000000', 'hex'), Buffer.alloc(16), Buffer.from(name), bytes]);
const mail = (body: string, encoding: string) =>
  `From: a@town.example\r\nContent-Type: application/json\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n`;
const OWN = 'S1234-2022-0001-0a5d6522.hyoka.json';

/** What was done to it, the name under which it arrives, how, and the code with words that must be among the message. */
const damages: [what: string, name: string, damage: Damage, code: string, words: string][] = [
  ['cut in the middle', OWN, ({ bytes }) => bytes.subarray(0, bytes.length / 2), 'truncated', '途中で切れて'],
  ['cut after a few bytes', OWN, ({ bytes }) => bytes.subarray(0, 7), 'truncated', '途中で切れて'],
  ['without its last byte', OWN, ({ bytes }) => bytes.subarray(0, -1), 'truncated', '途中で切れて'],
  ['cut inside the signature', OWN, ({ bytes }) => bytes.subarray(0, -30), 'truncated', '途中で切れて'],
  [
    'of full length, the end only zeros',
    OWN,
    ({ bytes }) => Buffer.concat([bytes.subarray(0, 2_048), Buffer.alloc(bytes.length - 2_048)]),
    'truncated',
    '途中で切れて',
  ],
  ['nothing but zeros', OWN, ({ bytes }) => Buffer.alloc(bytes.length), 'truncated', '途中で切れて'],
  ['emptied to 0 bytes', OWN, () => '', 'emptied', '0バイト'],
  ['a byte order mark', OWN, ({ text }) => `\ufeff${text}`, 'reencoded', 'BOM'],
  ['saved as UTF-16 by Notepad', OWN, ({ text }) => Buffer.from(`\ufeff${text}`, 'utf16le'), 'reencoded', 'UTF-16'],
  ['UTF-16 without a mark', OWN, ({ text }) => Buffer.from(text, 'utf16le'), 'reencoded', 'UTF-16'],
  ['UTF-16 the other way', OWN, ({ text }) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'reencoded', 'UTF-16'],
  ['CRLF', OWN, ({ text }) => text.replace('\n', '\r\n'), 'reencoded', '改行'],
  ['CR', OWN, ({ text }) => text.replace('\n', '\r'), 'reencoded', '改行'],
  ['an empty line behind', OWN, ({ text }) => `${text}\n`, 'reencoded', '改行'],
  ['pretty-printed by an editor', OWN, ({ parts }) => `${JSON.stringify(parts, null, 2)}\n`, 'reencoded', '整形'],
  ['pretty-printed with tabs', OWN, ({ parts }) => JSON.stringify(parts, null, '\t'), 'reencoded', '整形'],
  ['wrapped at 76 in a mail', OWN, ({ text }) => text.replace(/.{76}/g, '$&\r\n'), 'reencoded', '折り返'],
  ['wrapped at 998', OWN, ({ text }) => text.replace(/.{998}/g, '$&\n'), 'reencoded', '折り返'],
  ['wrapped, then cut', OWN, ({ text }) => text.replace(/.{76}/g, '$&\r\n').slice(0, 999), 'truncated', '途中で切れて'],
  [
    'a stray byte',
    OWN,
    ({ bytes }) => Buffer.concat([bytes.subarray(0, 99), Buffer.from([0x81]), bytes.subarray(99)]),
    'reencoded',
    '文字コード',
  ],
  ['a full-width space pasted in', OWN, ({ text }) => `${text}　`, 'reencoded', ''],
  ['a signature of the mail program behind', OWN, ({ text }) => `${text}--\n総務課 甲野\n`, 'reencoded', '前か後ろ'],
  ['a greeting before it', OWN, ({ text }) => `お世話になります。\n${text}`, 'reencoded', '前か後ろ'],
  ['quoted as in a reply', OWN, ({ text }) => `> ${text}`, 'reencoded', '前か後ろ'],
  ['in a mail message as it is', 'mail.eml', ({ text }) => mail(text, '8bit'), 'reencoded', '前か後ろ'],
  ['base64 of the whole', OWN, ({ bytes }) => bytes.toString('base64'), 'reencoded', 'base64'],
  ['base64 in lines', OWN, ({ bytes }) => bytes.toString('base64').replace(/.{76}/g, '$&\r\n'), 'reencoded', 'base64'],
  [
    'a mail message with it as base64',
    'mail.eml',
    ({ bytes }) => mail(bytes.toString('base64').replace(/.{76}/g, '$&\r\n'), 'base64'),
    'reencoded',
    'base64',
  ],
  ['quoted-printable', OWN, ({ text }) => text.replaceAll('=', '=3D').replace(/.{75}/g, '$&=\r\n'), 'reencoded', ''],
  ['curly quotation marks', OWN, ({ text }) => text.replaceAll('"', '”'), 'reencoded', '引用符'],
  [
    'full-width characters',
    OWN,
    ({ text }) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
    'reencoded',
    '全角',
  ],
  ['HTML entities', OWN, ({ text }) => text.replaceAll('"', '&quot;'), 'reencoded', 'HTML'],
  ['a string in a string', OWN, ({ text }) => json(text), 'reencoded', '囲まれて'],
  ['hexadecimal', OWN, ({ bytes }) => bytes.toString('hex'), 'reencoded', '16進'],
  ['its signatures taken out', OWN, ({ parts: { signatures: _, ...rest } }) => json(rest), 'stripped', '署名'],
  ['its signatures emptied', OWN, ({ parts }) => json({ ...parts, signatures: [] }), 'stripped', '署名'],
  [
    'one signature blanked',
    OWN,
    ({ parts }) => json({ ...parts, signatures: [{ keyid: '', sig: '' }] }),
    'stripped',
    '署名',
  ],
  ['its payload taken out', OWN, ({ parts: { payload: _, ...rest } }) => json(rest), 'stripped', '中身'],
  ['its payload emptied', OWN, ({ parts }) => json({ ...parts, payload: '' }), 'stripped', '中身'],
  ['its type taken out', OWN, ({ parts: { payloadType: _, ...rest } }) => json(rest), 'stripped', '種類'],
  ['made a PDF', `${OWN}.pdf`, () => '%PDF-1.7\n%âãÏÓ\n', 'sanitised', 'PDF'],
  ['made a PDF under its old name', OWN, () => '%PDF-1.7\n', 'sanitised', 'PDF'],
  ['made a picture', OWN, () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'sanitised', '画像'],
  ['made an Excel book', `${OWN}.xlsx`, () => inZip('xl/workbook.xml', Buffer.alloc(9)), 'sanitised', 'Excel'],
  ['made a page', `${OWN}.html`, () => '<!DOCTYPE html><html><body>安全な内容</body></html>', 'sanitised', 'HTML'],
  ['replaced by a notice', OWN, () => 'このファイルは無害化により削除されました。', 'sanitised', '別の内容'],
  [
    'the notice in Shift_JIS',
    OWN,
    () => iconv.encode('このファイルは削除されました。', 'Shift_JIS'),
    'sanitised',
    '別の内容',
  ],
  ['in a ZIP', '提出.zip', ({ bytes }) => inZip(OWN, bytes), 'wrapped', 'ZIP'],
  ['in a ZIP with a password', `${OWN}.zip`, () => inZip('x', Buffer.alloc(99)), 'wrapped', 'ZIP'],
  ['compressed', `${OWN}.gz`, ({ bytes }) => gzipSync(bytes), 'wrapped', '圧縮'],
  ['one character of it changed', OWN, ({ text }) => text.replace('Ijoi', 'Ijoj'), 'tampered', '署名が合いません'],
  ['the type of another kind', OWN, ({ text }) => text.replace('hyoka.submission', 'hyoka.return'), 'tampered', '署名'],
  ['a later version', OWN, ({ text }) => text.replace('.v1+json', '.v2+json'), 'newer', '新しい版'],
  ['too large', OWN, () => Buffer.alloc(21 * 1024 * 1024, 32), 'oversized', '大きすぎます'],
  [
    'a shortcut of Windows',
    `${OWN}.lnk`,
    () => Buffer.from('4c0000000114020000000000c000000000000046', 'hex'),
    'shortcut',
    'ショートカット',
  ],
  ['a link', `${OWN}.url`, () => '[InternetShortcut]\r\nURL=file://server/x\r\n', 'shortcut', 'ショートカット'],
  ['a form definition', 'x.form.json', () => '{"format":"hyoka-form/1","id":"x"}', 'other', '様式'],
  ['an export', '一覧.json', () => '{"format":"hyoka-export/1"}', 'other', '書き出した結果'],
  [
    'a workbook that has nothing to do with it',
    '予算.xlsx',
    () => inZip('xl/workbook.xml', Buffer.alloc(9)),
    'foreign',
    '',
  ],
  ['a memo', 'メモ.txt', () => '来週までに提出してください。\r\n', 'foreign', ''],
];

let world: World;
let office: Workspace;
let library: Workspace;
let submission: string;
let whole: { bytes: Buffer; text: string; parts: Parts };

beforeAll(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  const handed = await distributeAll(world, office, 'out');
  const tourism = await joinDepartment(world, handed.商工観光課 ?? '', 'tourism.hyoka');
  library = await joinDepartment(world, handed.社会教育課 ?? '', 'library.hyoka');
  await tourism.ask('cell.set', { sheet: '2-2', cells: [{ cell: '意図', raw: '・相談を増やす' }] });
  await merge(office, await submitSheets(world, tourism, 'in', ['2-1']));
  await trust(office, tourism);
  submission = await submitSheets(world, tourism, 'in', ['2-2']);
  const bytes = await readFile(submission);
  whole = { bytes, text: bytes.toString(), parts: JSON.parse(bytes.toString()) };
});
afterAll(() => world.close());

/** Plans the file under its name, alone in a folder of its own. */
async function planned(name: string, content: Buffer | string, who = office): Promise<PackageResult> {
  const folder = `t${Math.random().toString(36).slice(2)}`;
  await mkdir(world.at(folder));
  const file = await world.write(path.join(folder, name), content);
  const { packages } = await who.ask('package.plan', { files: [who.offer(file)] });
  const [result] = packages.filter((one) => one.file === name);
  if (!result) throw new Error('not planned');
  return result;
}

describe('what happens to a package on its way', () => {
  test.each(damages)('%s', async (_, name, damage, code, words) => {
    const { outcome, reason } = await planned(name, damage(whole));
    expect({ outcome, code: reason?.code }).toEqual({ outcome: 'refused', code: `package.${code}` });
    expect(reason?.message).toContain(words);
    expect(reason?.hint).toMatch(/。$/);
  });

  test('there are at least forty of them', () => expect(damages.length).toBeGreaterThanOrEqual(40));

  test('one of our files that is no package is called by its name', async () => {
    await office.app.close();
    const bytes = await readFile(office.file);
    await office.ask('workspace.open', { file: office.offer(office.file) });
    const { reason } = await planned('控え.bak', bytes);
    expect(reason).toMatchObject({ code: 'package.other' });
    expect(reason?.message).toContain('.hyoka');
  });

  test('Shift_JIS leaves it as it is, since a package is plain ASCII', async () => {
    expect((await planned(OWN, iconv.encode(whole.text, 'Shift_JIS'))).outcome).toBe('applied');
  });

  test('what only has another name is taken, and the note says so', async () => {
    const own = path.basename(submission);
    for (const name of ['提出（最終）.json', 'a.txt', `コピー ～ ${own}`]) {
      const { outcome, notes } = await planned(name, whole.bytes);
      expect({ name, outcome, notes }).toEqual({ name, outcome: 'applied', notes: [expect.stringContaining(own)] });
    }
    for (const name of [own, own.replace('.json', ' (1).json'), own.replace('.json', ' - コピー.json')]) {
      expect((await planned(name, whole.bytes)).notes, name).toEqual([]);
    }
  });

  test('another department, another office, another year, another kind are told apart', async () => {
    const distribution = await readFile((await distributeAll(world, office, 'again')).商工観光課 ?? '');
    expect((await planned(OWN, distribution, library)).reason?.code).toBe('package.misdirected');
    expect((await planned(OWN, whole.bytes, library)).reason?.code).toBe('package.miskinded');
    const key = newKeyPair();
    const empty = sealEnvelope('submission', { kind: 'submission', sender: { publicKey: key.publicKey } }, key);
    expect((await planned(OWN, empty)).reason?.code).toBe('package.malformed');
  });
});
