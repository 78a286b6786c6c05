// What a package does to its sheets, and within each sheet to each cell: what stands there, and what will.
import type { CellOutcome, CellPlan, PackageResult, SheetResult } from '../../shared/contract/exchangeviews.ts';
import { StateWord } from '../ui/StateWord.tsx';
import { confirmationWord } from './SignOff.tsx';
import { cellOutcomeWord, sheetOutcomeWord } from './words.ts';

/** How many cells of all the packages have this outcome. */
export const countCells = (packages: readonly PackageResult[], outcome: CellOutcome): number =>
  packages.flatMap(({ sheets }) => sheets.flatMap(({ cells }) => cells.filter((cell) => cell.outcome === outcome)))
    .length;

export function SheetPlans({ sheets, isDone }: { sheets: readonly SheetResult[]; isDone: boolean }) {
  return (
    <ul className="sheet-plans">
      {sheets.map((sheet) => (
        <SheetPlan key={sheet.number} sheet={sheet} isDone={isDone} />
      ))}
    </ul>
  );
}

function SheetPlan({ sheet, isDone }: { sheet: SheetResult; isDone: boolean }) {
  const outcome = sheetOutcomeWord[sheet.outcome];
  const notes = sheetNotes(sheet);
  return (
    <li className="sheet-plan">
      <div className="sheet-plan-head">
        <h3>
          {sheet.number} {sheet.name}
        </h3>
        <StateWord icon={outcome.icon} tone={outcome.tone}>
          {outcome.word}
        </StateWord>
      </div>
      {notes.length > 0 && <p className="measure">{notes.join('。')}</p>}
      {sheet.digest !== null && <p className="quiet">{signedNotes(sheet).join('　')}</p>}
      {sheet.cells.length > 0 && (
        <details open={sheet.cells.some(needsLook)}>
          <summary>{cellCounts(sheet.cells)}</summary>
          <CellPlans cells={sheet.cells} isDone={isDone} label={`${sheet.number} ${sheet.name}`} />
        </details>
      )}
    </li>
  );
}

/** The code of what then stands, and whether a section head's confirmation holds for it. */
export const signedNotes = ({ digest, confirmation }: SheetResult): string[] =>
  [`内容コード ${digest}`, confirmation && `課長確認：${confirmationWord[confirmation].word}`].filter(
    (note) => typeof note === 'string',
  );

/** What a person has to know of a sheet beside its cells. */
export const sheetNotes = (sheet: SheetResult): string[] =>
  [
    sheet.reason,
    sheet.beside.length > 0 && `いっしょに届くもの：${sheet.beside.join('、')}`,
    sheet.incomplete.length > 0 && `未完成のまま出されている（足りない欄${sheet.incomplete.length}件）`,
  ].filter((note) => typeof note === 'string');

const needsLook = ({ outcome }: CellPlan): boolean => outcome === 'conflict' || outcome === 'refused';

/** 「変更3欄、競合1欄」 */
export function cellCounts(cells: readonly CellPlan[]): string {
  const outcomes = Object.keys(cellOutcomeWord) as CellOutcome[];
  return outcomes
    .map((outcome) => [outcome, cells.filter((cell) => cell.outcome === outcome).length] as const)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${cellOutcomeWord[outcome].word}${count}欄`)
    .join('、');
}

/** `whole`: nothing is cut off, as on paper. */
export function CellPlans({
  cells,
  isDone,
  label,
  whole = false,
}: {
  cells: readonly CellPlan[];
  isDone: boolean;
  label: string;
  whole?: boolean;
}) {
  const show = whole ? (text: string) => text : cut;
  return (
    <div className="table-box">
      <table className="table cell-plans">
        <caption className="for-ears">{label} の欄</caption>
        <thead>
          <tr>
            <th scope="col">欄</th>
            <th scope="col">結果</th>
            <th scope="col">{isDone ? '取り込む前' : '今の内容'}</th>
            <th scope="col">{isDone ? '取り込んだ後' : '取り込むと'}</th>
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => {
            const { icon, tone, word } = cellOutcomeWord[cell.outcome];
            const isSenders = needsLook(cell) || cell.outcome === 'stale';
            return (
              <tr key={cell.address}>
                <th scope="row">{cell.label}</th>
                <td>
                  <StateWord icon={icon} tone={tone}>
                    {word}
                  </StateWord>
                </td>
                <td>
                  <Text text={show(cell.before)} />
                </td>
                <td>
                  {isSenders && <p className="quiet">送り手の内容</p>}
                  <Text text={show(cell.after)} />
                  {cell.reason !== null && <p className="quiet">{cell.reason}</p>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const LONG = 200;

/** On the screen a long text is shown by its beginning. */
function cut(text: string): string {
  const characters = [...text];
  return characters.length <= LONG
    ? text
    : `${characters.slice(0, LONG).join('')}…（ほか${characters.length - LONG}文字）`;
}

const Text = ({ text }: { text: string }) =>
  text === '' ? <span className="quiet">（空欄）</span> : <span className="kept-lines">{text}</span>;
