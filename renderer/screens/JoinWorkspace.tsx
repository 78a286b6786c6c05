// A department's first file, made from a distribution package: what the package says, then the office's digits from
// paper or the telephone, which are typed and never shown here, and only then the file.
import { useState } from 'react';
import type { InspectView } from '../../shared/contract/exchangeviews.ts';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { bothYears } from '../../shared/kernel/fiscal.ts';
import { typedPrint } from '../../shared/package/trust.ts';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { showMoment } from '../ui/clock.ts';
import { useFirstFault } from '../ui/Field.tsx';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { PrintField, printFault } from './keys/PrintField.tsx';
import { type Chosen, choiceFault, GoingOn } from './keys/RecoveryChoice.tsx';
import { StationField } from './keys/StationField.tsx';
import type { Go, Place } from './place.ts';
import { TaskReport } from './TaskReport.tsx';
import { fileName } from './words.ts';

export function JoinWorkspace({ go, enter }: { go: Go; enter: (workspace: WorkspaceView, next?: Place) => void }) {
  const task = useTask();
  const [found, setFound] = useState<{ file: string; package: InspectView }>();
  const [digits, setDigits] = useState('');
  const [station, setStation] = useState('');
  const [chosen, setChosen] = useState<Chosen>();
  const [tries, setTries] = useState(0);
  useFirstFault(tries);

  async function choose() {
    const [picked] = await task.choose({ for: 'open-packages' });
    if (!picked) return;
    const seen = await task.run('パッケージを確かめています', 'package.inspect', { file: picked.file });
    if (seen) setFound({ file: picked.file, package: seen });
  }

  async function join() {
    setTries(tries + 1);
    if (!found || printFault(digits) || (chosen && choiceFault(chosen))) return;
    const suggested = `${found.package.year ?? ''}年度評価_${fileName(found.package.recipient ?? '')}.hyoka`;
    const [place] = await task.choose({ for: 'new-workspace', suggested });
    if (!place) return;
    const joined = await task.run('ファイルを作っています', 'workspace.join', {
      file: place.file,
      package: found.file,
      print: typedPrint(digits),
      station: station.trim(),
      ...(chosen?.file ? { recovery: { file: chosen.file.file, passphrase: chosen.passphrase } } : {}),
    });
    if (!joined) return;
    const isNew = joined.workspace.recoveryAt === null;
    enter(joined.workspace, isNew ? { at: 'recovery', first: true } : { at: 'sheets' });
  }

  const seen = found?.package;
  const isUsable = seen?.verified === true && seen.kind === 'distribution';
  return (
    <Screen title="配布を受け取って始める" back={{ label: 'はじめの画面へ', go: () => go({ at: 'welcome' }) }}>
      <TaskReport task={task} />
      {!seen && (
        <>
          <p className="measure">
            事務局から届いた配布パッケージ（.json のファイル）を選ぶと、自分の課のファイルを作れます。
          </p>
          <div className="actions">
            <Button kind="primary" onClick={choose}>
              配布パッケージを選ぶ
            </Button>
          </div>
        </>
      )}
      {seen?.problem && <ProblemNotice problem={seen.problem} />}
      {seen && !seen.problem && seen.kind !== 'distribution' && (
        <Notice tone="error" title="配布のパッケージではありません。">
          <p>事務局から届いたファイルかどうかを確かめてください。</p>
        </Notice>
      )}
      {seen && isUsable && (
        <>
          <dl className="facts">
            <dt>ファイル</dt>
            <dd>{seen.file}</dd>
            <dt>送り手（事務局）</dt>
            <dd>{seen.sender?.unit}</dd>
            <dt>あて先</dt>
            <dd>{seen.recipient}</dd>
            <dt>評価年度</dt>
            <dd>{seen.year === null ? '' : `${bothYears(seen.year)}評価`}</dd>
            <dt>シート</dt>
            <dd>
              {seen.sheets.length}枚（{seen.sheets.map((sheet) => sheet.number).join('、')}）
            </dd>
            <dt>作られた日時</dt>
            <dd>{seen.at === null ? '' : showMoment(seen.at)}</dd>
          </dl>
          <Notice tone="warning" title="この事務局を、送り手として登録します。">
            <p>
              事務局の確認番号を、登録カード（紙）か電話で受け取り、下に打ち込んでください。パッケージに署名した鍵の番号と30桁すべてが同じときだけ、ファイルを作れます。
            </p>
          </Notice>
          <PrintField
            label="事務局の確認番号"
            value={digits}
            onChange={setDigits}
            error={tries > 0 ? printFault(digits) : undefined}
          />
          <StationField value={station} onChange={setStation} />
          <GoingOn
            task={task}
            chosen={chosen}
            onChange={setChosen}
            error={tries > 0 && chosen ? choiceFault(chosen) : undefined}
          />
        </>
      )}
      {seen && (
        <div className="actions">
          {isUsable && (
            <Button kind="primary" onClick={join}>
              {`${seen.recipient ?? ''}のファイルを作る`}
            </Button>
          )}
          <Button kind={isUsable ? 'text' : 'outline'} onClick={choose}>
            別のパッケージを選ぶ
          </Button>
        </div>
      )}
    </Screen>
  );
}
