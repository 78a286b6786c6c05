// Reasons: what a person answers to a check. They stand beside the cell in the sheet's values and travel with them.
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { SheetView } from '../../shared/contract/views.ts';
import { reasonAddress, type TextCell } from '../../shared/form/cell.ts';
import { labelAt } from '../../shared/form/label.ts';
import { readCell } from '../../shared/form/reading.ts';
import { fail } from '../../shared/kernel/problem.ts';
import type { Session } from './session.ts';
import { lockIn, viewSheet } from './sheet.ts';
import type { WriteDb } from './store/database.ts';
import { loadSheet } from './store/sheets.ts';
import { keepContents } from './typing.ts';

/**
 * Keeps the reason for what a check asks about a cell, as one step; a blank reason takes it back. A reason stays when the
 * question goes away: the numbers may come back to what raised it. Raises sheet.unknown, cell.unknown (no such cell or
 * check), cell.locked, and input.invalid for characters that nobody may sign.
 */
export function answerCheck(db: WriteDb, session: Session, input: ParsedInput<'check.answer'>, at: string): SheetView {
  const sheet = loadSheet(db, input.sheet);
  const { form } = sheet;
  const cell = form.byAddress.get(input.address);
  const check = form.checks.find(({ key }) => key === input.check);
  if (!cell || !check) return fail('cell.unknown', { label: `${input.address} ${input.check}`, near: [] });
  const address = reasonAddress(cell.address, check.key);
  const lock = lockIn(session, sheet, address);
  if (lock !== undefined) return fail('cell.locked', { label: cell.label, reason: lock });
  const label = labelAt(form, address);
  const reason: TextCell = {
    ...{ address, label, short: label, writer: cell.writer, public: cell.public, required: 'never' },
    ...{ type: 'text', lines: 3 },
  };
  const reading = readCell(reason, input.reason);
  if (reading.kind === 'asked') return fail('input.invalid', { findings: [`${label}：${reading.reason}`] });
  const value = reading.kind === 'value' ? reading.value : null;
  return viewSheet(db, session, keepContents(db, sheet, [[address, { value, state: null, raw: null }]], at));
}
