// One component for each layout of a block; the cells' own inputs come from their types.
import { memo } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import type { Block, FieldBlock, FlagsBlock, MatrixBlock } from '../../shared/form/block.ts';
import { type FlagCell, isComputed } from '../../shared/form/cell.ts';
import { showOption } from '../../shared/form/reading.ts';
import { CALM, CellFrame, describedBy, LookWord, lookOf, SameWord, stateId } from './CellFrame.tsx';
import { CodeSelect, FlagInput, MarkRow, OptionList } from './CodeInputs.tsx';
import { Counter } from './Counter.tsx';
import type { Inputs } from './display.ts';
import { GridTable } from './GridTable.tsx';
import { ListRows } from './grid/ListRows.tsx';
import { ComputedNumber, NumberInput } from './NumberInput.tsx';
import { QuestionBox } from './QuestionBox.tsx';
import { inputId, useCell, useSheet } from './SheetContext.tsx';
import { TextInput } from './TextInput.tsx';

/** `bodyOf`: the section's title stands for the label. */
export const BlockView = memo(function BlockView({ block, bodyOf = false }: { block: Block; bodyOf?: boolean }) {
  switch (block.layout) {
    case 'field':
      return <FieldView block={block} hidden={bodyOf} />;
    case 'options':
      return (
        <CellFrame cell={block.cell} label={block.label} as="group">
          {(state, described) => <OptionList cell={block.cell} state={state} described={described} />}
        </CellFrame>
      );
    case 'marks':
      return (
        <CellFrame cell={block.cell} label={block.label} as="group">
          {(state, described) => <MarkRow cell={block.cell} state={state} described={described} />}
        </CellFrame>
      );
    case 'flags':
      return <FlagsView block={block} />;
    case 'list':
      return <ListRows block={block} />;
    case 'grid':
      return (
        <div className="block">
          <p className="cell-label">{block.label}</p>
          <GridTable block={block} />
        </div>
      );
    case 'matrix':
      return <MatrixView block={block} />;
    case 'note':
      return <p className="form-note kept-lines">{block.text}</p>;
  }
});

function FieldView({ block, hidden }: { block: FieldBlock; hidden: boolean }) {
  const { entry } = useSheet();
  const { cell } = block;
  return (
    <CellFrame
      cell={cell}
      label={block.label}
      hidden={hidden}
      as={isComputed(cell) ? 'group' : 'field'}
      extra={cell.type === 'text' && entry.view().locks[cell.address] === undefined && <Counter cell={cell} />}
    >
      {(state, described) => {
        switch (cell.type) {
          case 'text':
            return <TextInput cell={cell} state={state} described={described} />;
          case 'decimal':
            if (isComputed(cell)) return <ComputedNumber cell={cell} />;
            return <NumberInput cell={cell} state={state} described={described} />;
          case 'code':
            return <CodeSelect cell={cell} state={state} described={described} />;
          case 'flag':
            return <FlagInput cell={cell} state={state} described={described} />;
        }
      }}
    </CellFrame>
  );
}

function FlagsView({ block }: { block: FlagsBlock }) {
  const isRequired = block.cells.some((cell) => cell.required === 'one');
  return (
    <fieldset className="block">
      <legend className="cell-label">
        {block.label}
        {isRequired && <span className="required">※必須（一つ以上）</span>}
      </legend>
      <div className="flags">
        {block.cells.map((cell) => (
          <FlagView key={cell.address} cell={cell} />
        ))}
      </div>
      {block.help !== undefined && <p className="field-help">{block.help}</p>}
    </fieldset>
  );
}

function FlagView({ cell }: { cell: FlagCell }) {
  const { lockedAbove } = useSheet();
  const state = useCell(cell);
  const look = lookOf(cell, state);
  return (
    <div className="cell" data-look={look} data-same={state.isAsLastYear || undefined}>
      <FlagInput cell={cell} state={state} described={describedBy(cell, state)} />
      <span id={stateId(cell)}>
        <SameWord state={state} />
        {lockedAbove.has(cell.address) ? (
          <span className="for-ears">ロック：{state.lock}</span>
        ) : (
          <LookWord look={look} lock={state.lock} />
        )}
      </span>
      <QuestionBox cell={cell} state={state} />
    </div>
  );
}

function MatrixView({ block }: { block: MatrixBlock }) {
  const { entry } = useSheet();
  const { setValue } = useFormContext<Inputs>();
  const row = useCell(block.row);
  const column = useCell(block.column);
  const looks = [lookOf(block.row, row), lookOf(block.column, column)] as const;
  const look = CALM.has(looks[0]) ? looks[1] : looks[0];
  const described = [describedBy(block.row, row), describedBy(block.column, column)].filter(Boolean).join(' ');
  const [rowCode, columnCode] = useWatch<Inputs>({ name: [block.row.address, block.column.address] }) as unknown[];
  const lock = row.lock ?? column.lock;
  const id = `block-${block.key}`;
  const isExcluded = (r: string, c: string) => block.excluded.some(([a, b]) => a === r && b === c);
  const choose = (r: string, c: string) => {
    if (lock !== undefined) return;
    setValue(block.row.address, r);
    setValue(block.column.address, c);
    row.type(r);
    column.type(c);
    void entry.flush();
  };
  return (
    <fieldset className="block">
      <legend className="cell-label">
        {block.label}
        {block.row.required === 'always' && lock === undefined && <span className="required">※必須</span>}
      </legend>
      <div className="cell" data-look={look} data-same={(row.isAsLastYear && column.isAsLastYear) || undefined}>
        <span className="cell-word" id={stateId(block.row)}>
          {column.isAsLastYear && <SameWord state={row} />}
          <LookWord look={look} lock={lock} />
        </span>
        <div className="grid-box">
          <table className="grid matrix">
            <thead>
              <tr>
                <th scope="col">
                  {block.row.short} ＼ {block.column.short}
                </th>
                {block.column.options.map((option) => (
                  <th key={option.code} scope="col">
                    {option.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.row.options.map((r) => (
                <tr key={r.code}>
                  <th scope="row">{r.label}</th>
                  {block.column.options.map((c) => (
                    <td key={c.code}>
                      {isExcluded(r.code, c.code) ? (
                        <span className="quiet">選べない</span>
                      ) : (
                        <input
                          type="radio"
                          name={id}
                          id={
                            r === block.row.options[0] && c === block.column.options[0]
                              ? inputId(block.row.address)
                              : undefined
                          }
                          aria-label={`${block.row.short} ${showOption(r)}、${block.column.short} ${showOption(c)}`}
                          aria-describedby={described || undefined}
                          aria-disabled={lock !== undefined}
                          checked={r.code === rowCode && c.code === columnCode}
                          onChange={() => choose(r.code, c.code)}
                        />
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <QuestionBox cell={block.row} state={row} named />
        <QuestionBox cell={block.column} state={column} named />
      </div>
    </fieldset>
  );
}
