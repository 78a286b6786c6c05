// The contract's methods of what goes out: packages written, written again, and the export register.
import { z } from 'zod';
import { file, KEY, type Method, method, nothing, SEALING, SHEET, sheet, WRITING } from './method.ts';
import * as v from './outgoingviews.ts';

const { carry, placeView: place } = v;

export const outgoingMethods = {
  /** What writing packages to a folder would be like: nothing is written yet. */
  'package.prepare': method('task', z.strictObject({ folder: file }), v.outlookView, [
    'workspace.closed',
    'handle.unknown',
  ]),
  'package.distribute': method(
    'task',
    /** `sheets`: only these go out, to the departments that have them or had them. */
    z.strictObject({ folder: file, sheets: z.array(sheet).max(5_000).optional(), carry }),
    z.strictObject({ packages: z.array(v.writtenPackage), place }),
    [...SHEET, 'role.wrong', 'sheet.none', 'sheet.conflicted', ...KEY, ...WRITING, ...SEALING],
  ),
  'package.submit': method(
    'task',
    z.strictObject({
      folder: file,
      sheets: z.array(sheet).max(5_000).optional(),
      incomplete: z.boolean().default(false),
      carry,
    }),
    z.strictObject({
      packages: z.array(v.writtenPackage),
      place,
      incomplete: z.array(z.strictObject({ sheet: z.string(), missing: z.array(z.string()) })),
    }),
    [...SHEET, 'role.wrong', 'sheet.none', 'sheet.incomplete', 'sheet.conflicted', ...KEY, ...WRITING, ...SEALING],
  ),
  /** Writes a package that was made before once more, byte for byte; a seal around it is a new one. */
  'package.rewrite': method(
    'task',
    z.strictObject({ hash: z.string().max(64), folder: file, carry }),
    z.strictObject({ packages: z.array(v.writtenPackage), place }),
    ['workspace.closed', 'package.unkept', ...KEY, ...WRITING, ...SEALING],
  ),
  'register.list': method('query', nothing, v.registerView, ['workspace.closed']),
  /** Notes that files were erased from their media, and who says so. */
  'register.erase': method(
    'command',
    z.strictObject({ ids: z.array(z.number().int()).min(1).max(10_000), person: z.string().max(100) }),
    v.registerView,
    ['workspace.closed', 'register.unknown'],
  ),
  /** The register as a table (CSV), replacing what stood in the chosen file. */
  'register.export': method(
    'task',
    z.strictObject({ file }),
    z.strictObject({ file: z.string(), entries: z.number() }),
    ['workspace.closed', 'handle.unknown', 'file.unwritable'],
  ),
} as const satisfies Record<string, Method>;
