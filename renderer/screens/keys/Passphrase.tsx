// Asks for the passphrase when the key turns out to be locked, and then repeats what was asked.
import { type ReactNode, useMemo, useState } from 'react';
import type { Host } from '../../../shared/contract/host.ts';
import type { Problem } from '../../../shared/kernel/problem.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { ProblemNotice } from '../../ui/Notice.tsx';

type Asking = { problem: Problem | undefined; answer: (passphrase: string | undefined) => void };

/** A host whose `key.locked` replies are answered by the person; `dialog` has to be shown somewhere. */
export function usePassphrase(raw: Host): { host: Host; dialog: ReactNode } {
  const [asking, setAsking] = useState<Asking>();
  const host = useMemo((): Host => {
    const ask = (problem: Problem | undefined) =>
      new Promise<string | undefined>((resolve) => {
        setAsking({
          problem,
          answer(passphrase) {
            setAsking(undefined);
            resolve(passphrase);
          },
        });
      });
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
  }, [raw]);
  return { host, dialog: asking && <PassphraseDialog {...asking} /> };
}

function PassphraseDialog({ problem, answer }: Asking) {
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const submit = () => (text === '' ? setMissing(true) : answer(text));
  return (
    <Dialog title="合い言葉を入れてください" onClose={() => answer(undefined)}>
      {problem && <ProblemNotice problem={problem} />}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field
          label="合い言葉"
          required
          help="このファイルの署名の鍵を守っている言葉です。ファイルを閉じるまで覚えておきます。忘れたときは、「送り手の登録」で回復ファイルから鍵を戻せます。"
          error={isMissing ? '合い言葉を入れてください。' : undefined}
        >
          {(control) => (
            <input
              {...control}
              className="input"
              type="password"
              autoComplete="off"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <div className="actions">
          <Button kind="primary" onClick={submit}>
            鍵を開ける
          </Button>
          <Button kind="text" onClick={() => answer(undefined)}>
            やめる
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
