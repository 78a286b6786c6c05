// What is still open before publishing, kind by kind, each with the way to its sheet.
import {
  CircleAlert,
  CircleDashed,
  CircleHelp,
  GitCompareArrows,
  type LucideIcon,
  MessageSquare,
  Pencil,
} from 'lucide-react';
import { MATTERS, type Matter } from '../../../shared/contract/publicationmethods.ts';
import { Link } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { type StateTone, StateWord } from '../../ui/StateWord.tsx';
import { useFew } from '../Few.tsx';
import type { Go } from '../place.ts';

type Word = { word: string; help: string; icon: LucideIcon; tone: StateTone };

const WORDS: Record<Matter['kind'], Word> = {
  conflict: {
    word: '競合が決まっていない',
    help: '分かれる前の内容が公表されます。',
    icon: GitCompareArrows,
    tone: 'clash',
  },
  question: { word: '要確認のまま', help: '値も理由も入っていない確認です。', icon: CircleHelp, tone: 'ask' },
  missing: { word: '未記入の必須欄', help: '空欄のまま公表されます。', icon: CircleDashed, tone: 'quiet' },
  draft: {
    word: '入力中の内容',
    help: 'まだ版になっていないので、公表されません。',
    icon: Pencil,
    tone: 'calm',
  },
  remark: { word: '解決していない指摘', help: '指摘そのものは公表されません。', icon: MessageSquare, tone: 'remark' },
  unconfirmed: { word: '課長確認がない、または失効', help: '様式が求める確認です。', icon: CircleAlert, tone: 'ask' },
};

export function MatterList({ matters, go }: { matters: readonly Matter[]; go: Go }) {
  if (matters.length === 0) {
    return <Notice tone="success" title="未解決のものはありません。" />;
  }
  const kinds = MATTERS.flatMap((kind) => {
    const own = matters.filter((matter) => matter.kind === kind);
    return own.length > 0 ? [{ kind, own }] : [];
  });
  return (
    <section className="stack-close" aria-labelledby="matters-title">
      <h2 id="matters-title">公表する前に</h2>
      <Notice tone="warning" title={`未解決のものが${matters.length}件あります。`}>
        <p>解決してから公表するのが安全です。このまま公表することもできます。</p>
      </Notice>
      {kinds.map(({ kind, own }) => {
        const { word, help, icon, tone } = WORDS[kind];
        return (
          <details key={kind} className="matter-kind" open={own.length <= 5}>
            <summary>
              <StateWord icon={icon} tone={tone}>
                {word}（{own.length}枚）
              </StateWord>
            </summary>
            <p className="quiet">{help}</p>
            <Sheets matters={own} go={go} />
          </details>
        );
      })}
    </section>
  );
}

function Sheets({ matters, go }: { matters: readonly Matter[]; go: Go }) {
  const { few, more } = useFew(matters, '枚');
  return (
    <>
      <ul className="plain-list">
        {few.map((matter) => (
          <li key={matter.id}>
            <Link onClick={() => go({ at: 'sheet', sheet: matter.id })}>{`${matter.number} ${matter.name}`}</Link>
            {matter.labels.length > 0 && <span className="quiet">　{firstOf(matter.labels)}</span>}
          </li>
        ))}
      </ul>
      {more}
    </>
  );
}

/** Labels that a line names. */
const NAMED = 4;
const firstOf = (labels: readonly string[]): string =>
  labels.length <= NAMED ? labels.join('、') : `${labels.slice(0, NAMED).join('、')} ほか${labels.length - NAMED}件`;
