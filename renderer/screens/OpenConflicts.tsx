// All conflicts that nobody has decided, over all sheets, so that none is forgotten; each leads to where it is decided.
import type { OpenConflict, WorkspaceView } from '../../shared/contract/views.ts';
import type { Form } from '../../shared/form/form.ts';
import { contentText } from '../form/display.ts';
import { useQuery } from '../host/HostContext.tsx';
import { Button, Link } from '../ui/Button.tsx';
import { showMoment } from '../ui/clock.ts';
import { ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { nameOfSide } from './conflictText.tsx';
import type { Go } from './place.ts';
import { useLaidOutForm } from './useLaidOutForm.ts';

export function OpenConflicts({ workspace, go }: { workspace: WorkspaceView; go: Go }) {
  const { value, problem } = useQuery('conflict.list', {}, ['sheets']);
  const { form } = useLaidOutForm(workspace.form.hash, workspace.year);
  const conflicts = value?.conflicts ?? [];
  const back = { label: 'シート一覧へ', go: () => go({ at: 'sheets' }) };
  const sheets = new Set(conflicts.map(({ sheet }) => sheet)).size;
  return (
    <Screen title="選ばれていない競合" width="wide" back={back}>
      {problem && <ProblemNotice problem={problem} />}
      {value && conflicts.length === 0 && (
        <div className="empty">
          <p>まだ選ばれていない競合はありません。</p>
          <Button kind="outline" onClick={back.go}>
            シート一覧へ
          </Button>
        </div>
      )}
      {conflicts.length > 0 && (
        <>
          <p>{`${sheets}枚のシートに、${conflicts.length}件の競合があります。採る内容を選ぶまで、ここに残ります。`}</p>
          <div className="table-box">
            <table className="table conflict-table">
              <caption className="for-ears">選ばれていない競合</caption>
              <thead>
                <tr>
                  <th scope="col">シート</th>
                  <th scope="col">欄</th>
                  <th scope="col">もとの内容</th>
                  <th scope="col">それぞれの内容</th>
                </tr>
              </thead>
              <tbody>
                {conflicts.map((one) => (
                  <ConflictRow
                    key={`${one.sheet} ${one.conflict.address}`}
                    one={one}
                    form={one.form === workspace.form.hash ? form : undefined}
                    go={go}
                  />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Screen>
  );
}

function ConflictRow({ one, form, go }: { one: OpenConflict; form: Form | undefined; go: Go }) {
  const { sheet, number, name, conflict } = one;
  const cell = form?.byAddress.get(conflict.address);
  return (
    <tr>
      <td>
        {number} {name}
      </td>
      <th scope="row">
        <Link onClick={() => go({ at: 'sheet', sheet, conflict: conflict.address })}>{conflict.label}</Link>
        {conflict.earlier && <span className="quiet">　前の判断の後に変わりました</span>}
      </th>
      <td>{brief(contentText(cell, conflict.base))}</td>
      <td>
        <ul className="conflict-sides">
          {conflict.sides.map((side) => (
            <li key={side.revision}>
              <span className="strong">{nameOfSide(conflict, side)}</span>{' '}
              <span className="quiet">{[side.station, showMoment(side.at)].filter(Boolean).join('　')}</span>
              <br />
              {brief(contentText(cell, side.content))}
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}

const SHOWN = 60;

/** The beginning of a text in one line; the whole of it is where the conflict is decided. */
function brief(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ');
  if (line === '') return '（空欄）';
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
