// The contract's methods of taking filled sheets in, from files and from the clipboard: this year's, and last year's to
// stand beside them.
import { z } from 'zod';
import { columnUse, filledSurvey, intakeView, takenPart } from './intakeviews.ts';
import { file, method, READING, SHEET, sheet, typed, WORKBOOK } from './method.ts';
import { previousSheet } from './views.ts';

/** As much text as a person copies from a few sheets. */
const pasted = z.string().max(2_000_000);
const columns = z.array(columnUse).max(20_000);

/** What is read: a file, or what the clipboard held. `layout` and `columns` as surveyed, or as a person changed them. */
const source = {
  file: file.optional(),
  pasted: z.strictObject({ html: pasted, text: pasted }).optional(),
  layout: z.enum(['sheets', 'rows']).optional(),
  columns: columns.optional(),
};
/** Which part of it (see `intake.survey`), and for which sheet; without them, what the file itself says. */
const target = { part: z.number().int().min(0).optional(), sheet: sheet.optional() };
const answers = z.array(typed).max(5_000).default([]);

const FILLED = [
  ...SHEET,
  ...READING,
  'intake.unreadable',
  'intake.foreign',
  'intake.unnumbered',
  'intake.mismatched',
  'intake.mistimed',
  'intake.several',
  'intake.columnless',
  ...WORKBOOK,
] as const;

export const intakeMethods = {
  /** What a file holds, part by part, and for which sheets it is. */
  'intake.survey': method('task', z.strictObject(source), filledSurvey, FILLED),
  /** What taking one part would do. */
  'intake.preview': method('task', z.strictObject({ ...source, ...target }), intakeView, FILLED),
  'intake.apply': method('task', z.strictObject({ ...source, ...target, answers }), intakeView, [
    ...FILLED,
    'cell.unknown',
    'cell.locked',
  ]),
  /**
   * Takes many parts, each into its own sheet; what the columns are for is kept for next time. `left`: parts to which a
   * stop in between did not come.
   */
  'intake.gather': method(
    'task',
    z.strictObject({
      ...source,
      parts: z
        .array(z.strictObject({ part: z.number().int().min(0), sheet: sheet.optional(), answers }))
        .min(1)
        .max(5_000),
    }),
    z.strictObject({ taken: z.array(takenPart), left: z.number().int().min(0) }),
    [...FILLED, 'cell.unknown', 'cell.locked', 'intake.doubled'],
  ),
  /** The sheet of the same number in last year's evaluation; null where none was taken in. */
  'sheet.previous': method('query', z.strictObject({ sheet }), z.strictObject({ previous: previousSheet.nullable() }), [
    ...SHEET,
  ]),
  /**
   * Takes last year's sheets in, from that year's file, its JSON export, or a workbook of one sheet per worksheet. Numbers
   * of this year's sheets. `unread`: what a workbook holds that went into no cell, by worksheet.
   */
  'previous.import': method(
    'task',
    z.strictObject({ file }),
    z.strictObject({
      year: z.number().int(),
      matched: z.array(z.string()),
      unmatched: z.array(z.string()),
      unread: z.array(z.strictObject({ name: z.string(), text: z.string(), reason: z.string() })),
      /** Lists of spellings that came along. */
      spellings: z.number().int().min(0),
    }),
    [
      'workspace.closed',
      'role.wrong',
      'workspace.busy',
      'workspace.newer',
      'workspace.damaged',
      'previous.foreign',
      'previous.mistimed',
      'intake.unreadable',
      ...WORKBOOK,
      ...READING,
    ],
  ),
} as const;
