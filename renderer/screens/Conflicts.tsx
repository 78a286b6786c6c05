// Cells that were changed on two sides: what stood there before, what each side wrote, and who. A person takes one side.
import type { ConflictView } from '../../shared/contract/views.ts';
import type { Form } from '../../shared/form/form.ts';
import { contentText } from '../form/display.ts';
import { Button, Link } from '../ui/Button.tsx';
import { showMoment } from '../ui/clock.ts';
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
      <p>同じ欄が、別々のところで違う内容に書き換えられています。選ばなかった内容も、履歴に残ります。</p>
      {conflicts.map((conflict, index) => (
        <Conflict
          key={conflict.address}
          conflict={conflict}
          place={`競合 ${index + 1} / ${conflicts.length}`}
          form={form}
          onChoose={onChoose}
          onJump={onJump}
        />
      ))}
    </Notice>
  );
}

type OneProps = Omit<Props, 'conflicts'> & { conflict: ConflictView; place: string };

function Conflict({ conflict, place, form, onChoose, onJump }: OneProps) {
  const cell = form.byAddress.get(conflict.address);
  const id = `conflict-${conflict.address}`;
  // Two sides may come from the same office: then the moment tells them apart on the button too.
  const isSameUnit = new Set(conflict.sides.map((side) => side.unit)).size < conflict.sides.length;
  return (
    <section className="conflict" aria-labelledby={id}>
      <h2 id={id}>
        <span className="quiet">{place}</span> <Link onClick={() => onJump(conflict.address)}>{conflict.label}</Link>
      </h2>
      <div className="sides">
        <div className="side">
          <p className="side-head">もとの内容</p>
          <Content text={contentText(cell, conflict.base)} />
        </div>
        {conflict.sides.map((side) => (
          <div key={side.revision} className="side">
            <p className="side-head">
              {side.unit} <span className="quiet">{showMoment(side.at)}</span>
            </p>
            <Content text={contentText(cell, side.content)} />
            <Button kind="outline" size="toolbar" onClick={() => onChoose(conflict.address, side.revision)}>
              {`${side.unit}${isSameUnit ? `（${showMoment(side.at)}）` : ''}を採る`}
            </Button>
          </div>
        ))}
      </div>
    </section>
  );
}

function Content({ text }: { text: string }) {
  return text === '' ? <p className="quiet">（空欄）</p> : <p className="kept-lines">{text}</p>;
}
