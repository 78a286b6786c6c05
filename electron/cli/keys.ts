// The commands around keys: whom the office trusts, the own key, and its recovery file.
import { typedPath } from '../core/name.ts';
import { done, type Run } from './answer.ts';
import { type Call, needed, UsageError } from './arguments.ts';
import type { CommandHost } from './host.ts';
import { packageAsData } from './packages.ts';

/** Raises UsageError when more than one of these options is given. */
function onlyOne(call: Call, ...options: string[]): void {
  const given = options.filter((option) => call.texts[option] !== undefined || call.flags.has(option));
  if (given.length > 1) throw new UsageError(`${given.map((o) => `--${o}`).join(' と ')} は一度に一方だけです。`);
}

/** Raises UsageError when an option stands without one of those that it belongs to. */
function onlyWith(call: Call, option: string, ...others: string[]): void {
  if (call.texts[option] === undefined || others.some((other) => call.texts[other] !== undefined)) return;
  throw new UsageError(`--${option} は ${others.map((other) => `--${other}`).join('・')} と一緒に使います。`);
}

const fromOf = (word: string) => (word === 'all' || word === 'next' ? word : { hash: word });

/** `trust`: shows the registry, registers a key, takes it back, or lists its packages. Raises UsageError. */
export const runTrust: Run = async (host, call) => {
  const { accept, expect, revoke, packages, station = '', from = 'next' } = call.texts;
  onlyOne(call, 'accept', 'expect', 'revoke', 'packages');
  for (const option of ['unit', 'station']) onlyWith(call, option, 'accept', 'expect');
  onlyWith(call, 'from', 'revoke');
  const digits = accept ?? expect;
  if (digits !== undefined) {
    const method = accept === undefined ? 'signer.expect' : 'signer.accept';
    const { taken, ...signer } = await host.ask(method, { print: digits, unit: needed(call, 'unit'), station });
    return done({ signer, taken: taken.map(packageAsData) });
  }
  if (revoke !== undefined) return done(await host.ask('signer.revoke', { print: revoke, from: fromOf(from) }));
  if (packages !== undefined) return done(await host.ask('signer.packages', { print: packages }));
  return done(await host.ask('signer.list', {}));
};

/** `key`: lets a new key take the own one's place, or puts it under a passphrase. Raises UsageError. */
export const runKey: Run = async (host, call, passphrase) => {
  const { protect } = call.texts;
  onlyOne(call, 'rotate', 'protect');
  const under = passphrase === undefined ? {} : { passphrase };
  if (call.flags.has('rotate')) return done({ ...(await host.ask('key.rotate', under)), rotated: true });
  const next = await host.passphrase(protect);
  if (next === undefined) throw new UsageError('--rotate か --protect を指定してください。');
  const current = passphrase === undefined ? {} : { current: passphrase };
  return done(await host.ask('key.protect', { passphrase: next, ...current }));
};

/** `recovery`: writes the recovery file and opens it again, or brings the own key back from it. Raises UsageError. */
export const runRecovery: Run = async (host, call, passphrase) => {
  const { write } = call.texts;
  onlyOne(call, 'write', 'open');
  const phrase = (await host.passphrase(needed(call, 'recovery-passphrase-file'))) ?? '';
  if (write !== undefined) {
    const again = (await host.passphrase(call.texts['again-file'])) ?? phrase;
    const view = await host.ask('recovery.write', { file: host.file(write), passphrase: phrase, again });
    return done({ ...view, file: typedPath(write) });
  }
  const protect = passphrase === undefined ? {} : { protect: passphrase };
  const file = host.file(needed(call, 'open'));
  return done(await host.ask('recovery.open', { file, passphrase: phrase, ...protect }));
};

/** The recovery file with which a new workspace goes on, if one is given. */
export async function recoveryFrom(host: CommandHost, call: Call) {
  if (call.texts.recovery === undefined) return {};
  const passphrase = (await host.passphrase(needed(call, 'recovery-passphrase-file'))) ?? '';
  return { recovery: { file: host.file(call.texts.recovery), passphrase } };
}
