// Registering a sender: the digits are shown, heard from the other side, and typed. Nothing is copied by a click.
import { useState } from 'react';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Field, useFirstFault } from '../ui/Field.tsx';
import { TaskReport } from './TaskReport.tsx';
import { groupPrint } from './words.ts';

const digitsOf = (text: string) => text.normalize('NFKC').replace(/\D/g, '');

export function AcceptSigner({
  print,
  claimed,
  onAccepted,
}: {
  print: string;
  claimed: string;
  onAccepted: () => void;
}) {
  const task = useTask();
  const [digits, setDigits] = useState('');
  const [unit, setUnit] = useState('');
  const [tries, setTries] = useState(0);
  useFirstFault(tries);

  const typed = digitsOf(digits);
  const errors = {
    digits:
      typed.length !== 30
        ? `数字30桁を入れてください（今は${typed.length}桁）。`
        : typed !== print
          ? '届いたパッケージの確認番号と違います。相手に、もう一度読み上げてもらってください。'
          : undefined,
    unit: unit.trim() === '' ? '課の名前を入れてください。' : undefined,
  };

  async function accept() {
    setTries(tries + 1);
    if (errors.digits || errors.unit) return;
    const done = await task.run('送り手を登録しています', 'signer.accept', { print: typed, unit: unit.trim() });
    if (done) onAccepted();
  }

  return (
    <section className="accept" aria-label={`「${claimed}」と名乗る送り手の登録`}>
      <p className="measure">
        このパッケージは「{claimed}
        」と名乗っています。電話などで本人に確認番号を読み上げてもらい、聞いた数字を打ち込むと登録できます。届いたファイルの番号は次のとおりです。
      </p>
      <p className="print">{groupPrint(print)}</p>
      <TaskReport task={task} />
      <Field
        label="相手が読み上げた確認番号"
        required
        help="30桁。5桁ごとに空白を入れても、続けて打ってもかまいません。"
        error={tries > 0 ? errors.digits : undefined}
      >
        {(control) => (
          <input
            {...control}
            className="input"
            inputMode="numeric"
            autoComplete="off"
            value={digits}
            onChange={(e) => setDigits(e.target.value)}
          />
        )}
      </Field>
      <Field
        label="課の名前"
        required
        help="この端末を使う課を、割り当てのとおりに書きます。"
        error={tries > 0 ? errors.unit : undefined}
      >
        {(control) => (
          <input
            {...control}
            className="input"
            autoComplete="off"
            maxLength={100}
            value={unit}
            onChange={(e) => setUnit(e.target.value)}
          />
        )}
      </Field>
      <div className="actions">
        <Button kind="outline" onClick={accept}>
          送り手として登録する
        </Button>
      </div>
    </section>
  );
}
