// Handing in: which sheets go, what they still lack, and the package that comes out.
import { useEffect, useMemo, useState } from 'react';
import type { Output } from '../../shared/contract/contract.ts';
import type { SheetRow, SheetView } from '../../shared/contract/views.ts';
import { completeness } from '../../shared/form/completeness.ts';
import { layOut, readDefinition } from '../../shared/form/form.ts';
import { useHost, useQuery } from '../host/HostContext.tsx';
import { useTask } from '../host/useTask.ts';
import { Button, Link } from '../ui/Button.tsx';
import { Choice } from '../ui/Field.tsx';
import { Notice, ProblemNotice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { useCarriage } from './Carriage.tsx';
import type { Go } from './place.ts';
import { ConfirmBox, confirmationWord } from './SignOff.tsx';
import { TaskReport } from './TaskReport.tsx';
import { WrittenPackages } from './WrittenPackages.tsx';

type Lack = { address: string; label: string; isAsked: boolean };
type Ready = {
  row: SheetRow;
  lacks: readonly Lack[];
  /** The form asks for the section head's confirmation. */
  isConfirmed: boolean;
};

/** `only`: the sheets that were chosen in the list; all of them without. */
export function HandIn({ only, go }: { only: readonly string[] | undefined; go: Go }) {
  const { value, problem } = useQuery('sheet.list', {}, ['sheets', 'cells']);
  const rows = useMemo(() => value?.sheets.filter((row) => only === undefined || only.includes(row.id)), [value, only]);
  const ready = useReadiness(rows);
  const task = useTask();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isIncompleteMeant, setIncompleteMeant] = useState(false);
  const { folder, carry, lock: carriageLock, panel } = useCarriage(task);
  const [result, setResult] = useState<Output<'package.submit'>>();

  const chosen = (ready ?? []).filter(({ row }) => !left.has(row.id));
  const lacking = chosen.filter(({ lacks }) => lacks.length > 0);
  const unconfirmed = chosen.filter(({ row, isConfirmed }) => isConfirmed && row.confirmation !== 'valid');
  const clashing = chosen.filter(({ row }) => row.conflicts > 0);

  function toggle(id: string) {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    setLeft(next);
  }

  async function submit() {
    if (!folder) return;
    setResult(
      await task.run('提出のパッケージを作っています', 'package.submit', {
        folder: folder.file,
        sheets: chosen.map(({ row }) => row.id),
        incomplete: isIncompleteMeant,
        carry,
      }),
    );
  }

  const back = { label: 'シート一覧へ', go: () => go({ at: 'sheets' }) };
  if (result && folder) {
    return (
      <Screen title="提出する" back={back}>
        <TaskReport task={task} />
        <WrittenPackages
          title={`提出のパッケージを作りました（${result.packages.flatMap((p) => p.sheets).length}枚）。`}
          packages={result.packages}
          place={result.place}
          reveal={() => task.reveal(folder.file)}
          go={go}
        >
          <p>このファイルを事務局に渡してください。渡すまでは、事務局に届いたことになりません。</p>
          {result.incomplete.length > 0 && (
            <p>
              未完成のまま提出したシートが{result.incomplete.length}
              枚あります。埋めたら、もう一度提出してください。
            </p>
          )}
        </WrittenPackages>
      </Screen>
    );
  }
  return (
    <Screen title="提出する" back={back}>
      <TaskReport task={task}>
        <Link onClick={() => go({ at: 'register' })}>持ち出し記録で、書き出したものを確かめる</Link>
      </TaskReport>
      {problem && <ProblemNotice problem={problem} />}
      {ready?.length === 0 && <p>提出するシートがありません。先に配布を受け取ってください。</p>}
      {ready && ready.length > 0 && (
        <>
          <p>提出するシートを確かめてください。選んだシートが、署名の付いた一つのファイルになります。</p>
          <ul className="handin">
            {ready.map((one) => (
              <HandInRow
                key={one.row.id}
                ready={one}
                isChosen={!left.has(one.row.id)}
                toggle={() => toggle(one.row.id)}
                go={go}
              />
            ))}
          </ul>
          {lacking.length > 0 && (
            <Notice tone="warning" title={`${lacking.length}枚のシートに、未入力または要確認の欄があります。`}>
              <Choice
                type="checkbox"
                checked={isIncompleteMeant}
                onChange={() => setIncompleteMeant(!isIncompleteMeant)}
              >
                未完成のまま提出する（事務局には、足りない欄の名前も伝わります）
              </Choice>
            </Notice>
          )}
          {unconfirmed.length > 0 && (
            <Notice tone="info" title={`課長確認のないシートが${unconfirmed.length}枚あります。`}>
              <p>
                {unconfirmed.map(({ row }) => `${row.number}（${confirmationWord[row.confirmation].word}）`).join('、')}
              </p>
              <p>このまま提出することもできます。事務局には、確認のないことが伝わります。</p>
              {clashing.length === 0 && (
                <ConfirmBox
                  sheets={unconfirmed.map(({ row }) => row.id)}
                  label={`${unconfirmed.length}枚の課長確認を記録する`}
                  onDone={() => undefined}
                />
              )}
            </Notice>
          )}
          {panel}
          <div className="actions">
            <Button
              kind="primary"
              onClick={submit}
              locked={lockOf(chosen.length, clashing.length, lacking.length > 0 && !isIncompleteMeant) ?? carriageLock}
            >
              {`${chosen.length}枚を提出する`}
            </Button>
          </div>
        </>
      )}
    </Screen>
  );
}

function lockOf(chosen: number, clashing: number, isLacking: boolean): string | undefined {
  if (chosen === 0) return '提出するシートを選んでください。';
  if (clashing > 0) return '競合のあるシートは、採る内容を選んでから提出してください。';
  if (isLacking) return '足りない欄を埋めるか、「未完成のまま提出する」に印を付けてください。';
  return undefined;
}

function HandInRow({ ready, isChosen, toggle, go }: { ready: Ready; isChosen: boolean; toggle: () => void; go: Go }) {
  const { row, lacks } = ready;
  return (
    <li>
      <Choice type="checkbox" checked={isChosen} onChange={toggle}>
        <span className="cell-label">
          {row.number} {row.name}
        </span>
      </Choice>
      <div className="lacks">
        {row.conflicts > 0 && (
          <p>
            競合 {row.conflicts}件　<Link onClick={() => go({ at: 'sheet', sheet: row.id })}>採る内容を選ぶ</Link>
          </p>
        )}
        {lacks.length === 0 ? (
          <p className="quiet">必須の欄はそろっています。</p>
        ) : (
          <details open={lacks.length <= 12}>
            <summary>足りない欄 {lacks.length}件</summary>
            <ul className="lack-list">
              {lacks.map((lack) => (
                <li key={lack.address}>
                  <Link onClick={() => go({ at: 'sheet', sheet: row.id, cell: lack.address })}>{lack.label}</Link>
                  {lack.isAsked && <span className="quiet">（要確認）</span>}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}

/** What each sheet lacks, by its own form; undefined until all are looked at. */
function useReadiness(rows: readonly SheetRow[] | undefined): Ready[] | undefined {
  const host = useHost();
  const [ready, setReady] = useState<Ready[]>();
  useEffect(() => {
    if (!rows) return;
    let current = true;
    const lacksOf = async (row: SheetRow): Promise<Ready> => {
      const shown = await host.call('sheet.show', { sheet: row.id });
      if (!shown.ok) return { row, lacks: [], isConfirmed: false };
      const form = await host.call('form.show', { form: shown.value.form });
      return form.ok ? readinessOf(row, shown.value, form.value.definition) : { row, lacks: [], isConfirmed: false };
    };
    void Promise.all(rows.map(lacksOf)).then((all) => {
      if (current) setReady(all);
    });
    return () => {
      current = false;
    };
  }, [host, rows]);
  return ready;
}

function readinessOf(row: SheetRow, view: SheetView, definition: unknown): Ready {
  const form = layOut(readDefinition(definition, view.form), view.year);
  const { missing, asked } = completeness(form, view.values, 'department', view.round?.key);
  const open = new Set(asked);
  const lacks = form.cells
    .filter((cell) => open.has(cell) || missing.includes(cell))
    .map((cell) => ({ address: cell.address, label: cell.label, isAsked: open.has(cell) }));
  return { row, lacks, isConfirmed: form.definition.confirmation };
}
