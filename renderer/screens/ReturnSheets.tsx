// Deciding of sheets that were handed in: accepted or sent back, and the packages that tell the departments.
import { useMemo, useState } from 'react';
import type { Output } from '../../shared/contract/contract.ts';
import type { SheetRow } from '../../shared/contract/views.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button, Link } from '../ui/Button.tsx';
import { Choice } from '../ui/Field.tsx';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import { useCarriage } from './Carriage.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';
import { WrittenPackages } from './WrittenPackages.tsx';
import { sheetStateWord } from './words.ts';

type Decision = 'accepted' | 'returned' | 'later';

/** `only`: the sheets that were chosen in the list; all that wait for a decision without. */
export function ReturnSheets({ only, go }: { only: readonly string[] | undefined; go: Go }) {
  const { value, problem } = useQuery('sheet.list', {}, ['sheets', 'cells']);
  const task = useTask();
  const [decisions, setDecisions] = useState<ReadonlyMap<string, Decision>>(new Map());
  const [done, setDone] = useState<Output<'package.return'>>();
  const rows = useMemo(() => {
    const chosen = only && new Set(only);
    return (value?.sheets ?? []).filter(({ id, state }) => (chosen ? chosen.has(id) : state === 'received'));
  }, [value, only]);
  const open = rows.filter((row) => lockOf(row) === undefined);

  const decisionOf = (row: SheetRow): Decision => decisions.get(row.id) ?? 'later';
  const decided = open.filter((row) => decisionOf(row) !== 'later');
  const decide = (all: readonly SheetRow[], decision: Decision) =>
    setDecisions(new Map([...decisions, ...all.map(({ id }) => [id, decision] as const)]));

  const units = [...new Set(decided.flatMap((row) => row.units))];
  const { folder, carry, lock, panel } = useCarriage(task, units);

  async function send() {
    if (!folder) return;
    const sheets = decided.map((row) => ({
      sheet: row.id,
      decision: decisionOf(row) === 'accepted' ? ('accepted' as const) : ('returned' as const),
    }));
    const input = { folder: folder.file, sheets, carry };
    setDone(await task.run('返却のパッケージを作っています', 'package.return', input));
  }

  const back = { label: 'シート一覧へ', go: () => go({ at: 'sheets' }) };
  if (done && folder) {
    return (
      <Screen title="受理・差戻し" back={back}>
        <TaskReport task={task} />
        <WrittenPackages
          title={`返却のパッケージを${done.packages.length}件作りました。`}
          packages={done.packages}
          place={done.place}
          reveal={() => task.reveal(folder.file)}
          go={go}
        >
          <p>それぞれの課に渡してください。課が受け取ると、判断と指摘がシートに出ます。</p>
        </WrittenPackages>
      </Screen>
    );
  }
  const waiting = open.filter((row) => decisionOf(row) === 'accepted' && row.remarks > 0);
  return (
    <Screen title="受理・差戻し" back={back} width="wide">
      <TaskReport task={task} />
      {problem && <ProblemNotice problem={problem} />}
      {value && rows.length === 0 && (
        <div className="empty">
          <p>判断を待つシートはありません。課から提出されたシートを受け取ると、ここに並びます。</p>
          <Button kind="outline" onClick={() => go({ at: 'receive' })}>
            受け取る
          </Button>
        </div>
      )}
      {rows.length > 0 && (
        <>
          <p className="measure">
            届いたシートごとに、受理するか、差し戻すかを選びます。課ごとに一つのパッケージができ、シートの今の内容と指摘が入ります。
          </p>
          <div className="toolbar">
            <Button kind="outline" size="toolbar" onClick={() => decide(open, 'accepted')}>
              すべて受理にする
            </Button>
            <Button kind="outline" size="toolbar" onClick={() => decide(open, 'returned')}>
              すべて差戻しにする
            </Button>
            <Button kind="text" size="toolbar" onClick={() => setDecisions(new Map())}>
              選び直す
            </Button>
          </div>
          <div className="table-box">
            <table className="table">
              <caption className="for-ears">判断するシート</caption>
              <thead>
                <tr>
                  <th scope="col">シート</th>
                  <th scope="col">課</th>
                  <th scope="col">状態</th>
                  <th scope="col">指摘</th>
                  <th scope="col">判断</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <DecisionRow
                    key={row.id}
                    row={row}
                    decision={decisionOf(row)}
                    onDecide={(decision) => decide([row], decision)}
                    go={go}
                  />
                ))}
              </tbody>
            </table>
          </div>
          {waiting.length > 0 && (
            <Notice
              tone="warning"
              title={`返事を待っている指摘のあるシートが${waiting.length}枚、受理になっています。`}
            >
              <p>指摘を解決済みにするか、差戻しを選ぶと、課に伝わりやすくなります。このままでも受理できます。</p>
            </Notice>
          )}
          {decided.length > 0 && panel}
          <div className="actions">
            <Button
              kind="primary"
              onClick={send}
              locked={decided.length === 0 ? '判断を選んだシートがありません。' : lock}
            >
              {sendWord(decided.map(decisionOf))}
            </Button>
          </div>
        </>
      )}
    </Screen>
  );
}

function sendWord(decisions: readonly Decision[]): string {
  const count = (decision: Decision) => decisions.filter((one) => one === decision).length;
  const parts = [
    count('accepted') > 0 ? `${count('accepted')}枚を受理` : '',
    count('returned') > 0 ? `${count('returned')}枚を差戻し` : '',
  ].filter(Boolean);
  return parts.length === 0 ? '課に返す' : `${parts.join('、')}として課に返す`;
}

/** Why a sheet cannot be decided on now. */
function lockOf(row: SheetRow): string | undefined {
  if (row.state === 'waiting') return 'まだ届いていません';
  return row.conflicts > 0 ? '競合を先に決めます' : undefined;
}

type RowProps = { row: SheetRow; decision: Decision; onDecide: (decision: Decision) => void; go: Go };

function DecisionRow({ row, decision, onDecide, go }: RowProps) {
  const state = sheetStateWord(row.state, 'office');
  const lock = lockOf(row);
  const choice = (value: Decision, word: string) => (
    <Choice type="radio" name={`decision-${row.id}`} checked={decision === value} onChange={() => onDecide(value)}>
      {word}
    </Choice>
  );
  return (
    <tr>
      <th scope="row">
        <Link onClick={() => go({ at: 'sheet', sheet: row.id })}>{`${row.number} ${row.name}`}</Link>
      </th>
      <td>{row.units.join('、')}</td>
      <td>
        <StateWord icon={state.icon} tone={state.tone}>
          {state.word}
        </StateWord>
      </td>
      <td>{remarksOf(row)}</td>
      <td>
        {lock === undefined ? (
          <fieldset className="row-choices">
            <legend className="for-ears">{`${row.number} ${row.name} の判断`}</legend>
            {choice('accepted', '受理')}
            {choice('returned', '差戻し')}
            {choice('later', 'まだ決めない')}
          </fieldset>
        ) : (
          <span className="quiet">{lock}</span>
        )}
      </td>
    </tr>
  );
}

const remarksOf = ({ remarks, answered }: SheetRow): string =>
  [remarks > 0 ? `返事待ち${remarks}件` : '', answered > 0 ? `返事あり${answered}件` : ''].filter(Boolean).join('、');
