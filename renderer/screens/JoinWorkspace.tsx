// A department's first file, made from a distribution package: first what the package says, then the file.
import { useState } from 'react';
import type { InspectView } from '../../shared/contract/exchangeviews.ts';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { bothYears } from '../../shared/kernel/fiscal.ts';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { showMoment } from '../ui/clock.ts';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';
import { fileName, groupPrint } from './words.ts';

export function JoinWorkspace({ go, enter }: { go: Go; enter: (workspace: WorkspaceView) => void }) {
  const task = useTask();
  const [found, setFound] = useState<{ file: string; package: InspectView }>();

  async function choose() {
    const [chosen] = await task.choose({ for: 'open-packages' });
    if (!chosen) return;
    const seen = await task.run('パッケージを確かめています', 'package.inspect', { file: chosen.file });
    if (seen) setFound({ file: chosen.file, package: seen });
  }

  async function join() {
    if (!found) return;
    const suggested = `${found.package.year ?? ''}年度評価_${fileName(found.package.recipient ?? '')}.hyoka`;
    const [place] = await task.choose({ for: 'new-workspace', suggested });
    if (!place) return;
    const joined = await task.run('ファイルを作っています', 'workspace.join', {
      file: place.file,
      package: found.file,
    });
    if (joined) enter(joined.workspace);
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
            <dt>事務局の確認番号</dt>
            <dd className="print">{groupPrint(seen.sender?.print ?? '')}</dd>
          </dl>
          <Notice tone="warning" title="この事務局を、送り手として登録します。">
            <p>電話などで事務局に確認番号を読み上げてもらい、上の数字と同じことを確かめてから進めてください。</p>
          </Notice>
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
