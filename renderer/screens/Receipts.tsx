// Receipts: the departments from which something has come, and the signed words that tell them what became of it.
import { useState } from 'react';
import type { Output } from '../../shared/contract/contract.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Field.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { useCarriage } from './Carriage.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';
import { WrittenPackages } from './WrittenPackages.tsx';

export function Receipts({ go }: { go: Go }) {
  const { value, problem } = useQuery('package.received', {}, ['sheets', 'signers']);
  const task = useTask();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [done, setDone] = useState<Output<'package.acknowledge'>>();
  // A name that only a package claims belongs to nobody yet.
  const counts = Map.groupBy(
    (value?.packages ?? []).filter(({ known }) => known),
    ({ unit }) => unit,
  );
  const chosen = [...counts.keys()].filter((unit) => !left.has(unit));
  const { folder, carry, lock, panel } = useCarriage(task, chosen);

  function toggle(unit: string) {
    const next = new Set(left);
    if (!next.delete(unit)) next.add(unit);
    setLeft(next);
  }

  async function write() {
    if (!folder) return;
    const input = { folder: folder.file, units: chosen, carry };
    setDone(await task.run('受領書を作っています', 'package.acknowledge', input));
  }

  return (
    <Screen title="受領書を書き出す" back={{ label: '受け取りの記録へ', go: () => go({ at: 'record' }) }}>
      <TaskReport task={task} />
      {problem && <ProblemNotice problem={problem} />}
      {done && folder && (
        <WrittenPackages
          title={`受領書を${done.packages.length}件作りました。`}
          packages={done.packages}
          place={done.place}
          reveal={() => task.reveal(folder.file)}
          go={go}
        >
          <p>それぞれの課に渡してください。課が受け取ると、届いたシートが「受領済み」になります。</p>
        </WrittenPackages>
      )}
      {!done && value && counts.size === 0 && (
        <div className="empty">
          <p>登録した課の端末から、まだ何も届いていません。</p>
          <Button kind="outline" onClick={() => go({ at: 'receive' })}>
            受け取る
          </Button>
        </div>
      )}
      {!done && counts.size > 0 && (
        <>
          <p className="measure">
            課ごとに、届いたパッケージと、取り込んだか、取り置いているか、取り消したかを知らせる受領書を作ります。
          </p>
          <fieldset className="stack-close">
            <legend>受領書を作る課</legend>
            {[...counts].map(([unit, all]) => (
              <Choice key={unit} type="checkbox" checked={!left.has(unit)} onChange={() => toggle(unit)}>
                {unit}
                <span className="quiet">（{all.length}件）</span>
              </Choice>
            ))}
          </fieldset>
          {panel}
          <div className="actions">
            <Button
              kind="primary"
              onClick={write}
              locked={chosen.length === 0 ? '受領書を作る課を選んでください。' : lock}
            >
              {`${chosen.length}課の受領書を書き出す`}
            </Button>
          </div>
        </>
      )}
    </Screen>
  );
}
