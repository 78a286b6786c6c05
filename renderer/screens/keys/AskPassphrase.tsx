// A passphrase asked for in the middle of something else: the question as a promise, and the dialog that answers it.
import { useCallback, useState } from 'react';
import type { Problem } from '../../../shared/kernel/problem.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { ProblemNotice } from '../../ui/Notice.tsx';

type Asking = { problem: Problem | undefined; answer: (passphrase: string | undefined) => void };

/** `ask` waits for the person's answer, undefined where there is none; `asking` is what the dialog shows meanwhile. */
export function useAsking(): {
  asking: Asking | undefined;
  ask: (problem: Problem | undefined) => Promise<string | undefined>;
} {
  const [asking, setAsking] = useState<Asking>();
  const ask = useCallback(
    (problem: Problem | undefined) =>
      new Promise<string | undefined>((resolve) => {
        setAsking({
          problem,
          answer(passphrase) {
            setAsking(undefined);
            resolve(passphrase);
          },
        });
      }),
    [],
  );
  return { asking, ask };
}

/** What the passphrase is called and for, and the words of the two buttons. */
type Words = { label: string; help: string; open: string; leave: string; isHidden: boolean };

export function PassphraseDialog({ asking, words }: { asking: Asking; words: Words }) {
  const { problem, answer } = asking;
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const submit = () => (text === '' ? setMissing(true) : answer(text));
  return (
    <Dialog title={`${words.label}を入れてください`} onClose={() => answer(undefined)}>
      {problem && <ProblemNotice problem={problem} />}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field
          label={words.label}
          required
          help={words.help}
          error={isMissing ? `${words.label}を入れてください。` : undefined}
        >
          {(control) => (
            <input
              {...control}
              className="input"
              type={words.isHidden ? 'password' : 'text'}
              autoComplete="off"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <div className="actions">
          <Button kind="primary" onClick={submit}>
            {words.open}
          </Button>
          <Button kind="text" onClick={() => answer(undefined)}>
            {words.leave}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
