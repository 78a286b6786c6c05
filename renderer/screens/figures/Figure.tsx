// One picture with the table that says the same, and the ways out of the program for it.
import { ClipboardCopy, FileImage, FolderOpen } from 'lucide-react';
import { type ReactNode, useId, useRef, useState } from 'react';
import type { ChosenFile } from '../../../shared/contract/host.ts';
import { base64Of, copyImage, toPng, toSvg } from '../../charts/picture.ts';
import { useWidth } from '../../charts/useWidth.ts';
import { useTask } from '../../host/useTask.ts';
import { useSay } from '../../ui/Announcer.tsx';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { TaskReport } from '../TaskReport.tsx';
import { fileName } from '../words.ts';

type Props = {
  title: string;
  /** What is counted and how it is to be read. */
  words?: string;
  /** Below the picture when it stands elsewhere: which evaluation, whose, of which sheets. */
  source: string;
  chart: (width: number) => ReactNode;
  table: ReactNode;
  /** The drawing is narrow: its table stands at its side where there is room. */
  beside?: boolean;
};

export function Figure({ title, words, source, chart, table, beside = false }: Props) {
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const task = useTask();
  const say = useSay();
  const [written, setWritten] = useState<{ file: ChosenFile; name: string }>();
  const [isRefused, setRefused] = useState(false);
  const drawing = () => place.current?.querySelector<SVGSVGElement>('svg.chart');
  const around = { title, source };

  async function copy() {
    const svg = drawing();
    if (!svg) return;
    try {
      await copyImage(toPng(svg, around));
      setRefused(false);
      say('図を写しました。Wordなどに貼り付けられます。');
    } catch {
      setRefused(true);
    }
  }

  async function save(kind: 'png' | 'svg') {
    const svg = drawing();
    if (!svg) return;
    const picture =
      kind === 'svg' ? { kind, text: toSvg(svg, around) } : { kind, base64: await base64Of(await toPng(svg, around)) };
    const [file] = await task.choose({ for: 'save-export', suggested: `${fileName(`${source}_${title}`)}.${kind}` });
    if (!file) return;
    const result = await task.run('図を書き出しています', 'picture.write', { file: file.file, picture });
    setWritten(result && { file, name: result.file });
  }

  return (
    <section className="figure" aria-labelledby={id}>
      <div className="figure-head">
        <h2 id={id}>{title}</h2>
        <div className="toolbar no-print">
          <Button kind="text" size="toolbar" icon={ClipboardCopy} onClick={copy}>
            図を写す
          </Button>
          <Button kind="text" size="toolbar" icon={FileImage} onClick={() => save('png')}>
            画像（PNG）に書き出す
          </Button>
          <Button kind="text" size="toolbar" icon={FileImage} onClick={() => save('svg')}>
            図形（SVG）に書き出す
          </Button>
        </div>
      </div>
      {words && <p className="quiet measure">{words}</p>}
      <div className="figure-told no-print">
        <TaskReport task={task} />
        {isRefused && (
          <Notice tone="warning" title="図を写せませんでした。" spoken>
            <p>このブラウザーでは写せません。「画像（PNG）に書き出す」を使ってください。</p>
          </Notice>
        )}
        {written && (
          <Notice tone="success" title={`図を「${written.name}」に書き出しました。`} spoken>
            <div className="actions">
              <Button kind="outline" size="toolbar" icon={FolderOpen} onClick={() => task.reveal(written.file.file)}>
                ファイルを取り出す
              </Button>
            </div>
          </Notice>
        )}
      </div>
      <div className={beside ? 'figure-parts beside' : 'figure-parts'}>
        <div className="figure-drawing" ref={place}>
          {chart(width)}
        </div>
        <div className="figure-table">{table}</div>
      </div>
    </section>
  );
}
