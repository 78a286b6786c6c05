// The office's new year: its name, the form, the evaluation year, and a passphrase if they want one.
import { useId, useState } from 'react';
import type { ChosenFile } from '../../shared/contract/host.ts';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { bothYears, fiscalYearOf } from '../../shared/kernel/fiscal.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { today } from '../ui/clock.ts';
import { Choice, Field, useFirstFault } from '../ui/Field.tsx';
import { Screen } from '../ui/Screen.tsx';
import { type Chosen, choiceFault, GoingOn } from './keys/RecoveryChoice.tsx';
import { StationField } from './keys/StationField.tsx';
import type { Go, Place } from './place.ts';
import { TaskReport } from './TaskReport.tsx';
import { fileName } from './words.ts';

export function CreateWorkspace({ go, enter }: { go: Go; enter: (workspace: WorkspaceView, next?: Place) => void }) {
  const about = useQuery('app.about', {}, []);
  const task = useTask();
  const group = useId();
  const [office, setOffice] = useState('');
  const [year, setYear] = useState(String(fiscalYearOf(today())));
  const [formId, setFormId] = useState<string>();
  const [formFile, setFormFile] = useState<ChosenFile>();
  const [station, setStation] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [chosen, setChosen] = useState<Chosen>();
  const [tries, setTries] = useState(0);
  useFirstFault(tries);

  const forms = about.value?.forms ?? [];
  const chosenId = formFile ? undefined : (formId ?? (forms.length === 1 ? forms[0]?.id : undefined));
  const number = /^\d{4}$/.test(year.normalize('NFKC')) ? Number(year.normalize('NFKC')) : undefined;
  const isYear = number !== undefined && number >= 1950 && number <= 2200;
  const errors = {
    office: office.trim() === '' ? '課の名前を入れてください。' : undefined,
    year: isYear ? undefined : '西暦4桁の年度を入れてください（1950〜2200）。',
    form: formFile || chosenId ? undefined : '様式を選んでください。',
    again: passphrase !== again ? '同じ合い言葉を2回入れてください。' : undefined,
    recovery: chosen && choiceFault(chosen),
  };
  const shown = (error: string | undefined) => (tries > 0 ? error : undefined);

  async function chooseForm() {
    const [picked] = await task.choose({ for: 'open-form' });
    if (picked) setFormFile(picked);
  }

  async function create() {
    setTries(tries + 1);
    if (!isYear || Object.values(errors).some((error) => error !== undefined)) return;
    const suggested = `${number}年度評価_${fileName(office.trim())}.hyoka`;
    const [place] = await task.choose({ for: 'new-workspace', suggested });
    if (!place) return;
    const made = await task.run('ファイルを作っています', 'workspace.create', {
      file: place.file,
      office: office.trim(),
      form: formFile ? { file: formFile.file } : { id: chosenId ?? '' },
      year: number,
      ...(station.trim() === '' ? {} : { station: station.trim() }),
      ...(passphrase === '' ? {} : { passphrase }),
      ...(chosen?.file ? { recovery: { file: chosen.file.file, passphrase: chosen.passphrase } } : {}),
    });
    if (made) enter(made, made.recoveryAt === null ? { at: 'recovery', first: true } : { at: 'sheets' });
  }

  return (
    <Screen title="新しい年度を作る" back={{ label: 'はじめの画面へ', go: () => go({ at: 'welcome' }) }}>
      <TaskReport task={task} />
      <div className="stack-wide">
        <Field
          label="事務局の名前"
          required
          help="配布や提出に、送り手の名前として載ります。"
          error={shown(errors.office)}
        >
          {(control) => (
            <input
              {...control}
              className="input"
              autoComplete="off"
              maxLength={100}
              value={office}
              onChange={(e) => setOffice(e.target.value)}
            />
          )}
        </Field>
        <Field
          label="評価年度"
          required
          help={`2022 = 2021年度の実績を2022年度に評価${isYear ? `。今の入力は、${bothYears(number - 1)}の実績を${bothYears(number)}に評価する意味です。` : ''}`}
          error={shown(errors.year)}
        >
          {(control) => (
            <input
              {...control}
              className="input short"
              inputMode="numeric"
              autoComplete="off"
              value={year}
              onChange={(e) => setYear(e.target.value)}
            />
          )}
        </Field>
        <fieldset className="field">
          <legend className="field-label">
            様式<span className="required">※必須</span>
          </legend>
          {forms.map((form) => (
            <Choice
              key={form.id}
              type="radio"
              name={group}
              checked={chosenId === form.id}
              onChange={() => {
                setFormId(form.id);
                setFormFile(undefined);
              }}
            >
              {form.title} <span className="quiet">第{form.version}版</span>
            </Choice>
          ))}
          {formFile && (
            <Choice type="radio" name={group} checked onChange={() => undefined}>
              {formFile.name}
            </Choice>
          )}
          {shown(errors.form) && (
            <p className="field-error" tabIndex={-1} data-fault="true">
              {errors.form}
            </p>
          )}
          <div>
            <Button kind="outline" size="toolbar" onClick={chooseForm}>
              様式ファイルを選ぶ
            </Button>
          </div>
        </fieldset>
        <StationField value={station} onChange={setStation} />
        <fieldset className="stack">
          <legend className="field-label">合い言葉（なくても作れます）</legend>
          <p className="field-help measure">
            署名の鍵を守ります。忘れたときは、次の画面で作る回復ファイルで戻せます。決めたときは、紙に控えて保管してください。
          </p>
          <Field label="合い言葉">
            {(control) => (
              <input
                {...control}
                className="input"
                type="password"
                autoComplete="new-password"
                value={passphrase}
                onChange={(e) => setPassphrase(e.target.value)}
              />
            )}
          </Field>
          <Field label="合い言葉をもう一度" error={shown(errors.again)}>
            {(control) => (
              <input
                {...control}
                className="input"
                type="password"
                autoComplete="new-password"
                value={again}
                onChange={(e) => setAgain(e.target.value)}
              />
            )}
          </Field>
        </fieldset>
        <GoingOn task={task} chosen={chosen} onChange={setChosen} error={shown(errors.recovery)} />
      </div>
      <div className="actions">
        <Button kind="primary" onClick={create}>
          {isYear ? `${number}年度評価のファイルを作る` : 'ファイルを作る'}
        </Button>
      </div>
    </Screen>
  );
}
