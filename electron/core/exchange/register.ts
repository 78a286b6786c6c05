// The export register as a person sees it: what went out on which medium, what has not been erased yet, what was never
// proved to be written; and as a table for the files of the office.
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import type { RegisterView } from '../../../shared/contract/outgoingviews.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import { isKind, KINDS } from '../../../shared/package/envelope.ts';
import { inert } from '../output/inert.ts';
import { allCarried, type Carried, markErased } from '../store/carried.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { allSent } from '../store/ledger.ts';
import { settingOf } from '../store/settings.ts';
import type { Task } from '../task.ts';

/** The register, the newest entry first. */
export function listRegister(db: ReadDb): RegisterView {
  const sent = allSent(db);
  const kept = new Set(sent.flatMap(({ payload, kept: isKept }) => (isKept ? [payload] : [])));
  const entries = allCarried(db).map(({ payload, ...one }) => ({
    ...one,
    hash: payload,
    kept: payload !== null && kept.has(payload),
  }));
  const unwritten = sent.flatMap(({ payload, kind, recipient, sequence, at, delivered, kept: isKept }) =>
    delivered ? [] : [{ hash: payload, kind, recipient, sequence, at, kept: isKept }],
  );
  return { entries: entries.reverse(), unwritten: unwritten.reverse(), person: settingOf(db, 'person') };
}

/** Notes that files were erased. Raises register.unknown; then nothing is noted. */
export function eraseInRegister(db: WriteDb, { ids, person }: ParsedInput<'register.erase'>, at: string): RegisterView {
  const name = person.normalize('NFC').trim();
  for (const id of ids) if (!markErased(db, id, name, at)) fail('register.unknown', {});
  return listRegister(db);
}

const PLACES = {
  fixed: 'このパソコン',
  removable: '取り外せる媒体',
  network: '共有フォルダー',
  unknown: '不明',
};

const HEADINGS = [
  ...['番号', '日時（UTC）', '書き出した人', '種類', 'あて先', '第何号', 'シート枚数', 'ファイル名', '中身の印'],
  ...['場所', '媒体', '封', '消した日時（UTC）', '消した人'],
];

const rowOf = (one: Carried): string[] => [
  String(one.id),
  one.at,
  one.person,
  isKind(one.kind) ? KINDS[one.kind] : one.kind,
  one.recipient,
  one.sequence === null ? '' : String(one.sequence),
  String(one.sheets),
  one.file,
  one.payload?.slice(0, 8) ?? '',
  PLACES[one.place],
  one.medium,
  one.sealed ? 'あり' : 'なし',
  one.erasedAt ?? '',
  one.erasedBy ?? '',
];

/** Writes the register, oldest first, as CSV for spreadsheets. Raises file.unwritable. */
export async function exportRegister(task: Task, input: ParsedInput<'register.export'>) {
  const file = task.pathOf(input.file);
  const entries = task.read(allCarried);
  await task.step({ done: 0, total: 1, name: path.basename(file) });
  const rows = [HEADINGS, ...entries.map((one) => rowOf(one).map(inert))];
  const text = `\uFEFF${stringify(rows, { record_delimiter: 'windows', quoted_match: /[\r\n]/ })}`;
  await task.ports.files.write(file, Buffer.from(text), { replace: true });
  return { file: path.basename(file), entries: entries.length };
}
