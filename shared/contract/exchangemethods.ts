// The contract's methods of packages and of the registry of senders.
import { z } from 'zod';
import * as v from './exchangeviews.ts';
import { file, type Method, method, READING, sealPassphrase, UNSEALING } from './method.ts';

export const exchangeMethods = {
  'package.inspect': method('task', z.strictObject({ file, sealPassphrase }), v.inspectView, [
    ...READING,
    ...UNSEALING,
  ]),
  /** What `package.merge` would do; `digest` names this plan. An empty list means: what has been set aside. */
  'package.plan': method(
    'task',
    z.strictObject({ files: z.array(file).max(2_000), sealPassphrase }),
    z.strictObject({ packages: z.array(v.packageResult), digest: z.string() }),
    ['workspace.closed', ...READING, ...UNSEALING],
  ),
  /**
   * Applies packages, each in one transaction or not at all. With `digest`: only if the plan is still that one. Gives the
   * digest of what was done: the plan's, if it was carried out as it was shown.
   */
  'package.merge': method(
    'task',
    z.strictObject({ files: z.array(file).max(2_000), digest: z.string().optional(), sealPassphrase }),
    z.strictObject({ packages: z.array(v.packageResult), digest: z.string() }),
    ['workspace.closed', 'plan.changed', ...READING, ...UNSEALING],
  ),
} as const satisfies Record<string, Method>;
