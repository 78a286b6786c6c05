// The card by which the other side registers this key: on paper, handed over apart from packages.
import { Printer } from 'lucide-react';
import type { WorkspaceView } from '../../../shared/contract/views.ts';
import { bothYears } from '../../../shared/kernel/fiscal.ts';
import { useHost } from '../../host/HostContext.tsx';
import { Button } from '../../ui/Button.tsx';
import { Screen } from '../../ui/Screen.tsx';
import type { Go } from '../place.ts';
import { groupPrint } from '../words.ts';

const STEPS: Record<WorkspaceView['role'], readonly string[]> = {
  office: [
    'このカードを、配布パッケージとは別に受け取ってください（手渡し、または電話の読み上げ）。',
    'はじめの画面で「配布を受け取って始める」を選び、配布パッケージを指定します。',
    '「事務局の確認番号」に、下の30桁をそのまま打ち込みます。一桁でも合わなければ、ファイルは作られません。',
  ],
  department: [
    'このカードを、提出パッケージとは別に、事務局に渡してください（手渡し、または電話の読み上げ）。',
    '事務局は「送り手の登録」で「届く前に登録する」を選び、課の名前と端末の呼び名を入れます。',
    '「確認番号」に、下の30桁をそのまま打ち込みます。一桁でも合わなければ、提出は取り込まれません。',
  ],
};

export function EnrolmentCard({ workspace, go }: { workspace: WorkspaceView; go: Go }) {
  const host = useHost();
  const isOffice = workspace.role === 'office';
  return (
    <Screen
      title="登録カード"
      back={{ label: '送り手の登録へ', go: () => go({ at: 'signers' }) }}
      aside={
        <div className="no-print">
          <Button kind="primary" size="toolbar" icon={Printer} onClick={() => void host.print()}>
            登録カードを印刷する
          </Button>
        </div>
      }
    >
      <article className="enrolment-card" aria-label="登録カード">
        <p className="card-kind">行政評価　{isOffice ? '事務局の' : '担当課の'}登録カード</p>
        <dl className="facts">
          <dt>課</dt>
          <dd className="card-unit">{workspace.unit}</dd>
          <dt>端末</dt>
          <dd>{workspace.station || '（呼び名なし）'}</dd>
          {!isOffice && (
            <>
              <dt>事務局</dt>
              <dd>{workspace.office}</dd>
            </>
          )}
          <dt>評価年度</dt>
          <dd>{bothYears(workspace.year)}</dd>
        </dl>
        <ol className="card-steps">
          {STEPS[workspace.role].map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <h2>確認番号</h2>
        <p className="card-print">
          <span className="for-ears">{groupPrint(workspace.print)}</span>
          {groupPrint(workspace.print)
            .split(' ')
            .map((group, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: groups may repeat and never move
              <span key={index} aria-hidden="true">
                {group}
              </span>
            ))}
        </p>
      </article>
    </Screen>
  );
}
