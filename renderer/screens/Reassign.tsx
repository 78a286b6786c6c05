// Sheets to another department: who has them now, who is to have them, and the way back.
import { Building2, Send, Undo2 } from 'lucide-react';
import { useId, useState } from 'react';
import type { Output } from '../../shared/contract/contract.ts';
import type { SheetRow, WorkspaceView } from '../../shared/contract/views.ts';
import { unitSchema } from '../../shared/revision/revision.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Field, useFirstFault } from '../ui/Field.tsx';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { ChosenList } from './ChosenSheets.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';
import { useLaidOutForm } from './useLaidOutForm.ts';

type Props = { workspace: WorkspaceView; sheets: readonly string[]; go: Go };
type Done = Output<'sheet.reassign'> & { to: string; isBack: boolean };

export function Reassign({ workspace, sheets, go }: Props) {
  const { value, problem } = useQuery('sheet.list', {}, ['sheets', 'cells']);
  const { form } = useLaidOutForm(workspace.form.hash, workspace.year);
  const task = useTask();
  const names = useId();
  const [text, setText] = useState('');
  const [tries, setTries] = useState(0);
  const [done, setDone] = useState<Done>();
  useFirstFault(tries);

  const unitLabel = form?.identity.unit.short ?? '担当課';
  const all = value?.sheets ?? [];
  const wanted = new Set(sheets);
  const rows = all.filter(({ id }) => wanted.has(id));
  const known = [...new Set(all.flatMap(({ units }) => units))].sort((a, b) => a.localeCompare(b, 'ja'));
  const units = unitsIn(text);
  const unknown = units.filter((unit) => !known.includes(unit));
  const fault = faultOf(units, unitLabel);
  const back = { label: 'シート一覧へ', go: () => go({ at: 'sheets' }) };

  async function move() {
    setTries(tries + 1);
    if (fault !== undefined) return;
    const changes = sheets.map((sheet) => ({ sheet, units }));
    const result = await task.run(`${unitLabel}を変えています`, 'sheet.reassign', { changes });
    setDone(result && { ...result, to: units.join('、'), isBack: false });
    if (!result) return;
    setTries(0);
    if (result.left === 0) setText('');
  }

  async function moveBack({ changed }: Done) {
    const changes = changed.map(({ sheet, before }) => ({ sheet, units: before }));
    const result = await task.run('もとに戻しています', 'sheet.reassign', { changes });
    setDone(result && { ...result, to: '', isBack: true });
  }

  return (
    <Screen title={`${unitLabel}を変える`} back={back}>
      <TaskReport task={task} />
      {problem && <ProblemNotice problem={problem} />}
      {done && (
        <Moved
          done={done}
          unitLabel={unitLabel}
          onBack={() => moveBack(done)}
          onDistribute={() => go({ at: 'distribute', sheets: done.changed.map(({ sheet }) => sheet) })}
        />
      )}
      {value && (
        <>
          <div className="stack-close">
            <p>
              選んだ{rows.length}枚のシートの{unitLabel}を変えます。書かれている内容は、そのまま残ります。
            </p>
            <ChosenList rows={rows} />
          </div>
          <Holders rows={rows} unitLabel={unitLabel} />
          <Field
            label={`新しい${unitLabel}`}
            required
            help="いくつかの課で受け持つときは、主になる課から順に「、」で区切って書きます。"
            error={tries > 0 ? fault : undefined}
          >
            {(control) => (
              <>
                <input
                  {...control}
                  className="input"
                  type="text"
                  autoComplete="off"
                  list={names}
                  value={text}
                  onChange={(event) => setText(event.target.value)}
                />
                <datalist id={names}>
                  {known.map((unit) => (
                    <option key={unit} value={unit} />
                  ))}
                </datalist>
              </>
            )}
          </Field>
          {fault === undefined && unknown.length > 0 && (
            <Notice tone="warning" title={`「${unknown.join('」「')}」は、まだどのシートも受け持っていません。`} spoken>
              <p>課の名前に間違いがないか、確かめてください。新しい課であれば、このまま進められます。</p>
            </Notice>
          )}
          <div className="actions">
            <Button
              kind="primary"
              icon={Building2}
              onClick={move}
              locked={task.running ? '変え終わるまで待ってください。' : undefined}
            >
              {fault === undefined
                ? `${rows.length}枚を「${units.join('、')}」に移す`
                : `${rows.length}枚の${unitLabel}を変える`}
            </Button>
          </div>
        </>
      )}
    </Screen>
  );
}

const unitsIn = (text: string): string[] => [
  ...new Set(
    text
      .normalize('NFC')
      .split(/[、,，／/;；]+/)
      .map((unit) => unit.trim())
      .filter(Boolean),
  ),
];

function faultOf(units: readonly string[], unitLabel: string): string | undefined {
  if (units.length === 0) return `新しい${unitLabel}を書いてください。`;
  const wrong = units.find((unit) => !unitSchema.safeParse(unit).success);
  return wrong === undefined ? undefined : `「${wrong}」は課の名前に使えません。`;
}

function Holders({ rows, unitLabel }: { rows: readonly SheetRow[]; unitLabel: string }) {
  const held = [...Map.groupBy(rows, ({ units }) => units.join('、'))];
  return (
    <div className="table-box">
      <table className="table">
        <caption className="for-ears">今の{unitLabel}</caption>
        <thead>
          <tr>
            <th scope="col">今の{unitLabel}</th>
            <th scope="col" className="number">
              枚数
            </th>
          </tr>
        </thead>
        <tbody>
          {held.map(([units, own]) => (
            <tr key={units}>
              <th scope="row">{units}</th>
              <td className="number">{own.length}枚</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type MovedProps = { done: Done; unitLabel: string; onBack: () => void; onDistribute: () => void };

function Moved({ done: { changed, left, taken, to, isBack }, unitLabel, onBack, onDistribute }: MovedProps) {
  const title = isBack
    ? `${changed.length}枚の${unitLabel}を、もとに戻しました。`
    : `${changed.length}枚を「${to}」に移しました。`;
  return (
    <Notice tone={left > 0 ? 'warning' : 'success'} title={title} spoken>
      {left > 0 && <p>途中で中止したので、{left}枚は前のままです。</p>}
      {taken.length > 0 && <p>新しい割り当てを待っていたパッケージを、{taken.length}件取り込みました。</p>}
      {changed.length === 0 && left === 0 && <p>どのシートも、もうその課のものでした。</p>}
      {changed.length > 0 && !isBack && (
        <>
          <p>配布すると、新しい課にシートが届き、もとの課には移ったことが伝わります。</p>
          <div className="actions">
            <Button kind="outline" size="toolbar" icon={Send} onClick={onDistribute}>
              {`この${changed.length}枚を配布する`}
            </Button>
            <Button kind="outline" size="toolbar" icon={Undo2} onClick={onBack}>
              もとに戻す
            </Button>
          </div>
        </>
      )}
    </Notice>
  );
}
