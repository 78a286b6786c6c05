// Distributing: which department gets which sheets, and the packages that come out.
import { useState } from 'react';
import type { WrittenPackage } from '../../shared/contract/exchangeviews.ts';
import type { ChosenFile } from '../../shared/contract/host.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';
import { WrittenPackages } from './WrittenPackages.tsx';

export function Distribute({ go }: { go: Go }) {
  const { value, problem } = useQuery('sheet.list', {}, ['sheets']);
  const task = useTask();
  const [done, setDone] = useState<{ folder: ChosenFile; packages: WrittenPackage[] }>();

  async function distribute() {
    const [folder] = await task.choose({ for: 'output-folder' });
    if (!folder) return;
    const result = await task.run('配布のパッケージを作っています', 'package.distribute', { folder: folder.file });
    if (result) setDone({ folder, packages: result.packages });
  }

  const back = { label: 'シート一覧へ', go: () => go({ at: 'sheets' }) };
  const departments = value?.departments ?? [];
  const numbersOf = (unit: string) =>
    (value?.sheets ?? []).filter((sheet) => sheet.units.includes(unit)).map((sheet) => sheet.number);
  return (
    <Screen title="配布する" back={back}>
      <TaskReport task={task} />
      {problem && <ProblemNotice problem={problem} />}
      {done && (
        <WrittenPackages
          title={`配布のパッケージを${done.packages.length}件作りました。`}
          packages={done.packages}
          reveal={() => task.reveal(done.folder.file)}
        >
          <p>それぞれの課に渡してください。受け取った課は、確認番号を電話などで確かめます。</p>
        </WrittenPackages>
      )}
      {!done && value && (
        <>
          <p>課ごとに一つのパッケージを作ります。様式と、事務局が記入した欄が入ります。</p>
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
                    <td className="number">{department.sheets}枚</td>
                    <td>{numbersOf(department.unit).join('、')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <div className="actions">
            <Button
              kind="primary"
              onClick={distribute}
              locked={departments.length === 0 ? '先にシートを割り当ててください。' : undefined}
            >
              {`${departments.length}課に配布する`}
            </Button>
          </div>
        </>
      )}
    </Screen>
  );
}
