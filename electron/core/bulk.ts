// The same done to many sheets: a remark, another department in charge. Promise: all that was asked for is looked at
// before the first sheet is written; whoever stops in between keeps whole sheets, and the same once more does what is left.
import type { ParsedInput } from '../../shared/contract/contract.ts';
import { findCell, labelAt } from '../../shared/form/label.ts';
import { contentAt } from '../../shared/form/merge.ts';
import { fail, ProblemError } from '../../shared/kernel/problem.ts';
import { threadsOf } from '../../shared/revision/remark.ts';
import type { Assignment } from '../../shared/revision/revision.ts';
import { commitDraft } from './commit.ts';
import { takeHeld } from './exchange/held.ts';
import { makeRemark, sayRemark } from './remarks.ts';
import { assertRole, type Session } from './session.ts';
import type { ReadDb, WriteDb } from './store/database.ts';
import { refreshSheet } from './store/derived.ts';
import { remarksOf } from './store/remarks.ts';
import { assignSheet, loadSheet, type Sheet } from './store/sheets.ts';
import type { Task } from './task.ts';
import { keepContents } from './typing.ts';

/** So few that writing them is not felt. */
const AT_ONCE = 10;

/** One sheet of many: what was asked to be done to it. */
type Order<T> = { id: string; number: string; wanted: T };

/** Says how far it has come; true when the person has stopped it. */
async function isStopped(task: Task, progress: Parameters<Task['step']>[0]): Promise<boolean> {
  try {
    await task.step(progress);
    return false;
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'task.cancelled') return true;
    throw error;
  }
}

/** Does `work` to each sheet, a few in one transaction; gives what it answers, and how many sheets a stop left over. */
async function toEach<T, R>(
  task: Task,
  orders: readonly Order<T>[],
  work: (db: WriteDb, session: Session, sheet: Sheet, wanted: T, at: string) => R | undefined,
): Promise<{ done: R[]; left: number }> {
  const done: R[] = [];
  for (let from = 0; from < orders.length; from += AT_ONCE) {
    const progress = { done: from, total: orders.length, name: orders[from]?.number ?? '' };
    if (await isStopped(task, progress)) return { done, left: orders.length - from };
    const at = task.ports.clock.now();
    const some = task.write((db, session) => ({
      results: orders
        .slice(from, from + AT_ONCE)
        .flatMap(({ id, wanted }) => work(db, session, loadSheet(db, id), wanted, at) ?? []),
    }));
    done.push(...some.results);
  }
  return { done, left: 0 };
}

/** The named sheets, each once. Raises sheet.unknown, sheet.none. */
function ordersOf<T>(db: ReadDb, named: readonly { sheet: string; wanted: T }[]): Order<T>[] {
  const orders = new Map<string, Order<T>>();
  for (const { sheet: name, wanted } of named) {
    const { id, number } = loadSheet(db, name);
    orders.set(id, { id, number, wanted });
  }
  if (orders.size === 0) fail('sheet.none', {});
  return [...orders.values()];
}

/**
 * Opens a thread with the same words on each sheet: on the same cell, or on the sheet as a whole. A sheet on which just
 * this stands open already is left as it is.
 * Raises role.wrong, sheet.none, sheet.unknown, cell.unknown when one of the sheets has no such cell, remark.unfit.
 */
export async function spreadRemark(task: Task, { sheets, address, text }: ParsedInput<'remark.spread'>) {
  const { meta } = task.session();
  assertRole(task.session(), 'office');
  const now = task.ports.clock.now();
  const said = text.replace(/\r\n?/g, '\n').trim();
  const orders = task.read((db, session) => {
    const all = ordersOf(
      db,
      sheets.map((sheet) => ({ sheet, wanted: '' })),
    );
    return all.map((order) => {
      const { form } = loadSheet(db, order.id);
      const wanted = address === '' ? '' : findCell(form, address).address;
      makeRemark(session, { sheet: order.id, address: wanted, text: said, reply: null, closes: false }, now);
      return { ...order, wanted };
    });
  });
  const { done, left } = await toEach(task, orders, (db, session, sheet, wanted, at) => {
    const stands = threadsOf(remarksOf(db, sheet.id)).some(
      (thread) =>
        thread.address === wanted &&
        thread.state === 'open' &&
        thread.remarks[0]?.remark.text === said &&
        thread.remarks[0].remark.author.unit === meta.unit,
    );
    if (!stands)
      sayRemark(db, session, { sheet: sheet.id, address: wanted, text: said, reply: null, closes: false }, at);
    return { number: sheet.number, isNew: !stands };
  });
  return { said: done.filter(({ isNew }) => isNew).map(({ number }) => number), left };
}

/**
 * Gives each sheet other departments, the one in charge first. What stands in the sheets stays; the departments from
 * which they went hear of it with the next distribution. Where nothing changes nothing is written. What the new departments
 * had handed in before, and what waited for just this, is taken in.
 * Raises role.wrong, sheet.none, sheet.unknown.
 */
export async function reassignSheets(task: Task, { changes }: ParsedInput<'sheet.reassign'>) {
  assertRole(task.session(), 'office');
  const orders = task.read((db) =>
    ordersOf(
      db,
      changes.map(({ sheet, units }) => ({ sheet, wanted: [...new Set(units)] })),
    ),
  );
  const { done, left } = await toEach(task, orders, (db, session, sheet, units, at) => {
    const before = sheet.assignment.units;
    if (before.join('\n') === units.join('\n')) return undefined;
    putInCharge(db, session, sheet, units, at);
    return { sheet: sheet.id, number: sheet.number, before: [...before] };
  });
  const ways = { read: task.read, write: task.write };
  return { changed: done, left, taken: takeHeld(ways, task.session(), task.ports.clock.now()) };
}

function putInCharge(db: WriteDb, session: Session, sheet: Sheet, units: string[], at: string): void {
  const { address } = sheet.form.identity.unit;
  const assignment: Assignment = {
    ...sheet.assignment,
    units,
    fixed: [...new Set([...sheet.assignment.fixed, address])].sort(),
  };
  assignSheet(db, assignment);
  keepContents(db, sheet, [[address, contentAt({ [address]: units.join('、') }, address)]], at);
  commitDraft(db, session, loadSheet(db, sheet.id), at, `${labelAt(sheet.form, address)}の変更`);
  refreshSheet(db, sheet.id);
}
