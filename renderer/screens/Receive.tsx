// Receiving: packages are chosen, what would happen is shown, and only then it happens, exactly as shown.
import { FileCheck2, Inbox } from 'lucide-react';
import { useState } from 'react';
import type { PackageResult } from '../../shared/contract/exchangeviews.ts';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { useHost, useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { PackageCard } from './PackageCard.tsx';
import type { Go } from './place.ts';
import { countCells } from './SheetPlans.tsx';
import { TaskReport } from './TaskReport.tsx';

type Plan = { files: string[]; packages: PackageResult[]; digest: string };

export function Receive({ workspace, go }: { workspace: WorkspaceView; go: Go }) {
  const host = useHost();
  const task = useTask();
  const kept = useQuery('package.plan', { files: [] }, ['signers', 'sheets']);
  const [plan, setPlan] = useState<Plan>();
  const [done, setDone] = useState<PackageResult[]>();
  const isOffice = workspace.role === 'office';

  async function look(files: string[]) {
    const seen = await task.run('パッケージを確かめています', 'package.plan', { files });
    setDone(undefined);
    setPlan(seen && { files, ...seen });
  }

  async function choose() {
    const chosen = await task.choose({ for: 'open-packages' });
    if (chosen.length > 0) await look(chosen.map(({ file }) => file));
  }

  async function merge() {
    if (!plan) return;
    const result = await task.run('取り込んでいます', 'package.merge', { files: plan.files, digest: plan.digest });
    if (result) {
      setPlan(undefined);
      setDone(result.packages);
      return;
    }
    // What is shown must be what would happen: after a refusal the plan is looked at anew, with the reason left standing.
    const again = await host.call('package.plan', { files: plan.files });
    if (again.ok) setPlan({ files: plan.files, ...again.value });
  }

  const back = { label: 'シート一覧へ', go: () => go({ at: 'sheets' }) };
  const counted = (outcome: PackageResult['outcome']) =>
    plan?.packages.filter((one) => one.outcome === outcome).length ?? 0;
  const applicable = counted('applied');
  const aside = counted('quarantined');
  const conflicts = countCells(done ?? [], 'conflict');
  const setAside = kept.value?.packages ?? [];
  return (
    <Screen title="受け取る" back={back}>
      <TaskReport task={task} />
      {!plan && !done && (
        <>
          <p className="measure">
            {isOffice
              ? '課から届いた提出のパッケージを選びます。何が起きるかを確かめてから取り込めます。'
              : '事務局から届いた配布・返却・受領書のパッケージを選びます。何が起きるかを確かめてから取り込めます。'}
          </p>
          <div className="actions">
            <Button kind="primary" icon={Inbox} onClick={choose}>
              パッケージを選ぶ
            </Button>
          </div>
          {setAside.length > 0 && (
            <section className="stack" aria-labelledby="set-aside">
              <h2 id="set-aside">取り置いたパッケージ（{setAside.length}件）</h2>
              {setAside.map((one, index) => (
                <PackageCard key={one.hash ?? index} result={one} isDone={false} onAccepted={() => look([])} />
              ))}
              {setAside.some((one) => one.outcome === 'applied') && (
                <div className="actions">
                  <Button kind="outline" onClick={() => look([])}>
                    取り置いたパッケージを取り込む
                  </Button>
                </div>
              )}
            </section>
          )}
        </>
      )}
      {plan && (
        <>
          <p>取り込むと、次のようになります。まだ何も書き込んでいません。</p>
          <div className="stack">
            {plan.packages.map((one, index) => (
              <PackageCard key={`${one.file}-${one.hash ?? index}`} result={one} isDone={false} />
            ))}
          </div>
          <div className="actions">
            <Button
              kind="primary"
              onClick={merge}
              locked={applicable + aside === 0 ? '取り込めるパッケージがありません。' : undefined}
            >
              {applicable === 0 && aside > 0 ? `${aside}件を取り置く` : `${applicable}件を取り込む`}
            </Button>
            <Button kind="outline" onClick={choose}>
              選び直す
            </Button>
          </div>
        </>
      )}
      {done && (
        <>
          <Notice tone={conflicts > 0 ? 'warning' : 'success'} title={resultOf(done)} spoken>
            {conflicts > 0 && <p>競合が{conflicts}件あります。シートを開いて、採る内容を選んでください。</p>}
          </Notice>
          <div className="stack">
            {done.map((one, index) => (
              <PackageCard key={`${one.file}-${one.hash ?? index}`} result={one} isDone onAccepted={() => look([])} />
            ))}
          </div>
          <div className="actions">
            <Button kind="primary" onClick={() => go({ at: 'sheets' })}>
              シート一覧を見る
            </Button>
            <Button kind="outline" onClick={choose}>
              続けて受け取る
            </Button>
            {isOffice && (
              <Button kind="outline" icon={FileCheck2} onClick={() => go({ at: 'receipts' })}>
                受領書も書き出す
              </Button>
            )}
          </div>
        </>
      )}
    </Screen>
  );
}

function resultOf(packages: readonly PackageResult[]): string {
  const count = (outcome: PackageResult['outcome']) => packages.filter((one) => one.outcome === outcome).length;
  const aside = count('quarantined') > 0 ? `${count('quarantined')}件を取り置きました。` : '';
  return count('applied') > 0 || aside === '' ? `${count('applied')}件を取り込みました。${aside}` : aside;
}
