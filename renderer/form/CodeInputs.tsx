// Choices: written out one below the other, as a row of codes with their legend, or small inside a table.
// A locked choice stays reachable and keeps what it shows.
import type { MouseEvent } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import type { CodeCell, FlagCell } from '../../shared/form/cell.ts';
import { showOption } from '../../shared/form/reading.ts';
import { Button } from '../ui/Button.tsx';
import type { Inputs } from './display.ts';
import { type CellState, inputId, useSheet } from './SheetContext.tsx';

type Props = { cell: CodeCell; state: CellState; described: string | undefined };

/** A choice stays as it is. React tells of a change even where the click that made it was called off. */
const locked = {
  'aria-disabled': true,
  onClick: (event: MouseEvent) => event.preventDefault(),
  onChange: () => undefined,
};

function useChoice({ cell, state }: Props) {
  const { entry } = useSheet();
  const { register, setValue } = useFormContext<Inputs>();
  const isLocked = state.lock !== undefined;
  const chosen = useWatch<Inputs>({ name: cell.address });
  const save = (code: string) => {
    state.type(code);
    void entry.flush();
  };
  return {
    isLocked,
    chosen: String(chosen ?? ''),
    input: {
      ...register(cell.address, { onChange: (event) => save(event.target.value) }),
      ...(isLocked ? locked : {}),
    },
    clear() {
      setValue(cell.address, '');
      save('');
    },
  };
}

/** Options written out, one a line. */
export function OptionList(props: Props) {
  const { cell, described } = props;
  const choice = useChoice(props);
  return (
    <div className="options">
      {cell.options.map((option, index) => (
        <label key={option.code} className="choice">
          <input
            {...choice.input}
            type="radio"
            value={option.code}
            id={index === 0 ? inputId(cell.address) : undefined}
            aria-describedby={described}
          />
          <span>{option.label}</span>
        </label>
      ))}
      <Clear shown={!choice.isLocked && choice.chosen !== ''} onClick={choice.clear} />
    </div>
  );
}

/** Codes in a row, with what each means below. */
export function MarkRow(props: Props) {
  const { cell, described } = props;
  const choice = useChoice(props);
  return (
    <div className="marks">
      <div className="marks-row">
        {cell.options.map((option, index) => (
          <label key={option.code} className="mark">
            <input
              {...choice.input}
              type="radio"
              value={option.code}
              id={index === 0 ? inputId(cell.address) : undefined}
              aria-label={showOption(option)}
              aria-describedby={described}
            />
            <span aria-hidden="true">{option.code}</span>
          </label>
        ))}
        <Clear shown={!choice.isLocked && choice.chosen !== ''} onClick={choice.clear} />
      </div>
      <dl className="legend">
        {cell.options.map((option) => (
          <div key={option.code} data-chosen={option.code === choice.chosen}>
            <dt>{option.code}</dt>
            <dd>{option.label}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Clear({ shown, onClick }: { shown: boolean; onClick: () => void }) {
  if (!shown) return null;
  return (
    <span className="clear">
      <Button kind="text" size="toolbar" onClick={onClick}>
        選択を取り消す
      </Button>
    </span>
  );
}

/** A choice inside a table, or among short fields. A locked one stays in reach, as the text that it shows. */
export function CodeSelect({ cell, state, described, named = false }: Props & { named?: boolean }) {
  const { entry } = useSheet();
  const { register } = useFormContext<Inputs>();
  const common = {
    id: inputId(cell.address),
    className: 'input',
    'aria-label': named ? cell.label : undefined,
    'aria-describedby': described,
  };
  if (state.lock !== undefined) {
    const option = cell.options.find(({ code }) => code === entry.values()[cell.address]);
    return <input {...common} readOnly value={option ? showOption(option) : ''} />;
  }
  return (
    <select
      {...register(cell.address, {
        onChange: (event) => state.type(event.target.value),
        onBlur: () => void entry.flush(),
      })}
      {...common}
    >
      <option value="">未選択</option>
      {cell.options.map((option) => (
        <option key={option.code} value={option.code}>
          {showOption(option)}
        </option>
      ))}
    </select>
  );
}

/** One mark that is there or not. */
export function FlagInput({ cell, state, described }: Omit<Props, 'cell'> & { cell: FlagCell }) {
  const { entry } = useSheet();
  const { register } = useFormContext<Inputs>();
  const isLocked = state.lock !== undefined;
  return (
    <label className="choice">
      <input
        {...register(cell.address, {
          onChange: (event) => {
            state.type(event.target.checked ? '○' : '');
            void entry.flush();
          },
        })}
        {...(isLocked ? locked : {})}
        type="checkbox"
        id={inputId(cell.address)}
        aria-describedby={described}
      />
      <span>{cell.short}</span>
    </label>
  );
}
