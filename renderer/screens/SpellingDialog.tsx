// Lists of spellings as people write them: a line each; of a single one they say which spelling is the usual one.
import { useState } from 'react';
import type { Problem } from '../../shared/kernel/problem.ts';
import { type OwnList, type SpellingKind, wordsOf } from '../../shared/quality/spellings.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field, useFirstFault } from '../ui/Field.tsx';
import { Radios } from '../ui/Radios.tsx';

type Props = {
  title: string;
  first: OwnList;
  /** Why what was written last could not be kept. */
  problem: Problem | undefined;
  onKeep: (lists: readonly OwnList[]) => void;
  onClose: () => void;
};

const KINDS: readonly { value: SpellingKind; label: string; help: string }[] = [
  { value: 'word', label: '言葉', help: '文章のどこにあっても調べます。' },
  { value: 'unit', label: '単位', help: '指標の単位の欄と、文章の数のすぐ後ろだけを調べます。' },
];

export function SpellingDialog({ title, first, problem, onKeep, onClose }: Props) {
  const [text, setText] = useState(first.words.join('、'));
  const [usual, setUsual] = useState(first.words[0] ?? '');
  const [kind, setKind] = useState(first.kind);
  const [tries, setTries] = useState(0);
  useFirstFault(problem ? tries : 0);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const lists = (lines.length === 0 ? [''] : lines).map((line) => ({ kind, words: wordsOf(line), isChecked: true }));
  const [only] = lists.length === 1 ? lists : [];
  const choices = [...new Set(only?.words)];
  const chosen = choices.includes(usual) ? usual : choices[0];
  const kept = only && chosen !== undefined ? [{ ...only, words: usualFirst(only.words, chosen) }] : lists;
  return (
    <Dialog title={title} onClose={onClose}>
      <Field
        label="書き方"
        required
        help="「、」で区切って書きます（例：子ども、子供、こども）。一行に一組ずつ、Excelの行を貼り付けることもできます。そのときは、使う書き方を先頭にします。"
        error={problem && `${problem.message}${problem.hint}`}
      >
        {(control) => (
          <textarea
            {...control}
            className="input"
            rows={2}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {chosen !== undefined && choices.length > 1 && (
        <Radios
          legend="使う書き方"
          options={choices.map((word) => ({ value: word, label: word }))}
          value={chosen}
          onChange={setUsual}
        />
      )}
      <Radios legend="種類" options={KINDS} value={kind} onChange={setKind} />
      <div className="actions decision">
        <Button
          kind="primary"
          onClick={() => {
            setTries(tries + 1);
            onKeep(kept);
          }}
        >
          {only ? `「${chosen ?? ''}」を使う書き方にする` : `${lists.length}組を加える`}
        </Button>
        <Button kind="text" onClick={onClose}>
          やめる
        </Button>
      </div>
    </Dialog>
  );
}

/** The words with one of them first; one that is there twice stays so, to be told. */
function usualFirst(words: readonly string[], usual: string): string[] {
  const at = words.indexOf(usual);
  return [usual, ...words.filter((_, place) => place !== at)];
}
