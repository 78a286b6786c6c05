// How a method of the contract is written down, and what methods have in common: inputs and ways to fail.
import { z } from 'zod';
import type { ProblemCode } from '../kernel/problem.ts';
import { fileHandle } from './views.ts';

/**
 * query: reads, synchronous, on a read-only connection. command: writes, synchronous, inside one transaction.
 * task: asynchronous, reports progress, can be cancelled, opens no transaction itself.
 */
export type Nature = 'query' | 'command' | 'task';

export type Method = {
  nature: Nature;
  input: z.ZodType;
  output: z.ZodType;
  problems: readonly ProblemCode[];
};

/** An entry of the contract. */
export function method<N extends Nature, I extends z.ZodType, O extends z.ZodType>(
  nature: N,
  input: I,
  output: O,
  problems: readonly ProblemCode[] = [],
) {
  return { nature, input, output, problems };
}

export const nothing = z.strictObject({});
export const sheet = z.string().min(1).max(200);
export const file = fileHandle;
export const phrase = z.string().min(1).max(1_000);
export const passphrase = phrase.optional();
/** A recovery file with its passphrase. */
export const recovery = z.strictObject({ file: fileHandle, passphrase: phrase });
/** 30 digits as somebody typed them. */
export const print = z.string().max(100);
/** What people call this workstation. */
export const station = z.string().max(60).default('');
/** Opens packages that were sealed with a passphrase; blank: go on without those. */
export const sealPassphrase = z.string().max(1_000).optional();
export const typed = z.strictObject({ cell: z.string().min(1).max(500), raw: z.string() });

export const OPENING = [
  'workspace.busy',
  'workspace.missing',
  'workspace.foreign',
  'workspace.newer',
  'workspace.damaged',
  'workspace.unsafe',
  'handle.unknown',
  'file.unwritable',
  'key.wrong',
  'key.damaged',
] as const;
export const READING = ['handle.unknown', 'file.missing', 'file.unreadable', 'file.large'] as const;
export const WORKBOOK = ['workbook.oversized', 'workbook.damaged', 'workbook.protected', 'workbook.legacy'] as const;
export const WRITING = ['handle.unknown', 'file.unwritable', 'file.exists'] as const;
export const SHEET = ['workspace.closed', 'sheet.unknown'] as const;
export const CELL = ['cell.unknown', 'cell.locked'] as const;
export const PACKAGE = [
  'package.foreign',
  'package.truncated',
  'package.reencoded',
  'package.emptied',
  'package.stripped',
  'package.sanitised',
  'package.wrapped',
  'package.other',
  'package.shortcut',
  'package.malformed',
  'package.tampered',
  'package.oversized',
  'package.newer',
  'package.sealed',
  'seal.wrong',
  'seal.broken',
  'package.miskinded',
  'package.misdirected',
  'package.outdated',
  'package.inconsistent',
  'sheets.refused',
  'sheets.unfit',
  'held.full',
  'base.missing',
  'signer.unknown',
  'signer.revoked',
  'signer.retired',
  'signer.unproven',
  'lineage.broken',
  'lineage.foreign',
  'lineage.circular',
  'lineage.long',
  'lineage.redated',
  'key.unsound',
  'signer.mismatched',
  'signer.changed',
] as const;
export const FORM = ['form.unknown', 'form.invalid'] as const;
export const KEY = ['key.locked', 'key.lost', 'key.wrong', 'key.damaged'] as const;
/** Opening a recovery file. */
export const RECOVERY = ['recovery.foreign', 'recovery.damaged', 'recovery.weak', 'recovery.mismatched'] as const;
/** Sealing and proving what goes out. */
export const SEALING = ['seal.unknown', 'package.unproved'] as const;
/** Opening seals needs a person: the key's passphrase, or the seal's. */
export const UNSEALING = ['key.locked', 'seal.locked'] as const;
