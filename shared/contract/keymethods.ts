// The contract's methods of keys: the own one, its recovery file, and the registry of senders.
import { z } from 'zod';
import * as v from './exchangeviews.ts';
import {
  file,
  KEY,
  type Method,
  method,
  nothing,
  passphrase,
  phrase,
  print,
  READING,
  RECOVERY,
  recovery,
  station,
  WRITING,
} from './method.ts';
import { workspaceView } from './views.ts';

/** `taken`: packages that had waited for it. */
const enrolled = v.signerView.extend({ taken: z.array(v.packageResult) });
const enrolment = z.strictObject({ print, unit: z.string().min(1).max(100), station });
const SIGNER = ['workspace.closed', 'print.incomplete', 'signer.unseen'] as const;
const ENROLMENT = ['workspace.closed', 'print.incomplete', 'unit.unknown', 'key.unsound', 'signer.changed'] as const;
/** From which package on a key is no longer trusted: all of it, the next that arrives, or one by its hash. */
const from = z.union([z.literal(['all', 'next']), z.strictObject({ hash: z.string().max(64) })]);

export const keyMethods = {
  /** A new key takes the place of the one in force. `passphrase`: what the key is under now, where it is under one. */
  'key.rotate': method('task', z.strictObject({ passphrase }), workspaceView, ['workspace.closed', ...KEY]),
  /** Puts the key under a passphrase. `current`: what it is under now. `remember`: the system opens it without asking. */
  'key.protect': method(
    'task',
    z.strictObject({ passphrase: phrase, current: passphrase, remember: z.boolean().default(false) }),
    workspaceView,
    ['workspace.closed', ...KEY],
  ),
  /** Writes the recovery file and opens it again with the passphrase as it was typed the second time. */
  'recovery.write': method('task', z.strictObject({ file, passphrase: phrase, again: phrase }), workspaceView, [
    'workspace.closed',
    'passphrase.short',
    'recovery.unproven',
    'recovery.damaged',
    'file.missing',
    'file.unreadable',
    ...KEY,
    ...WRITING,
  ]),
  /** Brings the open workspace's own key back. `protect`: the passphrase that it is under from now on. */
  'recovery.open': method('task', z.strictObject({ ...recovery.shape, protect: passphrase }), workspaceView, [
    'workspace.closed',
    'key.wrong',
    ...RECOVERY,
    ...READING,
  ]),
  /** `stations`: what the office says of the own department's workstations; empty at the office. */
  'signer.list': method(
    'query',
    nothing,
    z.strictObject({ signers: z.array(v.signerView), stations: z.array(v.station) }),
    ['workspace.closed'],
  ),
  /** Registers a key from which something has arrived, by its digits; one that was revoked counts again. */
  'signer.accept': method('command', enrolment, enrolled, [...ENROLMENT, 'signer.unseen']),
  /** The same for a key from which nothing may have arrived yet: it counts as soon as something does. */
  'signer.expect': method('command', enrolment, enrolled, ENROLMENT),
  /** The packages of a key in the order of their arrival. */
  'signer.packages': method('query', z.strictObject({ print }), z.strictObject({ packages: z.array(v.keptPackage) }), [
    ...SIGNER,
  ]),
  /** What taking the registration back would leave behind: packages taken in that are no longer trusted. */
  'signer.after': method(
    'query',
    z.strictObject({ print, from }),
    z.strictObject({ packages: z.array(v.keptPackage) }),
    [...SIGNER],
  ),
  'signer.revoke': method(
    'command',
    z.strictObject({ print, from: from.default('next') }),
    z.strictObject({ signer: v.signerView, after: z.array(v.keptPackage) }),
    [...SIGNER],
  ),
} as const satisfies Record<string, Method>;
