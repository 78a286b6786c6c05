// Sheets to another round: which round each is in, which is to be in force, and what departments may write then.
import { Send, StepForward, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { SheetRow, WorkspaceView } from '../../shared/contract/views.ts';
import type { Form } from '../../shared/form/form.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Field.tsx';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { ChosenList } from './ChosenSheets.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';
import { useLaidOutForm } from './useLaidOutForm.ts';

const NO_ROUND = '';
type Done = { label: string; count: number; before: readonly SheetRow[] };

export function MoveRound({ workspace, sheets, go }: { workspace: WorkspaceView; sheets: readonly string[]; go: Go }) {
  const { value, problem } = useQuery('sheet.list', {}, ['sheets', 'cells']);
  const { form } = useLaidOutForm(workspace.form.hash, workspace.year);
  const task = useTask();
  const [chosen, setChosen] = useState<string>();
  const [done, setDone] = useState<Done>();

  const wanted = new Set(sheets);
  const rows = (value?.sheets ?? []).filter(({ id }) => wanted.has(id));
  const rounds = form?.definition.rounds ?? [];
  const next = chosen ?? nextRound(rows, rounds);
  const labelOf = (key: string | null) => rounds.find((round) => round.key === key)?.label ?? '回を決めない';
  const back = { label: 'シート一覧へ', go: () => go({ at: 'sheets' }) };

  async function move() {
    const before = rows;
    const result = await task.run('回を進めています', 'sheet.round', {
      sheets: [...sheets],
      round: next === NO_ROUND ? null : next,
    });
    if (result) setDone({ label: labelOf(next), count: result.sheets.length, before });
  }

  async function moveBack({ before }: Done) {
    for (const [round, own] of Map.groupBy(before, (row) => row.round)) {
      const ids = own.map(({ id }) => id);
      if (!(await task.run('もとの回に戻しています', 'sheet.round', { sheets: ids, round }))) return;
    }
    setDone(undefined);
  }

  return (
    <Screen title="回を進める" back={back}>
      <TaskReport task={task} />
      {problem && <ProblemNotice problem={problem} />}
      {form && rounds.length === 0 && <p>この様式には、回の定めがありません。どの記入者も、いつでも書けます。</p>}
      {done && (
        <Notice
          tone={done.count > 0 ? 'success' : 'info'}
          title={
            done.count > 0
              ? `${done.count}枚を「${done.label}」にしました。`
              : `どのシートも、すでに「${done.label}」です。`
          }
          spoken
        >
          {done.count > 0 && (
            <>
              <p>担当課には、次の配布で伝わります。</p>
              <div className="toolbar">
                <Button kind="outline" size="toolbar" icon={Send} onClick={() => go({ at: 'distribute', sheets })}>
                  このシートを配布する
                </Button>
                <Button kind="text" size="toolbar" icon={Undo2} onClick={() => moveBack(done)}>
                  もとの回に戻す
                </Button>
              </div>
            </>
          )}
        </Notice>
      )}
      {form && value && rounds.length > 0 && (
        <>
          <ChosenList rows={rows} />
          <p className="quiet">今の回：{countsOf(rows, labelOf)}</p>
          <fieldset className="fields">
            <legend className="field-label">どの回にしますか</legend>
            {rounds.map((round) => (
              <Choice
                key={round.key}
                type="radio"
                name="round"
                checked={next === round.key}
                onChange={() => setChosen(round.key)}
              >
                {round.label}
                <span className="quiet">　{writersOf(form, round.writers)}</span>
              </Choice>
            ))}
            <Choice type="radio" name="round" checked={next === NO_ROUND} onChange={() => setChosen(NO_ROUND)}>
              回を決めない<span className="quiet">　どの記入者も、いつでも書けます</span>
            </Choice>
          </fieldset>
          <p className="measure quiet">
            担当課は、その回の記入者の欄だけを書けます。ほかの欄を書いた提出が届くと、その欄だけを取り込まず、「採られなかった値」に残します。事務局は、どの回でもすべての欄を書けます。
          </p>
          <div className="actions">
            <Button kind="primary" icon={StepForward} onClick={move}>
              {`${rows.length}枚を「${labelOf(next)}」にする`}
            </Button>
          </div>
        </>
      )}
    </Screen>
  );
}

/** The round after the one in which the sheets are that lag behind; sheets in no round are as in the first. */
function nextRound(rows: readonly SheetRow[], rounds: Form['definition']['rounds']): string {
  const places = rows.map((row) =>
    Math.max(
      0,
      rounds.findIndex(({ key }) => key === row.round),
    ),
  );
  return rounds[Math.min(rounds.length - 1, Math.min(...places, rounds.length) + 1)]?.key ?? NO_ROUND;
}

const countsOf = (rows: readonly SheetRow[], labelOf: (key: string | null) => string): string =>
  [...Map.groupBy(rows, (row) => row.round)].map(([key, own]) => `${labelOf(key)} ${own.length}枚`).join('、');

/** Who writes in a round, as far as they are departments. */
function writersOf({ definition }: Form, keys: readonly string[]): string {
  const own = keys.flatMap((key) => {
    const writer = definition.writers[key];
    return writer?.role === 'department' ? [writer.label] : [];
  });
  return own.length > 0 ? `担当課の記入：${own.join('、')}` : '担当課の記入はありません';
}
