// The parts of a workbook as a list: for which sheet, how much would change, and whether it is taken.
import { CircleAlert, CircleCheck, CircleEqual, EyeOff, ListChecks, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { FilledPart } from '../../shared/contract/intakeviews.ts';
import type { SheetRow } from '../../shared/contract/views.ts';
import { useQuery } from '../host/HostContext.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import { useFew } from './Few.tsx';
import { LateSelect } from './LateSelect.tsx';

/** `seen`: parts whose content a person has looked at. `sheets`: for which sheets, where a person says so. */
export type PartChoices = {
  chosen: ReadonlySet<number>;
  seen: ReadonlySet<number>;
  sheets: ReadonlyMap<number, string>;
};

type Props = {
  parts: readonly FilledPart[];
  choices: PartChoices;
  onChoices: (choices: PartChoices) => void;
  onLook: (part: FilledPart) => void;
  /** The part whose content was looked at last. */
  returned: number | undefined;
};

/** The button that leads to a part's content, to which one comes back. */
export const lookId = (part: number): string => `intake-look-${part}`;

/** How many parts would replace something and have not been looked at. */
export const unclearParts = (parts: readonly FilledPart[], { seen }: PartChoices): number =>
  parts.filter((part) => (part.counts?.replaced ?? 0) > 0 && !seen.has(part.part)).length;

export function IntakeParts({ parts, choices, onChoices, onLook, returned }: Props) {
  const sheets = useQuery('sheet.list', {}, ['sheets']).value?.sheets ?? [];
  const { few, more } = useFew(parts, '件', parts, parts.findIndex(({ part }) => part === returned) + 1);
  const twice = useMemo(() => sheetsTwice(parts), [parts]);
  const matched = parts.filter(({ sheet }) => sheet !== null).length;

  function toggle(part: FilledPart) {
    const { chosen, seen } = choices;
    const next = new Set(chosen);
    if (next.delete(part.part)) onChoices({ ...choices, chosen: next });
    else if (mustBeSeen(part, choices) && !seen.has(part.part)) onLook(part);
    else onChoices({ ...choices, chosen: next.add(part.part) });
  }

  return (
    <section className="stack" aria-labelledby="intake-parts">
      <h2 id="intake-parts">
        読み込み先（{parts.length}件、うちシートが決まったのは{matched}件）
      </h2>
      <div className="table-box">
        <table className="table intake-parts">
          <thead>
            <tr>
              <th scope="col">取り込む</th>
              <th scope="col">ファイルの中</th>
              <th scope="col">読み込み先のシート</th>
              <th scope="col">読み取った内容</th>
              <th scope="col">中身</th>
            </tr>
          </thead>
          <tbody>
            {few.map((part) => (
              <PartRow
                key={part.part}
                part={part}
                choices={choices}
                sheets={sheets}
                twice={twice.has(part.sheet?.id ?? '')}
                onToggle={() => toggle(part)}
                onSheet={(sheet) => onChoices(withSheet(choices, part.part, sheet))}
                onLook={() => onLook(part)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {more}
    </section>
  );
}

/** What replaces something, and what a person has given its sheet, is looked at before it is taken. */
const mustBeSeen = ({ part, counts }: FilledPart, { sheets }: PartChoices): boolean =>
  (counts?.replaced ?? 0) > 0 || sheets.has(part);

/** Sheets for which there is more than one part. */
export function sheetsTwice(parts: readonly FilledPart[]): Set<string> {
  const ids = parts.flatMap(({ sheet }) => sheet?.id ?? []);
  const met = new Set<string>();
  return new Set(ids.filter((id) => met.size === met.add(id).size));
}

function withSheet(choices: PartChoices, part: number, sheet: string): PartChoices {
  const [sheets, chosen, seen] = [new Map(choices.sheets), new Set(choices.chosen), new Set(choices.seen)];
  if (sheet === '') sheets.delete(part);
  else sheets.set(part, sheet);
  chosen.delete(part);
  seen.delete(part);
  return { sheets, chosen, seen };
}

type RowProps = {
  part: FilledPart;
  choices: PartChoices;
  sheets: readonly SheetRow[];
  twice: boolean;
  onToggle: () => void;
  onSheet: (sheet: string) => void;
  onLook: () => void;
};

function PartRow({ part, choices, sheets, twice, onToggle, onSheet, onLook }: RowProps) {
  const given = choices.sheets.get(part.part) ?? '';
  const canBeTaken = part.sheet !== null || given !== '';
  return (
    <tr>
      <td>
        {canBeTaken && (
          <label className="choice">
            <input
              type="checkbox"
              aria-label={`「${part.name}」を取り込む`}
              checked={choices.chosen.has(part.part)}
              onChange={onToggle}
            />
          </label>
        )}
      </td>
      <th scope="row">
        {part.name}
        {part.isHidden && (
          <StateWord icon={EyeOff} tone="quiet">
            隠れたシート
          </StateWord>
        )}
      </th>
      <td>
        {part.sheet && `${part.sheet.number} ${part.sheet.name}`}
        {part.problem?.code === 'intake.unnumbered' && (
          <LateSelect
            label={`「${part.name}」の読み込み先のシート`}
            value={given}
            shown={nameOf(sheets.find(({ id }) => id === given))}
            onChange={onSheet}
          >
            {() => (
              <>
                <option value="">{nameOf(undefined)}</option>
                {sheets.map((sheet) => (
                  <option key={sheet.id} value={sheet.id}>
                    {nameOf(sheet)}
                  </option>
                ))}
              </>
            )}
          </LateSelect>
        )}
      </td>
      <td>
        <PartState part={part} twice={twice} />
      </td>
      <td>
        {canBeTaken && (
          <button
            type="button"
            id={lookId(part.part)}
            className="link"
            aria-label={`「${part.name}」の中身を見る`}
            onClick={onLook}
          >
            中身を見る
          </button>
        )}
      </td>
    </tr>
  );
}

const nameOf = (sheet: SheetRow | undefined): string =>
  sheet ? `${sheet.number} ${sheet.name}` : '番号がないので、選んでください';

function PartState({ part: { counts, problem, sheet }, twice }: { part: FilledPart; twice: boolean }) {
  if (problem?.code === 'intake.foreign') return <span className="quiet">この様式の見出しがない</span>;
  if (problem?.code === 'intake.unnumbered') return <span className="quiet">見出しは合うが、番号がない</span>;
  if (problem) {
    return (
      <div className="stack-close">
        <StateWord icon={CircleAlert} tone="wrong">
          読み込めない
        </StateWord>
        <span>{problem.message}</span>
      </div>
    );
  }
  if (!counts || !sheet) return null;
  const isSame = counts.changed + counts.asked === 0;
  return (
    <div className="part-state">
      {isSame ? (
        <StateWord icon={CircleEqual} tone="quiet">
          すべて今と同じ（{counts.matched}欄）
        </StateWord>
      ) : (
        <StateWord icon={CircleCheck} tone="good">
          変わる欄 {counts.changed}
        </StateWord>
      )}
      {counts.replaced > 0 && (
        <StateWord icon={TriangleAlert} tone="ask">
          今ある値を置き換える {counts.replaced}
        </StateWord>
      )}
      {counts.asked > 0 && (
        <StateWord icon={ListChecks} tone="ask">
          確かめること {counts.asked}
        </StateWord>
      )}
      {counts.unmatched > 0 && <span>欄に入らない文字 {counts.unmatched}</span>}
      {twice && (
        <StateWord icon={TriangleAlert} tone="ask">
          同じシートのものがほかにもある
        </StateWord>
      )}
    </div>
  );
}
