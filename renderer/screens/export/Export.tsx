// Writing sheets out: which, in which format and edition, and where what was written lies.
import { FolderOpen, Printer, ScrollText, Stamp } from 'lucide-react';
import { useState } from 'react';
import type { Input } from '../../../shared/contract/contract.ts';
import type { ChosenFile } from '../../../shared/contract/host.ts';
import type { PublicationView } from '../../../shared/contract/publicationmethods.ts';
import type { EncodingLosses, WorkspaceView } from '../../../shared/contract/views.ts';
import { useQuery } from '../../host/HostContext.tsx';
import { useTask } from '../../host/useTask.ts';
import { usePrinting } from '../../print/usePrinting.ts';
import { Button } from '../../ui/Button.tsx';
import { showMoment } from '../../ui/clock.ts';
import { Notice, ProblemNotice } from '../../ui/Notice.tsx';
import { Radios } from '../../ui/Radios.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { LostCharacters } from '../LostCharacters.tsx';
import type { Go } from '../place.ts';
import { TaskReport } from '../TaskReport.tsx';
import { fileName } from '../words.ts';
import { EditionPreview } from './EditionPreview.tsx';
import { ExportOptions } from './ExportOptions.tsx';
import { FIRST_CHOICES, FORMATS, type Format, inputOf, questionsOf } from './formats.ts';

type Props = {
  workspace: WorkspaceView;
  only: readonly string[] | undefined;
  /** A publication to begin with, and the format for it. */
  first?: { snapshot: number; format: Format } | undefined;
  go: Go;
};

const NOW = 'now';
const FORMAT_ANSWERS = FORMATS.map(({ format, label, help }) => ({ value: format, label, help }));

/** `only`: the sheets that were chosen in the list; all of them without. */
export function Export({ workspace, only, first, go }: Props) {
  const task = useTask();
  const { value, problem } = useQuery('publication.list', {}, ['sheets']);
  const [format, setFormat] = useState<Format>(first?.format ?? 'xlsx');
  const [choices, setChoices] = useState(FIRST_CHOICES);
  const [source, setSource] = useState(first ? String(first.snapshot) : NOW);
  const printing = usePrinting();
  const [losses, setLosses] = useState<EncodingLosses>();
  const [done, setDone] = useState<{ file: ChosenFile; name: string; sheets: number; isFolder: boolean }>();

  const entry = FORMATS.find((one) => one.format === format) ?? FORMATS[0];
  const publications = value?.publications ?? [];
  const published = publications.find(({ number }) => String(number) === source);
  const standing = only?.length ?? workspace.sheets;
  const count = published?.sheets ?? standing;
  if (!entry) return null;
  const questions = questionsOf(entry, choices).filter((name) => name !== 'years' || !published);
  const isFolder = entry.isFolder === true || (questions.includes('files') && choices.files === 'each');
  const edition = published?.edition ?? choices.edition;
  const what = published ? { snapshot: published.number } : only ? { sheets: [...only] } : {};

  /** Nothing is written in CP932 before the person has seen what it lacks. */
  async function start() {
    if (format !== 'csv' || choices.encoding !== 'cp932') return write({});
    const { rows, edition: own } = choices;
    const found = await task.run('書けない文字を調べています', 'export.losses', { ...what, rows, edition: own });
    if (found?.characters.length === 0) return write({});
    setLosses(found);
  }

  async function write(more: Pick<Input<'export.write'>, 'encoding' | 'standIns'>) {
    const suggested = suggestedName(workspace, format, isFolder, published?.number);
    const [file] = await task.choose(isFolder ? { for: 'save-folder', suggested } : { for: 'save-export', suggested });
    if (!file) return;
    setDone(undefined);
    const input = {
      file: file.file,
      format,
      ...inputOf(choices),
      ...what,
      ...more,
      each: isFolder && !entry?.isFolder,
    };
    const result = await task.run('書き出しています', 'export.write', input);
    setDone(result && { file, name: result.file, sheets: result.sheets, isFolder });
    if (result) setLosses(undefined);
  }

  /** What was found belongs to what was chosen. */
  const choosing =
    <T,>(choose: (value: T) => void) =>
    (chosen: T) => {
      setLosses(undefined);
      choose(chosen);
    };

  return (
    <Screen
      title="書き出す"
      back={{ label: 'シート一覧へ', go: () => go({ at: 'sheets' }) }}
      aside={workspace.role === 'office' && <PublishingLinks only={only} go={go} />}
    >
      <TaskReport task={task} />
      {problem && <ProblemNotice problem={problem} />}
      {printing.problem && <ProblemNotice problem={printing.problem} />}
      {done && (
        <Notice tone="success" title={`${done.sheets}枚を「${done.name}」に書き出しました。`} spoken>
          <div className="actions">
            <Button kind="outline" size="toolbar" icon={FolderOpen} onClick={() => task.reveal(done.file.file)}>
              {done.isFolder ? 'フォルダーを取り出す' : 'ファイルを取り出す'}
            </Button>
          </div>
        </Notice>
      )}
      {count === 0 ? (
        <div className="empty">
          <p>書き出すシートがありません。シートを割り当てるか、配布を受け取ると、ここから書き出せます。</p>
          <Button kind="outline" onClick={() => go({ at: 'sheets' })}>
            シート一覧へ
          </Button>
        </div>
      ) : (
        <>
          {publications.length > 0 ? (
            <Radios
              legend="書き出す内容"
              options={[
                { value: NOW, label: `今の内容（${only ? '選んだ' : ''}${standing}枚）` },
                ...publications.map(answerOf),
              ]}
              value={source}
              onChange={choosing(setSource)}
            />
          ) : (
            <p>
              {only ? '選んだ' : 'このファイルにある'}
              {count}枚のシートを書き出します。入力中で確定していない内容も入ります。
            </p>
          )}
          <Radios legend="形式" options={FORMAT_ANSWERS} value={format} onChange={choosing(setFormat)} />
          {published && <p>第{published.number}号は、公表したときの版のまま書き出します。</p>}
          <ExportOptions
            names={published ? questions : ['edition', ...questions]}
            choices={choices}
            onChoose={choosing(setChoices)}
          />
          {edition === 'public' && (
            <EditionPreview sheets={published ? undefined : only} snapshot={published?.number} go={go} />
          )}
          {losses ? (
            <LostCharacters losses={losses} onChoose={write} onBack={() => setLosses(undefined)} />
          ) : (
            <div className="actions">
              <Button kind="primary" onClick={start}>
                {published ? `第${published.number}号の${count}枚を書き出す` : `${count}枚を書き出す`}
              </Button>
              {format === 'pdf' && !published && (
                <Button kind="outline" icon={Printer} onClick={() => void printing.print(only, inputOf(choices))}>
                  {`${count}枚を印刷する`}
                </Button>
              )}
              {printing.ready !== undefined && (
                <span role="status">{`印刷の用意をしています（${printing.ready} / ${count}枚）`}</span>
              )}
            </div>
          )}
        </>
      )}
    </Screen>
  );
}

function PublishingLinks({ only, go }: Pick<Props, 'only' | 'go'>) {
  return (
    <div className="toolbar">
      {only && (
        <Button kind="outline" size="toolbar" icon={Stamp} onClick={() => go({ at: 'publish', sheets: only })}>
          {`選んだ${only.length}枚を公表する`}
        </Button>
      )}
      <Button kind="outline" size="toolbar" icon={ScrollText} onClick={() => go({ at: 'publications' })}>
        公表の記録
      </Button>
    </div>
  );
}

const answerOf = ({ number, sheets, at }: PublicationView) => ({
  value: String(number),
  label: `公表した第${number}号（${sheets}枚、${showMoment(at).slice(0, 10)}）`,
});

/** Names of folders go to a web server and are plain; names of files are read by people. */
function suggestedName({ year, unit }: WorkspaceView, format: Format, isFolder: boolean, number?: number): string {
  if (format === 'html') return `hyoka-${year}${number === undefined ? '' : `-no${number}`}`;
  const said = `${year}年度評価_${fileName(unit)}${number === undefined ? '' : `_第${number}号`}`;
  return isFolder ? said : `${said}.${format}`;
}
