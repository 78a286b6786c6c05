// A town large enough to measure: an office whose sheets all departments have filled, and one submission not taken in
// yet. The loop of distribution and submission is gone through once; what only adds bulk goes to the store directly.
import { copyFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { openApp } from '../../electron/core/app.ts';
import { systemPorts } from '../../electron/core/ports.ts';
import { openSession } from '../../electron/core/session.ts';
import type { WriteDb } from '../../electron/core/store/database.ts';
import { refreshSheet } from '../../electron/core/store/derived.ts';
import { setReceived } from '../../electron/core/store/ledger.ts';
import { acceptRevision, loadSheets, makeRevision, type Sheet } from '../../electron/core/store/sheets.ts';
import type { Input, MethodName, Output } from '../../shared/contract/contract.ts';
import type { Cell, Scalar } from '../../shared/form/cell.ts';
import { lockOf } from '../../shared/form/form.ts';
import type { Revision } from '../../shared/revision/revision.ts';
import {
  distributeAll,
  joinDepartment,
  makeOffice,
  makeWorld,
  merge,
  resources,
  submitSheets,
  trust,
  type Workspace,
} from '../core/world.ts';

/** Sheets in the whole town, and sheets of each department. */
export type Size = { sheets: number; handed: number };

export type Town = Size & {
  folder: string;
  /** The office's file with the work of all departments but the first. */
  before: string;
  /** The same with the first department's submission taken in. */
  full: string;
  /** The first department's package. */
  submission: string;
  /** A copy of a file that only its user touches. */
  copyOf(file: string): Promise<string>;
  close(): Promise<void>;
};

/** A workspace driven like any host drives it. Unlike the tests' one it parses no answer a second time. */
export type Asker = {
  ask<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>>;
  offer(file: string): string;
  close(): Promise<void>;
};

/** Opens a workspace. Whatever is refused or goes wrong ends the run. */
export async function openAsker(file: string): Promise<Asker> {
  const app = openApp({ ports: systemPorts(), resources });
  const asker: Asker = {
    async ask<M extends MethodName>(method: M, input: Input<M>) {
      const reply = await app.call(method, input);
      if (!reply.ok) throw new Error(`${method}: ${reply.problem.message}`);
      return reply.value as Output<M>;
    },
    offer: app.offer,
    close: app.close,
  };
  await asker.ask('workspace.open', { file: asker.offer(file) });
  return asker;
}

/** Removes a workspace with what SQLite keeps beside it. */
export const removeWorkspace = (file: string): Promise<unknown> =>
  Promise.all(['', '-wal', '-shm', '-lock'].map((ending) => rm(`${file}${ending}`, { force: true })));

const STATION = '0'.repeat(30);
const AT = '2022-11-22T09:00:00.000Z';
const WORDS = [
  '相談から見学、体験までを一つの窓口で受けられるようになった。',
  '住まいの不足が続くと見込まれるため、空き家の調査を進める。',
  '会場での開催が減り、効果が小さかった（前年度比−12.5％）。',
  '「①利用率」は冬の利用が戻ったことで、目標値を上回った。',
];

/** What a department may have written in a cell: never the same in two sheets, of about the length that people write. */
function written(cell: Cell, sheet: number, place: number): Scalar {
  const seed = sheet * 31 + place * 7;
  if (cell.type === 'flag') return true;
  if (cell.type === 'code') return cell.options[seed % cell.options.length]?.code ?? '';
  if (cell.type === 'decimal') return String((seed * 13) % 9_000);
  if (cell.lines <= 1) return `第${seed}号の取組`;
  return Array.from({ length: 1 + (seed % 4) }, (_, line) => `${sheet}-${place} ${WORDS[(seed + line) % 4]}`).join(
    '\n',
  );
}

function filled(sheet: Sheet, index: number): Record<string, Scalar> {
  const fixed = new Set(sheet.assignment.fixed);
  const own = sheet.form.cells.filter((cell) => lockOf(sheet.form, cell, 'department', fixed) === undefined);
  return {
    ...sheet.standing.values,
    ...Object.fromEntries(own.map((cell, place) => [cell.address, written(cell, index, place)])),
  };
}

/** Fills the chosen sheets of a workspace with a department's revision each, in one transaction. */
async function fill(file: string, wanted: (sheet: Sheet) => boolean): Promise<void> {
  const session = await openSession(systemPorts(), file, undefined);
  const { role, print } = session.meta;
  const station = role === 'office' ? STATION : print;
  session.store.write((db) => {
    const sheets = loadSheets(db).filter(wanted);
    for (const [index, sheet] of sheets.entries()) {
      const revision: Revision = {
        format: 'hyoka-revision/1',
        form: sheet.assignment.form,
        year: sheet.form.year,
        sheet: sheet.id,
        parents: [...sheet.standing.heads],
        author: { role: 'department', unit: sheet.assignment.units[0] ?? '', station },
        at: AT,
        note: '',
        values: filled(sheet, index),
      };
      if (role === 'office') acceptRevision(db, revision, []);
      else makeRevision(db, revision);
      refreshSheet(db, sheet.id);
    }
    if (role === 'office') enterPackages(db, sheets);
  });
  session.store.close();
}

/** Enters the packages in which an office's sheets would have come, one of each department. */
function enterPackages(db: WriteDb, sheets: readonly Sheet[]): void {
  const units = Map.groupBy(sheets, (sheet) => sheet.assignment.units[0] ?? '');
  for (const [index, [unit, own]] of [...units].entries()) {
    const received = {
      payload: String(index + 1).padStart(64, '0'),
      outcome: 'applied' as const,
      kind: 'submission',
      print: STATION,
      publicKey: '',
      unit,
      station: '',
      epoch: '0'.repeat(16),
      sequence: index + 1,
      previous: null,
      madeAt: AT,
      receivedAt: AT,
      file: 'S.hyoka.json',
      sheets: own.map((sheet) => sheet.id),
      reason: null,
      refused: [],
      envelope: null,
    };
    setReceived(db, received, []);
  }
}

const unitOf = (index: number, handed: number): string => `第${Math.floor(index / handed) + 1}課`;

async function closed(workspace: Workspace): Promise<Workspace> {
  await workspace.app.close();
  return workspace;
}

/** Builds the town in a temporary folder; close removes it. */
export async function makeTown({ sheets, handed }: Size): Promise<Town> {
  const world = await makeWorld();
  const rows = Array.from({ length: sheets }, (_, i) => `${i + 1},施策${i + 1}の推進,${unitOf(i, handed)}`);
  const office = await makeOffice(
    world,
    'before.hyoka',
    'memuro-shisaku',
    ['施策番号,施策名,主管課', ...rows, ''].join('\n'),
  );
  const packages = await distributeAll(world, office, 'out');
  const first = unitOf(0, handed);
  const newcomer = await joinDepartment(world, packages[first] ?? '', 'department.hyoka');
  // The office may register only a key that it has seen, and takes in at once what has come under it: a first package
  // makes the key known, so that the submission that is measured is new to the office.
  const [sheet] = (await newcomer.ask('sheet.list', {})).sheets;
  await merge(office, await submitSheets(world, newcomer, 'first', sheet && [sheet.id]));
  await trust(office, newcomer);
  const { file } = await closed(newcomer);
  await fill(file, () => true);
  const department = world.host();
  await department.ask('workspace.open', { file: department.offer(file) });
  const submission = await submitSheets(world, department, 'in');
  await Promise.all([office, department].map(closed));
  await fill(office.file, (sheet) => !sheet.assignment.units.includes(first));

  let copies = 0;
  const copyOf = async (file: string) => {
    copies += 1;
    const copy = world.at(`copy-${copies}${path.extname(file)}`);
    await copyFile(file, copy);
    return copy;
  };
  const full = await copyOf(office.file);
  const asker = await openAsker(full);
  const [taken] = (await asker.ask('package.merge', { files: [asker.offer(submission)] })).packages;
  if (taken?.sheets.length !== Math.min(handed, sheets) || taken.outcome !== 'applied') {
    throw new Error(`the submission was not taken in whole: ${JSON.stringify(taken).slice(0, 500)}`);
  }
  await asker.close();
  return { sheets, handed, folder: world.folder, before: office.file, full, submission, copyOf, close: world.close };
}
