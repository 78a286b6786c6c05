// The two raw wires to the privileged side, as types: what the preload script puts on the window, and what both wires
// have in common. Plain JSON only.
import type { ChosenFile, FilePurpose, HostEvent, PrintPage } from '../../shared/contract/host.ts';

/** Exactly five functions. A running task is cancelled by calling the reserved method CANCEL with `{ id }`. */
export type Bridge = {
  /** Answers with a Reply of the contract; `id` names the call in progress events and for cancelling. */
  call(method: string, input: unknown, id: string): Promise<unknown>;
  /** Returns the way to stop listening; the page listens as long as it lives. */
  on(listener: (event: HostEvent) => void): unknown;
  chooseFiles(purpose: FilePurpose): Promise<readonly ChosenFile[]>;
  reveal(file: string): Promise<void>;
  print(page: PrintPage): Promise<void>;
};

/** What `makeHost` needs of a wire. */
export type Wire = Bridge & { cancel(id: string): Promise<void> };

declare global {
  interface Window {
    hyoka?: Bridge;
  }
}
