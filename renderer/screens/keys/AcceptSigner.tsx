// Registering a sender: the digits are heard from the other side or read from its card, and typed. They are not shown
// here, so that nobody copies those of a package that somebody else made.
import { useState } from 'react';
import type { PackageResult } from '../../../shared/contract/exchangeviews.ts';
import { typedPrint } from '../../../shared/package/trust.ts';
import { useTask } from '../../host/useTask.ts';
import { Button } from '../../ui/Button.tsx';
import { useFirstFault } from '../../ui/Field.tsx';
import { TaskReport } from '../TaskReport.tsx';
import { shownPrint } from '../words.ts';
import { PrintField, printFault } from './PrintField.tsx';
import { StationField, UnitField, unitFault } from './StationField.tsx';

/** `onAccepted`: hears which packages had waited for it and were taken in. */
type Props = { print: string; claimed: string; onAccepted: (taken: PackageResult[]) => void };

export function AcceptSigner({ print, claimed, onAccepted }: Props) {
  const task = useTask();
  const [digits, setDigits] = useState('');
  const [unit, setUnit] = useState('');
  const [station, setStation] = useState('');
  const [tries, setTries] = useState(0);
  useFirstFault(tries);

  const typed = typedPrint(digits);
  const errors = {
    digits:
      printFault(digits) ??
      (typed === print
        ? undefined
        : '届いたパッケージの確認番号と違います。相手に、もう一度読み上げてもらってください。'),
    unit: unitFault(unit),
  };
  const shown = (error: string | undefined) => (tries > 0 ? error : undefined);

  async function accept() {
    setTries(tries + 1);
    if (errors.digits || errors.unit) return;
    const input = { print: typed, unit: unit.trim(), ...(station.trim() === '' ? {} : { station: station.trim() }) };
    const done = await task.run('送り手を登録しています', 'signer.accept', input);
    if (done) onAccepted(done.taken);
  }

  return (
    <section
      className="accept"
      aria-label={`「${claimed}」と名乗る送り手の登録（確認番号 ${shownPrint({ unit: null, print })}）`}
    >
      <p className="measure">
        この端末は「{claimed}
        」と名乗っています。登録カードか電話で本人から受け取った確認番号を打ち込むと、登録でき、取り置いている分も取り込みます。届いたものの番号と30桁すべてが同じときだけ、登録されます。
      </p>
      <TaskReport task={task} />
      <PrintField label="相手が読み上げた確認番号" value={digits} onChange={setDigits} error={shown(errors.digits)} />
      <UnitField value={unit} onChange={setUnit} error={shown(errors.unit)} />
      <StationField label="相手の端末の呼び名" value={station} onChange={setStation} />
      <div className="actions">
        <Button kind="outline" onClick={accept}>
          送り手として登録する
        </Button>
      </div>
    </section>
  );
}
