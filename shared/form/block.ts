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
  columns: readonly GridColumn[];
  rows: readonly { key: string; label: string; over?: string; cells: readonly (Cell | null)[] }[];
  /** Rows that the form declares to be indicators. */
  indicators: readonly Indicator[];
};
export type GridColumn = {
  key: string;
  label: string;
  /** The key as the author wrote it: columns of one series share it (`actual_{year}`). */
  source: string;
  year?: number;
  /** A heading above this one, shared with neighbours that have the same. */
  over?: string;
  /** The program needs it, the official sheet does not have it. */
  onPaper: boolean;
};
/** One indicator: the addresses at which its parts stand. */
export type Indicator = {
  /** Key of its row, unique in its table. */
  key: string;
  table: string;
  label: string;
  type: string;
  name: string;
  unit: string;
  base?: string;
  /** In the order of years. */
  actuals: readonly { year: number; address: string }[];
  target: { year: number; address: string };
  /** The other end of a range. */
  upper?: string;
  /** A text that says, behind the row's label, what is aimed at. */
  hint?: string;
  /** Labels of all indicators of the table: in the hint, the next of them ends what is said of this one. */
  labels: readonly string[];
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

/** A grid as the official sheet has it. */
function paperGrid(block: GridBlock): GridBlock {
  const isThere = (_: unknown, index: number) => block.columns[index]?.onPaper !== false;
  return {
    ...block,
    columns: block.columns.filter(isThere),
    rows: block.rows.map((row) => ({ ...row, cells: row.cells.filter(isThere) })),
  };
}

/** Sections as the official sheet has them: for paper, and for whatever is read from paper. */
export const onPaper = <S extends { groups: readonly { blocks: readonly Block[] }[] }>(sections: readonly S[]): S[] =>
  sections.map((section) => ({
    ...section,
    groups: section.groups.map((group) => ({
      ...group,
      blocks: group.blocks.map((block) => (block.layout === 'grid' ? paperGrid(block) : block)),
    })),
  }));

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
