// Values that lost: whose they were, to what they lost and by whose decision, and the way to put each of them back.
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { Loss } from '../../shared/contract/views.ts';
import { useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button, Link } from '../ui/Button.tsx';
import { showMoment } from '../ui/clock.ts';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import type { Go } from './place.ts';
import { TaskReport } from './TaskReport.tsx';

export function Losses({ sheet, go }: { sheet: string | undefined; go: Go }) {
  const { value, problem } = useQuery('loss.list', sheet === undefined ? {} : { sheet }, ['sheets', 'cells']);
  const task = useTask();
  const [restored, setRestored] = useState<Loss>();
  const [isTakenBack, setTakenBack] = useState(false);

  async function restore(loss: Loss) {
    const { sheet: id, address, revision } = loss;
    const done = await task.run('値を戻しています', 'loss.restore', { sheet: id, address, revision });
    setTakenBack(false);
    setRestored(done && loss);
  }
  async function takeBack(loss: Loss) {
    const done = await task.run('もとに戻しています', 'cell.undo', { sheet: loss.sheet });
    setTakenBack(done !== undefined);
    if (done) setRestored(undefined);
  }

  const back =
    sheet === undefined
      ? { label: 'シート一覧へ', go: () => go({ at: 'sheets' }) }
      : { label: 'シートへ', go: () => go({ at: 'sheet', sheet }) };
  const losses = value?.losses ?? [];
  return (
    <Screen title="採られなかった値" width="wide" back={back}>
      <TaskReport task={task} />
      {problem && <ProblemNotice problem={problem} />}
      {restored && (
        <Notice
          tone="success"
          title={`${restored.number}「${restored.label}」に、${restored.whose.unit}の値を戻しました。`}
          spoken
        >
          <div className="toolbar">
            <Button kind="text" size="toolbar" icon={Undo2} onClick={() => takeBack(restored)}>
              戻すのをやめる
            </Button>
            <Link onClick={() => go({ at: 'sheet', sheet: restored.sheet, cell: restored.address })}>シートで見る</Link>
          </div>
        </Notice>
      )}
      {isTakenBack && <Notice tone="info" title="戻すのをやめました。" spoken />}
      <p className="measure">
        競合で選ばれなかった値と、送り手が書けないために取り込まなかった値です。消えることはなく、ここから欄に戻せます。
      </p>
      {value && losses.length === 0 ? (
        <div className="empty">
          <p>採られなかった値はありません。</p>
          <Button kind="outline" onClick={back.go}>
            {back.label}
          </Button>
        </div>
      ) : (
        <ul className="losses">
          {losses.map((loss) => (
            <LossRow key={`${loss.address} ${loss.revision}`} loss={loss} restore={() => restore(loss)} go={go} />
          ))}
        </ul>
      )}
    </Screen>
  );
}

function LossRow({ loss, restore, go }: { loss: Loss; restore: () => void; go: Go }) {
  const { by, whose } = loss;
  return (
    <li>
      <h2>
        <span>
          {loss.number} {loss.name}
        </span>
        <Link onClick={() => go({ at: 'sheet', sheet: loss.sheet, cell: loss.address })}>{loss.label}</Link>
      </h2>
      <div className="sides">
        <div className="side">
          <p className="side-head">
            採られなかった値
            <span className="quiet">
              {whose.unit}　{whose.station}　{showMoment(whose.at)}
            </span>
          </p>
          <Text text={loss.text} />
          {loss.lock === null ? (
            <Button kind="outline" size="toolbar" icon={Undo2} onClick={restore}>
              この値に戻す
            </Button>
          ) : (
            <p className="quiet">戻せません：{loss.lock}</p>
          )}
        </div>
        <div className="side">
          <p className="side-head">
            {by ? '採られた値' : '取り込まずに残した値'}
            <span className="quiet">
              {by ? `${by.unit}　${by.station}　${showMoment(by.at)}の判断` : '送り手が書けない欄だったため'}
            </span>
          </p>
          <Text text={loss.to} />
          {by && by.note !== '' && <p className="quiet">{by.note}</p>}
        </div>
        {loss.now !== loss.to && (
          <div className="side">
            <p className="side-head">今の値</p>
            <Text text={loss.now} />
          </div>
        )}
      </div>
    </li>
  );
}

const Text = ({ text }: { text: string }) =>
  text === '' ? <p className="quiet">（空欄）</p> : <p className="kept-lines">{text}</p>;
