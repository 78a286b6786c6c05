// The contract's methods of taking filled sheets in, from files and from the clipboard.
import { z } from 'zod';
import { columnUse, filledSurvey, intakeView, takenPart } from './intakeviews.ts';
import { file, method, READING, SHEET, sheet, typed } from './method.ts';

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
  'workbook.damaged',
  'workbook.oversized',
  'workbook.protected',
  'workbook.legacy',
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
} as const;
