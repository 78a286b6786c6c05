// What a section head signs: the code of what the sheet says now, the round in force, and whether the head's confirmation
// holds. It stands at the sheet's head on screen and on paper.
import { BadgeCheck, CircleDashed, type LucideIcon, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ConfirmationState, SheetView, WorkspaceView } from '../../shared/contract/views.ts';
import type { Form } from '../../shared/form/form.ts';
import { useTask } from '../host/useTask.ts';
import { useSay } from '../ui/Announcer.tsx';
import { Button } from '../ui/Button.tsx';
import { showMoment } from '../ui/clock.ts';
import { Field, useFirstFault } from '../ui/Field.tsx';
import { type StateTone, StateWord } from '../ui/StateWord.tsx';
import { TaskReport } from './TaskReport.tsx';

export const confirmationWord: Record<ConfirmationState, { word: string; icon: LucideIcon; tone: StateTone }> = {
  none: { word: 'なし', icon: CircleDashed, tone: 'quiet' },
  valid: { word: '確認済み', icon: BadgeCheck, tone: 'good' },
  fallen: { word: '変更により失効', icon: TriangleAlert, tone: 'ask' },
};

type Props = {
  workspace: WorkspaceView;
  view: SheetView;
  form: Form;
  /** Saves what is typed; false when that failed. */
  flush: () => Promise<boolean>;
  refresh: () => Promise<void>;
};

export function SignOff({ workspace, view, form, flush, refresh }: Props) {
  const { state, name, unit, at, changed } = view.confirmation;
  const { word, icon, tone } = confirmationWord[state];
  const isAsked = form.definition.confirmation || state !== 'none';
  return (
    <section className="sign-off" aria-label="確認">
      <dl>
        <Term label="内容コード">
          <span className="digest">{view.digest}</span>
        </Term>
        {view.round && <Term label="回">{view.round.label}</Term>}
        {isAsked && (
          <Term label="課長確認">
            <StateWord icon={icon} tone={tone}>
              {word}
            </StateWord>
            {state !== 'none' && (
              <span className="quiet">
                {unit}　{name}　{showMoment(at)}
              </span>
            )}
          </Term>
        )}
      </dl>
      {changed.length > 0 && (
        <p className="quiet">
          確認の後に変わった欄：
          {changed.length > 8 ? `${changed.slice(0, 8).join('、')} ほか${changed.length - 8}件` : changed.join('、')}
        </p>
      )}
      {isAsked && workspace.role === 'department' && state !== 'valid' && (
        <ConfirmBox
          sheets={[view.id]}
          label={state === 'fallen' ? 'もう一度、課長確認を記録する' : '課長確認を記録する'}
          flush={flush}
          onDone={() => void refresh()}
        />
      )}
    </section>
  );
}

const Term = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

type BoxProps = { sheets: readonly string[]; label: string; flush?: () => Promise<boolean>; onDone: () => void };

/** Asks for the head's post and name, and records the confirmation of these sheets. */
export function ConfirmBox({ sheets, label, flush, onDone }: BoxProps) {
  const task = useTask();
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [tries, setTries] = useState(0);
  useFirstFault(tries);
  const isBlank = name.trim() === '';

  async function confirm() {
    setTries(tries + 1);
    if (isBlank || (flush && !(await flush()))) return;
    const done = await task.run('課長確認を記録しています', 'sheet.confirm', {
      sheets: [...sheets],
      name: name.trim(),
    });
    if (!done) return;
    setOpen(false);
    say(`課長確認を記録しました（${done.sheets.length}枚）。`);
    onDone();
  }

  if (!isOpen) {
    return (
      <div className="no-print">
        <TaskReport task={task} />
        <Button kind="outline" size="toolbar" icon={BadgeCheck} onClick={() => setOpen(true)}>
          {label}
        </Button>
      </div>
    );
  }
  return (
    <div className="stack-close no-print">
      <TaskReport task={task} />
      <Field
        label="確認した人の職名と氏名"
        required
        help="内容コードと一緒に記録し、提出で事務局に伝わります。あとで担当課の欄が変わると、確認は失効します。"
        error={tries > 0 && isBlank ? '職名と氏名を入れてください（例：総務課長　海野 はる）。' : undefined}
      >
        {(control) => (
          <input
            {...control}
            className="input"
            type="text"
            maxLength={100}
            autoComplete="off"
            value={name}
            // biome-ignore lint/a11y/noAutofocus: the person has just asked for this box
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <div className="toolbar">
        <Button kind="outline" size="toolbar" icon={BadgeCheck} onClick={confirm}>
          {`${sheets.length}枚の課長確認を記録する`}
        </Button>
        <Button kind="text" size="toolbar" onClick={() => setOpen(false)}>
          やめる
        </Button>
      </div>
    </div>
  );
}
