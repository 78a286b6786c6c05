// The same remark on many sheets: on one cell of each, or on each as a whole.
import { MessageSquareWarning } from 'lucide-react';
import { useId, useState } from 'react';
import type { Output } from '../../shared/contract/contract.ts';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import type { Form } from '../../shared/form/form.ts';
import { REMARK_LIMIT } from '../../shared/revision/remark.ts';
import { matchesWords } from '../form/moving/findText.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Choice, Field, useFirstFault } from '../ui/Field.tsx';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { PickList } from '../ui/PickList.tsx';
import { Screen } from '../ui/Screen.tsx';
import { ChosenList } from './ChosenSheets.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';
import { useLaidOutForm } from './useLaidOutForm.ts';

type Props = { workspace: WorkspaceView; sheets: readonly string[]; go: Go };
type Done = Output<'remark.spread'> & { asked: number };

export function RemarkMany({ workspace, sheets, go }: Props) {
  const { value, problem } = useQuery('sheet.list', {}, ['sheets', 'cells']);
  const { form } = useLaidOutForm(workspace.form.hash, workspace.year);
  const task = useTask();
  const [isOnCell, setOnCell] = useState(false);
  const [address, setAddress] = useState('');
  const [text, setText] = useState('');
  const [tries, setTries] = useState(0);
  const [done, setDone] = useState<Done>();
  useFirstFault(tries);

  const wanted = new Set(sheets);
  const rows = (value?.sheets ?? []).filter(({ id }) => wanted.has(id));
  const isTried = tries > 0;
  const lacksText = text.trim() === '';
  const lacksCell = isOnCell && address === '';

  async function write() {
    setTries(tries + 1);
    if (lacksText || lacksCell) return;
    const target = isOnCell ? address : '';
    const result = await task.run('指摘を付けています', 'remark.spread', {
      sheets: [...sheets],
      address: target,
      text,
    });
    setDone(result && { ...result, asked: sheets.length });
    if (!result) return;
    setTries(0);
    if (result.left === 0) setText('');
  }

  return (
    <Screen title="同じ指摘を付ける" back={{ label: 'シート一覧へ', go: () => go({ at: 'sheets' }) }}>
      <TaskReport task={task} />
      {problem && <ProblemNotice problem={problem} />}
      {done && <Said done={done} />}
      {value && (
        <>
          <div className="stack-close">
            <p>選んだ{rows.length}枚のシートに、同じ文の指摘を一つずつ付けます。</p>
            <ChosenList rows={rows} />
          </div>
          <Where
            form={form}
            isOnCell={isOnCell}
            onOnCell={setOnCell}
            address={address}
            onAddress={setAddress}
            error={isTried && lacksCell ? '欄を選んでください。' : undefined}
          />
          <Field
            label="指摘する内容"
            required
            help="課には、次の配布のときに届きます。"
            error={isTried && lacksText ? '指摘する内容を書いてください。' : undefined}
          >
            {(control) => (
              <textarea
                {...control}
                className="input lines-4"
                maxLength={REMARK_LIMIT}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          <div className="actions">
            <Button
              kind="primary"
              icon={MessageSquareWarning}
              onClick={write}
              locked={task.running ? '付け終わるまで待ってください。' : undefined}
            >
              {`${rows.length}枚に指摘を付ける`}
            </Button>
          </div>
        </>
      )}
    </Screen>
  );
}

function Said({ done: { said, left, asked } }: { done: Done }) {
  const before = asked - left - said.length;
  return (
    <Notice tone={left > 0 ? 'warning' : 'success'} title={`${said.length}枚に指摘を付けました。`} spoken>
      {before > 0 && <p>{before}枚には、同じ指摘がもう付いていたので、付けていません。</p>}
      {left > 0 && <p>途中で中止したので、{left}枚には付いていません。もう一度押すと、残りだけに付けます。</p>}
    </Notice>
  );
}

type WhereProps = {
  form: Form | undefined;
  isOnCell: boolean;
  onOnCell: (isOnCell: boolean) => void;
  address: string;
  onAddress: (address: string) => void;
  error: string | undefined;
};

const LIMIT = 60;

function Where({ form, isOnCell, onOnCell, address, onAddress, error }: WhereProps) {
  const name = useId();
  const [words, setWords] = useState('');
  const cell = form?.byAddress.get(address);
  const picks = (form?.cells ?? [])
    .filter(({ label }) => matchesWords([label], words))
    .slice(0, LIMIT)
    .map((one) => ({ key: one.address, content: one.label }));
  return (
    <fieldset className="stack-close">
      <legend className="field-label">どこへの指摘か</legend>
      <Choice type="radio" name={name} checked={!isOnCell} onChange={() => onOnCell(false)}>
        シート全体
      </Choice>
      <Choice type="radio" name={name} checked={isOnCell} onChange={() => onOnCell(true)}>
        一つの欄
      </Choice>
      {isOnCell && cell && (
        <div className="toolbar">
          <p>
            <span className="quiet">欄：</span>
            <strong>{cell.label}</strong>
          </p>
          <Button kind="outline" size="toolbar" onClick={() => onAddress('')}>
            ほかの欄にする
          </Button>
        </div>
      )}
      {isOnCell && !cell && (
        <PickList
          label="欄の見出し"
          help="見出しの一部を打ち、矢印で選んで Enter で決めます。"
          takesFocus={words !== ''}
          text={words}
          picks={picks}
          empty="当てはまる欄がありません。"
          onText={setWords}
          onPick={onAddress}
        />
      )}
      {error !== undefined && (
        <p className="field-error" data-fault tabIndex={-1} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
