// Receiving: packages are chosen, what would happen is shown, and only then it happens, exactly as shown.
import { FileCheck2, Inbox, Printer } from 'lucide-react';
import { useState } from 'react';
import type { PackageResult } from '../../shared/contract/exchangeviews.ts';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { useHost } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { Alarms, Chains } from './Chains.tsx';
import { HeldPackages } from './HeldPackages.tsx';
import { InboxFolder } from './InboxFolder.tsx';
import { useInbox } from './InboxWatch.tsx';
import { UnsealByRecovery } from './keys/UnsealByRecovery.tsx';
import { PackageCard } from './PackageCard.tsx';
import { PlanPaper } from './PlanPaper.tsx';
import type { Go } from './place.ts';
import { countCells } from './SheetPlans.tsx';
import { TaskReport } from './TaskReport.tsx';

/** A plan, or what was done; `files` are those that it is about. */
type Shown = { files: string[]; packages: PackageResult[]; digest: string; recovery?: Recovery | undefined };
/** A recovery file that opens seals which the key of this workstation does not. */
type Recovery = { file: string; passphrase: string };

export function Receive({ workspace, go }: { workspace: WorkspaceView; go: Go }) {
  const host = useHost();
  const task = useTask();
  const inbox = useInbox();
  const [plan, setPlan] = useState<Shown>();
  const [done, setDone] = useState<Omit<Shown, 'files'>>();
  const [isOnPaper, setOnPaper] = useState(false);
  const isOffice = workspace.role === 'office';

  async function look(files: string[], recovery?: Recovery): Promise<boolean> {
    const seen = await task.run('パッケージを確かめています', 'package.plan', { files, recovery });
    setDone(undefined);
    // A recovery file that does not open leaves what was seen before.
    if (seen || !recovery) setPlan(seen && { files, recovery, ...seen });
    return seen !== undefined;
  }

  async function choose() {
    const chosen = await task.choose({ for: 'open-packages' });
    if (chosen.length > 0) await look(chosen.map(({ file }) => file));
  }

  async function merge() {
    if (!plan) return;
    const result = await task.run('取り込んでいます', 'package.merge', {
      files: plan.files,
      digest: plan.digest,
      recovery: plan.recovery,
    });
    void inbox.look();
    if (result) {
      setPlan(undefined);
      setDone(result);
      return;
    }
    // What is shown must be what would happen: after a refusal the plan is looked at anew, with the reason left standing.
    const { files, recovery } = plan;
    const again = await host.call('package.plan', { files, recovery });
    if (again.ok) setPlan({ files, recovery, ...again.value });
  }

  function tellTaken(taken: PackageResult[]) {
    if (taken.length > 0) setDone({ packages: taken, digest: '' });
  }

  const back = { label: 'シート一覧へ', go: () => go({ at: 'sheets' }) };
  const paper = plan ?? done;
  if (isOnPaper && paper) {
    return (
      <Screen title="受け取る" back={back}>
        <PlanPaper workspace={workspace} {...paper} isDone={!plan} back={() => setOnPaper(false)} />
      </Screen>
    );
  }
  const printing = (
    <Button kind="outline" icon={Printer} onClick={() => setOnPaper(true)}>
      印刷する
    </Button>
  );
  return (
    <Screen title="受け取る" back={back}>
      <TaskReport task={task} />
      {!plan && !done && (
        <>
          <Alarms />
          <section className="stack-close" aria-label="パッケージを選んで受け取る">
            <p className="measure">
              {isOffice
                ? '課から届いた提出のパッケージを選びます。何が起きるかを確かめてから取り込めます。'
                : '事務局から届いた配布・返却・受領書のパッケージを選びます。何が起きるかを確かめてから取り込めます。'}
            </p>
            <div className="actions">
              <Button kind={inbox.view.fresh.length > 0 ? 'outline' : 'primary'} icon={Inbox} onClick={choose}>
                パッケージを選ぶ
              </Button>
            </div>
          </section>
          <InboxFolder onLook={(files) => void look(files)} />
          <HeldPackages onTaken={tellTaken} onLook={() => look([])} />
          <Chains />
        </>
      )}
      {plan && (
        <>
          <p>取り込むと、次のようになります。まだ何も書き込んでいません。</p>
          <Following packages={plan.packages} />
          <Cards packages={plan.packages} isDone={false} />
          {plan.packages.some(({ reason }) => reason?.code === 'package.sealed') && (
            <UnsealByRecovery onOpen={(recovery) => look(plan.files, recovery)} />
          )}
          <div className="actions">
            <MergeButton packages={plan.packages} merge={merge} />
            {printing}
            <Button kind="outline" onClick={choose}>
              選び直す
            </Button>
          </div>
        </>
      )}
      {done && (
        <>
          <Result packages={done.packages} />
          <Cards packages={done.packages} isDone onTaken={tellTaken} />
          <div className="actions">
            <Button kind="primary" onClick={() => go({ at: 'sheets' })}>
              シート一覧を見る
            </Button>
            {done.digest !== '' && printing}
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

type CardsProps = {
  packages: readonly PackageResult[];
  isDone: boolean;
  onTaken?: (taken: PackageResult[]) => void;
};

function Cards({ packages, isDone, onTaken }: CardsProps) {
  return (
    <div className="stack">
      {packages.map((one, index) => (
        <PackageCard
          key={`${one.file}-${one.hash ?? index}`}
          result={one}
          isDone={isDone}
          {...(onTaken ? { onAccepted: onTaken } : {})}
        />
      ))}
    </div>
  );
}

const countOf = (packages: readonly PackageResult[], outcome: PackageResult['outcome']): number =>
  packages.filter((one) => one.outcome === outcome).length;

/** Says beforehand which of the packages that wait will follow by themselves. */
function Following({ packages }: { packages: readonly PackageResult[] }) {
  const following = packages.filter(({ held, outcome }) => held && outcome === 'applied').length;
  return following === 0 ? null : <Notice tone="info" title={`取り置き中の${following}件も取り込まれます。`} />;
}

function MergeButton({ packages, merge }: { packages: readonly PackageResult[]; merge: () => void }) {
  const [applicable, aside, stale] = [
    countOf(packages, 'applied'),
    countOf(packages, 'quarantined'),
    countOf(packages, 'stale'),
  ];
  const words =
    applicable > 0 || aside + stale === 0
      ? `${applicable}件を取り込む`
      : aside > 0
        ? `${aside}件を取り置く`
        : `古い版${stale}件が届いたことを記録する`;
  const locked = applicable + aside + stale === 0 ? '取り込めるパッケージがありません。' : undefined;
  return (
    <Button kind="primary" onClick={merge} locked={locked}>
      {words}
    </Button>
  );
}

function Result({ packages }: { packages: readonly PackageResult[] }) {
  const conflicts = countCells(packages, 'conflict');
  return (
    <Notice tone={conflicts > 0 ? 'warning' : 'success'} title={resultOf(packages)} spoken>
      {conflicts > 0 && <p>競合が{conflicts}件あります。シートを開いて、採る内容を選んでください。</p>}
    </Notice>
  );
}

function resultOf(packages: readonly PackageResult[]): string {
  const [applied, aside] = [countOf(packages, 'applied'), countOf(packages, 'quarantined')];
  const asideWords = aside > 0 ? `${aside}件を取り置きました。` : '';
  return applied > 0 || asideWords === '' ? `${applied}件を取り込みました。${asideWords}` : asideWords;
}
