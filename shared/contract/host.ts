// The five functions by which the renderer reaches its host, whichever wire lies between them.
import { z } from 'zod';
import { makeProblem, type Problem } from '../kernel/problem.ts';
import type { Reply } from '../kernel/result.ts';
import type { Input, MethodName, Output, Progress, Topic } from './contract.ts';

export type ChosenFile = { file: string; name: string };

const suggested = z.string().max(1_000);
const purpose = <P extends string>(name: P) => z.strictObject({ for: z.literal(name) });
const saving = <P extends string>(name: P) => z.strictObject({ for: z.literal(name), suggested });

/** Purposes whose files a browser can give by itself, by uploading them. */
const GIVEN = [
  purpose('open-packages'),
  purpose('open-filled-sheet'),
  purpose('open-assignment'),
  purpose('open-form'),
  purpose('open-previous'),
  purpose('open-recovery'),
] as const;
/** Purposes for which a host has to find a place. */
const PLACED = [
  purpose('open-workspace'),
  saving('new-workspace'),
  purpose('output-folder'),
  purpose('inbox-folder'),
  saving('save-export'),
  /** A folder of this name, to be made; in a browser it is handed over as one zip. */
  saving('save-folder'),
] as const;

/** Why a file is wanted. The host shows its own dialog for it and gives a word for each chosen file. */
export const filePurpose = z.discriminatedUnion('for', [...GIVEN, ...PLACED]);
export type FilePurpose = z.output<typeof filePurpose>;
export const placePurpose = z.discriminatedUnion('for', [...PLACED]);
export type PlacePurpose = z.output<typeof placePurpose>;

/** The paper that the system's dialog begins with. */
export const printPage = z.strictObject({
  size: z.enum(['A4', 'A3']),
  orientation: z.enum(['portrait', 'landscape']),
});
export type PrintPage = z.output<typeof printPage>;
export const PLAIN_PAGE: PrintPage = { size: 'A4', orientation: 'portrait' };

/** What a host tells without being asked; `id` is the call's that reports its progress. */
export type HostEvent =
  | { type: 'changed'; topics: readonly Topic[] }
  | { type: 'progress'; id: string; progress: Progress };

/** Reserved beside the contract's methods: stops the task that was called under `id`. */
export const CANCEL = 'task.cancel';

/** The most that one question may carry, in bytes of its JSON. */
export const CALL_LIMIT = 1024 * 1024;
/** What a host answers to a question that carries more. */
export const tooLarge = (): Problem =>
  makeProblem('input.invalid', { findings: ['一度に渡せる量（1 MB）を超えている。いくつかに分ける'] });

/** The part of an AbortSignal that is needed here; `shared` knows no DOM. */
export type CancelSignal = { readonly aborted: boolean; addEventListener(type: 'abort', listener: () => void): void };

export type CallOptions = { signal?: CancelSignal; onProgress?: (progress: Progress) => void };

export type Host = {
  /** Asks a method of the contract. Never throws for what can go wrong; aborting the signal cancels a task. */
  call<M extends MethodName>(method: M, input: Input<M>, options?: CallOptions): Promise<Reply<Output<M>>>;
  /** Tells of changes by anyone using the same file; returns the way to stop listening. */
  onChanged(listener: (topics: readonly Topic[]) => void): () => void;
  /** Lets the person choose; an empty list when they change their mind. */
  chooseFiles(purpose: FilePurpose): Promise<readonly ChosenFile[]>;
  /** Hands over what was written to a chosen place: shows it in its folder, or downloads it in the browser host. */
  reveal(file: string): Promise<void>;
  /** Prints the window's present content on paper, PLAIN_PAGE where none is named. */
  print(page?: PrintPage): Promise<void>;
};
