// The fields of a group in their boxes: label left of the value, labels above their values, or the value alone.
// A group's `areas` say which boxes stand side by side, as CSS's grid-template-areas do; without them each takes a row.
import { type Block, cellsOf } from '../form/block.ts';
import { type CodeCell, isFilled, rawAddress } from '../form/cell.ts';
import type { Group } from '../form/form.ts';
import { showOption } from '../form/reading.ts';
import { contentOf, formWords, type Laid, optionsOf, words } from './content.ts';
import { characters, labelWidth, PADDING, roomOf, valueWidth } from './measure.ts';
import type { Square, Table } from './paper.ts';

type Area = { block: Block; top: number; bottom: number; left: number; right: number };
type Place = Pick<Square, 'row' | 'column' | 'rows' | 'columns'>;

/** One column of codes with a circle under one of them. */
const CODE_TRACK = 2.5;

/** The table of neighbouring blocks of a group, with the legends of the scales that it shows by code. */
export function areaTables(group: Group, blocks: readonly Block[], laid: Laid): Table[] {
  if (blocks.length === 0) return [];
  if (group.flow === 'columns') return [columnsTable(group, blocks, laid)];
  const areas = areasOf(group, blocks);
  const labelled = group.flow !== 'body';
  const count = Math.max(...areas.map(({ right }) => right)) + 1;
  const splits = Array.from({ length: count }, (_, at) => splitOf(areas, at));
  const starts = splits.map((_, at) => sum(splits.slice(0, at)) + (labelled ? at : 0));
  const heights = heightsOf(areas, splits, laid);
  const squares: Square[] = [];
  for (const area of areas) {
    const row = sum(heights.slice(0, area.top));
    const rows = sum(heights.slice(area.top, area.bottom + 1));
    const from = starts[area.left] ?? 0;
    const end = (starts[area.right] ?? 0) + (labelled ? 1 : 0) + (splits[area.right] ?? 1);
    if (area.block.layout === 'note') {
      squares.push(
        noteSquare({ row, rows, column: from, columns: end - from }, formWords(area.block.text, laid.options)),
      );
      continue;
    }
    if (labelled) squares.push(labelSquare({ row, rows, column: from, columns: 1 }, area.block.label, 'row', laid));
    const column = from + (labelled ? 1 : 0);
    squares.push(...valueSquares(area.block, { row, rows, column, columns: end - column }, laid));
  }
  const total = sum(splits) + (labelled ? count : 0);
  const height = sum(heights);
  const legends = legendsOf(blocks, laid);
  squares.push(
    ...legends.map((text, at) => noteSquare({ row: height + at, rows: 1, column: 0, columns: total }, text)),
  );
  return [
    {
      key: `${group.key}__${blocks[0]?.key ?? ''}`,
      caption: labelled ? '' : formWords(blocks[0]?.label ?? '', laid.options),
      isCaptionSaid: true,
      tracks: tracksOf(areas, splits, starts, labelled, laid),
      headRows: 0,
      rows: height + legends.length,
      squares,
    },
  ];
}

/** Where each block stands; every place that `areas` name is one block's or, where an edition left a hole, a blank's. */
function areasOf({ areas }: Group, blocks: readonly Block[]): Area[] {
  const isAreas = areas !== undefined && blocks.some(({ key }) => areas.some((line) => line.includes(key)));
  if (!isAreas) return blocks.map((block, at) => ({ block, top: at, bottom: at, left: 0, right: 0 }));
  const here = new Map(blocks.map((block) => [block.key, block]));
  const lines = areas.filter((line) => line.some((key) => here.has(key)));
  const rectangles = [...new Set(lines.flat())].map((key) => {
    const tops = lines.flatMap((line, at) => (line.includes(key) ? [at] : []));
    const line = lines[tops[0] ?? 0] ?? [];
    const block = here.get(key) ?? BLANK;
    return {
      block,
      top: tops[0] ?? 0,
      bottom: tops.at(-1) ?? 0,
      left: line.indexOf(key),
      right: line.lastIndexOf(key),
    };
  });
  return closedUp(rectangles);
}

const BLANK: Block = { layout: 'note', key: '', label: '', text: '' };

/** Gives the room of blanks to what stands at their left, else at their right, where that leaves rectangles. */
function closedUp(areas: readonly Area[]): Area[] {
  let left = [...areas];
  for (const side of ['right', 'left'] as const) {
    for (const hole of left.filter(({ block }) => block === BLANK)) {
      const beside = left.filter(
        (area) =>
          area.block !== BLANK &&
          area.top >= hole.top &&
          area.bottom <= hole.bottom &&
          (side === 'right' ? area.right === hole.left - 1 : area.left === hole.right + 1),
      );
      if (sum(beside.map(({ top, bottom }) => bottom - top + 1)) !== hole.bottom - hole.top + 1) continue;
      left = left
        .filter((area) => area !== hole)
        .map((area) => (beside.includes(area) ? { ...area, [side]: hole[side] } : area));
    }
  }
  return left;
}

const codesOf = (block: Block): number => (block.layout === 'marks' ? block.cell.options.length : 0);

/** A column in which circles stand under codes has a track for each code, if all its rows of codes are as long. */
function splitOf(areas: readonly Area[], column: number): number {
  const lengths = areas
    .filter(({ left, right }) => left === column && right === column)
    .map(({ block }) => codesOf(block));
  const distinct = [...new Set(lengths.filter((length) => length > 0))];
  return distinct.length === 1 ? (distinct[0] ?? 1) : 1;
}

/** Rows of the table that each line of areas takes: two for codes over circles, one for each entry of a list. */
function heightsOf(areas: readonly Area[], splits: readonly number[], laid: Laid): number[] {
  const heights = Array.from({ length: Math.max(...areas.map(({ bottom }) => bottom)) + 1 }, () => 1);
  for (const { block, top, bottom, left, right } of areas) {
    const isSplit = left === right && codesOf(block) > 0 && splits[left] === codesOf(block);
    const wanted = isSplit ? 2 : block.layout === 'list' ? shownEntries(block, laid).length : 1;
    const lacking = wanted - sum(heights.slice(top, bottom + 1));
    if (lacking > 0) heights[bottom] = (heights[bottom] ?? 1) + lacking;
  }
  return heights;
}

/** Entries up to the last that is filled, at least one: unused ones at the end are not printed. */
function shownEntries(block: Extract<Block, { layout: 'list' }>, { values }: Laid) {
  const last = block.cells.findLastIndex(
    (cell) => isFilled(cell, values) || values[rawAddress(cell.address)] !== undefined,
  );
  return block.cells.slice(0, Math.max(1, last + 1));
}

function valueSquares(block: Block, place: Place, laid: Laid): Square[] {
  const value = (at: Place, content: Square['content'], addresses: readonly string[]): Square => ({
    ...at,
    kind: 'value',
    content,
    addresses,
    lines: 1,
  });
  switch (block.layout) {
    case 'field':
      return [{ ...value(place, contentOf(block.cell, laid), [block.cell.address]), ...roomOf(block.cell) }];
    case 'options':
      return [value(place, optionsOf(block.cell, laid), [block.cell.address])];
    case 'marks':
      return markSquares(block.cell, place, laid);
    case 'flags': {
      const options = block.cells.map((cell) => {
        const content = contentOf(cell, laid);
        return { label: formWords(cell.short, laid.options), isChosen: content.kind === 'mark' && content.isChosen };
      });
      return [
        value(
          place,
          { kind: 'options', options },
          block.cells.map(({ address }) => address),
        ),
      ];
    }
    case 'list': {
      const entries = shownEntries(block, laid);
      return entries.map((cell, at) => {
        const isLast = at === entries.length - 1;
        const own = { ...place, row: place.row + at, rows: isLast ? place.rows - at : 1 };
        return { ...value(own, contentOf(cell, laid), [cell.address]), ...roomOf(cell) };
      });
    }
    default:
      return [];
  }
}

/** Codes above, a circle under the chosen one; written out where they cannot stand side by side. */
function markSquares(cell: CodeCell, place: Place, laid: Laid): Square[] {
  const chosen = laid.values[cell.address];
  const isKnown = chosen === undefined || cell.options.some(({ code }) => code === chosen);
  const isRaw = laid.values[rawAddress(cell.address)] !== undefined;
  if (place.columns !== cell.options.length || place.rows < 2 || !isKnown || isRaw) {
    return [{ ...place, kind: 'value', content: optionsOf(cell, laid), addresses: [cell.address], lines: 1 }];
  }
  return cell.options.flatMap((option, at): Square[] => {
    const column = place.column + at;
    return [
      {
        row: place.row,
        rows: 1,
        column,
        columns: 1,
        kind: 'heading',
        scope: 'column',
        content: words(option.code),
        addresses: [],
        lines: 1,
      },
      {
        row: place.row + 1,
        rows: place.rows - 1,
        column,
        columns: 1,
        kind: 'value',
        content: {
          kind: 'mark',
          isChosen: chosen === option.code,
          meaning: formWords(showOption(option), laid.options),
        },
        addresses: [cell.address],
        lines: 1,
      },
    ];
  });
}

/** What the codes mean, once for each scale, unless a note says it already. */
function legendsOf(blocks: readonly Block[], laid: Laid): string[] {
  const said = blocks.flatMap((block) => (block.layout === 'note' ? [formWords(block.text, laid.options)] : []));
  const legends = blocks.flatMap((block) =>
    block.layout === 'marks'
      ? [block.cell.options.map(({ code, label }) => `${code}：${formWords(label, laid.options)}`).join('　')]
      : [],
  );
  return [...new Set(legends)].filter((legend) => !said.includes(legend));
}

const noteSquare = (place: Place, text: string): Square => ({
  ...place,
  kind: 'note',
  content: words(text),
  addresses: [],
  lines: 1,
});

const labelSquare = (place: Place, label: string, scope: 'row' | 'column', laid: Laid): Square => ({
  ...place,
  kind: 'heading',
  scope,
  content: words(formWords(label, laid.options)),
  addresses: [],
  lines: 1,
});

/** Labels in a row above their values; blocks of several cells are written out in one square. */
function columnsTable(group: Group, blocks: readonly Block[], laid: Laid): Table {
  const fields = blocks.filter(({ layout }) => layout !== 'note');
  const notes = blocks.flatMap((block) => (block.layout === 'note' ? [formWords(block.text, laid.options)] : []));
  const entries = fields.map((block) => (block.layout === 'list' ? shownEntries(block, laid).length : 1));
  const tallest = Math.max(0, ...entries);
  const headRows = Math.min(1, tallest);
  const squares = fields.flatMap((block, column) => [
    labelSquare({ row: 0, rows: 1, column, columns: 1 }, block.label, 'column', laid),
    ...valueSquares(block, { row: 1, rows: tallest, column, columns: 1 }, laid),
  ]);
  const top = headRows + tallest;
  const after = [...notes, ...legendsOf(blocks, laid)];
  const below = after.map((text, at) =>
    noteSquare({ row: top + at, rows: 1, column: 0, columns: Math.max(1, fields.length) }, text),
  );
  return {
    key: `${group.key}__${blocks[0]?.key ?? ''}`,
    caption: '',
    isCaptionSaid: true,
    tracks: fields.length > 0 ? fields.map((block) => Math.max(labelWidth(block.label), widthOf(block))) : [PADDING],
    headRows,
    rows: top + after.length,
    squares: [...squares, ...below],
  };
}

/** Codes in a row are as wide as they need to be; everything else as wide as its widest cell. */
function widthOf(block: Block): number {
  if (block.layout === 'flags') {
    return Math.max(...block.cells.map(({ short }) => characters(short) + 2)) + PADDING;
  }
  return Math.max(2, ...cellsOf(block).map(valueWidth));
}

function tracksOf(
  areas: readonly Area[],
  splits: readonly number[],
  starts: readonly number[],
  labelled: boolean,
  laid: Laid,
): number[] {
  const tracks = splits.flatMap((split) => [
    ...(labelled ? [2] : []),
    ...Array.from({ length: split }, () => CODE_TRACK),
  ]);
  // Boxes of one column first: those that span several only ask for what is still lacking.
  for (const { block, left, right } of areas.toSorted((a, b) => a.right - a.left - (b.right - b.left))) {
    if (block.layout === 'note') continue;
    const from = starts[left] ?? 0;
    const first = from + (labelled ? 1 : 0);
    if (labelled) tracks[from] = Math.max(tracks[from] ?? 0, labelWidth(formWords(block.label, laid.options)));
    const end = (starts[right] ?? 0) + (labelled ? 1 : 0) + (splits[right] ?? 1);
    const isSplit = left === right && codesOf(block) > 0 && splits[left] === codesOf(block);
    const own = Array.from({ length: end - first }, (_, at) => first + at);
    const lacking = isSplit ? 0 : widthOf(block) - sum(own.map((at) => tracks[at] ?? 0));
    if (lacking > 0) for (const at of own) tracks[at] = (tracks[at] ?? 0) + lacking / own.length;
  }
  return tracks;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
