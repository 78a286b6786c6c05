// What the list of sheets shows: words, state, department, and under which headings.
import { Search } from 'lucide-react';
import { useId } from 'react';
import { type SheetRow, type SheetState, sheetState } from '../../shared/contract/views.ts';
import type { Role } from '../../shared/form/form.ts';
import { Button } from '../ui/Button.tsx';
import { DensityChoice } from '../ui/DensityChoice.tsx';
import { Select } from '../ui/Select.tsx';
import type { Labels } from './SheetTable.tsx';
import { FIRST_LOOK, type Grouping, isNarrowed, type Look } from './sheetRows.ts';
import { sheetStateWord } from './words.ts';

type Props = {
  rows: readonly SheetRow[];
  shown: number;
  look: Look;
  onLook: (look: Look) => void;
  role: Role;
  labels: Labels;
};

export function SheetFilters({ rows, shown, look, onLook, role, labels }: Props) {
  const { unit: unitLabel, rounds, isConfirmed } = labels;
  const inForce = [...rounds].filter(([key]) => rows.some((row) => row.round === key) || look.round === key);
  const id = useId();
  const units = [...new Set(rows.flatMap((row) => row.units))].sort((a, b) => a.localeCompare(b, 'ja'));
  const states = sheetState.options.filter((state) => rows.some((row) => row.state === state) || look.state === state);
  return (
    <div className="filters no-print">
      <search className="filters-fields">
        <span className="search">
          <Search size={18} aria-hidden="true" />
          <label htmlFor={`${id}-words`}>しぼり込み</label>
          <input
            id={`${id}-words`}
            className="input toolbar-size"
            type="search"
            autoComplete="off"
            value={look.words}
            onChange={(event) => onLook({ ...look, words: event.target.value })}
          />
        </span>
        <Select
          label="状態"
          value={look.state}
          onChange={(state) => onLook({ ...look, state: state as Look['state'] })}
        >
          <option value="">すべて</option>
          <option value="lacking">未入力・要確認のあるもの</option>
          <option value="remarked">指摘のあるもの</option>
          {isConfirmed && <option value="unconfirmed">課長確認のないもの</option>}
          {states.map((state: SheetState) => (
            <option key={state} value={state}>
              {sheetStateWord(state, role).word}
            </option>
          ))}
        </Select>
        {units.length > 1 && (
          <Select label={unitLabel} value={look.unit} onChange={(unit) => onLook({ ...look, unit })}>
            <option value="">すべて</option>
            {units.map((unit) => (
              <option key={unit} value={unit}>
                {unit}
              </option>
            ))}
          </Select>
        )}
        {inForce.length > 0 && (
          <Select label="回" value={look.round} onChange={(round) => onLook({ ...look, round })}>
            <option value="">すべて</option>
            {inForce.map(([key, label]) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </Select>
        )}
        <Select label="まとめ方" value={look.group} onChange={(group) => onLook({ ...look, group: group as Grouping })}>
          <option value="none">まとめない</option>
          {units.length > 1 && <option value="unit">{unitLabel}ごと</option>}
          <option value="state">状態ごと</option>
        </Select>
      </search>
      <div className="row">
        <p className="quiet" role="status">
          {isNarrowed(look) ? `${rows.length}枚のうち${shown}枚を表示しています` : `${rows.length}枚`}
        </p>
        {isNarrowed(look) && (
          <Button
            kind="text"
            size="toolbar"
            onClick={() => onLook({ ...FIRST_LOOK, sort: look.sort, descending: look.descending, group: look.group })}
          >
            しぼり込みをやめる
          </Button>
        )}
        <span className="far">
          <DensityChoice />
        </span>
      </div>
    </div>
  );
}
