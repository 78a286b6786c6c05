// The preview of a paste: where each value goes, how it is read there, what will be asked, and what cannot be pasted.
// Nothing is written before the person agrees, and it can be taken back as one step.
import { ArrowRight, CircleHelp, ClipboardPaste } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { Cell } from '../../../shared/form/cell.ts';
import { readCell } from '../../../shared/form/reading.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Choice } from '../../ui/Field.tsx';
import { StateWord } from '../../ui/StateWord.tsx';
import { contentText } from '../display.ts';
import { changesOf, type Landing, type PastePlan, type Refused } from './plan.ts';

type Props = {
  plan: PastePlan;
  onApply: (changes: { cell: Cell; raw: string }[]) => void;
  onClose: () => void;
};

export function PasteDialog({ plan, onApply, onClose }: Props) {
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const [erases, setErases] = useState(false);
  const actions = useRef<HTMLDivElement>(null);
  // Who agrees at a glance presses Enter; who does not goes back by Shift+Tab.
  useEffect(() => actions.current?.querySelector('button')?.focus(), []);
  const changes = changesOf(plan, { answers, erases });
  const agree = () => {
    onClose();
    onApply(changes);
  };
  return (
    <Dialog title="貼り付ける内容を確かめてください" width="wide" onClose={onClose}>
      <p>{summary(plan)}まだ何も書き込んでいません。</p>
      {plan.notes.length > 0 && (
        <ul className="plain-list">
          {plan.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {plan.landings.length > 0 && (
        <Landings
          landings={plan.landings}
          answers={answers}
          onAnswer={(address, raw) => setAnswers((before) => ({ ...before, [address]: raw }))}
        />
      )}
      {plan.blanks.length > 0 && (
        <Choice type="checkbox" checked={erases} onChange={() => setErases(!erases)}>
          空のマスに当たる{plan.blanks.length}欄を空にする（印がなければ、今の内容を残します）
        </Choice>
      )}
      <RefusedList title="書けない欄（飛ばします）" rows={plan.skipped} />
      <RefusedList title="入るところのない値（貼り付けません）" rows={plan.outside} />
      <div className="actions" ref={actions}>
        <Button
          kind="primary"
          icon={ClipboardPaste}
          locked={changes.length === 0 ? '貼り付けて変わる欄がありません。' : undefined}
          onClick={agree}
        >
          この内容で貼り付ける
        </Button>
        <Button kind="text" onClick={onClose}>
          貼り付けない
        </Button>
      </div>
    </Dialog>
  );
}

function summary({ landings, same, skipped, outside }: PastePlan): string {
  const asked = landings.filter(({ reading }) => reading.kind === 'asked').length;
  return [
    `${landings.length}欄が変わります。`,
    asked > 0 && `そのうち${asked}欄は、読み方を確かめます。`,
    same > 0 && `${same}欄は今と同じです。`,
    skipped.length > 0 && `${skipped.length}欄は書けないので飛ばします。`,
    outside.length > 0 && `${outside.length}個の値は入るところがありません。`,
  ]
    .filter(Boolean)
    .join('');
}

type LandingsProps = {
  landings: readonly Landing[];
  answers: Readonly<Record<string, string>>;
  onAnswer: (address: string, raw: string) => void;
};

function Landings({ landings, ...rest }: LandingsProps) {
  return (
    // A region that scrolls must be reachable by the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows scroll it
    <section className="paste-box" aria-label="貼り付ける値" tabIndex={0}>
      <table className="table paste">
        <thead>
          <tr>
            <th scope="col">入る欄</th>
            <th scope="col">写した文字</th>
            <th scope="col">読み方</th>
            <th scope="col">今の内容</th>
          </tr>
        </thead>
        <tbody>
          {landings.map((landing) => (
            <LandingRow key={landing.cell.address} landing={landing} {...rest} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function LandingRow({ landing, answers, onAnswer }: Omit<LandingsProps, 'landings'> & { landing: Landing }) {
  const { cell, raw, now } = landing;
  return (
    <tr>
      <th scope="row">{cell.label}</th>
      <td className="kept-lines">{raw}</td>
      <td>
        <Read landing={landing} answer={answers[cell.address]} onAnswer={(text) => onAnswer(cell.address, text)} />
      </td>
      <td className="kept-lines quiet">{now === '' ? '（空欄）' : wordsOf(cell, now)}</td>
    </tr>
  );
}

type ReadProps = { landing: Landing; answer: string | undefined; onAnswer: (raw: string) => void };

function Read({ landing, answer, onAnswer }: ReadProps) {
  const name = useId();
  const { cell, raw, exact, reading } = landing;
  const offers =
    reading.kind === 'asked'
      ? [{ label: 'あとで確かめる', value: raw }, ...reading.candidates]
      : exact === undefined
        ? []
        : [
            { label: `${raw}（見えていた数）`, value: raw },
            { label: `${exact}（丸める前の数）`, value: exact },
          ];
  if (offers.length === 0) return <ReadAs cell={cell} raw={raw} />;
  return (
    <fieldset className="stack-close">
      <legend>
        <StateWord icon={CircleHelp} tone="ask">
          要確認
        </StateWord>{' '}
        {reading.kind === 'asked' ? reading.reason : '写した表では、数が丸めて表示されています。'}
      </legend>
      {offers.map(({ label, value }) => (
        <Choice
          key={value}
          type="radio"
          name={name}
          checked={(answer ?? raw) === value}
          onChange={() => onAnswer(value)}
        >
          {label}
        </Choice>
      ))}
    </fieldset>
  );
}

/** A typed text as it will be shown. */
function wordsOf(cell: Cell, raw: string): string {
  const reading = readCell(cell, raw);
  if (reading.kind !== 'value') return raw;
  return contentText(cell, { value: reading.value, state: reading.state ?? null, raw: null });
}

function ReadAs({ cell, raw }: { cell: Cell; raw: string }) {
  const words = wordsOf(cell, raw);
  if (words === raw) return <span>そのまま</span>;
  return (
    <span className="read-as">
      <ArrowRight size={16} aria-hidden="true" />
      <span className="kept-lines">{words}</span>
      {cell.type === 'decimal' && cell.unit !== undefined && <span className="unit">{cell.unit}</span>}
    </span>
  );
}

function RefusedList({ title, rows }: { title: string; rows: readonly Refused[] }) {
  if (rows.length === 0) return null;
  return (
    <details open={rows.length <= 5}>
      <summary>
        {title} {rows.length}件
      </summary>
      <ul className="plain-list">
        {rows.map(({ text, where, reason }) => (
          <li key={`${where}-${text}`}>
            {where}：「{text}」（{reason}）
          </li>
        ))}
      </ul>
    </details>
  );
}
