// A third text for a conflict: begun with the texts of all sides, or with a proposal in which they are joined. Where the
// proposal leaves something to choose it is marked, and nothing is taken while a mark is left.
import { useState } from 'react';
import type { ConflictView } from '../../shared/contract/views.ts';
import { proposalOf, writeProposal } from '../../shared/revision/proposal.ts';
import { contentText } from '../form/display.ts';
import { useDraft } from '../form/panel/drafts.tsx';
import { useSheet } from '../form/SheetContext.tsx';
import { useDesk } from '../form/SheetDesk.tsx';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import type { TextCell } from './Conflicts.tsx';
import { nameOfSide } from './conflictText.tsx';

type Props = {
  cell: TextCell;
  conflict: ConflictView;
  way: 'both' | 'proposal';
  /** With what is to be said of it. */
  onDone: (words: string) => void;
  onClose: () => void;
};

export function Rewrite({ cell, conflict, way, onDone, onClose }: Props) {
  const desk = useDesk();
  const [start] = useState(() => startOf(cell, conflict, way));
  const { entry } = useSheet();
  const draft = useDraft(`${entry.view().id} ${way} ${conflict.address}`, start.text, '文');
  const { text } = draft;
  const isLeft = start.sign !== undefined && text.includes(start.sign);
  return (
    <div className="stack-close">
      <Field label={way === 'proposal' ? '両方を合わせた案' : '書き直す文'} help={start.help}>
        {(control) => (
          <textarea
            {...control}
            className="input"
            rows={8}
            value={text}
            // biome-ignore lint/a11y/noAutofocus: the person has just asked for this box
            autoFocus
            onChange={(event) => draft.write(event.target.value)}
          />
        )}
      </Field>
      <div className="toolbar">
        <Button
          kind="outline"
          size="toolbar"
          locked={isLeft ? `「${start.sign}」の印が残っています。どちらかを選び、印を消してください。` : undefined}
          onClick={() =>
            void desk.put([{ cell: cell.address, raw: text }]).then((well) => {
              if (!well) return;
              draft.end();
              onDone(`「${conflict.label}」を書き直しました。`);
            })
          }
        >
          この文にする
        </Button>
        <Button
          kind="text"
          size="toolbar"
          onClick={() => {
            draft.end();
            onClose();
          }}
        >
          やめる
        </Button>
      </div>
    </div>
  );
}

function startOf(cell: TextCell, conflict: ConflictView, way: Props['way']) {
  const texts = conflict.sides.map((side) => contentText(cell, side.content));
  const all = { text: [...new Set(texts)].join('\n'), sign: undefined };
  if (way === 'both') {
    return { ...all, help: 'すべての文を並べてあります。要らないところを消して、一つの文にしてください。' };
  }
  const names = conflict.sides.map((side) => nameOfSide(conflict, side));
  const written = writeProposal(proposalOf(contentText(cell, conflict.base), texts), names);
  if (!written) return { ...all, help: '案を作れないので、すべての文を並べてあります。一つの文にしてください。' };
  const help =
    written.sign === undefined
      ? '重なるところがないので、すべての直しを入れてあります。読み直して、よければこの文にしてください。'
      : `どちらの直しも入れてあります。食い違うところは【${written.sign}課名：…／${written.sign}課名：…${written.sign}】と書いてあります。一方を残し、印を消してください。`;
  return { ...written, help };
}
