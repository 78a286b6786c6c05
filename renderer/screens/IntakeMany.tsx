// A workbook of many sheets: which part is for which sheet, what would change, and what is taken. What something would be
// replaced in is looked at before it can be taken.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Output } from '../../shared/contract/contract.ts';
import type { ColumnUse, FilledPart, FilledSurvey, IntakeView } from '../../shared/contract/intakeviews.ts';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useFew } from './Few.tsx';
import { IntakeColumns } from './IntakeColumns.tsx';
import { type Answers, answered, Findings } from './IntakeFindings.tsx';
import { IntakeParts, lookId, type PartChoices, sheetsTwice, unclearParts } from './IntakeParts.tsx';
import type { Pasted } from './IntakePaste.tsx';
import { LeftoverList } from './OpenMatters.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';

export type Source = { file: string } | { pasted: Pasted };
type Props = { name: string; source: Source; first: FilledSurvey; again: ReactNode; go: Go };
type Open = { part: FilledPart; view: IntakeView };

export function IntakeMany({ name, source, first, again, go }: Props) {
  const task = useTask();
  const [survey, setSurvey] = useState(first);
  const [choices, setChoices] = useState<PartChoices>(() => firstChoices(first));
  const [answers, setAnswers] = useState<ReadonlyMap<number, Answers>>(new Map());
  const [open, setOpen] = useState<Open>();
  const [done, setDone] = useState<Output<'intake.gather'>>();
  const [isPending, setPending] = useState(false);
  const columns = survey.columns.map(({ use }) => use);
  const asked = { ...source, layout: survey.layout, ...(survey.layout === 'rows' ? { columns } : {}) };

  async function readAgain(layout: FilledSurvey['layout'], uses?: readonly ColumnUse[]) {
    const next = await task.run(`「${name}」を読み直しています`, 'intake.survey', {
      ...source,
      layout,
      ...(uses ? { columns: [...uses] } : {}),
    });
    if (!next) return;
    setSurvey(next);
    setPending(false);
    setChoices(firstChoices(next));
    setAnswers(new Map());
  }

  async function look(part: FilledPart) {
    const sheet = choices.sheets.get(part.part);
    const view = await task.run(`「${part.name}」を読んでいます`, 'intake.preview', {
      ...asked,
      part: part.part,
      ...(sheet === undefined ? {} : { sheet }),
    });
    if (view) setOpen({ part, view });
  }

  function close(isTaken: boolean) {
    if (!open) return;
    const { part } = open.part;
    const [chosen, seen] = [new Set(choices.chosen), new Set(choices.seen).add(part)];
    if (isTaken) chosen.add(part);
    else chosen.delete(part);
    setChoices({ ...choices, chosen, seen });
    setOpen(undefined);
    setReturned(part);
  }

  const [returned, setReturned] = useState<number>();
  useEffect(() => {
    if (returned !== undefined && !open) document.getElementById(lookId(returned))?.focus();
  }, [returned, open]);

  async function gather() {
    const parts = survey.parts
      .filter(({ part }) => choices.chosen.has(part))
      .map(({ part }) => {
        const sheet = choices.sheets.get(part);
        const given = Object.entries(answers.get(part) ?? {}).map(([cell, raw]) => ({ cell, raw }));
        return { part, answers: given, ...(sheet === undefined ? {} : { sheet }) };
      });
    setDone(await task.run('取り込んでいます', 'intake.gather', { ...asked, parts }));
  }

  if (done) return <Gathered done={done} again={again} go={go} />;
  if (open) {
    const own = answers.get(open.part.part) ?? {};
    return (
      <Detail
        name={name}
        open={open}
        answers={own}
        onAnswer={(cell, raw) => setAnswers(new Map(answers).set(open.part.part, answered(own, cell, raw)))}
        onClose={close}
      />
    );
  }
  const count = choices.chosen.size;
  const unclear = unclearParts(survey.parts, choices);
  return (
    <>
      <TaskReport task={task} />
      <p>
        「{name}」を読みました。
        {survey.layout === 'rows' ? '一行が一枚の表として読んでいます。' : 'シートごとに一枚として読んでいます。'}
        まだ何も書き込んでいません。
      </p>
      {survey.notes.length > 0 && (
        <Notice tone="info" title="読み方についての注意">
          {survey.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Notice>
      )}
      {survey.layout === 'rows' && (
        <IntakeColumns
          key={columnsKey(survey)}
          survey={survey}
          onPending={() => setPending(true)}
          onUse={(uses) => readAgain('rows', uses)}
        />
      )}
      <IntakeParts parts={survey.parts} choices={choices} onChoices={setChoices} onLook={look} returned={returned} />
      {survey.asides.length > 0 && (
        <Notice tone="warning" title={`どのシートにも入らなかった文字が${survey.asides.length}件あります。`}>
          <LeftoverList unmatched={survey.asides} />
        </Notice>
      )}
      {unclear > 0 && (
        <p className="quiet">
          今ある値を置き換えるものが{unclear}枚あり、まだ選んでいません。「中身を見る」で前の値を確かめると選べます。
        </p>
      )}
      <div className="actions decision">
        <Button kind="primary" onClick={gather} locked={lockedBecause(count, isPending, task.running)}>
          {`選んだ${count}枚を取り込む`}
        </Button>
        {again}
        <Button kind="text" onClick={() => readAgain(survey.layout === 'rows' ? 'sheets' : 'rows')}>
          {survey.layout === 'rows' ? 'シートごとに一枚として読み直す' : '一行が一枚の表として読み直す'}
        </Button>
      </div>
    </>
  );
}

function lockedBecause(count: number, isPending: boolean, isRunning: boolean): string | undefined {
  if (isPending) return '列の割り当てを変えています。先に読み直してください。';
  if (count === 0) return '取り込むものを選んでください。';
  return isRunning ? '読み終わるまで待ってください。' : undefined;
}

const columnsKey = ({ columns }: FilledSurvey): string => JSON.stringify(columns.map(({ use, how }) => [use, how]));

/** What is clear and replaces nothing is taken unless somebody says otherwise. */
function firstChoices({ parts }: FilledSurvey): PartChoices {
  const shown = parts.filter(({ sheet, isHidden }) => sheet !== null && !isHidden);
  const twice = sheetsTwice(shown);
  const clear = shown.filter(
    ({ sheet, counts }) =>
      counts !== null && counts.replaced === 0 && counts.changed + counts.asked > 0 && !twice.has(sheet?.id ?? ''),
  );
  return { chosen: new Set(clear.map(({ part }) => part)), seen: new Set(), sheets: new Map() };
}

/** What takes the place of the list takes the focus, at its beginning. */
function useArrival() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    window.scrollTo(0, 0);
  }, []);
  return heading;
}

type DetailProps = {
  name: string;
  open: Open;
  answers: Answers;
  onAnswer: (cell: string, raw: string | undefined) => void;
  onClose: (isTaken: boolean) => void;
};

function Detail({ name, open: { part, view }, answers, onAnswer, onClose }: DetailProps) {
  const heading = useArrival();
  return (
    <div className="stack-wide">
      <h2 ref={heading} tabIndex={-1}>
        {part.name} → シート「{view.sheet.number} {view.sheet.name}」
      </h2>
      <p>「{name}」のこの部分を読み取ったものです。まだ何も書き込んでいません。</p>
      <Findings view={view} answers={answers} onAnswer={onAnswer} />
      <div className="actions decision">
        <Button kind="primary" onClick={() => onClose(true)}>
          取り込むものに入れて、一覧へ戻る
        </Button>
        <Button kind="outline" onClick={() => onClose(false)}>
          入れずに、一覧へ戻る
        </Button>
      </div>
    </div>
  );
}

function Gathered({ done, again, go }: { done: Output<'intake.gather'>; again: ReactNode; go: Go }) {
  const heading = useArrival();
  const asked = done.taken.filter(({ asked: open }) => open > 0).length;
  const { few, more } = useFew(done.taken, '枚');
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        取り込みの結果
      </h2>
      <Notice tone={done.left > 0 ? 'warning' : 'success'} title={`${done.taken.length}枚に取り込みました。`} spoken>
        {done.left > 0 && <p>途中で止めたため、{done.left}枚は取り込んでいません。</p>}
        {asked > 0 && <p>うち{asked}枚に、確かめることが残っています。シートを開くと、欄のそばで尋ねます。</p>}
      </Notice>
      <div className="table-box">
        <table className="table intake-table">
          <thead>
            <tr>
              <th scope="col">シート</th>
              <th scope="col" className="number">
                変わった欄
              </th>
              <th scope="col" className="number">
                確かめること
              </th>
              <th scope="col" className="number">
                欄に入らなかった文字
              </th>
            </tr>
          </thead>
          <tbody>
            {few.map(({ part, sheet, changed, asked: open, unmatched }) => (
              <tr key={part}>
                <th scope="row">
                  {sheet.number} {sheet.name}
                </th>
                <td className="number">{changed}</td>
                <td className="number">{open}</td>
                <td className="number">{unmatched}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more}
      <div className="actions">
        <Button kind="primary" onClick={() => go({ at: 'sheets' })}>
          シート一覧を見る
        </Button>
        {again}
      </div>
    </>
  );
}
