// How words are spelled here: the lists of this file, and those of the program and the form beside them, seen, added,
// changed and taken away. Every change is kept at once and can be undone.
import { Plus } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type OwnList, type SpellingKind, type SpellingList, withList } from '../../shared/quality/spellings.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import type { Go } from './place.ts';
import { SpellingDialog } from './SpellingDialog.tsx';
import { TaskReport } from './TaskReport.tsx';

const KIND_WORDS: Record<SpellingKind, string> = { word: '言葉', unit: '単位' };
const FROM_WORDS: Record<SpellingList['from'], string> = { program: 'プログラム', form: '様式', own: 'このファイル' };

/** What is written in the dialog: a list in the place of another of this file, or a new one. */
type Draft = { list: OwnList; instead?: OwnList };
const NEW: Draft = { list: { kind: 'word', words: [], isChecked: true } };

type Props = {
  /** Spellings of the list to begin with, from the check of texts. */
  first: readonly string[] | undefined;
  /** The sheets whose texts were checked. */
  only: readonly string[] | undefined;
  go: Go;
};

export function Spellings({ first, only, go }: Props) {
  const task = useTask();
  const { value, problem } = useQuery('spelling.list', {}, ['sheets']);
  const [draft, setDraft] = useState<Draft>();
  const [isBegun, setBegun] = useState(first === undefined);
  const [done, setDone] = useState<{ words: string; before: readonly OwnList[] }>();

  // The row in which somebody stood may be gone: undoing is what may be wanted next.
  const undo = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (done) undo.current?.querySelector('button')?.focus();
  }, [done]);

  if (value && !isBegun) {
    setBegun(true);
    setDraft(draftOf(value.own, value.others, first ?? []));
  }

  async function keep(lists: readonly OwnList[], words: string): Promise<void> {
    const before = value?.own ?? [];
    const kept = await task.run('書き方を保存しています', 'spelling.keep', { lists: [...lists] });
    if (!kept) return;
    setDone({ words, before });
    setDraft(undefined);
  }
  const mind = (list: OwnList, isChecked: boolean, instead?: OwnList) => {
    const { kind, words } = list;
    const told = `「${words[0]}」の組を${isChecked ? '調べます' : '調べません'}。`;
    void keep(withList(value?.own ?? [], { kind, words, isChecked }, instead), told);
  };

  return (
    <Screen
      title="書き方の一覧"
      width="wide"
      back={{ label: '文章の点検へ', go: () => go({ at: 'quality', ...(only ? { sheets: only } : {}) }) }}
      aside={
        <Button kind="primary" size="toolbar" icon={Plus} onClick={() => setDraft(NEW)}>
          書き方の組を加える
        </Button>
      }
    >
      <p className="measure">
        同じ言葉の書き方の組です。文章の点検は、組のうち二つ以上が使われていると知らせます。使う書き方を決めた組では、ほかの書き方が一か所でもあれば知らせます。文章は直しません。
      </p>
      {problem && <ProblemNotice problem={problem} />}
      {!draft && <TaskReport task={task} />}
      {done && (
        <Notice tone="success" title={done.words} spoken>
          <div className="actions" ref={undo}>
            <Button kind="outline" size="toolbar" onClick={() => void keep(done.before, '元に戻しました。')}>
              元に戻す
            </Button>
          </div>
        </Notice>
      )}
      {value && (
        <>
          <section className="stack-close" aria-labelledby="spellings-own">
            <h2 id="spellings-own">使う書き方を決めた組</h2>
            {value.own.length === 0 ? (
              <p className="measure">
                まだありません。下の組の「使う書き方を決める」か、上の「書き方の組を加える」で決めます。このファイルだけで使い、パッケージには入りません。
              </p>
            ) : (
              <Table label="使う書き方を決めた組" heads={['使う書き方', 'ほかの書き方', '種類']}>
                {value.own.map((list) => (
                  <Row
                    key={`${list.kind} ${list.words[0]}`}
                    cells={[
                      list.isChecked ? (list.words[0] ?? '') : '（調べない）',
                      list.words.slice(list.isChecked ? 1 : 0).join('、'),
                      KIND_WORDS[list.kind],
                    ]}
                  >
                    <Act word="変える" of={list} onDo={() => setDraft({ list, instead: list })} />
                    <Act
                      word={list.isChecked ? '調べない' : '調べる'}
                      of={list}
                      onDo={() => mind(list, !list.isChecked, list)}
                    />
                    <Act
                      word="消す"
                      of={list}
                      onDo={() =>
                        void keep(
                          value.own.filter((one) => one !== list),
                          `「${list.words[0]}」の組を消しました。`,
                        )
                      }
                    />
                  </Row>
                ))}
              </Table>
            )}
          </section>
          <section className="stack-close" aria-labelledby="spellings-others">
            <h2 id="spellings-others">はじめからある組</h2>
            <Table label="はじめからある組" heads={['書き方', 'どこから', '種類']}>
              {value.others.map((list) => (
                <Row
                  key={`${list.kind} ${list.words[0]}`}
                  cells={[list.words.join('、'), FROM_WORDS[list.from], KIND_WORDS[list.kind]]}
                >
                  <Act word="使う書き方を決める" of={list} onDo={() => setDraft({ list: { ...ownOf(list) } })} />
                  <Act word="調べない" of={list} onDo={() => mind(list, false)} />
                </Row>
              ))}
            </Table>
          </section>
        </>
      )}
      {draft && value && (
        <SpellingDialog
          first={draft.list}
          title={titleOf(draft)}
          problem={task.problem}
          onKeep={([list, ...more]) => {
            if (!list) return;
            const told =
              more.length === 0 ? `使う書き方を「${list.words[0]}」にしました。` : `${more.length + 1}組を加えました。`;
            void keep([...withList(value.own, list, draft.instead), ...more], told);
          }}
          onClose={() => {
            task.clear();
            setDraft(undefined);
          }}
        />
      )}
    </Screen>
  );
}

const ownOf = ({ kind, words }: OwnList): OwnList => ({ kind, words: [...words], isChecked: true });

/** What the check of texts asked for: the list of this file that holds the spellings, else a new one of them. */
function draftOf(own: readonly OwnList[], others: readonly SpellingList[], words: readonly string[]): Draft {
  const holds = (list: OwnList) => words.every((word) => list.words.includes(word));
  const kept = own.find(holds);
  if (kept) return { list: ownOf(kept), instead: kept };
  const found = others.find(holds);
  return { list: found ? ownOf(found) : { ...NEW.list, words: [...words] } };
}

const titleOf = ({ list, instead }: Draft): string =>
  instead ? '書き方の組を変える' : list.words.length > 0 ? '使う書き方を決める' : '書き方の組を加える';

function Table({ label, heads, children }: { label: string; heads: readonly string[]; children: ReactNode }) {
  return (
    <div className="table-box">
      <table className="table spellings">
        <caption className="for-ears">{label}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <th scope="col">操作</th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Row({ cells: [first, ...rest], children }: { cells: readonly string[]; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">{first}</th>
      {rest.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a row have no other name
        <td key={at}>{text}</td>
      ))}
      <td>
        <div className="row">{children}</div>
      </td>
    </tr>
  );
}

function Act({ word, of, onDo }: { word: string; of: OwnList; onDo: () => void }) {
  return (
    <Button kind="text" size="toolbar" onClick={onDo}>
      {word}
      <span className="for-ears">{`：${of.words[0]}`}</span>
    </Button>
  );
}
