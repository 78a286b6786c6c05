// The tasks of sending: packages written and proved. Only a file that was read back and opened again counts as
// delivered.
import path from 'node:path';
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import type { WrittenPackage } from '../../../shared/contract/exchangeviews.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import { assertDecided, commitSheet, lackOf } from '../commit.ts';
import { assertRole, signingKey } from '../session.ts';
import { isOwn } from '../sheet.ts';
import { allSent, markDelivered } from '../store/ledger.ts';
import { loadSheet, loadSheets } from '../store/sheets.ts';
import type { Task } from '../task.ts';
import { type Sealed, sealDistribution, sealSubmission } from './compose.ts';
import { openEnvelope } from './envelope.ts';

/** Writes a sealed package and opens the written file again before it counts as delivered. */
export async function deliver(task: Task, folder: string, sealed: Sealed): Promise<WrittenPackage> {
  const file = path.join(folder, sealed.name);
  await task.ports.files.write(file, sealed.bytes, {
    check: (written) => {
      if (openEnvelope(written).payloadHash !== sealed.hash) {
        fail('file.unwritable', { name: sealed.name, reason: '書いた内容を読み戻すと違っている' });
      }
    },
  });
  task.write((db) => markDelivered(db, sealed.hash));
  const { payload } = sealed;
  return {
    file: sealed.name,
    unit: payload.kind === 'submission' ? payload.sender.unit : payload.recipient.unit,
    sequence: payload.sequence,
    hash: sealed.hash,
    sheets: payload.kind === 'receipt' ? [] : payload.sheets.map(({ number }) => number),
  };
}

/**
 * One package for each department, with its sheets, their form and all that stands in them; of the chosen sheets alone
 * where some are named, also to departments that had one of them.
 * Raises sheet.none, sheet.unknown, sheet.conflicted, key.locked and the problems of writing.
 */
export async function distribute(task: Task, input: ParsedInput<'package.distribute'>) {
  const folder = task.pathOf(input.folder);
  assertRole(task.session(), 'office');
  signingKey(task.session());
  const chosen = task.read((db) => input.sheets && new Set(input.sheets.map((sheet) => loadSheet(db, sheet).id)));
  const isChosen = (id: string) => chosen?.has(id) ?? true;
  const units = task.read((db) => {
    const sheets = loadSheets(db).filter(({ id }) => isChosen(id));
    if (sheets.length === 0) fail('sheet.none', {});
    assertDecided(sheets);
    // A department that has nothing left is told so too.
    const given = allSent(db)
      .filter(({ heads }) => !chosen || Object.keys(heads).some(isChosen))
      .map((sent) => sent.recipient);
    return [...new Set([...sheets.flatMap((sheet) => sheet.assignment.units), ...given])];
  });
  await task.ports.files.makeFolder(folder);
  const packages: WrittenPackage[] = [];
  for (const [index, unit] of units.entries()) {
    await task.step({ done: index, total: units.length, name: unit });
    const at = task.ports.clock.now();
    const sealed = task.write((db, session) => {
      const own = loadSheets(db).filter(({ id, assignment }) => assignment.units.includes(unit) && isChosen(id));
      for (const sheet of own) commitSheet(db, session, sheet.id, at, '');
      return sealDistribution(
        db,
        session,
        unit,
        own.map((sheet) => loadSheet(db, sheet.id)),
        at,
      );
    });
    packages.push(await deliver(task, folder, sealed));
  }
  return { packages };
}

/**
 * One package with the chosen sheets (all of them when none is named).
 * Raises sheet.incomplete with all missing labels unless `incomplete`, sheet.conflicted, sheet.none, sheet.unknown,
 * key.locked and the problems of writing.
 */
export async function submit(task: Task, input: ParsedInput<'package.submit'>) {
  const folder = task.pathOf(input.folder);
  assertRole(task.session(), 'department');
  signingKey(task.session());
  const chosen = task.read((db) => {
    const own = loadSheets(db).filter((sheet) => isOwn(task.session().meta, sheet));
    const named = input.sheets?.map((sheet) => loadSheet(db, sheet));
    const sheets = named ? own.filter((sheet) => named.some((wanted) => wanted.id === sheet.id)) : own;
    if (sheets.length === 0) fail('sheet.none', {});
    assertDecided(sheets);
    const missing = sheets
      .map((sheet) => ({ sheet: sheet.number, ...lackOf(sheet) }))
      .filter(({ labels, asked }) => labels.length + asked.length > 0);
    if (missing.length > 0 && !input.incomplete) fail('sheet.incomplete', { missing });
    return {
      ids: [...new Set(sheets.map((sheet) => sheet.id))],
      incomplete: missing.map(({ sheet, labels, asked }) => ({ sheet, missing: [...labels, ...asked] })),
    };
  });
  await task.step({ done: 0, total: 1, name: task.session().meta.office });
  await task.ports.files.makeFolder(folder);
  const at = task.ports.clock.now();
  const sealed = task.write((db, session) => {
    for (const id of chosen.ids) commitSheet(db, session, id, at, '');
    return sealSubmission(
      db,
      session,
      chosen.ids.map((id) => loadSheet(db, id)),
      at,
    );
  });
  return { packages: [await deliver(task, folder, sealed)], incomplete: chosen.incomplete };
}
