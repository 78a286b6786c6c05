// Registering a key before anything came from it, by the digits of its card.
import { useState } from 'react';
import { typedPrint } from '../../../shared/package/trust.ts';
import { useTask } from '../../host/useTask.ts';
import { Button } from '../../ui/Button.tsx';
import { useFirstFault } from '../../ui/Field.tsx';
import { TaskReport } from '../TaskReport.tsx';
import { PrintField, printFault } from './PrintField.tsx';
import { StationField, UnitField, unitFault } from './StationField.tsx';

/** `unit`: the only name that may be registered here, or '' where a person says it. */
export function ExpectSigner({ unit: only, onDone }: { unit: string; onDone: (said?: string) => void }) {
  const task = useTask();
  const [digits, setDigits] = useState('');
  const [unit, setUnit] = useState(only);
  const [station, setStation] = useState('');
  const [tries, setTries] = useState(0);
  useFirstFault(tries);
  const shown = (error: string | undefined) => (tries > 0 ? error : undefined);

  async function expect() {
    setTries(tries + 1);
    if (printFault(digits) || unitFault(unit)) return;
    const input = { print: typedPrint(digits), unit: unit.trim(), station: station.trim() };
    const done = await task.run('端末を登録しています', 'signer.expect', input);
    if (!done) return;
    onDone(
      done.state === 'expected'
        ? `「${done.unit}」の端末を登録しました。届くのを待っています。`
        : `「${done.unit}」の端末を登録しました。`,
    );
  }

  return (
    <>
      <p className="measure">
        登録カードか電話で受け取った番号を打ち込みます。この番号の鍵で署名されたパッケージは、届いたときから取り込めます。
      </p>
      <TaskReport task={task} />
      <PrintField label="確認番号" value={digits} onChange={setDigits} error={shown(printFault(digits))} />
      {only === '' ? (
        <UnitField value={unit} onChange={setUnit} error={shown(unitFault(unit))} />
      ) : (
        <p>登録する相手：{only}</p>
      )}
      <StationField label="相手の端末の呼び名" value={station} onChange={setStation} />
      <div className="actions">
        <Button kind="primary" onClick={expect}>
          この番号の端末を登録する
        </Button>
        <Button kind="text" onClick={() => onDone()}>
          登録せずに戻る
        </Button>
      </div>
    </>
  );
}
