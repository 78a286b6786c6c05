// Asks for the passphrase of a sealed package when one turns out to be needed, and then repeats what was asked.
// Promise: it is remembered until the program ends, so that looking and taking in ask once.
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { Host } from '../../shared/contract/host.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';

const OPENING: readonly string[] = ['package.plan', 'package.merge', 'package.inspect', 'workspace.join'];
const ASKING: readonly string[] = ['seal.locked', 'seal.wrong'];

type Asking = { problem: Problem | undefined; answer: (passphrase: string | undefined) => void };

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
  const [asking, setAsking] = useState<Asking>();
  const known = useRef<string>(undefined);
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
  }, [raw]);
  return { host, dialog: asking && <SealDialog {...asking} /> };
}

function SealDialog({ problem, answer }: Asking) {
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const submit = () => (text === '' ? setMissing(true) : answer(text));
  return (
    <Dialog title="封の合い言葉を入れてください" onClose={() => answer(undefined)}>
      {problem && <ProblemNotice problem={problem} />}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field
          label="封の合い言葉"
          required
          help="送り元が決めて、電話などで伝えた言葉です。署名の鍵を守る合い言葉とは別のものです。"
          error={isMissing ? '封の合い言葉を入れてください。' : undefined}
        >
          {(control) => (
            <input
              {...control}
              className="input"
              autoComplete="off"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <div className="actions">
          <Button kind="primary" onClick={submit}>
            封を開ける
          </Button>
          <Button kind="text" onClick={() => answer(undefined)}>
            開けずに進む
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
