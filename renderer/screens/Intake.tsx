// Taking filled sheets in: what was read is shown before anything is written, one sheet or all of a workbook's.
import { useState } from 'react';
import type { FilledSurvey, IntakeView } from '../../shared/contract/intakeviews.ts';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Screen } from '../ui/Screen.tsx';
import { type Answers, answered, Findings } from './IntakeFindings.tsx';
import { IntakeMany, type Source } from './IntakeMany.tsx';
import { PasteBox } from './IntakePaste.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';

type Read = { name: string; source: Source } & ({ view: IntakeView } | { survey: FilledSurvey });

export function Intake({ sheet, go }: { sheet: string | undefined; go: Go }) {
  const task = useTask();
  const [read, setRead] = useState<Read>();
  const [answers, setAnswers] = useState<Answers>({});
  const target = sheet === undefined ? {} : { sheet };
  const back =
    sheet === undefined
      ? { label: 'シート一覧へ', go: () => go({ at: 'sheets' }) }
      : { label: 'シートへ', go: () => go({ at: 'sheet', sheet }) };

  async function open(name: string, source: Source) {
    const title = `「${name}」を読んでいます`;
    setAnswers({});
    setRead(undefined);
    if (sheet === undefined) {
      const survey = await task.run(title, 'intake.survey', source);
      if (!survey) return;
      if (survey.layout === 'rows' || survey.parts.length > 1) {
        setRead({ name, source, survey });
        return;
      }
    }
    const view = await task.run(title, 'intake.preview', { ...source, ...target });
    setRead(view && { name, source, view });
  }

  async function choose() {
    const [chosen] = await task.choose({ for: 'open-filled-sheet' });
    if (chosen) await open(chosen.name, { file: chosen.file });
  }

  async function apply(source: Source) {
    const given = Object.entries(answers).map(([cell, raw]) => ({ cell, raw }));
    const done = await task.run('取り込んでいます', 'intake.apply', { ...source, ...target, answers: given });
    if (done) go({ at: 'sheet', sheet: done.sheet.id });
  }

  const again = (
    <Button kind="outline" onClick={choose}>
      別のファイルを選ぶ
    </Button>
  );
  if (read && 'survey' in read) {
    return (
      <Screen key="many" title="記入済みシートをまとめて読み込む" width="wide" back={back}>
        <IntakeMany key={read.name} name={read.name} source={read.source} first={read.survey} again={again} go={go} />
      </Screen>
    );
  }
  return (
    <Screen key="one" title="記入済みシートを読み込む" back={back}>
      <TaskReport task={task} />
      {!read && (
        <>
          <p className="measure">
            記入済みのシートを、欄の見出しに合わせて読み込みます。取り込む前に、読み取った内容を確かめられます。
          </p>
          <div className="stack-close measure">
            <p>読めるのは、次のファイルです。</p>
            <ul className="readable">
              <li>
                表計算のブック（.xlsx・.ods）：シートが何枚あっても、まとめて読めます。一行が一枚の取りまとめ表も読めます。
              </li>
              <li>ワープロや表計算から書き出した、タブ区切りの文字（.txt・.tsv）、CSV、HTML</li>
            </ul>
          </div>
          <div className="actions">
            <Button kind="primary" onClick={choose}>
              記入済みシートを選ぶ
            </Button>
          </div>
          <PasteBox onPaste={(pasted) => open('貼り付けた内容', { pasted })} />
        </>
      )}
      {read && (
        <>
          <p>
            「{read.name}」を、シート「{read.view.sheet.number} {read.view.sheet.name}
            」のものとして読みました。まだ何も書き込んでいません。
          </p>
          <Findings
            view={read.view}
            answers={answers}
            onAnswer={(cell, raw) => setAnswers(answered(answers, cell, raw))}
          />
          <div className="actions decision">
            <Button kind="primary" onClick={() => apply(read.source)}>
              この内容で取り込む
            </Button>
            {again}
          </div>
        </>
      )}
    </Screen>
  );
}
