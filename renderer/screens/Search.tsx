// Searching the words of all sheets: every place with a little of what stands around it, one click from its cell.
import { useEffect, useMemo, useState } from 'react';
import type { SearchHit } from '../../shared/contract/views.ts';
import { useQuery } from '../host/HostContext.tsx';
import { Button, Link } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { createQuiet } from '../ui/timing.ts';
import type { Go, Place } from './place.ts';

const QUIET_MS = 200;
const STEP = 50;
const MOST = 200;

const OF: Record<SearchHit['of'], string> = { cell: '', reason: '（確認への理由）', remark: '（指摘）' };

export function Search({ from, first, go }: { from: Place; first: string; go: Go }) {
  const [text, setText] = useState(first);
  const [wanted, setWanted] = useState(first.trim());
  const [limit, setLimit] = useState(STEP);
  const quiet = useMemo(() => createQuiet(QUIET_MS), []);
  const { value, isOld, problem } = useQuery('sheet.search', { text: wanted, limit }, ['sheets', 'cells']);
  useEffect(() => () => quiet.stop(), [quiet]);
  const hits = wanted === '' ? [] : (value?.hits ?? []);
  const total = wanted === '' ? 0 : (value?.total ?? 0);
  const bySheet = [...Map.groupBy(hits, (hit) => hit.sheet).values()];

  const look = (next: string) => {
    setText(next);
    quiet.start(() => {
      setLimit(STEP);
      setWanted(next.trim());
    });
  };
  const open = ({ sheet, address }: SearchHit) =>
    go({
      ...{ at: 'sheet', sheet, from: { at: 'search', text, from } },
      ...(address === '' ? {} : { cell: address }),
    });
  return (
    <Screen title="すべてのシートから探す" back={{ label: 'もとの画面へ', go: () => go(from) }}>
      <search>
        <Field
          label="探す言葉"
          help="欄の文字のほか、確認への理由と指摘も探します。空白で区切ると、すべての言葉を含むところだけを出します。全角と半角、大文字と小文字は区別しません。"
        >
          {(control) => (
            <input
              {...control}
              className="input"
              type="text"
              autoComplete="off"
              value={text}
              // biome-ignore lint/a11y/noAutofocus: the person has asked for this box
              autoFocus
              onChange={(event) => look(event.target.value)}
            />
          )}
        </Field>
      </search>
      {problem && <ProblemNotice problem={problem} />}
      <p role="status">
        {wanted !== '' &&
          value &&
          !isOld &&
          (total === 0 ? `「${wanted}」は見つかりません。` : `${total}か所に見つかりました。`)}
      </p>
      <div className="stack">
        {bySheet.map((own) => (
          <section key={own[0]?.sheet} className="hits" aria-label={`${own[0]?.number} ${own[0]?.name}`}>
            <h2>
              {own[0]?.number} {own[0]?.name}
            </h2>
            <ul className="found">
              {own.map((hit, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two places may be alike in all that is shown of them
                <li key={index}>
                  <Link onClick={() => open(hit)}>
                    {hit.label}
                    {OF[hit.of]}
                  </Link>
                  <p className="excerpt">
                    {hit.excerpt.before}
                    <mark>{hit.excerpt.match}</mark>
                    {hit.excerpt.after}
                  </p>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {total > hits.length && hits.length > 0 && (
        <div className="actions">
          {limit < MOST ? (
            <Button kind="outline" onClick={() => setLimit(MOST)}>
              {`続きを見る（全部で${total}か所）`}
            </Button>
          ) : (
            <p className="quiet">多すぎるので、始めの{hits.length}か所を出しています。言葉を足すと絞れます。</p>
          )}
        </div>
      )}
    </Screen>
  );
}
