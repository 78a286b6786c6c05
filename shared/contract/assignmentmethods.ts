// The contract's methods by which the office says which sheets there are, whose they are, and which round is in force.
import { z } from 'zod';
import { unitSchema } from '../revision/revision.ts';
import { packageResult } from './exchangeviews.ts';
import { file, type Method, method, READING, SHEET, sheet, WORKBOOK } from './method.ts';

/** `taken`: packages that had waited for it. */
const assigned = z.strictObject({
  sheets: z.array(z.string()),
  departments: z.array(z.string()),
  taken: z.array(packageResult),
});

export const assignmentMethods = {
  'sheet.assign': method(
    'command',
    /** One record a sheet: label (or address) of a head cell -> text. `line` is where it stood, for messages. */
    z.strictObject({
      rows: z.array(z.strictObject({ line: z.number().int(), cells: z.record(z.string(), z.string()) })).max(5_000),
    }),
    assigned,
    ['workspace.closed', 'role.wrong', 'assignment.invalid', 'sheet.duplicate'],
  ),
  'assignment.import': method('task', z.strictObject({ file }), assigned, [
    'workspace.closed',
    'role.wrong',
    'assignment.invalid',
    'sheet.duplicate',
    'intake.unreadable',
    ...WORKBOOK,
    ...READING,
  ]),
  /** Gives sheets other departments, the one in charge first; `left`: sheets that a stop in between left as they were. */
  'sheet.reassign': method(
    'task',
    z.strictObject({
      changes: z.array(z.strictObject({ sheet, units: z.array(unitSchema).min(1).max(20) })).max(5_000),
    }),
    z.strictObject({
      changed: z.array(z.strictObject({ sheet: z.string(), number: z.string(), before: z.array(z.string()) })),
      left: z.number().int().min(0),
      taken: z.array(packageResult),
    }),
    [...SHEET, 'role.wrong', 'sheet.none'],
  ),
  /** Puts a round in force on sheets, or none (null); gives the numbers of those for which it is news. */
  'sheet.round': method(
    'command',
    z.strictObject({ sheets: z.array(sheet).min(1).max(5_000), round: z.string().max(60).nullable() }),
    z.strictObject({ sheets: z.array(z.string()) }),
    [...SHEET, 'role.wrong', 'round.unknown'],
  ),
} as const satisfies Record<string, Method>;
