// Cells that were changed on two sides: what stood there before, what each side wrote, and who. A person takes one side
// or writes a third text. What differs from before is marked by sign and word, not by colour alone.
import { diffWordsWithSpace } from 'diff';
import { useState } from 'react';
import type { ConflictView } from '../../shared/contract/views.ts';
import { type Cell, reasonParts } from '../../shared/form/cell.ts';
import type { Form } from '../../shared/form/form.ts';
import { contentText } from '../form/display.ts';
import { useDesk } from '../form/SheetDesk.tsx';
import { Button, Link } from '../ui/Button.tsx';
import { showMoment } from '../ui/clock.ts';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';

type Props = {
  conflicts: readonly ConflictView[];
  form: Form;
  onChoose: (address: string, revision: string) => void;
  onJump: (address: string) => void;
};

export function Conflicts({ conflicts, form, onChoose, onJump }: Props) {
  if (conflicts.length === 0) return null;
  return (
    <Notice tone="warning" title={`競合が${conflicts.length}件あります。採る内容を選んでください。`}>
      <p>
        同じ欄が、別々のところで違う内容に書き換えられています。もとの内容になかった言葉には下線を引いてあります。選ばなかった内容も、履歴に残ります。
      </p>
      {conflicts.map((conflict, index) => (
        <Conflict
          key={conflict.address}
          conflict={conflict}
          count={`競合 ${index + 1} / ${conflicts.length}`}
          form={form}
          onChoose={onChoose}
          onJump={onJump}
        />
      ))}
    </Notice>
  );
}

type OneProps = Omit<Props, 'conflicts'> & { conflict: ConflictView; count: string };

function Conflict({ conflict, count, form, onChoose, onJump }: OneProps) {
  const cell = form.byAddress.get(conflict.address);
  // A reason given for a check stands beside the cell that it is about.
  const place = reasonParts(conflict.address)?.address ?? conflict.address;
  const id = `conflict-${conflict.address}`;
  const [isWriting, setWriting] = useState(false);
  // Two sides may come from the same office: then the moment tells them apart on the button too.
  const isSameUnit = new Set(conflict.sides.map((side) => side.unit)).size < conflict.sides.length;
  const base = contentText(cell, conflict.base);
  return (
    <section className="conflict" aria-labelledby={id}>
      <h2 id={id}>
        <span className="quiet">{count}</span> <Link onClick={() => onJump(place)}>{conflict.label}</Link>
      </h2>
      <div className="sides">
        <div className="side">
          <p className="side-head">もとの内容</p>
          {base === '' ? <Blank /> : <p className="kept-lines">{base}</p>}
        </div>
        {conflict.sides.map((side) => (
          <div key={side.revision} className="side">
            <p className="side-head">
              {side.unit} <span className="quiet">{showMoment(side.at)}</span>
            </p>
            <Differences before={base} after={contentText(cell, side.content)} isText={cell?.type === 'text'} />
            <Button kind="outline" size="toolbar" onClick={() => onChoose(conflict.address, side.revision)}>
              {`${side.unit}${isSameUnit ? `（${showMoment(side.at)}）` : ''}を採る`}
            </Button>
          </div>
        ))}
      </div>
      {cell?.type === 'text' && isWriting ? (
        <Rewrite cell={cell} sides={conflict.sides} onClose={() => setWriting(false)} />
      ) : (
        <div>
          <Button kind="text" size="toolbar" onClick={() => (cell?.type === 'text' ? setWriting(true) : onJump(place))}>
            書き直す
          </Button>
        </div>
      )}
    </section>
  );
}

const Blank = () => <p className="quiet">（空欄）</p>;

// Japanese has no blanks between words: the browser knows where they part.
const words = new Intl.Segmenter('ja', { granularity: 'word' });

function Differences({ before, after, isText }: { before: string; after: string; isText: boolean }) {
  if (after === '') return <Blank />;
  if (!isText || before === '') return <p className="kept-lines">{after}</p>;
  const parts = diffWordsWithSpace(before, after, { intlSegmenter: words });
  return (
    <p className="kept-lines">
      {parts.map((part, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed text, which may repeat
        if (part.added) return <ins key={index}>{part.value}</ins>;
        if (!part.removed) return part.value;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed text, which may repeat
          <del key={index}>{part.value}</del>
        );
      })}
    </p>
  );
}

type RewriteProps = { cell: Cell; sides: ConflictView['sides']; onClose: () => void };

function Rewrite({ cell, sides, onClose }: RewriteProps) {
  const desk = useDesk();
  const [text, setText] = useState(sides.map((side) => contentText(cell, side.content)).join('\n'));
  return (
    <div className="stack-close">
      <Field label="書き直す文" help="両方の文を並べてあります。要らないところを消して、一つの文にしてください。">
        {(control) => (
          <textarea
            {...control}
            className="input"
            rows={6}
            value={text}
            // biome-ignore lint/a11y/noAutofocus: the person has just asked for this box
            autoFocus
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div className="toolbar">
        <Button kind="outline" size="toolbar" onClick={() => void desk.put([{ cell: cell.address, raw: text }])}>
          この文にする
        </Button>
        <Button kind="text" size="toolbar" onClick={onClose}>
          やめる
        </Button>
      </div>
    </div>
  );
}
