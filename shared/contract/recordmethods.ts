// The contract's methods of what comes after an intake: the record of receiving, taking back, returns and receipts.
import { z } from 'zod';
import { file, KEY, type Method, method, nothing, SEALING, SHEET, sheet, WRITING } from './method.ts';
import { carry, placeView, writtenPackage } from './outgoingviews.ts';
import * as v from './recordviews.ts';

const packageName = z.string().regex(/^[0-9a-f]{64}$/);

export const recordMethods = {
  'package.received': method('query', nothing, z.strictObject({ packages: z.array(v.receivedView) }), [
    'workspace.closed',
  ]),
  /** What `package.undo` would take back; its `digest` is what the person has seen. */
  'package.dependents': method('query', z.strictObject({ package: packageName }), v.dependentsView, [
    'workspace.closed',
    'undo.impossible',
  ]),
  /** Takes a package back, with what depends on it. Drafts stay. */
  'package.undo': method('command', z.strictObject({ package: packageName, digest: z.string() }), v.dependentsView, [
    'workspace.closed',
    'undo.impossible',
    'undo.changed',
    'undo.blocked',
  ]),
  /** Takes a package in again that was taken back, from what is kept of it. */
  'package.redo': method('command', z.strictObject({ package: packageName }), v.receivedView, [
    'workspace.closed',
    'undo.impossible',
  ]),
  /** Own packages that the other side lacks although it holds later ones; they have to be written out once more. */
  'package.missing': method('query', nothing, z.strictObject({ missing: z.array(v.missingView) }), [
    'workspace.closed',
  ]),
  /** What the office decided, by sheet: every sheet's newest decision, or one sheet's. */
  'decision.list': method(
    'query',
    z.strictObject({ sheet: sheet.optional() }),
    z.strictObject({ decisions: z.array(v.decisionView) }),
    SHEET,
  ),
  /** Sends sheets back or accepts them: one package for each department concerned. */
  'package.return': method(
    'task',
    z.strictObject({
      folder: file,
      sheets: z
        .array(z.strictObject({ sheet, decision: z.enum(['accepted', 'returned']) }))
        .min(1)
        .max(5_000),
      carry,
    }),
    z.strictObject({ packages: z.array(writtenPackage), place: placeView }),
    [...SHEET, 'role.wrong', 'sheet.unreceived', 'sheet.conflicted', ...KEY, ...WRITING, ...SEALING],
  ),
  /** Tells departments what became of their packages: one receipt for each of which something has come. */
  'package.acknowledge': method(
    'task',
    z.strictObject({ folder: file, units: z.array(z.string().max(100)).max(500).optional(), carry }),
    z.strictObject({ packages: z.array(writtenPackage), place: placeView }),
    ['workspace.closed', 'role.wrong', 'package.none', ...KEY, ...WRITING, ...SEALING],
  ),
} as const satisfies Record<string, Method>;
