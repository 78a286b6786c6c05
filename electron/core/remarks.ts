// Remarks on cells and sheets: shown as threads, and added to.
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { RemarkThread } from '../../shared/contract/views.ts';
import { findCell } from '../../shared/form/label.ts';
import { forbiddenCharacter } from '../../shared/kernel/json.ts';
import { fail } from '../../shared/kernel/problem.ts';
import { type Remark, remarkFault, remarkSchema, threadsOf } from '../../shared/revision/remark.ts';
import type { Session } from './session.ts';
import type { ReadDb, WriteDb } from './store/database.ts';
import { refreshLine } from './store/derived.ts';
import { addRemark, remarksOf } from './store/remarks.ts';
import { remarkKey } from './store/search.ts';
import { loadSheet, type Sheet } from './store/sheets.ts';

/** The threads of a sheet: those that still wait for somebody first, then in the order of the form. */
export function threadViews(db: ReadDb, sheet: Sheet): RemarkThread[] {
  const places = new Map(sheet.form.cells.map(({ address }, place) => [address, place] as const));
  const placeOf = ({ address, state }: RemarkThread) =>
    (state === 'closed' ? sheet.form.cells.length : 0) + (places.get(address) ?? -1);
  return threadsOf(remarksOf(db, sheet.id))
    .map(
      (thread): RemarkThread => ({
        id: thread.id,
        address: thread.address,
        label: sheet.form.byAddress.get(thread.address)?.label ?? '',
        state: thread.state,
        remarks: thread.remarks.map(({ id, remark: { author, at, text, closes } }) => ({
          id,
          unit: author.unit,
          role: author.role,
          at,
          text,
          closes,
        })),
      }),
    )
    .sort((a, b) => placeOf(a) - placeOf(b));
}

/**
 * Says something on a sheet. An answer is put at the end of its thread, whichever of its remarks it names.
 * Raises sheet.unknown, cell.unknown, remark.unknown, remark.unfit.
 */
export function sayRemark(db: WriteDb, session: Session, input: ParsedInput<'remark.add'>, at: string) {
  const sheet = loadSheet(db, input.sheet);
  const { role, unit } = session.meta;
  // It would be handed over by nobody.
  if (role === 'department' && !sheet.assignment.units.includes(unit))
    return fail('remark.unfit', { reason: `シート「${sheet.number}」は、ほかの課に移った` });
  const thread = threadsOf(remarksOf(db, sheet.id)).find(({ remarks }) => remarks.some(({ id }) => id === input.reply));
  if (input.reply !== null && !thread) return fail('remark.unknown', {});
  const address = thread?.address ?? (input.address === '' ? '' : findCell(sheet.form, input.address).address);
  const reply = thread?.remarks.at(-1)?.id ?? null;
  const remark = makeRemark(session, { sheet: sheet.id, address, text: input.text, reply, closes: input.closes }, at);
  const made = addRemark(db, remark, true);
  refreshLine(db, sheet, new Set([remarkKey(made)]));
  return { remark: made, threads: threadViews(db, sheet) };
}

/** What this workspace would say. Raises remark.unfit. */
export function makeRemark(
  { meta }: Session,
  said: Pick<Remark, 'sheet' | 'address' | 'text' | 'reply' | 'closes'>,
  at: string,
): Remark {
  const remark: Remark = {
    format: 'hyoka-remark/1',
    ...said,
    text: said.text.replace(/\r\n?/g, '\n'),
    author: { role: meta.role, unit: meta.unit, station: meta.print },
    at,
  };
  const fault = remarkFault(remark) ?? textFault(remark);
  return fault === undefined ? remark : fail('remark.unfit', { reason: fault });
}

function textFault(remark: Remark): string | undefined {
  const forbidden = forbiddenCharacter(remark.text);
  if (forbidden !== undefined) return `使えない文字 ${forbidden} がある`;
  return remarkSchema.safeParse(remark).error?.issues[0]?.message;
}
