// The tasks of sending: packages made, written and proved, one after another. Cancelling leaves whole packages only.
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import type { WrittenPackage } from '../../../shared/contract/outgoingviews.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import { assertDecided, commitSheet, lackOf } from '../commit.ts';
import { assertRole, signingKey } from '../session.ts';
import { isOwn } from '../sheet.ts';
import { listSheets } from '../store/derived.ts';
import { loadSheet, loadSheets } from '../store/sheets.ts';
import type { Task } from '../task.ts';
import { carriageTo, deliver, unitsServed } from './carriage.ts';
import { composedBefore, sealDistribution, sealSubmission } from './compose.ts';

/**
 * One package for each department, with its sheets, their form and all that stands in them; of the chosen sheets alone
 * where some are named, also to departments that had one of them.
 * Raises sheet.none, sheet.unknown, sheet.conflicted, seal.unknown, key.locked and the problems of writing.
 */
export async function distribute(task: Task, input: ParsedInput<'package.distribute'>) {
  const folder = task.pathOf(input.folder);
  assertRole(task.session(), 'office');
  signingKey(task.session());
  const chosen = task.read((db) => input.sheets && new Set(input.sheets.map((sheet) => loadSheet(db, sheet).id)));
  const isChosen = (id: string) => chosen?.has(id) ?? true;
  const units = task.read((db, session) => {
    const sheets = loadSheets(db).filter(({ id }) => isChosen(id));
    if (sheets.length === 0) fail('sheet.none', {});
    assertDecided(sheets);
    return unitsServed(db, session, isChosen);
  });
  const carriage = await carriageTo(task, folder, input.carry, units);
  const packages: WrittenPackage[] = [];
  for (const [index, unit] of units.entries()) {
    await task.step({ done: index, total: units.length, name: unit });
    const at = task.ports.clock.now();
    const sealed = task.write((db, session) => {
      // There are many departments: only their own sheets are loaded for each.
      const own = listSheets(db).filter(({ id, units }) => units.includes(unit) && isChosen(id));
      for (const { id } of own) commitSheet(db, session, id, at, '');
      return sealDistribution(
        db,
        session,
        unit,
        own.map(({ id }) => loadSheet(db, id)),
        at,
      );
    });
    packages.push(await deliver(task, carriage, sealed));
  }
  return { packages, place: carriage.place };
}

/**
 * One package with the chosen sheets (all of them when none is named).
 * Raises sheet.incomplete with all missing labels unless `incomplete`, sheet.conflicted, sheet.none, sheet.unknown,
 * seal.unknown, key.locked and the problems of writing.
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
  const { office } = task.session().meta;
  await task.step({ done: 0, total: 1, name: office });
  const carriage = await carriageTo(task, folder, input.carry, [office]);
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
  const packages = [await deliver(task, carriage, sealed)];
  return { packages, place: carriage.place, incomplete: chosen.incomplete };
}

/** Writes a package that was made before once more. Raises package.unkept, and what writing a new one raises. */
export async function rewrite(task: Task, input: ParsedInput<'package.rewrite'>) {
  const folder = task.pathOf(input.folder);
  const sealed = task.read((db) => composedBefore(db, input.hash));
  const { unit } = sealed.payload.recipient;
  await task.step({ done: 0, total: 1, name: unit });
  const carriage = await carriageTo(task, folder, input.carry, [unit]);
  return { packages: [await deliver(task, carriage, sealed, true)], place: carriage.place };
}
