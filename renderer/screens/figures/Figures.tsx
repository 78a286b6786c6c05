// The pictures of the whole: which one, of which sheets, and the way from every number to its sheets and back.
import { Printer } from 'lucide-react';
import { useMemo, useState, useTransition } from 'react';
import type { WorkspaceView } from '../../../shared/contract/views.ts';
import type { SheetFacts } from '../../../shared/figures/facts.ts';
import * as tables from '../../../shared/figures/tables.ts';
import { useHost } from '../../host/HostContext.tsx';
import { Button, Link } from '../../ui/Button.tsx';
import { ProblemNotice } from '../../ui/Notice.tsx';
import { RunningTask } from '../../ui/Progress.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { Select } from '../../ui/Select.tsx';
import type { Go } from '../place.ts';
import { BehindDialog } from './BehindDialog.tsx';
import { CostByGroup, CostBySheet, costName } from './Costs.tsx';
import { GradesCompared, GradesGiven } from './Grades.tsx';
import { Achievement, Movement } from './IndicatorCounts.tsx';
import { type Behind, FIRST_PICTURE, type FigureLook, PICTURES, sheetsFor } from './look.ts';
import { TrendPages } from './TrendPages.tsx';
import { type Figures as Counted, useFigures } from './useFigures.ts';

type Props = {
  workspace: WorkspaceView;
  first: FigureLook | undefined;
  /** Chooses sheets in the list. */
  onChosen: (sheets: readonly string[]) => void;
  go: Go;
};

export function Figures({ workspace, first, onChosen, go }: Props) {
  const host = useHost();
  const { figures, running, progress, problem, stop, again } = useFigures();
  const [look, setLook] = useState(first ?? FIRST_PICTURE);
  const [behind, setBehind] = useState<Behind>();
  // Drawing a town's worth of marks is done in slices, so that the window answers meanwhile.
  const [isDrawing, draw] = useTransition();
  const change = (part: Partial<FigureLook>) => setLook({ ...look, page: 0, ...part });
  const open = (sheet: string, cell?: string) =>
    go({ at: 'sheet', sheet, ...(cell === undefined ? {} : { cell }), from: { at: 'figures', look } });
  const shown = useMemo(() => (figures ? sheetsFor(figures.sheets, look) : []), [figures, look]);
  return (
    <Screen
      title="全体の図"
      width="wide"
      back={{ label: 'シート一覧へ', go: () => go({ at: 'sheets' }) }}
      aside={
        <div className="no-print">
          <Button kind="outline" size="toolbar" icon={Printer} onClick={() => void host.print()}>
            印刷
          </Button>
        </div>
      }
    >
      {problem && <ProblemNotice problem={problem} />}
      <RunningTask running={running} name="シートを集計しています" progress={progress} onCancel={stop} />
      {!figures && !running && (
        <div className="actions">
          <Button kind="primary" onClick={again}>
            集計する
          </Button>
        </div>
      )}
      {figures && figures.sheets.length === 0 && (
        <div className="empty">
          <p>まだシートがありません。シートが割り当てられると、ここに図が出ます。</p>
        </div>
      )}
      {figures && figures.sheets.length > 0 && (
        <>
          <nav className="tabs no-print" aria-label="図の種類">
            <ul>
              {PICTURES.map(({ key, label }) => (
                <li key={key}>
                  <button
                    type="button"
                    aria-current={look.picture === key ? 'page' : undefined}
                    onClick={() => draw(() => change({ picture: key, choice: 0 }))}
                  >
                    {label}
                  </button>
                </li>
              ))}
            </ul>
          </nav>
          <Narrowing figures={figures} shown={shown} look={look} change={change} />
          {shown.length === 0 ? (
            <p>あてはまるシートがありません。しぼり込みを変えてください。</p>
          ) : (
            <div className="figures-picture" aria-busy={isDrawing}>
              <Picture
                workspace={workspace}
                figures={figures}
                shown={shown}
                look={look}
                change={change}
                onBehind={setBehind}
                open={open}
              />
            </div>
          )}
          {workspace.role === 'office' && (
            <p className="quiet no-print">
              課ごとの提出の状態は、<Link onClick={() => go({ at: 'sheets' })}>シート一覧の下の表</Link>で見られます。
            </p>
          )}
        </>
      )}
      {behind && (
        <BehindDialog
          behind={behind}
          open={open}
          choose={(sheets) => {
            onChosen(sheets);
            go({ at: 'sheets' });
          }}
          onClose={() => setBehind(undefined)}
        />
      )}
    </Screen>
  );
}

type LookProps = {
  figures: Counted;
  shown: readonly SheetFacts[];
  look: FigureLook;
  change: (part: Partial<FigureLook>) => void;
};

const goalWord = (figures: Counted): string => figures.plans.find(({ goal }) => goal !== null)?.goal ?? 'まとまり';

/** Which sheets the picture is of. */
function Narrowing({ figures, shown, look, change }: LookProps) {
  const units = [...new Set(figures.sheets.flatMap((sheet) => sheet.units))].sort((a, b) => a.localeCompare(b, 'ja'));
  const goals = tables.goalsOf(figures.sheets);
  return (
    <div className="row no-print">
      {units.length > 1 && (
        <Select label="課" value={look.unit} onChange={(unit) => change({ unit })}>
          <option value="">すべて</option>
          {units.map((unit) => (
            <option key={unit} value={unit}>
              {unit}
            </option>
          ))}
        </Select>
      )}
      {goals.length > 1 && (
        <Select
          label={goalWord(figures)}
          value={look.goal === null ? '' : `=${look.goal}`}
          onChange={(goal) => change({ goal: goal === '' ? null : goal.slice(1) })}
        >
          <option value="">すべて</option>
          {goals.map(({ key, label }) => (
            <option key={key} value={`=${key}`}>
              {label}
            </option>
          ))}
        </Select>
      )}
      <p className="quiet" role="status">
        {shown.length === figures.sheets.length
          ? `${shown.length}枚のシート`
          : `${figures.sheets.length}枚のうち${shown.length}枚のシート`}
      </p>
    </div>
  );
}

type PictureProps = LookProps & {
  workspace: WorkspaceView;
  onBehind: (behind: Behind) => void;
  open: (sheet: string, cell?: string) => void;
};

function Picture({ workspace, figures, shown, look, change, onBehind, open }: PictureProps) {
  const goalLabel = tables.goalsOf(figures.sheets).find(({ key }) => key === look.goal)?.label;
  const source = [`${workspace.year}年度評価`, workspace.unit, look.unit, goalLabel].filter(Boolean).join(' ');
  const goal = goalWord(figures);
  const common = { source, onBehind };
  if (look.picture === 'achievement') return <Achievement {...common} sheets={shown} goal={goal} />;
  if (look.picture === 'movement') return <Movement {...common} sheets={shown} />;
  if (look.picture === 'trends') {
    const { status, page } = look;
    return (
      <>
        <Select label="判定" value={status} onChange={(next) => change({ status: next })}>
          <option value="">すべて</option>
          {tables.STATUSES.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </Select>
        <TrendPages sheets={shown} {...{ status, page, source, open }} onPage={(next) => change({ page: next })} />
      </>
    );
  }
  if (look.picture === 'costs')
    return <CostPictures {...{ workspace, figures, shown, look, change, onBehind, open, source }} />;
  const ratings = tables.ratingsIn(figures.plans, shown).filter(({ sheets }) => sheets.length > 0);
  const graded = ratings[Math.min(look.choice, ratings.length - 1)];
  if (!graded) return <p>この様式には、評価を付ける欄がありません。</p>;
  return (
    <>
      <Choosing label="評価" names={ratings.map(({ rating }) => rating.label)} look={look} change={change} />
      {look.picture === 'grades' ? (
        <GradesCompared {...common} graded={graded} open={open} />
      ) : (
        <GradesGiven {...common} graded={graded} />
      )}
    </>
  );
}

/** One of several of a kind; nothing to choose where there is only one. */
function Choosing({
  label,
  names,
  look,
  change,
}: { label: string; names: readonly string[] } & Pick<LookProps, 'look' | 'change'>) {
  if (names.length < 2) return null;
  return (
    <Select label={label} value={String(look.choice)} onChange={(choice) => change({ choice: Number(choice) })}>
      {names.map((name, at) => (
        <option key={name} value={at}>
          {name}
        </option>
      ))}
    </Select>
  );
}

function CostPictures({
  workspace,
  figures,
  shown,
  look,
  change,
  onBehind,
  open,
  source,
}: PictureProps & { source: string }) {
  const costs = useMemo(
    () => tables.costsIn(figures.plans, shown).filter(({ sheets }) => sheets.length > 0),
    [figures, shown],
  );
  const costed = costs[Math.min(look.choice, costs.length - 1)];
  if (!costed) return <p>この様式では、費用の行が決められていません（様式の figures の costs）。</p>;
  const { columns } = costed.cost;
  const judged = columns.findIndex(({ year }) => year === workspace.subjectYear);
  const column = Math.min(look.column ?? Math.max(0, judged), columns.length - 1);
  const hasNumbers = costed.sheets.some(({ amounts }) => amounts.some(({ value }) => value !== null));
  return (
    <div className="stack-wide">
      <Choosing label="費用" names={costs.map(({ cost }) => costName(cost))} look={look} change={change} />
      {hasNumbers ? (
        <>
          <CostByGroup costed={costed} goal={goalWord(figures)} source={source} onBehind={onBehind} />
          <div className="stack">
            <Select label="年度" value={String(column)} onChange={(next) => change({ column: Number(next) })}>
              {columns.map(({ label }, at) => (
                <option key={label} value={at}>
                  {label}
                </option>
              ))}
            </Select>
            <CostBySheet costed={costed} source={source} column={column} open={open} />
          </div>
        </>
      ) : (
        <p>{`${costName(costed.cost)}の数が入っているシートは、まだありません。`}</p>
      )}
    </div>
  );
}
