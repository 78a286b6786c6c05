// The outside world as the program asks for it: time, chance and disk. Tests replace these.
import { randomId, randomToken } from './exchange/crypto.ts';
import { type Files, systemFiles } from './files.ts';

export type Clock = {
  /** The instant in UTC with milliseconds. It is written down for people; no decision rests on it. */
  now(): string;
  delay(milliseconds: number): Promise<void>;
  /** Lets everything else that waits have its turn. */
  breathe(): Promise<void>;
};

export type Entropy = {
  /** Hexadecimal digits, two for each byte. */
  id(bytes: number): string;
  /** 32 bytes in base64url. */
  token(): string;
};

export type Ports = { clock: Clock; entropy: Entropy; files: Files };

const systemClock: Clock = {
  now: () => new Date().toISOString(),
  delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
};

/** The real ones. */
export const systemPorts = (): Ports => ({
  clock: systemClock,
  entropy: { id: randomId, token: randomToken },
  files: systemFiles(systemClock.delay),
});
