// A sheet as the official paper has it: sections of tables of squares, with every heading, span and text in its place.
// Paper, Excel's form view and the published page are three spellings of this, so they cannot drift apart.
// Promise: every filled cell of the edition stands in exactly one square, whole (or continued in the annex).
import { type Block, onPaper } from '../form/block.ts';
import { type Box, isFilled, rawAddress, type Values } from '../form/cell.ts';
import { withComputed } from '../form/compute.ts';
import type { Form, Group } from '../form/form.ts';
import { contentAt } from '../form/merge.ts';
import { showContent } from '../form/reading.ts';
import { areaTables } from './areas.ts';
import { type AnnexEntry, type Content, formWords, type PaperOptions } from './content.ts';
import { cellsIn, editionOf, identityIn } from './edition.ts';
import { gridTable, matrixTable } from './grid.ts';

export type { Content, PaperOptions };

/** One rectangle of a table. `row` and `column` count its table's tracks from 0, heads included. */
export type Square = {
  row: number;
  column: number;
  rows: number;
  columns: number;
  kind: 'heading' | 'value' | 'note';
  /** What a heading is the heading of. */
  scope?: 'row' | 'column';
  content: Content;
  /** The cell that stands here; several for choices that are ticked one by one. */
  addresses: readonly string[];
  /** Lines that the form leaves room for; the square is never lower and may always be higher. */
  lines: number;
  /** The box that the form gives a text: its lines break where the entry screen shows them. */
  box?: Box;
};

export type Table = {
  key: string;
  /** What the table is called; `isCaptionSaid` where a title beside it says the same. */
  caption: string;
  isCaptionSaid: boolean;
  /** Widths of the columns in full-width characters of the sheet's type; their sum is `width` of the paper. */
  tracks: readonly number[];
  /** So many rows at the top are headings, repeated on each page. */
  headRows: number;
  rows: number;
  squares: readonly Square[];
};

export type PaperGroup = { key: string; title: string; tables: readonly Table[] };
export type PaperSection = { key: string; title: string; groups: readonly PaperGroup[] };

export type Paper = {
  title: string;
  number: string;
  name: string;
  unit: string;
  /** Full-width characters across the page. */
  width: number;
  sections: readonly PaperSection[];
  /** Texts that did not fit their boxes and whose fields say `overflow: annex`, whole, in order. */
  annex: readonly AnnexEntry[];
};

/** Narrower sheets are drawn this wide, so that their type does not grow beyond what is read with ease. */
const LEAST_WIDTH = 52;

/** Lays a sheet's values (as stored, computed cells left out) onto the form's paper. */
export function paperOf(form: Form, stored: Values, options: PaperOptions): Paper {
  const values = withComputed(form, stored);
  const annex: AnnexEntry[] = [];
  const laid = { values, options, annex };
  const sections = editionOf(onPaper(form.sections), options.edition).map((section) => ({
    key: section.key,
    title: formWords(section.title, options),
    groups: section.groups.map((group) => ({
      key: group.key,
      title: formWords(group.label, options),
      tables: runsOf(group).flatMap((run) =>
        run.kind === 'grid'
          ? [gridTable(run.block, [section.title, group.label], laid)]
          : run.kind === 'matrix'
            ? [matrixTable(run.block, laid)]
            : areaTables(group, run.blocks, laid),
      ),
    })),
  }));
  const tables = sections.flatMap((section) => section.groups.flatMap((group) => group.tables));
  const width = Math.max(LEAST_WIDTH, ...tables.map(({ tracks }) => sum(tracks)));
  return {
    title: formWords(form.definition.title, options),
    ...identityIn(form, values, options.edition),
    width,
    sections: sections.map((section) => ({
      ...section,
      groups: section.groups.map((group) => ({ ...group, tables: group.tables.map((table) => widened(table, width)) })),
    })),
    annex,
  };
}

/** What an edition leaves out although it is filled, for people to look through before it goes out. */
export function leftOut(
  form: Form,
  stored: Values,
  edition: PaperOptions['edition'],
): { label: string; text: string }[] {
  const values = withComputed(form, stored);
  const shown = new Set(cellsIn(form, edition));
  return form.cells
    .filter((cell) => !shown.has(cell))
    .filter((cell) => isFilled(cell, values) || values[rawAddress(cell.address)] !== undefined)
    .map(({ address, label }) => ({
      label,
      text: showContent(form, address, contentAt(values, address)),
    }));
}

type Run =
  | { kind: 'areas'; blocks: Block[] }
  | { kind: 'grid'; block: Extract<Block, { layout: 'grid' }> }
  | { kind: 'matrix'; block: Extract<Block, { layout: 'matrix' }> };

/** Tables have columns of their own; what stands between them shares one table. */
function runsOf(group: Group): Run[] {
  const runs: Run[] = [];
  for (const block of group.blocks) {
    const last = runs.at(-1);
    if (block.layout === 'grid') runs.push({ kind: 'grid', block });
    else if (block.layout === 'matrix') runs.push({ kind: 'matrix', block });
    else if (last?.kind === 'areas') last.blocks.push(block);
    else runs.push({ kind: 'areas', blocks: [block] });
  }
  return runs;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/**
 * A table as wide as the paper. What is left over goes to the columns without a box, by their widths, so that a box has the
 * columns that its form says; to all of them only where each holds a box.
 */
/** In full-width characters: twice what a heading is set in before it takes another line. */
const WIDEST_HEADING = 16;

function widened(table: Table, width: number): Table {
  const boxed = new Set(
    table.squares.flatMap(({ box, column, columns }) =>
      box ? Array.from({ length: columns }, (_, at) => column + at) : [],
    ),
  );
  const left = width - sum(table.tracks);
  const grown = (growing: (at: number) => boolean) => {
    const share = left / sum(table.tracks.filter((_, at) => growing(at)));
    return table.tracks.map((track, at) => (growing(at) ? track * (1 + share) : track));
  };
  const isFree = (at: number) => !boxed.has(at);
  const tracks = grown(isFree);
  const isAsked = (at: number) =>
    table.squares.some(({ kind, column, columns }) =>
      kind === 'heading' ? false : column <= at && at < column + columns,
    );
  // Headings alone take no more room than they can use: then boxes are wider than they ask for.
  const isTooWide = tracks.some((track, at) => isFree(at) && !isAsked(at) && track > WIDEST_HEADING);
  return { ...table, tracks: tracks.every(Number.isFinite) && !isTooWide ? tracks : grown(() => true) };
}
