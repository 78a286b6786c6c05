// Publishing: everything that is open is named before, and what is published gets a number under which it stays as it was.
import { FolderOutput } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Output } from '../../../shared/contract/contract.ts';
import type { PublicationView } from '../../../shared/contract/publicationmethods.ts';
import { useLook } from '../../host/useLook.ts';
import { useTask } from '../../host/useTask.ts';
import { Button, Link } from '../../ui/Button.tsx';
import { Field, useFirstFault } from '../../ui/Field.tsx';
import { Notice, ProblemNotice } from '../../ui/Notice.tsx';
import { RunningTask } from '../../ui/Progress.tsx';
import { Screen } from '../../ui/Screen.tsx';
import type { Go } from '../place.ts';
import { TaskReport } from '../TaskReport.tsx';
import { EditionPreview } from './EditionPreview.tsx';
import { ExportOptions } from './ExportOptions.tsx';
import { type Choices, FIRST_CHOICES } from './formats.ts';
import { MatterList } from './MatterList.tsx';

type Plan = Output<'publication.plan'>;
type Texts = Plan['texts'];

/** `only`: the sheets that were chosen in the list; all of them without. */
export function Publish({ only, go }: { only: readonly string[] | undefined; go: Go }) {
  const task = useTask();
  const [choices, setChoices] = useState<Choices>({ ...FIRST_CHOICES, edition: 'public', years: 'era' });
  const { edition, years } = choices;
  const what = { edition, years, ...(only ? { sheets: [...only] } : {}) };
  const look = useLook('publication.plan', what);
  const plan = look.value;
  const [person, setPerson] = useState<string>();
  const [texts, setTexts] = useState<Texts>();
  const [tries, setTries] = useState(0);
  const [done, setDone] = useState<PublicationView>();
  useFirstFault(tries);
  // What was said last is the beginning of what is said now; what is typed meanwhile stays.
  useEffect(() => {
    if (!plan) return;
    setPerson((before) => before ?? plan.person);
    setTexts((before) => before ?? plan.texts);
  }, [plan]);

  async function publish(seen: Plan, said: Texts, name: string) {
    if (name.trim() === '') return setTries(tries + 1);
    const input = { ...what, digest: seen.digest, person: name, texts: said };
    setDone(await task.run('公表を記録しています', 'publication.make', input));
  }

  const back = { label: '公表の記録へ', go: () => go({ at: 'publications' }) };
  if (done) {
    const write = (format: 'html' | 'pdf') => go({ at: 'export', first: { snapshot: done.number, format } });
    return (
      <Screen title="公表する" back={back}>
        <Notice tone="success" title={`第${done.number}号として、${done.sheets}枚の公表を記録しました。`} spoken>
          <p>
            記録の番号は {done.digest} です。この後シートが変わっても、第{done.number}
            号はいつでも同じ内容で書き出せます。
          </p>
          <div className="actions">
            <Button kind="primary" icon={FolderOutput} onClick={() => write('html')}>
              第{done.number}号をホームページに書き出す
            </Button>
            <Button kind="outline" onClick={() => write('pdf')}>
              PDF に書き出す
            </Button>
          </div>
        </Notice>
      </Screen>
    );
  }
  return (
    <Screen title="公表する" back={back} width="wide">
      <TaskReport task={task}>
        <Button kind="outline" size="toolbar" onClick={look.reload}>
          公表する前の確認をやり直す
        </Button>
      </TaskReport>
      <p className="measure">
        {'公表すると、シートの今の版に号が付き、後からいつでも同じ内容で書き出せます。' +
          '直したら次の号として公表します。違いは正誤表になります。'}
      </p>
      <ExportOptions names={['edition', 'years']} choices={choices} onChoose={setChoices} />
      <RunningTask
        running={look.running}
        name="公表する前の確認をしています"
        progress={look.progress}
        onCancel={look.cancel}
      />
      {look.problem && (
        <ProblemNotice problem={look.problem}>
          <Button kind="outline" size="toolbar" onClick={look.reload}>
            もう一度確認する
          </Button>
        </ProblemNotice>
      )}
      {plan && (
        <>
          <MatterList matters={plan.matters} go={go} />
          <p>
            文章の書き方（表記のゆれ、使えない文字、個人の情報など）は、
            <Link onClick={() => go({ at: 'quality', ...(only ? { sheets: only } : {}) })}>文章の点検</Link>
            で調べられます。
          </p>
          {edition === 'public' && <EditionPreview sheets={only} go={go} />}
          {texts && <TextFields texts={texts} onChange={setTexts} />}
          <Field
            label="公表する人の職名と氏名"
            required
            help="記録に残します。ホームページや紙面には出ません。"
            error={tries > 0 && person?.trim() === '' ? '職名と氏名を入れてください。' : undefined}
          >
            {(control) => (
              <input
                {...control}
                className="input"
                autoComplete="off"
                value={person ?? ''}
                onChange={(event) => setPerson(event.target.value)}
              />
            )}
          </Field>
          <div className="actions">
            <Button kind="primary" onClick={() => publish(plan, texts ?? plan.texts, person ?? '')}>
              {plan.matters.length === 0
                ? `第${plan.number}号として${plan.sheets}枚を公表する`
                : `未解決${plan.matters.length}件のまま、第${plan.number}号として${plan.sheets}枚を公表する`}
            </Button>
          </div>
        </>
      )}
    </Screen>
  );
}

const FIELDS = [
  { name: 'publisher', label: '公表する団体', help: '例：町の名前。ホームページの上と、データに出ます。', rows: 1 },
  { name: 'note', label: '説明', help: 'この評価について、読む人に伝えることです。', rows: 3 },
  { name: 'source', label: '出典の示し方', help: 'データを使う人に、どう示してほしいかです。', rows: 2 },
  {
    name: 'licence',
    label: '利用条件（ライセンス）',
    help: '例：クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）。空欄なら何も書きません。',
    rows: 2,
  },
] as const satisfies readonly { name: keyof Texts; label: string; help: string; rows: number }[];

function TextFields({ texts, onChange }: { texts: Texts; onChange: (texts: Texts) => void }) {
  return (
    <section className="stack-close" aria-labelledby="texts-title">
      <h2 id="texts-title">ホームページに載せる文</h2>
      {FIELDS.map(({ name, label, help, rows }) => (
        <Field key={name} label={label} help={help}>
          {(control) =>
            rows === 1 ? (
              <input
                {...control}
                className="input"
                value={texts[name]}
                onChange={(event) => onChange({ ...texts, [name]: event.target.value })}
              />
            ) : (
              <textarea
                {...control}
                className="input"
                rows={rows}
                value={texts[name]}
                onChange={(event) => onChange({ ...texts, [name]: event.target.value })}
              />
            )
          }
        </Field>
      ))}
    </section>
  );
}
