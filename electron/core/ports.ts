// The outside world as the program asks for it: time, chance and disk. Tests replace these.
import { randomId, randomToken } from './exchange/crypto.ts';
import { type Files, systemFiles } from './files.ts';
import { chromiumPrinter } from './printing/chromium.ts';
import type { Printer } from './printing/printer.ts';

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

/** The system's own keeping of secrets for the person who is signed in on this machine. */
export type Keeper = {
  /** What it rests on, for people who look after machines. */
  backend: string;
  /** The text in the system's keeping, base64. */
  wrap(text: string): string;
  /** The text again; undefined when the system cannot give it back (another machine, another person). */
  unwrap(wrapped: string): string | undefined;
};

/** `keeper`: null where the system keeps no secrets. */
export type Ports = { clock: Clock; entropy: Entropy; files: Files; keeper: Keeper | null; printer: Printer };

const systemClock: Clock = {
  now: () => new Date().toISOString(),
  delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
};

/** The real ones. It prints by a browser of the machine. */
export function systemPorts(): Ports {
  const files = systemFiles(systemClock.delay);
  return {
    clock: systemClock,
    entropy: { id: randomId, token: randomToken },
    files,
    keeper: null,
    printer: chromiumPrinter({ files, delay: systemClock.delay }),
  };
}
