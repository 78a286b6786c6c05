// Distributing: which department gets which sheets, and the packages that come out.
import { useMemo, useState } from 'react';
import type { Output } from '../../shared/contract/contract.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button, Link } from '../ui/Button.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { useCarriage } from './Carriage.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';
import { WrittenPackages } from './WrittenPackages.tsx';

/** `only`: the sheets that were chosen in the list; all of them without. */
export function Distribute({ only, go }: { only: readonly string[] | undefined; go: Go }) {
  const { value, problem } = useQuery('sheet.list', {}, ['sheets', 'cells']);
  const task = useTask();
  const { folder, carry, lock, panel } = useCarriage(task);
  const [done, setDone] = useState<Output<'package.distribute'>>();

  async function distribute() {
    if (!folder) return;
    setDone(
      await task.run('配布のパッケージを作っています', 'package.distribute', {
        folder: folder.file,
        carry,
        ...(only ? { sheets: [...only] } : {}),
      }),
    );
  }

  const back = { label: 'シート一覧へ', go: () => go({ at: 'sheets' }) };
  const sheets = useMemo(() => {
    const chosen = only && new Set(only);
    return (value?.sheets ?? []).filter(({ id }) => chosen?.has(id) ?? true);
  }, [value, only]);
  const numbersOf = (unit: string) => sheets.filter(({ units }) => units.includes(unit)).map(({ number }) => number);
  const departments = (value?.departments ?? [])
    .map(({ unit }) => ({ unit, numbers: numbersOf(unit) }))
    .filter(({ numbers }) => !only || numbers.length > 0);
  return (
    <Screen title="配布する" back={back}>
      <TaskReport task={task}>
        <Link onClick={() => go({ at: 'register' })}>持ち出し記録で、書き出したものを確かめる</Link>
      </TaskReport>
      {problem && <ProblemNotice problem={problem} />}
      {done && folder && (
        <WrittenPackages
          title={`配布のパッケージを${done.packages.length}件作りました。`}
          packages={done.packages}
          place={done.place}
          reveal={() => task.reveal(folder.file)}
          go={go}
        >
          <p>それぞれの課に渡してください。受け取った課は、確認番号を電話などで確かめます。</p>
        </WrittenPackages>
      )}
      {!done && value && (
        <>
          <p>
            {only && `選んだ${sheets.length}枚だけを配布します。`}
            課ごとに一つのパッケージを作ります。様式と、事務局が記入した欄が入ります。
          </p>
          <div className="table-box">
            <table className="table">
              <caption className="for-ears">配布する課</caption>
              <thead>
                <tr>
                  <th scope="col">課</th>
                  <th scope="col" className="number">
                    枚数
                  </th>
                  <th scope="col">シート</th>
                </tr>
              </thead>
              <tbody>
                {departments.map((department) => (
                  <tr key={department.unit}>
                    <th scope="row">{department.unit}</th>
                    <td className="number">{department.numbers.length}枚</td>
                    <td>{department.numbers.join('、')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {panel}
          <div className="actions">
            <Button
              kind="primary"
              onClick={distribute}
              locked={departments.length === 0 ? '先にシートを割り当ててください。' : lock}
            >
              {only ? `${departments.length}課に${sheets.length}枚を配布する` : `${departments.length}課に配布する`}
            </Button>
          </div>
        </>
      )}
    </Screen>
  );
}
