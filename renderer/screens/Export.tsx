// Writing sheets out for other programs.
import { FolderOpen } from 'lucide-react';
import { useId, useState } from 'react';
import type { ChosenFile } from '../../shared/contract/host.ts';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';
import { fileName } from './words.ts';

const FORMATS = [
  { format: 'csv', label: 'CSV（表計算で開く）', help: '1行に1枚、1列に1欄。文字コードはUTF-8です。' },
  { format: 'json', label: 'JSON（ほかのシステムに渡す）', help: '欄の番地と値を、そのままの形で書き出します。' },
] as const;

type Props = { workspace: WorkspaceView; only: readonly string[] | undefined; go: Go };

/** `only`: the sheets that were chosen in the list; all of them without. */
export function Export({ workspace, only, go }: Props) {
  const count = only?.length ?? workspace.sheets;
  const task = useTask();
  const name = useId();
  const [format, setFormat] = useState<'csv' | 'json'>('csv');
  const [done, setDone] = useState<{ file: ChosenFile; name: string; sheets: number }>();

  async function write() {
    const suggested = `${workspace.year}年度評価_${fileName(workspace.unit)}.${format}`;
    const [file] = await task.choose({ for: 'save-export', suggested });
    if (!file) return;
    const result = await task.run('書き出しています', 'export.write', {
      file: file.file,
      format,
      ...(only ? { sheets: [...only] } : {}),
    });
    setDone(result && { file, name: result.file, sheets: result.sheets });
  }

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
      <fieldset className="stack-close">
        <legend className="field-label">形式</legend>
        {FORMATS.map((one) => (
          <Choice
            key={one.format}
            type="radio"
            name={name}
            checked={format === one.format}
            onChange={() => setFormat(one.format)}
          >
            {one.label}
            <span className="choice-help">{one.help}</span>
          </Choice>
        ))}
      </fieldset>
      <div className="actions">
        <Button kind="primary" onClick={write}>
          {`${count}枚を書き出す`}
        </Button>
      </div>
    </Screen>
  );
}
