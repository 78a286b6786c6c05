// Writing sheets out for other programs.
import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { Input } from '../../shared/contract/contract.ts';
import type { ChosenFile } from '../../shared/contract/host.ts';
import type { EncodingLosses, WorkspaceView } from '../../shared/contract/views.ts';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Radios } from '../ui/Radios.tsx';
import { Screen } from '../ui/Screen.tsx';
import { LostCharacters } from './LostCharacters.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';
import { fileName } from './words.ts';

const FORMATS = [
  {
    value: 'xlsx',
    label: 'Excel（.xlsx）',
    help: '評価シートの様式のまま、または集計用の表。番号（2-2など）は文字のまま開きます。',
  },
  { value: 'ods', label: 'OpenDocument（.ods）', help: 'Excelと同じ中身です。LibreOfficeなどで開きます。' },
  {
    value: 'csv',
    label: 'CSV（ほかのシステムに渡す）',
    help: 'Excelで直接開くと「2-2」が日付（2月2日）に変わります。Excelで見るなら、上のExcelを選んでください。',
  },
  { value: 'json', label: 'JSON（ほかのシステムに渡す）', help: '欄の番地と値を、そのままの形で書き出します。' },
] as const;

const VIEWS = [
  {
    value: 'form',
    label: '様式のまま',
    help: '1枚が1つのワークシート。A4に印刷でき、書き込んだものは「記入済みのシートを読み込む」で戻せます。',
  },
  {
    value: 'machine',
    label: '集計用の表',
    help: '総務省の統一ルールに沿った表。1行に1枚の一覧、1行に1欄のデータ、項目と選択肢の説明が入ります。',
  },
] as const;

const ROWS = [
  { value: 'sheets', label: '1行に1枚', help: '1列に1欄。' },
  { value: 'cells', label: '1行に1欄', help: '欄の名前、年度、単位、値、状態が、それぞれ別の列になります。' },
] as const;

const ENCODINGS = [
  { value: 'utf-8', label: 'UTF-8', help: 'すべての文字を書けます。' },
  {
    value: 'cp932',
    label: 'CP932（シフトJIS）',
    help: '古いシステム向け。書けない文字があれば、書き出す前に一覧を表示します。',
  },
] as const;

type Props = { workspace: WorkspaceView; only: readonly string[] | undefined; go: Go };

/** `only`: the sheets that were chosen in the list; all of them without. */
export function Export({ workspace, only, go }: Props) {
  const count = only?.length ?? workspace.sheets;
  const task = useTask();
  const [format, setFormat] = useState<Input<'export.write'>['format']>('xlsx');
  const [view, setView] = useState<'form' | 'machine'>('form');
  const [rows, setRows] = useState<'sheets' | 'cells'>('sheets');
  const [encoding, setEncoding] = useState<'utf-8' | 'cp932'>('utf-8');
  const [losses, setLosses] = useState<EncodingLosses>();
  const [done, setDone] = useState<{ file: ChosenFile; name: string; sheets: number }>();

  const isBook = format === 'xlsx' || format === 'ods';
  const options = {
    ...(only ? { sheets: [...only] } : {}),
    ...(isBook ? { view } : {}),
    ...(format === 'csv' ? { rows, encoding } : {}),
  };

  /** Nothing is written in CP932 before the person has seen what it lacks. */
  async function start() {
    if (format !== 'csv' || encoding !== 'cp932') return write({});
    const found = await task.run('書けない文字を調べています', 'export.losses', {
      ...(only ? { sheets: [...only] } : {}),
      rows,
    });
    if (found?.characters.length === 0) return write({});
    setLosses(found);
  }

  async function write(more: Pick<Input<'export.write'>, 'encoding' | 'standIns'>) {
    const suggested = `${workspace.year}年度評価_${fileName(workspace.unit)}.${format}`;
    const [file] = await task.choose({ for: 'save-export', suggested });
    if (!file) return;
    const input = { file: file.file, format, ...options, ...more };
    const result = await task.run('書き出しています', 'export.write', input);
    setDone(result && { file, name: result.file, sheets: result.sheets });
    if (result) setLosses(undefined);
  }

  /** What was found belongs to what was chosen. */
  const choosing =
    <T,>(choose: (value: T) => void) =>
    (value: T) => {
      setLosses(undefined);
      choose(value);
    };

  return (
    <Screen title="書き出す" back={{ label: 'シート一覧へ', go: () => go({ at: 'sheets' }) }}>
      <TaskReport task={task} />
      {done && (
        <Notice tone="success" title={`${done.sheets}枚を「${done.name}」に書き出しました。`} spoken>
          <div className="actions">
            <Button kind="outline" size="toolbar" icon={FolderOpen} onClick={() => task.reveal(done.file.file)}>
              ファイルを取り出す
            </Button>
          </div>
        </Notice>
      )}
      <p>
        {only ? '選んだ' : 'このファイルにある'}
        {count}枚のシートを、一つのファイルに書き出します。
      </p>
      <Radios legend="形式" options={FORMATS} value={format} onChange={choosing(setFormat)} />
      {isBook && <Radios legend="見た目" options={VIEWS} value={view} onChange={choosing(setView)} />}
      {format === 'csv' && (
        <>
          <Radios legend="行の分け方" options={ROWS} value={rows} onChange={choosing(setRows)} />
          <Radios legend="文字コード" options={ENCODINGS} value={encoding} onChange={choosing(setEncoding)} />
        </>
      )}
      {losses ? (
        <LostCharacters losses={losses} onChoose={write} onBack={() => setLosses(undefined)} />
      ) : (
        <div className="actions">
          <Button kind="primary" onClick={start}>
            {`${count}枚を書き出す`}
          </Button>
        </div>
      )}
    </Screen>
  );
}
