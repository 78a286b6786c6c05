// What a person does to the draft of a sheet: typing, choosing a side, taking steps back. Promise: whatever changes a
// draft is one step in the journal, and what is derived of the sheet follows in the same transaction.
import type { SheetView, StepResult } from '../../shared/contract/views.ts';
import { type Cell, isAsked, rawAddress, type Values } from '../../shared/form/cell.ts';
import { type Form, inseparable } from '../../shared/form/form.ts';
import { findCell, labelAt } from '../../shared/form/label.ts';
import { type Content, contentAt, sameContent } from '../../shared/form/merge.ts';
import { readCell } from '../../shared/form/reading.ts';
import { impossiblePairs, TEXT_LIMIT } from '../../shared/form/validate.ts';
import { fail } from '../../shared/kernel/problem.ts';
import type { Session } from './session.ts';
import { lockIn, questionsOf, viewSheet } from './sheet.ts';
import type { ReadDb, WriteDb } from './store/database.ts';
import { refreshLine } from './store/derived.ts';
import { addStep, journalOf, takeStep } from './store/journal.ts';
import { contentsJudged, loadSheet, type Sheet, setDraft, type Typed, valuesOf, withContents } from './store/sheets.ts';

/**
 * What typing `raw` into a cell makes of it. An answered question keeps the text that raised it. Raises cell.long for what
 * could only be kept in part.
 */
function contentTyped(cell: Cell, raw: string, values: Values): Content {
  const reading = readCell(cell, raw);
  if (reading.kind === 'asked' && raw.length > TEXT_LIMIT) {
    fail('cell.long', { label: cell.label, length: raw.length, limit: TEXT_LIMIT });
  }
  if (reading.kind === 'blank') return { value: null, state: null, raw: null };
  if (reading.kind === 'asked') return { value: null, state: null, raw: reading.raw };
  const before = values[rawAddress(cell.address)];
  return {
    value: reading.value,
    state: reading.state ?? null,
    raw: isAsked(cell, values) && typeof before === 'string' ? before : null,
  };
}

/**
 * Keeps contents in the draft, as one step that can be taken back, and gives the sheet as it is then. What already
 * stands, and is not in dispute, needs no draft. Every change of a draft goes through here.
 */
export function keepContents(
  db: WriteDb,
  sheet: Sheet,
  contents: Iterable<readonly [address: string, content: Content]>,
  at: string,
): Sheet {
  const disputed = new Map(sheet.standing.conflicts.map((conflict) => [conflict.address, conflict] as const));
  const step = [...contents].flatMap(([address, content]) => {
    const same = sameContent(contentAt(sheet.standing.values, address), content);
    const before = sheet.draft.get(address)?.content ?? null;
    const conflict = disputed.get(address);
    const after: Typed | null = conflict ? { ...content, judged: contentsJudged(conflict) } : same ? null : content;
    const unchanged =
      before === null || after === null
        ? before === after
        : sameContent(before, after) && before.judged === after.judged;
    return unchanged ? [] : [{ address, before, after }];
  });
  if (step.length === 0) return sheet;
  addStep(db, sheet.id, step);
  return putDraft(
    db,
    sheet,
    step.map(({ address, after }) => [address, after] as const),
    at,
  );
}

function putDraft(
  db: WriteDb,
  sheet: Sheet,
  contents: readonly (readonly [address: string, content: Typed | null])[],
  at: string,
): Sheet {
  const draft = new Map(sheet.draft);
  for (const [address, content] of contents) {
    setDraft(db, sheet.id, address, content, at);
    if (content === null) draft.delete(address);
    else draft.set(address, { content, at });
  }
  const after = { ...sheet, draft };
  refreshLine(db, after, new Set(contents.map(([address]) => address)));
  return after;
}

/** The writable cell that an address or a label names. Raises cell.unknown, cell.locked. */
function writableCell(session: Session, sheet: Sheet, label: string): Cell {
  const cell = findCell(sheet.form, label);
  const lock = lockIn(session, sheet, cell.address);
  return lock === undefined ? cell : fail('cell.locked', { label: cell.label, reason: lock });
}

/** What cannot stand together is not taken: the cell typed last keeps its text and is asked about. */
function askAboutPairs(
  form: Form,
  values: Values,
  contents: Map<string, Content>,
  typed: readonly { cell: Cell; raw: string }[],
): void {
  for (const [address] of impossiblePairs(form, withContents(values, contents))) {
    const pair = inseparable(form).find((addresses) => addresses.includes(address)) ?? [address];
    const last = typed.findLast(({ cell }) => pair.includes(cell.address));
    if (last) contents.set(last.cell.address, { value: null, state: null, raw: last.raw });
  }
}

/**
 * Types values as a person would, in one step: all of them or none. Raises sheet.unknown, cell.unknown, cell.locked,
 * cell.long.
 */
export function typeCells(
  db: WriteDb,
  session: Session,
  sheetName: string,
  cells: readonly { cell: string; raw: string }[],
  at: string,
): StepResult {
  const sheet = loadSheet(db, sheetName);
  const values = valuesOf(sheet);
  const typed = cells.map(({ cell, raw }) => ({ cell: writableCell(session, sheet, cell), raw }));
  const contents = new Map(typed.map(({ cell, raw }) => [cell.address, contentTyped(cell, raw, values)] as const));
  askAboutPairs(sheet.form, values, contents, typed);
  const after = keepContents(db, sheet, contents, at);
  return stepResult(
    db,
    after,
    typed.map(({ cell }) => cell.address),
    at,
  );
}

/** Takes the last step back, or does the one again that was taken back last. Without such a step nothing changes. */
export function stepThrough(db: WriteDb, sheetName: string, direction: 'undo' | 'redo', at: string): StepResult {
  const sheet = loadSheet(db, sheetName);
  const step = takeStep(db, sheet.id, direction) ?? [];
  const contents = step.map(({ address, before, after }) => [address, direction === 'undo' ? before : after] as const);
  const after = contents.length > 0 ? putDraft(db, sheet, contents, at) : sheet;
  return stepResult(
    db,
    after,
    step.map(({ address }) => address),
    at,
  );
}

function stepResult(db: ReadDb, after: Sheet, addresses: readonly string[], savedAt: string): StepResult {
  const values = valuesOf(after);
  const questions = questionsOf(db, after, undefined).filter(({ answer }) => answer === null);
  const cells = addresses.map((address) => ({
    address,
    ...contentAt(values, address),
    question: questions.find((question) => question.address === address) ?? null,
  }));
  return { cells, ...journalOf(db, after.id), savedAt };
}

/** Takes the content of one side of a conflict into the draft. Raises cell.unknown when there is no such conflict. */
export function chooseSide(
  db: WriteDb,
  session: Session,
  sheetName: string,
  address: string,
  revision: string,
  at: string,
): SheetView {
  const sheet = loadSheet(db, sheetName);
  const conflict = sheet.standing.conflicts.find((found) => found.address === address);
  const side = conflict?.sides.find((found) => found.revision === revision);
  if (!side) return fail('cell.unknown', { label: labelAt(sheet.form, address), near: [] });
  // Cells that belong together are decided together, or the choice would be one that nobody made.
  const together = inseparable(sheet.form).find((addresses) => addresses.includes(address)) ?? [address];
  const chosen = sheet.standing.conflicts
    .filter((found) => together.includes(found.address))
    .flatMap((other) => {
      const same = other.sides.find((found) => found.revision === revision);
      return same ? [[other.address, same.content] as const] : [];
    });
  return viewSheet(db, session, keepContents(db, sheet, chosen, at));
}
