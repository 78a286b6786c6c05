// Blocks: what a form looks like. Screen, paper and Excel read these; field kinds stop here.
import type { Cell, CodeCell, FlagCell } from './cell.ts';

type Head = { key: string; label: string; help?: string };

/** One labelled cell. */
export type FieldBlock = Head & { layout: 'field'; cell: Cell };
/** One choice among written-out options (☑ on paper). */
export type OptionsBlock = Head & { layout: 'options'; cell: CodeCell };
/** One choice in a row of codes (○ under A–E on paper) with its legend. */
export type MarksBlock = Head & { layout: 'marks'; cell: CodeCell };
/** Any number of choices. */
export type FlagsBlock = Head & { layout: 'flags'; cells: readonly FlagCell[] };
/** Rows of one cell each; unused rows at the end are not shown. */
export type ListBlock = Head & { layout: 'list'; cells: readonly Cell[] };
/** A table; `null` where a row has no cell in a column. `fixed` grids always show all rows. */
export type GridBlock = Head & {
  layout: 'grid';
  /** Heading of the row labels. */
  corner: string;
  columns: readonly { key: string; label: string }[];
  rows: readonly { key: string; label: string; cells: readonly (Cell | null)[] }[];
};
/** Two choices that meet in one square, such as 成果 × コスト. `excluded` holds impossible pairs of codes. */
export type MatrixBlock = Head & {
  layout: 'matrix';
  row: CodeCell;
  column: CodeCell;
  excluded: readonly (readonly [string, string])[];
};
/** Words of the form itself, such as a legend. */
export type NoteBlock = Head & { layout: 'note'; text: string };

export type Block =
  | FieldBlock
  | OptionsBlock
  | MarksBlock
  | FlagsBlock
  | ListBlock
  | GridBlock
  | MatrixBlock
  | NoteBlock;

/** The cells of a block, in reading order. */
export function cellsOf(block: Block): readonly Cell[] {
  switch (block.layout) {
    case 'field':
    case 'options':
    case 'marks':
      return [block.cell];
    case 'flags':
    case 'list':
      return block.cells;
    case 'grid':
      return block.rows.flatMap((row) => row.cells.filter((cell) => cell !== null));
    case 'matrix':
      return [block.row, block.column];
    case 'note':
      return [];
  }
}
