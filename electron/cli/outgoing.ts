// The commands of what goes out: how packages are carried, the same package once more, and the export register.
import path from 'node:path';
import type { Output } from '../../shared/contract/contract.ts';
import type { Carry, RegisterView } from '../../shared/contract/outgoingviews.ts';
import { type Call, needed, UsageError } from './arguments.ts';
import type { CommandHost } from './host.ts';
import { recoveryFrom } from './keys.ts';

/** What opens seals, beside the workspace's own key. */
export const unsealingOf = async (host: CommandHost, call: Call) => ({
  ...(await sealPassphraseOf(host, call)),
  ...(await recoveryFrom(host, call)),
});

/** The passphrase of a seal, as an input's field; nothing when none is given. Raises file.missing, input.invalid. */
export async function sealPassphraseOf(host: CommandHost, call: Call): Promise<{ sealPassphrase?: string }> {
  const sealPassphrase = await host.passphrase(call.texts['seal-passphrase-file']);
  return sealPassphrase === undefined ? {} : { sealPassphrase };
}

/** How packages leave, from the options --seal, --open, --seal-passphrase-file, --person and --medium. */
export async function carryOf(host: CommandHost, call: Call): Promise<Carry> {
  const { sealPassphrase } = await sealPassphraseOf(host, call);
  const [isSealed, isOpen] = ['seal', 'open'].map((name) => call.flags.has(name));
  const { person, medium } = call.texts;
  return {
    ...(isSealed || sealPassphrase !== undefined ? { seal: true } : isOpen ? { seal: false } : {}),
    ...(sealPassphrase === undefined ? {} : { passphrase: sealPassphrase }),
    open: isOpen === true,
    ...(person === undefined ? {} : { person }),
    ...(medium === undefined ? {} : { medium }),
  };
}

/** Packages with their files as paths in the folder that was typed. */
export const packagesIn = (out: string, packages: Output<'package.distribute'>['packages']) =>
  packages.map((one) => ({ ...one, file: path.join(out, one.file) }));

const idOf = (word: string): number => {
  if (!/^\d{1,9}$/.test(word)) throw new UsageError(`「${word}」は持ち出し記録の番号ではありません。`);
  return Number(word);
};

/** Writes the package of an entry of the register once more. Raises UsageError, package.unkept. */
export async function rewriteEntry(host: CommandHost, call: Call) {
  const out = needed(call, 'out');
  const id = idOf(call.words[1] ?? '');
  const { entries } = await host.ask('register.list', {});
  const hash = entries.find((entry) => entry.id === id)?.hash ?? '';
  const input = { hash, folder: host.file(out), carry: await carryOf(host, call) };
  return { packages: packagesIn(out, (await host.ask('package.rewrite', input)).packages) };
}

/** Notes what was erased, writes the table, and gives the register. Raises UsageError, register.unknown. */
export async function showRegister(host: CommandHost, call: Call): Promise<RegisterView & { csv?: string }> {
  const ids = (call.lists.erase ?? []).map(idOf);
  if (ids.length > 0) await host.ask('register.erase', { ids, person: needed(call, 'person') });
  const { csv } = call.texts;
  if (csv !== undefined) await host.ask('register.export', { file: host.file(csv) });
  return { ...(await host.ask('register.list', {})), ...(csv === undefined ? {} : { csv }) };
}
