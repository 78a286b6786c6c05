// The two raw wires to the privileged side, as types: what the preload script puts on the window, and what both wires
// have in common. Plain JSON only.
import type { Progress, Topic } from '../../shared/contract/contract.ts';
import type { ChosenFile, FilePurpose } from '../../shared/contract/host.ts';

export type HostEvent =
  | { type: 'changed'; topics: readonly Topic[] }
  | { type: 'progress'; id: string; progress: Progress };

/** Exactly five functions. A running task is cancelled by calling the reserved method `task.cancel` with `{ id }`. */
export type Bridge = {
  /** Answers with a Reply of the contract; `id` names the call in progress events and for cancelling. */
  call(method: string, input: unknown, id: string): Promise<unknown>;
  on(listener: (event: HostEvent) => void): void;
  chooseFiles(purpose: FilePurpose): Promise<readonly ChosenFile[]>;
  reveal(file: string): Promise<void>;
  print(): Promise<void>;
};

/** What `makeHost` needs of a wire. */
export type Wire = Bridge & { cancel(id: string): Promise<void> };

declare global {
  interface Window {
    hyoka?: Bridge;
  }
}
