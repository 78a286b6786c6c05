// The contract's methods of packages and of the registry of senders.
import { z } from 'zod';
import * as v from './exchangeviews.ts';
import {
  file,
  type Method,
  method,
  nothing,
  READING,
  RECOVERY,
  recovery,
  sealPassphrase,
  UNSEALING,
  WRITING,
} from './method.ts';

/** What opens seals besides the own key. */
const unsealing = { sealPassphrase, recovery: recovery.optional() };
const OPENED = [...RECOVERY, 'key.wrong'] as const;

/** Packages that wait, by their hashes. */
const held = z.array(z.string().max(100)).min(1).max(5_000);

export const exchangeMethods = {
  /** `recovery`: a recovery file whose keys open seals too, where those of the open workspace do not. */
  'package.inspect': method('task', z.strictObject({ file, ...unsealing }), v.inspectView, [
    ...READING,
    ...UNSEALING,
    ...OPENED,
  ]),
  /**
   * What `package.merge` would do; `digest` names this plan. What waits here and can be taken in then stands behind the
   * given files. An empty list means: what waits.
   */
  'package.plan': method(
    'task',
    z.strictObject({ files: z.array(file).max(2_000), ...unsealing }),
    z.strictObject({ packages: z.array(v.packageResult), digest: z.string() }),
    ['workspace.closed', ...READING, ...UNSEALING, ...OPENED],
  ),
  /**
   * Applies packages, each in one transaction or not at all. With `digest`: only if the plan is still that one. Gives the
   * digest of what was done: the plan's, if it was carried out as it was shown.
   */
  'package.merge': method(
    'task',
    z.strictObject({ files: z.array(file).max(2_000), digest: z.string().optional(), ...unsealing }),
    z.strictObject({ packages: z.array(v.packageResult), digest: z.string() }),
    ['workspace.closed', 'plan.changed', ...READING, ...UNSEALING, ...OPENED],
  ),
  /** The packages that wait, and what would become of each now. */
  'held.list': method('query', nothing, z.strictObject({ packages: z.array(v.heldView) }), ['workspace.closed']),
  'held.drop': method(
    'command',
    z.strictObject({ packages: held, isDropped: z.boolean() }),
    z.strictObject({ packages: z.array(v.heldView) }),
    ['workspace.closed', 'held.unknown'],
  ),
  /** Deletes the files of packages that were dropped. That those of registered senders arrived stays on record. */
  'held.discard': method(
    'command',
    z.strictObject({ packages: held }),
    z.strictObject({ packages: z.array(v.heldView) }),
    ['workspace.closed', 'held.unknown', 'held.kept'],
  ),
  /** Writes one of them into a folder as it came. */
  'held.export': method(
    'task',
    z.strictObject({ hash: z.string().max(100), folder: file }),
    z.strictObject({ file: z.string() }),
    ['workspace.closed', 'held.unknown', ...WRITING],
  ),
  'chain.list': method('query', nothing, v.chains, ['workspace.closed']),
  'alarm.note': method(
    'command',
    z.strictObject({ alarm: z.string().max(300), person: z.string().trim().min(1).max(100) }),
    v.chains,
    ['workspace.closed', 'alarm.unknown'],
  ),
  /** Watches a folder for packages from now on; null: none. Kept on this machine only. */
  'inbox.set': method('task', z.strictObject({ folder: file.nullable() }), v.inboxView, [
    'workspace.closed',
    'handle.unknown',
  ]),
  /** Looks into the watched folder. Nothing in it is changed. */
  'inbox.look': method('task', nothing, v.inboxView, ['workspace.closed']),
} as const satisfies Record<string, Method>;
