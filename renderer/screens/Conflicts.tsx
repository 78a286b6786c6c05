// Cells that were changed on two sides, one at a time: what stood there before, what each side wrote, who and when. A
// person takes one side, starts from a text in which both are joined, or writes a third one, all by keyboard.
import { ArrowLeft, ArrowRight, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ConflictView } from '../../shared/contract/views.ts';
import { type Cell, reasonParts } from '../../shared/form/cell.ts';
import type { Form } from '../../shared/form/form.ts';
import { contentText } from '../form/display.ts';
import { keyOf, takeKeys } from '../form/moving/shortcuts.ts';
import { useShortcuts } from '../form/moving/useShortcuts.ts';
import { Button } from '../ui/Button.tsx';
import { showMoment } from '../ui/clock.ts';
import { Notice } from '../ui/Notice.tsx';
import { Differences, nameOfSide } from './conflictText.tsx';
import { Rewrite } from './Rewrite.tsx';

type Props = {
  conflicts: readonly ConflictView[];
  form: Form;
  /** The conflict to begin with. */
  first: string | undefined;
  onChoose: (address: string, revision: string) => Promise<boolean>;
  onJump: (address: string) => void;
  onUndo: () => Promise<void>;
};

export function Conflicts({ conflicts, form, first, onChoose, onJump, onUndo }: Props) {
  const [at, setAt] = useState(first);
  const [isLater, setLater] = useState(false);
  const [taken, setTaken] = useState<{ address: string; words: string }>();
  const [way, setWay] = useState<'both' | 'proposal'>();
  const heading = useRef<HTMLHeadingElement>(null);
  const [visits, setVisits] = useState(0);
  useEffect(() => {
    if (visits > 0) heading.current?.focus();
  }, [visits]);

  const found = conflicts.findIndex(({ address }) => address === at);
  const index = found < 0 ? 0 : found;
  const conflict = conflicts[index];
  const cell = conflict && form.byAddress.get(conflict.address);
  const isText = cell?.type === 'text';

  function move(step: number) {
    if (conflicts.length === 0) return;
    setAt(conflicts[(index + step + conflicts.length) % conflicts.length]?.address);
    setLater(false);
    setTaken(undefined);
    setWay(undefined);
    setVisits((n) => n + 1);
  }
  async function take(side: ConflictView['sides'][number] | undefined) {
    if (!conflict || !side) return;
    const next = conflicts[index + 1] ?? conflicts[index - 1];
    if (!(await onChoose(conflict.address, side.revision))) return;
    const words = `「${conflict.label}」は、${nameOfSide(conflict, side)}の内容を採りました。`;
    setTaken({ address: conflict.address, words });
    setAt(next?.address);
    setWay(undefined);
    setVisits((n) => n + 1);
  }
  const write = (next: typeof way) => {
    if (isText) setWay(next);
    else if (conflict) onJump(placeOf(conflict));
  };
  // In a cell the same keys say how firm a number is, and nobody decides what they do not look at.
  const isElsewhere = ({ target }: Event) =>
    isLater || (target instanceof Element && target.closest('.sheet-form') !== null);
  useShortcuts({
    'next-conflict': () => move(isLater ? 0 : 1),
    'previous-conflict': () => move(-1),
    'take-1': (event) => (isElsewhere(event) ? 'not mine' : void take(conflict?.sides[0])),
    'take-2': (event) => (isElsewhere(event) ? 'not mine' : void take(conflict?.sides[1])),
    'take-3': (event) => (isElsewhere(event) ? 'not mine' : void take(conflict?.sides[2])),
    'take-both': (event) => (isElsewhere(event) || !isText ? 'not mine' : write('proposal')),
    'write-anew': (event) => (isElsewhere(event) || !conflict ? 'not mine' : write('both')),
  });

  const told = taken !== undefined && (
    <Notice tone="success" title={taken.words} spoken>
      <Button
        kind="text"
        size="toolbar"
        icon={Undo2}
        onClick={() => {
          setTaken(undefined);
          setAt(taken.address);
          setLater(false);
          // Whoever chooses anew is at the conflict, which stands once the step is taken back.
          void onUndo().then(() => setVisits((n) => n + 1));
        }}
      >
        選ぶ前に戻す
      </Button>
    </Notice>
  );
  if (!conflict) return told || null;
  if (isLater) {
    return (
      <Notice tone="warning" title={`競合が${conflicts.length}件、まだ選ばれていません。`}>
        <Button kind="outline" size="toolbar" hint={keyOf('next-conflict')} onClick={() => move(0)}>
          競合を選ぶ
        </Button>
      </Notice>
    );
  }
  const base = contentText(cell, conflict.base);
  return (
    <>
      {told}
      <Notice
        tone="warning"
        title={`競合が${conflicts.length}件あります。同じ欄が違う内容に書き換えられているので、採る内容を選んでください。`}
      >
        <section className="conflict" aria-labelledby="conflict-head">
          <div className="conflict-head">
            <h2 id="conflict-head" ref={heading} tabIndex={-1}>
              <span className="quiet">{`競合 ${index + 1} / ${conflicts.length}`}</span> {conflict.label}
            </h2>
            <div className="toolbar">
              {conflicts.length > 1 && (
                <>
                  <Button
                    kind="text"
                    size="toolbar"
                    icon={ArrowLeft}
                    hint={keyOf('previous-conflict')}
                    onClick={() => move(-1)}
                  >
                    前の競合
                  </Button>
                  <Button
                    kind="text"
                    size="toolbar"
                    icon={ArrowRight}
                    hint={keyOf('next-conflict')}
                    onClick={() => move(1)}
                  >
                    次の競合
                  </Button>
                </>
              )}
              <Button kind="text" size="toolbar" onClick={() => setLater(true)}>
                あとで
              </Button>
            </div>
          </div>
          <p className="quiet">
            もとの内容になかった言葉には下線を、なくなった言葉には取り消し線を引いてあります。選ばなかった内容も残り、あとで戻せます。
          </p>
          {conflict.earlier && (
            <p className="earlier">
              前に、{conflict.earlier.unit}が{showMoment(conflict.earlier.at)}
              に次のように決めました。その後に届いた内容が違うため、もう一度選んでください：
              <span className="kept-lines">{contentText(cell, conflict.earlier.content) || '（空欄）'}</span>
            </p>
          )}
          <div className="sides">
            <div className="side">
              <p className="side-head">もとの内容</p>
              {base === '' ? <p className="quiet">（空欄）</p> : <p className="kept-lines">{base}</p>}
            </div>
            {conflict.sides.map((side, place) => (
              <div key={side.revision} className="side">
                <p className="side-head">
                  {side.unit}{' '}
                  <span className="quiet">{[side.station, showMoment(side.at)].filter(Boolean).join('　')}</span>
                </p>
                <Differences before={base} after={contentText(cell, side.content)} isText={isText} />
                <Button kind="outline" size="toolbar" hint={takeKeys[place]} onClick={() => void take(side)}>
                  {`${nameOfSide(conflict, side)}を採る`}
                </Button>
              </div>
            ))}
          </div>
          {isText && cell && way !== undefined ? (
            <Rewrite
              key={`${conflict.address} ${way}`}
              cell={cell}
              conflict={conflict}
              way={way}
              onDone={(words) => {
                setTaken({ address: conflict.address, words });
                setWay(undefined);
                setAt((conflicts[index + 1] ?? conflicts[index - 1])?.address);
                setVisits((n) => n + 1);
              }}
              onClose={() => setWay(undefined)}
            />
          ) : (
            <div className="toolbar">
              {isText && (
                <Button kind="text" size="toolbar" hint={keyOf('take-both')} onClick={() => write('proposal')}>
                  両方を合わせた案
                </Button>
              )}
              <Button kind="text" size="toolbar" hint={keyOf('write-anew')} onClick={() => write('both')}>
                書き直す
              </Button>
              <Button kind="text" size="toolbar" onClick={() => onJump(placeOf(conflict))}>
                シートの欄を見る
              </Button>
            </div>
          )}
        </section>
      </Notice>
    </>
  );
}

/** A reason given for a check stands beside the cell that it is about. */
const placeOf = ({ address }: ConflictView): string => reasonParts(address)?.address ?? address;

export type TextCell = Extract<Cell, { type: 'text' }>;
