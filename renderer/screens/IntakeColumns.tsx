// What each column of a merge table is for: proposed from its headings, changed by hand, kept for next time.
import { CircleCheck, CircleHelp, CircleMinus, History, Pencil } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ColumnUse, FilledColumn, FilledSurvey } from '../../shared/contract/intakeviews.ts';
import { cellsOf } from '../../shared/form/block.ts';
import { stateAddress } from '../../shared/form/cell.ts';
import type { Form } from '../../shared/form/form.ts';
import { columnCell, labelAt } from '../../shared/form/label.ts';
import { Button } from '../ui/Button.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import { LateSelect } from './LateSelect.tsx';
import { useLaidOutForm } from './useLaidOutForm.ts';

const HOW = {
  kept: { word: '前回と同じ', icon: History, tone: 'good' },
  proposed: { word: '見出しから', icon: CircleCheck, tone: 'good' },
  given: { word: '選んだもの', icon: Pencil, tone: 'good' },
  asked: { word: 'どれか選んでください', icon: CircleHelp, tone: 'ask' },
  none: { word: '合う欄がない', icon: CircleMinus, tone: 'quiet' },
} as const;

/** No cell's address has such a sign. */
const IGNORED = '-';
const FIXED: Readonly<Record<string, string>> = { '': '割り当てない（一覧に残す）', [IGNORED]: '読まない' };
const wordOf = (use: ColumnUse): string => (use.use === 'cell' ? use.address : use.use === 'left' ? '' : IGNORED);
const columnUse = (column: number, word: string): ColumnUse =>
  word === ''
    ? { column, use: 'left' }
    : word === IGNORED
      ? { column, use: 'ignored' }
      : { column, use: 'cell', address: word };

/** A, B, … AA, as spreadsheets call their columns. */
const letters = (column: number): string =>
  column < 0 ? '' : letters(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26));

type Props = {
  survey: FilledSurvey;
  /** Something was changed here that the survey does not know yet. */
  onPending: () => void;
  /** What a person has said, now and before. */
  onUse: (uses: readonly ColumnUse[]) => void;
};

export function IntakeColumns({ survey, onPending, onUse }: Props) {
  const { form } = useLaidOutForm(survey.form, survey.year);
  const [changed, setChanged] = useState<ReadonlyMap<number, string>>(new Map());
  const open = survey.columns.filter(({ column, how }) => how === 'asked' && !changed.has(column)).length;
  const given = survey.columns.filter(({ column, how }) => how === 'given' || changed.has(column));
  const uses = given.map(({ column, use }) => columnUse(column, changed.get(column) ?? wordOf(use)));
  return (
    <section className="stack" aria-labelledby="intake-columns">
      <h2 id="intake-columns">
        列の割り当て（{survey.columns.length}列{open > 0 && `、うち${open}列はどの欄か決まっていません`}）
      </h2>
      <p className="measure">
        「割り当てない」列の文字は、シートごとに「欄に入らなかった文字」として残ります。この割り当ては、取り込んだときに覚えておき、同じ見出しの表を次に読むときに使います。
      </p>
      <div className="table-box">
        <table className="table intake-columns">
          <thead>
            <tr>
              <th scope="col">列</th>
              <th scope="col">見出し</th>
              <th scope="col">書かれている例</th>
              <th scope="col">入れる欄</th>
              <th scope="col">決め方</th>
            </tr>
          </thead>
          <tbody>
            {survey.columns.map((column) => (
              <ColumnRow
                key={column.column}
                column={column}
                form={form}
                word={changed.get(column.column)}
                onWord={(word) => {
                  setChanged(new Map(changed).set(column.column, word));
                  onPending();
                }}
              />
            ))}
          </tbody>
        </table>
      </div>
      {changed.size > 0 && (
        <div className="actions">
          <Button kind="outline" onClick={() => onUse(uses)}>
            {`変えた${changed.size}列の割り当てで読み直す`}
          </Button>
        </div>
      )}
    </section>
  );
}

type RowProps = {
  column: FilledColumn;
  form: Form | undefined;
  /** As changed here. */
  word: string | undefined;
  onWord: (word: string) => void;
};

function ColumnRow({ column: { column, path, samples, use, how, near }, form, word, onWord }: RowProps) {
  const chosen = word ?? wordOf(use);
  const { word: why, icon, tone } = HOW[word === undefined ? how : 'given'];
  const heading = path.length > 0 ? path.join(' ／ ') : '（見出しがない）';
  return (
    <tr>
      <td>{letters(column)}</td>
      <th scope="row">{heading}</th>
      <td className="samples">{samples.join('、')}</td>
      <td>
        {form && (
          <LateSelect
            label={`${letters(column)}列「${heading}」を入れる欄`}
            value={chosen}
            shown={FIXED[chosen] ?? labelAt(form, chosen)}
            onChange={onWord}
          >
            {() => (
              <>
                {Object.entries(FIXED).map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
                <CellOptions form={form} near={near} />
              </>
            )}
          </LateSelect>
        )}
      </td>
      <td>
        <StateWord icon={icon} tone={tone}>
          {why}
        </StateWord>
      </td>
    </tr>
  );
}

function CellOptions({ form, near }: { form: Form; near: readonly string[] }) {
  const groups = useMemo(
    () =>
      form.sections.map((section) => ({
        key: section.key,
        title: section.title || form.definition.title,
        addresses: section.groups.flatMap((group) =>
          group.blocks.flatMap(cellsOf).flatMap(({ address }) => {
            const state = stateAddress(address);
            return columnCell(form, state) ? [address, state] : [address];
          }),
        ),
      })),
    [form],
  );
  const option = (address: string) => (
    <option key={address} value={address}>
      {labelAt(form, address)}
    </option>
  );
  return (
    <>
      {near.length > 0 && <optgroup label="見出しに合う欄">{near.map(option)}</optgroup>}
      {groups.map(({ key, title, addresses }) => {
        const others = addresses.filter((address) => !near.includes(address));
        return (
          others.length > 0 && (
            <optgroup key={key} label={title}>
              {others.map(option)}
            </optgroup>
          )
        );
      })}
    </>
  );
}
