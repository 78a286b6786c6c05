// Asks for the passphrase when the key turns out to be locked, and then repeats what was asked.
import { type ReactNode, useMemo } from 'react';
import type { Host } from '../../../shared/contract/host.ts';
import type { Problem } from '../../../shared/kernel/problem.ts';
import { PassphraseDialog, useAsking } from './AskPassphrase.tsx';

const WORDS = {
  label: '合い言葉',
  help: 'このファイルの署名の鍵を守っている言葉です。ファイルを閉じるまで覚えておきます。忘れたときは、「送り手の登録」で回復ファイルから鍵を戻せます。',
  open: '鍵を開ける',
  leave: 'やめる',
  isHidden: true,
};

/** A host whose `key.locked` replies are answered by the person; `dialog` has to be shown somewhere. */
export function usePassphrase(raw: Host): { host: Host; dialog: ReactNode } {
  const { asking, ask } = useAsking();
  const host = useMemo((): Host => {
    async function unlock(): Promise<boolean> {
      let problem: Problem | undefined;
      for (;;) {
        const passphrase = await ask(problem);
        if (passphrase === undefined) return false;
        const reply = await raw.call('workspace.unlock', { passphrase });
        if (reply.ok) return true;
        problem = reply.problem;
      }
    }
    return {
      ...raw,
      async call(method, input, options) {
        const reply = await raw.call(method, input, options);
        if (reply.ok || reply.problem.code !== 'key.locked' || !(await unlock())) return reply;
        return raw.call(method, input, options);
      },
    };
  }, [raw, ask]);
  return { host, dialog: asking && <PassphraseDialog asking={asking} words={WORDS} /> };
}
