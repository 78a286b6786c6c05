// What goes between the page and the main process: four questions, one stream of events. Both ends read it here.
import type { Progress, Topic } from '../../shared/contract/contract.ts';

export const CHANNELS = {
  call: 'hyoka:call',
  chooseFiles: 'hyoka:choose-files',
  reveal: 'hyoka:reveal',
  print: 'hyoka:print',
  event: 'hyoka:event',
} as const;

/** Reserved beside the contract's methods: stops the task that was called under `id`. */
export const CANCEL = 'task.cancel';

export type HostEvent =
  | { type: 'changed'; topics: readonly Topic[] }
  | { type: 'progress'; id: string; progress: Progress };
