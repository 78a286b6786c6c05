// The five functions by which the renderer reaches its host, whichever wire lies between them.
import type { Reply } from '../kernel/result.ts';
import type { Input, MethodName, Output, Progress, Topic } from './contract.ts';

export type ChosenFile = { file: string; name: string };

/** Why a file is wanted. The host shows its own dialog for it and gives a word for each chosen file. */
export type FilePurpose =
  | { for: 'open-workspace' }
  | { for: 'new-workspace'; suggested: string }
  | { for: 'open-packages' }
  | { for: 'open-filled-sheet' }
  | { for: 'open-assignment' }
  | { for: 'open-form' }
  | { for: 'output-folder' }
  | { for: 'save-export'; suggested: string };

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
  /** Prints the window's present content on paper. */
  print(): Promise<void>;
};
