// The list of sheets: the home of both sides. It says of every sheet what state it is in and what it still needs.
import {
  ArchiveRestore,
  BookOpenCheck,
  ChartColumn,
  CornerDownLeft,
  Download,
  FileInput,
  History,
  Inbox,
  ScrollText,
  Send,
  SpellCheck,
  Stamp,
  TableProperties,
  Upload,
} from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Output } from '../../shared/contract/contract.ts';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button, Link } from '../ui/Button.tsx';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { Board } from './Board.tsx';
import { ChosenBar } from './ChosenSheets.tsx';
import { SentBack } from './Decisions.tsx';
import { KeyNotices } from './keys/RecoveryScreen.tsx';
import type { Go } from './place.ts';
import { SheetFilters } from './SheetFilters.tsx';
import { type Labels, type Selection, SheetTable } from './SheetTable.tsx';
import { type Chosen, extended, NOTHING, stepped, toggled, toggledAll } from './selection.ts';
import { type Look, rowsOf } from './sheetRows.ts';
import { TaskReport } from './TaskReport.tsx';
import { useLaidOutForm } from './useLaidOutForm.ts';

type Props = {
  workspace: WorkspaceView;
  look: Look;
  onLook: (look: Look) => void;
  chosen: Chosen;
  onChosen: (chosen: Chosen) => void;
  go: Go;
};

export function Sheets({ workspace, look, onLook, chosen, onChosen, go }: Props) {
  const { value, problem } = useQuery('sheet.list', {}, ['sheets', 'cells', 'workspace']);
  const { form } = useLaidOutForm(workspace.form.hash, workspace.year);
  const task = useTask();
  const [previous, setPrevious] = useState<Output<'previous.import'>>();
  const [assigned, setAssigned] = useState<{ sheets: number; departments: number }>();

  const isOffice = workspace.role === 'office';
  // What comes next stands out: distributing until the first package has come in, receiving from then on.
  const hasArrived = value?.departments.some((row) => row.lastPackage !== null) ?? false;
  const sheets = value?.sheets ?? [];
  const rounds = useMemo(
    () => new Map((form?.definition.rounds ?? []).map(({ key, label }) => [key, label] as const)),
    [form],
  );
  const shown = useMemo(() => rowsOf(value?.sheets ?? [], look), [value, look]);
  const clashing = sheets.filter(({ conflicts }) => conflicts > 0);

  const picked = sheets.filter(({ id }) => chosen.ids.has(id)).map(({ id }) => id);
  const inSight = shown.filter(({ id }) => chosen.ids.has(id)).length;
  const selection: Selection = {
    chosen: chosen.ids,
    toggle: (id) => onChosen(toggled(chosen, id)),
    toggleAll: (ids) => onChosen(toggledAll(chosen, ids)),
    extend: (order, to) => onChosen(extended(chosen, order, to)),
    step: (order, from, to) => onChosen(stepped(chosen, order, from, to)),
  };

  async function assign() {
    const [chosen] = await task.choose({ for: 'open-assignment' });
    if (!chosen) return;
    setAssigned(undefined);
    const done = await task.run('割り当て表を読み込んでいます', 'assignment.import', { file: chosen.file });
    if (done) setAssigned({ sheets: done.sheets.length, departments: done.departments.length });
  }

  async function importPrevious() {
    const [chosenFile] = await task.choose({ for: 'open-previous' });
    if (!chosenFile) return;
    setPrevious(await task.run('前年度の評価を読み込んでいます', 'previous.import', { file: chosenFile.file }));
  }

  const labels = {
    number: form?.identity.number.short ?? '番号',
    name: form?.identity.name.short ?? '名前',
    unit: form?.identity.unit.short ?? '担当課',
    rounds,
    isConfirmed: form?.definition.confirmation ?? false,
  };
  return (
    <Screen title="シート一覧" width="wide" aside={<p className="quiet">{workspace.form.title}</p>}>
      <TaskReport task={task} />
      {problem && <ProblemNotice problem={problem} />}
      <KeyNotices workspace={workspace} go={go} />
      {assigned && (
        <Notice tone="success" title={`${assigned.departments}課に${assigned.sheets}枚を割り当てました。`} spoken>
          <p>次は「配布する」で、課ごとのパッケージを作ります。</p>
        </Notice>
      )}
      {previous && (
        <Notice
          tone={previous.unmatched.length + previous.unread.length > 0 ? 'warning' : 'success'}
          title={`${previous.year}年度評価から、${previous.matched.length}枚の前年度の内容を読み込みました。`}
          spoken
        >
          {previous.unmatched.length > 0 && <p>前年度のシートが見つからないもの：{previous.unmatched.join('、')}</p>}
          {previous.unread.length > 0 && <UnreadList unread={previous.unread} />}
          {previous.spellings > 0 && <p>書き方の一覧の{previous.spellings}組も、引き継ぎました。</p>}
        </Notice>
      )}
      {clashing.length > 0 && (
        <Notice tone="warning" title={`${clashing.length}枚のシートに、まだ選ばれていない競合があります。`}>
          <Link onClick={() => go({ at: 'conflicts' })}>競合をすべて見る</Link>
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
                <Button kind="outline" size="toolbar" icon={CornerDownLeft} onClick={() => go({ at: 'return' })}>
                  受理・差戻し
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
                  シートの割り当て
                </Button>
                <Button kind="outline" size="toolbar" icon={History} onClick={importPrevious}>
                  前年度を読み込む
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
            <Button kind="outline" size="toolbar" icon={ScrollText} onClick={() => go({ at: 'record' })}>
              受け取りの記録
            </Button>
            <Button kind="outline" size="toolbar" icon={FileInput} onClick={() => go({ at: 'intake' })}>
              記入済みシートを読み込む
            </Button>
            <Button kind="outline" size="toolbar" icon={ChartColumn} onClick={() => go({ at: 'figures' })}>
              全体の図
            </Button>
            <Button kind="outline" size="toolbar" icon={SpellCheck} onClick={() => go({ at: 'quality' })}>
              文章の点検
            </Button>
            <Button kind="outline" size="toolbar" icon={Download} onClick={() => go({ at: 'export' })}>
              書き出す
            </Button>
            {isOffice && (
              <Button kind="outline" size="toolbar" icon={Stamp} onClick={() => go({ at: 'publications' })}>
                公表する
              </Button>
            )}
            <Button kind="outline" size="toolbar" icon={BookOpenCheck} onClick={() => go({ at: 'register' })}>
              持ち出し記録
            </Button>
            <Button kind="text" size="toolbar" icon={ArchiveRestore} onClick={() => go({ at: 'losses' })}>
              採られなかった値
            </Button>
          </div>
          <SheetFilters
            rows={sheets}
            shown={shown.length}
            look={look}
            onLook={onLook}
            role={workspace.role}
            labels={labels}
          />
          {picked.length > 0 && (
            <ChosenBar
              role={workspace.role}
              sheets={picked}
              hidden={picked.length - inSight}
              unitLabel={labels.unit}
              onClear={() => onChosen(NOTHING)}
              go={go}
            />
          )}
          {shown.length === 0 ? (
            <p>あてはまるシートがありません。しぼり込みを変えてください。</p>
          ) : (
            <SheetTable
              rows={shown}
              look={look}
              onLook={onLook}
              workspace={workspace}
              labels={labels}
              selection={selection}
              go={go}
            />
          )}
        </>
      )}
      {!isOffice && <SentBack go={go} />}
      {isOffice && value && value.departments.length > 0 && <Board rows={value.departments} />}
    </Screen>
  );
}

/** What a workbook of last year holds that went into no cell. */
function UnreadList({ unread }: { unread: Output<'previous.import'>['unread'] }) {
  return (
    <details>
      <summary>欄に入らなかったもの（{unread.length}件）</summary>
      <ul>
        {unread.map(({ name, text, reason }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          <li key={index}>
            {name}：{text !== '' && <span className="kept-lines">「{text}」　</span>}
            {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}

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
          Excel（.xlsx）かCSVの表に、見出し（{labels.number}、{labels.name}、{labels.unit}
          ）を書き、その下に1行に1枚ずつ書きます。様式のほかの見出しを列に加えると、その欄も記入して配布できます。
        </p>
      </div>
      <Button kind="primary" icon={TableProperties} onClick={assign}>
        シートの割り当て表を読み込む
      </Button>
    </div>
  );
}
