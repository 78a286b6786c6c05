// The list of sheets: the home of both sides. It says of every sheet what state it is in and what it still needs.
import { Download, FileInput, Inbox, Search, Send, TableProperties, Upload } from 'lucide-react';
import { useId, useState } from 'react';
import type { DepartmentRow, SheetRow, WorkspaceView } from '../../shared/contract/views.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button, Link } from '../ui/Button.tsx';
import { showMoment } from '../ui/clock.ts';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Meter } from '../ui/Progress.tsx';
import { Screen } from '../ui/Screen.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';
import { useLaidOutForm } from './useLaidOutForm.ts';
import { keptOutcome, sheetStateWord } from './words.ts';

export function Sheets({ workspace, go }: { workspace: WorkspaceView; go: Go }) {
  const { value, problem } = useQuery('sheet.list', {}, ['sheets', 'workspace']);
  const { form } = useLaidOutForm(workspace.form.hash, workspace.year);
  const task = useTask();
  const filterId = useId();
  const [filter, setFilter] = useState('');
  const [assigned, setAssigned] = useState<{ sheets: number; departments: number }>();

  const isOffice = workspace.role === 'office';
  // What comes next stands out: distributing until the first package has come in, receiving from then on.
  const hasArrived = value?.departments.some((row) => row.lastPackage !== null) ?? false;
  const sheets = value?.sheets ?? [];
  const wanted = filter.normalize('NFKC').trim().toLowerCase();
  const matches = (row: SheetRow) =>
    [row.number, row.name, ...row.units].some((text) => text.normalize('NFKC').toLowerCase().includes(wanted));
  const shown = sheets.filter(matches);

  async function assign() {
    const [chosen] = await task.choose({ for: 'open-assignment' });
    if (!chosen) return;
    const done = await task.run('割り当て表を読み込んでいます', 'assignment.import', { file: chosen.file });
    if (done) setAssigned({ sheets: done.sheets.length, departments: done.departments.length });
  }

  const labels = {
    number: form?.identity.number.short ?? '番号',
    name: form?.identity.name.short ?? '名前',
    unit: form?.identity.unit.short ?? '担当課',
  };
  return (
    <Screen title="シート一覧" width="wide" aside={<p className="quiet">{workspace.form.title}</p>}>
      <TaskReport task={task} />
      {problem && <ProblemNotice problem={problem} />}
      {assigned && (
        <Notice tone="success" title={`${assigned.departments}課に${assigned.sheets}枚を割り当てました。`} spoken>
          <p>次は「配布する」で、課ごとのパッケージを作ります。</p>
        </Notice>
      )}
      {value && sheets.length === 0 && <NoSheets isOffice={isOffice} labels={labels} assign={assign} go={go} />}
      {sheets.length > 0 && (
        <>
          <div className="toolbar">
            {isOffice ? (
              <>
                <Button
                  kind={hasArrived ? 'primary' : 'outline'}
                  size="toolbar"
                  icon={Inbox}
                  onClick={() => go({ at: 'receive' })}
                >
                  受け取る
                </Button>
                <Button
                  kind={hasArrived ? 'outline' : 'primary'}
                  size="toolbar"
                  icon={Send}
                  onClick={() => go({ at: 'distribute' })}
                >
                  配布する
                </Button>
                <Button kind="outline" size="toolbar" icon={TableProperties} onClick={assign}>
                  シートの割り当て（CSV）
                </Button>
              </>
            ) : (
              <>
                <Button kind="primary" size="toolbar" icon={Upload} onClick={() => go({ at: 'handin' })}>
                  提出する
                </Button>
                <Button kind="outline" size="toolbar" icon={Inbox} onClick={() => go({ at: 'receive' })}>
                  受け取る
                </Button>
              </>
            )}
            <Button kind="outline" size="toolbar" icon={FileInput} onClick={() => go({ at: 'intake' })}>
              記入済みシートを読み込む
            </Button>
            <Button kind="outline" size="toolbar" icon={Download} onClick={() => go({ at: 'export' })}>
              書き出す
            </Button>
          </div>
          <div className="toolbar">
            <p className="quiet" role="status">
              {wanted === '' ? `${sheets.length}枚` : `${sheets.length}枚のうち${shown.length}枚を表示しています`}
            </p>
            <span className="far search">
              <Search size={18} aria-hidden="true" />
              <label htmlFor={filterId}>しぼり込み</label>
              <input
                id={filterId}
                className="input toolbar-size"
                type="search"
                autoComplete="off"
                value={filter}
                onChange={(event) => setFilter(event.target.value)}
              />
            </span>
          </div>
          <SheetTable rows={shown} workspace={workspace} labels={labels} go={go} />
        </>
      )}
      {isOffice && value && value.departments.length > 0 && <Departments rows={value.departments} />}
    </Screen>
  );
}

type Labels = { number: string; name: string; unit: string };

function NoSheets({ isOffice, labels, assign, go }: { isOffice: boolean; labels: Labels; assign: () => void; go: Go }) {
  if (!isOffice) {
    return (
      <div className="empty">
        <p>まだシートがありません。事務局から届いた配布パッケージを受け取ってください。</p>
        <Button kind="primary" icon={Inbox} onClick={() => go({ at: 'receive' })}>
          配布を受け取る
        </Button>
      </div>
    );
  }
  return (
    <div className="empty">
      <div className="stack-close measure">
        <p>まだシートがありません。はじめに、どの課がどのシートを受け持つかを表で読み込みます。</p>
        <p className="quiet">
          CSVの1行目に見出し（{labels.number}、{labels.name}、{labels.unit}
          ）を書き、2行目から1行に1枚ずつ書きます。様式のほかの見出しを列に加えると、その欄も記入して配布できます。
        </p>
      </div>
      <Button kind="primary" icon={TableProperties} onClick={assign}>
        シートの割り当て（CSV）を読み込む
      </Button>
    </div>
  );
}

function SheetTable({
  rows,
  workspace,
  labels,
  go,
}: {
  rows: SheetRow[];
  workspace: WorkspaceView;
  labels: Labels;
  go: Go;
}) {
  const isOffice = workspace.role === 'office';
  if (rows.length === 0) return <p>あてはまるシートがありません。しぼり込みの文字を変えてください。</p>;
  return (
    <div className="table-box">
      <table className="table">
        <caption className="for-ears">シート一覧</caption>
        <thead>
          <tr>
            <th scope="col">{labels.number}</th>
            <th scope="col">{labels.name}</th>
            {isOffice && <th scope="col">{labels.unit}</th>}
            <th scope="col">状態</th>
            <th scope="col">必須の入力</th>
            <th scope="col" className="number">
              要確認
            </th>
            <th scope="col" className="number">
              競合
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const state = sheetStateWord(row.state, workspace.role);
            return (
              <tr key={row.id}>
                <td className="nowrap">{row.number}</td>
                <th scope="row">
                  <Link onClick={() => go({ at: 'sheet', sheet: row.id })}>{row.name || '（名前なし）'}</Link>
                </th>
                {isOffice && <td className="names">{row.units.join('、')}</td>}
                <td>
                  <StateWord icon={state.icon} tone={state.tone}>
                    {state.word}
                  </StateWord>
                </td>
                <td>
                  <Meter done={row.filled} total={row.required} label={`${row.number} 必須の入力`} />
                </td>
                <td className="number">{row.asked > 0 ? `${row.asked}件` : ''}</td>
                <td className="number">{row.conflicts > 0 ? `${row.conflicts}件` : ''}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Departments({ rows }: { rows: DepartmentRow[] }) {
  return (
    <section className="stack" aria-labelledby="departments">
      <h2 id="departments">課ごとの提出</h2>
      <div className="table-box">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">課</th>
              <th scope="col">提出済み</th>
              <th scope="col">最後に受け取ったパッケージ</th>
              <th scope="col">結果</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.unit}>
                <th scope="row">{row.unit}</th>
                <td>
                  <Meter done={row.submitted} total={row.sheets} label={`${row.unit} 提出済み`} />
                </td>
                <td>
                  {row.lastPackage
                    ? `第${row.lastPackage.sequence}号　${showMoment(row.lastPackage.receivedAt)}`
                    : 'まだ届いていません'}
                </td>
                <td>{row.lastPackage ? keptOutcome(row.lastPackage.outcome) : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
