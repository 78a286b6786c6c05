// The export register: what went out, by whom, on which medium, and what has not been erased from it yet.
import {
  CircleCheck,
  Download,
  Eraser,
  FolderOpen,
  Lock,
  LockOpen,
  Printer,
  RotateCw,
  TriangleAlert,
} from 'lucide-react';
import { useState } from 'react';
import type { ChosenFile } from '../../shared/contract/host.ts';
import type { RegisterEntry, RegisterView } from '../../shared/contract/outgoingviews.ts';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { useHost, useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { showMoment } from '../ui/clock.ts';
import { Choice } from '../ui/Field.tsx';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import { placeWord } from './Carriage.tsx';
import { EraseDialog } from './EraseDialog.tsx';
import type { Go } from './place.ts';
import { RewriteDialog } from './RewriteDialog.tsx';
import { TaskReport } from './TaskReport.tsx';
import { fileName, packageKind } from './words.ts';

/** A package to be written once more. */
export type Again = { hash: string; kind: string; recipient: string; sequence: number | null };

export function Register({ workspace, go }: { workspace: WorkspaceView; go: Go }) {
  const host = useHost();
  const task = useTask();
  const { value, problem, reload } = useQuery('register.list', {}, ['sheets']);
  const [isOnlyOpen, setOnlyOpen] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [isErasing, setErasing] = useState(false);
  const [again, setAgain] = useState<Again>();
  const [exported, setExported] = useState<{ file: ChosenFile; name: string; entries: number }>();

  const entries = (value?.entries ?? []).filter((entry) => !isOnlyOpen || entry.erasedAt === null);
  const left = (value?.entries ?? []).filter(isLeft);
  const toggle = (id: number) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };

  async function save() {
    const suggested = `持ち出し記録_${workspace.year}年度評価_${fileName(workspace.unit)}.csv`;
    const [file] = await task.choose({ for: 'save-export', suggested });
    if (!file) return;
    const done = await task.run('持ち出し記録を書き出しています', 'register.export', { file: file.file });
    setExported(done && { file, name: done.file, entries: done.entries });
  }

  const back = { label: 'シート一覧へ', go: () => go({ at: 'sheets' }) };
  return (
    <Screen
      title="持ち出し記録"
      width="wide"
      back={back}
      aside={
        <p className="quiet">
          {workspace.unit}　{workspace.year}年度評価
        </p>
      }
    >
      <div className="no-print stack asides">
        <TaskReport task={task} />
        {problem && <ProblemNotice problem={problem} />}
        {exported && (
          <Notice tone="success" title={`${exported.entries}件を「${exported.name}」に書き出しました。`} spoken>
            <div className="actions">
              <Button kind="outline" size="toolbar" icon={FolderOpen} onClick={() => task.reveal(exported.file.file)}>
                ファイルを取り出す
              </Button>
            </div>
          </Notice>
        )}
        {value && <Unwritten unwritten={value.unwritten} again={setAgain} />}
      </div>
      {value && value.entries.length === 0 && (
        <div className="empty">
          <p>まだ何も書き出していません。配布や提出のパッケージを書き出すと、ここに一行ずつ残ります。</p>
          <Button kind="outline" onClick={() => go({ at: workspace.role === 'office' ? 'distribute' : 'handin' })}>
            {workspace.role === 'office' ? '配布する' : '提出する'}
          </Button>
        </div>
      )}
      {value && value.entries.length > 0 && (
        <>
          <div className="toolbar">
            <Button kind="outline" size="toolbar" icon={Printer} onClick={() => void host.print()}>
              印刷する
            </Button>
            <Button kind="outline" size="toolbar" icon={Download} onClick={save}>
              CSVに書き出す
            </Button>
            <Choice type="checkbox" checked={isOnlyOpen} onChange={() => setOnlyOpen(!isOnlyOpen)}>
              消したものを隠す
            </Choice>
          </div>
          <p role="status">
            {left.length === 0
              ? '媒体に残っているものはありません。'
              : `媒体や共有フォルダーに残っているもの（消したという記録のないもの）：${left.length}件`}
          </p>
          {chosen.size > 0 && (
            <section className="chosen no-print" aria-label="選んだ記録">
              <p>{chosen.size}件を選んでいます。</p>
              <Button kind="primary" size="toolbar" icon={Eraser} onClick={() => setErasing(true)}>
                {`${chosen.size}件を消したことを記録する`}
              </Button>
              <Button kind="text" size="toolbar" onClick={() => setChosen(new Set())}>
                選択をやめる
              </Button>
            </section>
          )}
          <Entries entries={entries} chosen={chosen} toggle={toggle} again={setAgain} />
        </>
      )}
      {isErasing && (
        <EraseDialog
          ids={[...chosen]}
          person={value?.person ?? ''}
          onClose={() => setErasing(false)}
          onDone={() => {
            setErasing(false);
            setChosen(new Set());
            reload();
          }}
        />
      )}
      {again && <RewriteDialog again={again} onClose={() => setAgain(undefined)} />}
    </Screen>
  );
}

/** What lies outside this computer as far as anybody has said. */
const isLeft = (entry: RegisterEntry): boolean => entry.erasedAt === null && entry.place !== 'fixed';

function Unwritten({ unwritten, again }: Pick<RegisterView, 'unwritten'> & { again: (one: Again) => void }) {
  if (unwritten.length === 0) return null;
  return (
    <Notice tone="warning" title={`書き出しが終わっていないパッケージが${unwritten.length}件あります。`}>
      <p>同じものをもう一度書き出すと、相手の側に欠番が残りません。</p>
      <ul className="choices">
        {unwritten.map((one) => (
          <li key={one.hash} className="row">
            <span>
              {packageKind(one.kind).word}第{one.sequence}号（{one.recipient}あて、{showMoment(one.at)}）
            </span>
            {one.kept && (
              <Button kind="outline" size="toolbar" icon={RotateCw} onClick={() => again(one)}>
                もう一度書き出す
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

type EntriesProps = {
  entries: readonly RegisterEntry[];
  chosen: ReadonlySet<number>;
  toggle: (id: number) => void;
  again: (one: Again) => void;
};

function Entries({ entries, chosen, toggle, again }: EntriesProps) {
  if (entries.length === 0) return <p>あてはまる記録がありません。</p>;
  return (
    <div className="table-box">
      <table className="table register">
        <caption className="for-ears">持ち出し記録</caption>
        <thead>
          <tr>
            <th scope="col" className="no-print">
              <span className="for-ears">選ぶ</span>
            </th>
            <th scope="col">書き出した日時</th>
            <th scope="col">中身とあて先</th>
            <th scope="col">書き出した人</th>
            <th scope="col">場所・媒体</th>
            <th scope="col">封</th>
            <th scope="col">消去</th>
            <th scope="col" className="no-print">
              <span className="for-ears">操作</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <EntryRow
              key={entry.id}
              entry={entry}
              isChosen={chosen.has(entry.id)}
              toggle={() => toggle(entry.id)}
              again={again}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = { entry: RegisterEntry; isChosen: boolean; toggle: () => void; again: (one: Again) => void };

function EntryRow({ entry, isChosen, toggle, again }: RowProps) {
  const what = `${packageKind(entry.kind).word}${entry.sequence === null ? '' : `第${entry.sequence}号`}`;
  const { hash } = entry;
  return (
    <tr>
      <td className="no-print">
        {entry.erasedAt === null && (
          <label className="tick">
            <input type="checkbox" checked={isChosen} onChange={toggle} />
            <span className="for-ears">
              {what}（{entry.recipient}あて）を選ぶ
            </span>
          </label>
        )}
      </td>
      <td className="nowrap">{showMoment(entry.at)}</td>
      <th scope="row">
        {what}　{entry.recipient}あて　<span className="nowrap">{entry.sheets}枚</span>
        <span className="choice-help">{entry.file}</span>
      </th>
      <td>{entry.person || <span className="quiet">記入なし</span>}</td>
      <td>
        {placeWord[entry.place].word.replace(/（.*$/, '')}
        {entry.medium !== '' && entry.place !== 'fixed' && <span className="choice-help">{entry.medium}</span>}
      </td>
      <td>
        <StateWord icon={entry.sealed ? Lock : LockOpen} tone={entry.sealed ? 'good' : 'quiet'}>
          {entry.sealed ? 'あり' : 'なし'}
        </StateWord>
      </td>
      <td className="erasure">
        {entry.erasedAt !== null ? (
          <>
            <StateWord icon={CircleCheck} tone="good">
              消去済み
            </StateWord>
            <span className="choice-help">
              {showMoment(entry.erasedAt)} {entry.erasedBy}
            </span>
          </>
        ) : isLeft(entry) ? (
          <StateWord icon={TriangleAlert} tone="ask">
            未消去
          </StateWord>
        ) : (
          <span className="quiet">—</span>
        )}
      </td>
      <td className="no-print">
        {entry.kept && hash !== null && (
          <Button kind="text" size="toolbar" icon={RotateCw} onClick={() => again({ ...entry, hash })}>
            もう一度書き出す
            <span className="for-ears">
              （{what}、{entry.recipient}あて）
            </span>
          </Button>
        )}
      </td>
    </tr>
  );
}
