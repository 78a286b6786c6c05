// Asks for the passphrase of a sealed package when one turns out to be needed, and then repeats what was asked.
// Promise: it is remembered until the program ends, so that looking and taking in ask once.
import { type ReactNode, useMemo, useRef } from 'react';
import type { Host } from '../../shared/contract/host.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { PassphraseDialog, useAsking } from './keys/AskPassphrase.tsx';

const OPENING: readonly string[] = ['package.plan', 'package.merge', 'package.inspect', 'workspace.join'];
const ASKING: readonly string[] = ['seal.locked', 'seal.wrong'];

const WORDS = {
  label: '封の合い言葉',
  help: '送り元が決めて、電話などで伝えた言葉です。署名の鍵を守る合い言葉とは別のものです。',
  open: '封を開ける',
  leave: '開けずに進む',
  isHidden: false,
};

/** What a reply says of a seal: as its problem, or as the reason of one of its packages. */
function sealProblem(reply: { ok: boolean; problem?: Problem; value?: unknown }): Problem | undefined {
  const packages = (reply.value as { packages?: { reason: Problem | null }[] } | undefined)?.packages ?? [];
  return (
    [reply.problem, ...packages.map(({ reason }) => reason)].find((one) => one && ASKING.includes(one.code)) ??
    undefined
  );
}

/** A host whose `seal.locked` and `seal.wrong` are answered by the person; `dialog` has to be shown somewhere. */
export function useSealPassphrase(raw: Host): { host: Host; dialog: ReactNode } {
  const { asking, ask } = useAsking();
  const known = useRef<string>(undefined);
  const host = useMemo((): Host => {
    return {
      ...raw,
      async call(method, input, options) {
        if (!OPENING.includes(method)) return raw.call(method, input, options);
        let passphrase = known.current;
        for (;;) {
          const given = passphrase === undefined ? input : { ...input, sealPassphrase: passphrase };
          const reply = await raw.call(method, given, options);
          const problem = sealProblem(reply);
          // A blank one goes on without what it would open.
          if (!problem || passphrase === '') return reply;
          passphrase = (await ask(problem.code === 'seal.wrong' ? problem : undefined)) ?? '';
          known.current = passphrase === '' ? undefined : passphrase;
        }
      },
    };
  }, [raw, ask]);
  return { host, dialog: asking && <PassphraseDialog asking={asking} words={WORDS} /> };
}
