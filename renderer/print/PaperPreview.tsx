// The sheet as it will print, page by page, beside the entry form: the same HTML in columns that play the pages.
// It follows the typing once the person has paused, and never while keys are coming.
import { ChevronLeft, ChevronRight, PanelRightClose } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Form } from '../../shared/form/form.ts';
import { leftOut, paperOf } from '../../shared/paper/paper.ts';
import { heightOf, MARGIN, type Page, roomOf } from '../../shared/paper/style.ts';
import type { Entry } from '../form/entry.ts';
import { keyOf } from '../form/moving/shortcuts.ts';
import { Button } from '../ui/Button.tsx';
import { createQuiet } from '../ui/timing.ts';
import { type PaperChoice, pageNamed } from './choice.ts';
import { PaperChoices } from './PaperChoices.tsx';
import { paperElement, paperRoot } from './paper.ts';

const PAUSE_MS = 400;
/** Between two sheets of paper on the screen, in millimetres. */
const GAP = 6;
const PX = 96 / 25.4;

type Props = { form: Form; entry: Entry; choice: PaperChoice; foot: string; onClose: () => void };
/** What was drawn: how many pages, and what the edition leaves out. */
type Drawn = { count: number; hidden: ReturnType<typeof leftOut> };

const css = (page: Page) => `
:host { display: flow-root; }
.pages {
  position: relative; width: ${roomOf(page)}mm; height: ${heightOf(page)}mm; margin: ${MARGIN.top}mm ${MARGIN.side}mm ${MARGIN.bottom}mm;
  column-width: ${roomOf(page)}mm; column-gap: ${2 * MARGIN.side + GAP}mm; column-fill: auto;
}
.sheets { position: absolute; inset: 0; }
.leaf {
  position: absolute; top: 0; width: ${roomOf(page) + 2 * MARGIN.side}mm; height: ${heightOf(page) + MARGIN.top + MARGIN.bottom}mm;
  background: #fff; border: 1px solid #949494;
}
.leaf p {
  position: absolute; bottom: 6mm; left: ${MARGIN.side}mm; right: ${MARGIN.side}mm; margin: 0;
  display: flex; justify-content: space-between; gap: 4mm; font-size: 7.5pt; color: #444;
}
`;

export function PaperPreview({ form, entry, choice, foot, onClose }: Props) {
  const [{ count, hidden }, setDrawn] = useState<Drawn>({ count: 1, hidden: [] });
  const [at, setAt] = useState(0);
  const { frame, holder, show } = usePages({ form, entry, choice, foot, onDrawn: setDrawn });
  const shown = Math.min(at, count - 1);
  useEffect(() => show(shown), [show, shown]);
  return (
    <aside className="paper-preview no-print" aria-label="印刷の見本">
      <div className="panel-head">
        <h2>印刷の見本</h2>
        <Button kind="text" size="toolbar" icon={PanelRightClose} hint={keyOf('paper')} onClick={onClose}>
          <span className="for-ears">印刷の見本を</span>閉じる
        </Button>
      </div>
      <PaperChoices choice={choice} hidden={hidden} />
      <div className="paper-turn">
        <Button
          kind="outline"
          size="toolbar"
          icon={ChevronLeft}
          unused={shown === 0}
          onClick={() => setAt(Math.max(0, shown - 1))}
        >
          前のページ
        </Button>
        <span role="status">
          {shown + 1} / {count}ページ
        </span>
        <Button
          kind="outline"
          size="toolbar"
          icon={ChevronRight}
          unused={shown === count - 1}
          onClick={() => setAt(Math.min(count - 1, shown + 1))}
        >
          次のページ
        </Button>
      </div>
      <div className="paper-frame" ref={frame}>
        <div ref={holder} />
      </div>
    </aside>
  );
}

type PagesProps = Omit<Props, 'onClose'> & { onDrawn: (drawn: Drawn) => void };

/** Draws the pages into `holder`, as wide as `frame`; `show` brings one of them into it. */
function usePages({ form, entry, choice, foot, onDrawn }: PagesProps) {
  const frame = useRef<HTMLDivElement>(null);
  const holder = useRef<HTMLDivElement>(null);
  const quiet = useMemo(() => createQuiet(PAUSE_MS), []);
  const page = useMemo(() => pageNamed(choice.page), [choice.page]);
  const size = useMemo(
    () => ({
      width: (roomOf(page) + 2 * MARGIN.side) * PX,
      height: (heightOf(page) + MARGIN.top + MARGIN.bottom) * PX,
      stride: (roomOf(page) + 2 * MARGIN.side + GAP) * PX,
    }),
    [page],
  );

  useEffect(() => {
    const draw = () => {
      const element = holder.current;
      if (!element) return;
      const paper = paperOf(form, entry.values(), choice);
      const root = paperRoot(element, css(page));
      onDrawn({
        count: drawPages(root, paperElement(paper, page, 'columns'), size.stride, foot),
        hidden: leftOut(form, entry.values(), choice.edition),
      });
    };
    draw();
    const stop = entry.subscribe(() => quiet.start(draw));
    return () => {
      stop();
      quiet.stop();
    };
  }, [form, entry, choice, page, foot, onDrawn, quiet, size]);

  useEffect(() => {
    const box = frame.current;
    const element = holder.current;
    if (!box || !element) return;
    const fit = () => {
      const scale = box.clientWidth / size.width;
      element.style.transform = `scale(${scale})`;
      box.style.height = `${size.height * scale}px`;
    };
    const observer = new ResizeObserver(fit);
    observer.observe(box);
    return () => observer.disconnect();
  }, [size]);

  const show = useMemo(
    () => (at: number) => {
      const element = holder.current;
      if (element)
        element.style.marginLeft = `${(-at * size.stride * (frame.current?.clientWidth ?? 0)) / size.width}px`;
    },
    [size],
  );
  return { frame, holder, show };
}

/** Lays the sheet into columns, and a leaf of paper behind each. How many there are. */
function drawPages(root: ShadowRoot, paper: HTMLElement, stride: number, foot: string): number {
  const pages = document.createElement('div');
  pages.className = 'pages';
  pages.append(paper);
  const leaves = document.createElement('div');
  root.replaceChildren(leaves, pages);
  const count = Math.max(1, Math.round((pages.scrollWidth - pages.clientWidth) / stride) + 1);
  leaves.append(
    ...Array.from({ length: count }, (_, at) => {
      const leaf = document.createElement('div');
      leaf.className = 'leaf';
      leaf.style.left = `${at * stride}px`;
      const line = document.createElement('p');
      const [left, right] = [document.createElement('span'), document.createElement('span')];
      left.textContent = foot;
      right.textContent = `${at + 1} / ${count}`;
      line.append(left, right);
      leaf.append(line);
      return leaf;
    }),
  );
  return count;
}
