// What a command answers, and how it is run.
import type { Call } from './arguments.ts';
import type { CommandHost } from './host.ts';

/** 0 done or nothing to do, 1 refused or set aside. */
export type Answer = { exit: 0 | 1; value: Record<string, unknown>; warnings?: string[] };

/** `passphrase`: the first line of --passphrase-file. */
export type Run = (host: CommandHost, call: Call, passphrase: string | undefined) => Promise<Answer>;

/** An answer with exit status 0. */
export const done = (value: Record<string, unknown>): Answer => ({ exit: 0, value });
