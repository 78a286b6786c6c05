// How the texts are written, before they are published: findings by kind, each with its spellings and the places, which
// open the cell of the sheet. Nothing is corrected here: a person does that in the sheet, where it can be taken back.
import { ListChecks, Printer, RefreshCw } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { Output } from '../../shared/contract/contract.ts';
import { type Finding, KINDS, type Kind, type Place as Spot, type Use } from '../../shared/quality/findings.ts';
import { useHost } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button, Link } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';

type Checked = Output<'quality.check'>;
type Props = { only: readonly string[] | undefined; go: Go };

const HELP: Record<Kind, string> = {
  unit: '指標の単位と、文章の数の後ろの単位です。同じ単位は、同じ書き方にそろえます。',
  word: '同じ言葉の書き方が、二つ以上使われています。使う書き方を決めておくと、ほかの書き方が一か所でもあれば、ここに出ます。',
  width: '全角と半角、形のよく似た記号が混ざっています。',
  year: '西暦と和暦が混ざっています。公表する版では、どちらかにそろえると読みやすくなります。',
  character: 'ほかのパソコンや古い形式（CP932）では、別の字になるか消えます。別の書き方にできないか確かめます。',
  personal: '電話番号、メールアドレス、長い番号のように見えます。公表してよいものか確かめます。',
  leak: '公表しない欄（氏名や内線など）に書かれた言葉が、公表する文章の中にもあります。',
  same: '前の年度から写したままになっていないか、確かめます。',
  internal: '公表する版からは除かれます。公表するはずの欄がここにあれば、様式を見直します。',
};

/** `only`: the sheets that were chosen in the list; all of them without. */
export function Quality({ only, go }: Props) {
  const host = useHost();
  const task = useTask();
  const [checked, setChecked] = useState<Checked>();
  const [isOpen, setOpen] = useState(false);
  const { run } = task;
  const key = JSON.stringify(only ?? null);
  const check = useCallback(async () => {
    const sheets = JSON.parse(key) as string[] | null;
    const found = await run('文章を調べています', 'quality.check', sheets ? { sheets } : {});
    if (found) setChecked(found);
  }, [run, key]);
  useEffect(() => void check(), [check]);

  const open = (spot: Spot) => {
    const sheet = checked?.read[spot.sheet]?.id;
    const from = { at: 'quality' as const, ...(only ? { sheets: only } : {}) };
    if (sheet !== undefined) go({ at: 'sheet', sheet, cell: spot.address, from });
  };
  const spell = (words?: readonly string[]) =>
    go({ at: 'spellings', ...(words ? { words } : {}), ...(only ? { sheets: only } : {}) });
  const kinds = KINDS.flatMap(({ key: kind, label }) => {
    const findings = (checked?.findings ?? []).filter((finding) => finding.kind === kind);
    return findings.length === 0 ? [] : [{ kind, label, findings }];
  });
  return (
    <Screen
      title="文章の点検"
      width="wide"
      back={{ label: 'シート一覧へ', go: () => go({ at: 'sheets' }) }}
      aside={
        <div className="toolbar no-print">
          <Button kind="outline" size="toolbar" icon={ListChecks} onClick={() => spell()}>
            書き方の一覧
          </Button>
          <Button kind="outline" size="toolbar" icon={RefreshCw} onClick={() => void check()}>
            調べ直す
          </Button>
          <Button kind="outline" size="toolbar" icon={Printer} onClick={() => void host.print()}>
            印刷
          </Button>
        </div>
      }
    >
      <TaskReport task={task} />
      {checked && (
        <>
          <p role="status" className="measure">
            {`${only ? '選んだ' : ''}${checked.read.length}枚の文章を調べました。`}
            {kinds.length > 0 && 'ここでは何も直しません。場所を開いて、シートの「置き換える」（Ctrl+H）で直せます。'}
          </p>
          {kinds.length === 0 && <Notice tone="success" title="気になるところは見つかりませんでした。" />}
          {kinds.length > 0 && (
            <>
              <nav className="no-print" aria-label="見つかったもの">
                <ul className="quality-contents">
                  {kinds.map(({ kind, label, findings }) => (
                    <li key={kind}>
                      <Link onClick={() => document.getElementById(`quality-${kind}`)?.focus()}>{label}</Link>
                      <span className="quiet">{` ${findings.length}件`}</span>
                    </li>
                  ))}
                </ul>
              </nav>
              <div className="actions no-print">
                <Button kind="text" size="toolbar" onClick={() => setOpen(!isOpen)}>
                  {isOpen ? '場所をすべて閉じる' : '場所をすべて開く'}
                </Button>
              </div>
            </>
          )}
          {kinds.map(({ kind, label, findings }) => (
            <section key={kind} className="stack-close" aria-labelledby={`quality-${kind}`}>
              <h2 id={`quality-${kind}`} tabIndex={-1}>
                {label}
              </h2>
              <p className="quiet measure">{HELP[kind]}</p>
              {findings.map((finding) => (
                <FindingPart
                  key={finding.title}
                  finding={finding}
                  read={checked.read}
                  isOpen={isOpen}
                  open={open}
                  spell={spell}
                />
              ))}
            </section>
          ))}
        </>
      )}
    </Screen>
  );
}

type FindingProps = {
  finding: Finding;
  read: Checked['read'];
  isOpen: boolean;
  open: (spot: Spot) => void;
  /** Says how these words are to be spelled. */
  spell: (words: readonly string[]) => void;
};

/** Findings of these kinds have one use each, or uses that need no heading above them. */
const BARE: readonly Kind[] = ['character', 'personal', 'leak', 'same', 'internal'];

function FindingPart({ finding: { kind, title, words, uses }, read, isOpen, open, spell }: FindingProps) {
  return (
    <div className="quality-finding">
      {!BARE.includes(kind) && (
        <div className="row">
          <h3>{title}</h3>
          {words && (
            <span className="no-print">
              <Link onClick={() => spell(words)}>
                使う書き方を決める<span className="for-ears">{`：${words[0]}`}</span>
              </Link>
            </span>
          )}
        </div>
      )}
      {uses.map((use) => (
        <UsePart key={use.label} use={use} read={read} isOpen={isOpen} open={open} />
      ))}
    </div>
  );
}

type UseProps = Omit<FindingProps, 'finding' | 'spell'> & { use: Use };

function UsePart({ use, read, isOpen, open }: UseProps) {
  const { label, count, sheets, isUsual, places } = use;
  const [isShown, setShown] = useState(isOpen);
  useEffect(() => setShown(isOpen), [isOpen]);
  return (
    <details open={isShown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>
        <span className="quality-label">{label}</span>
        <span className="quiet">{`${count}か所（${sheets}枚）${isUsual ? '　使う書き方' : ''}`}</span>
      </summary>
      {isShown && (
        <ul className="found">
          {places.map((spot, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two places of one cell may say the same
            <li key={`${at} ${spot.sheet} ${spot.address}`}>
              <Link onClick={() => open(spot)}>{`${read[spot.sheet]?.number ?? ''} ${spot.label}`}</Link>
              <p className="excerpt">
                {spot.before}
                {spot.match !== '' && <mark>{spot.match}</mark>}
                {spot.after}
              </p>
            </li>
          ))}
        </ul>
      )}
      {isShown && places.length < count && (
        <p className="quiet">{`多いので、始めの${places.length}か所を出しています。`}</p>
      )}
    </details>
  );
}
