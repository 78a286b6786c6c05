// Tables and squares on a page: rows found by their labels, columns by their headings, values where both meet.
import type { GridBlock, MatrixBlock } from '../../../shared/form/block.ts';
import type { Option } from '../../../shared/form/cell.ts';
import type { Finder, Out } from './finders.ts';
import { keyOf } from './key.ts';
import { afterLabel, between, claimLabel, findFree, type Page, type Region, type Token, under } from './page.ts';

type Heads = ReadonlyMap<number, Token>;
type Row = { index: number; token: Token; rest: string };

/** Claims the heading row in which most headings stand; `loose` is content with a single one. */
export function findGrid(page: Page, region: Region, block: GridBlock, loose: boolean): Finder | undefined {
  const { row, heads, corner } = bestHeads(page, region, block);
  const enough = loose ? 1 : Math.max(1, Math.ceil(block.columns.length / 2));
  if (row < 0 || heads.size < enough) return undefined;
  for (const token of [...heads.values(), ...(corner ? [corner] : [])]) token.use = 'form';
  page.headers.add(row);
  const caption = keyOf(block.label);
  const title = findFree(page, { from: region.from, to: row + 1 }, ({ key }) => key === caption);
  if (title) title.use = 'form';
  let rows: Row[] = [];
  return {
    rows: () => {
      rows = claimRows(page, region, block, row, heads);
    },
    take: (out) => takeGrid(page, block, heads, rows, out),
  };
}

function bestHeads(page: Page, region: Region, block: GridBlock) {
  let best = { row: -1, heads: new Map<number, Token>() as Heads, corner: undefined as Token | undefined, score: 0 };
  for (let row = region.from; row < region.to; row += 1) {
    const free = between(page, row, 0).filter(({ use }) => use === 'free');
    const heads = new Map<number, Token>();
    for (const [index, column] of block.columns.entries()) {
      const wanted = keyOf(column.label);
      const head = free.find((token) => token.key === wanted && ![...heads.values()].includes(token));
      if (head) heads.set(index, head);
    }
    const corner = free.find(({ key }) => block.corner !== '' && key === keyOf(block.corner));
    const score = heads.size * 2 + (corner ? 1 : 0);
    if (heads.size > 0 && score > best.score) best = { row, heads, corner, score };
  }
  return best;
}

/** Each row's label in the rows below the headings, before the headings of another table, not right of the values. */
function claimRows(page: Page, region: Region, block: GridBlock, head: number, heads: Heads): Row[] {
  const end = Math.min(region.to, ...[...page.headers].filter((row) => row > head));
  const firstColumn = Math.min(...[...heads.values()].map(({ column }) => column));
  const labels = block.rows
    .map(({ label }, index) => ({ label, index }))
    .sort((a, b) => keyOf(b.label).length - keyOf(a.label).length);
  const rows: Row[] = [];
  for (let row = head + 1; row < end; row += 1) {
    for (const token of between(page, row, 0, firstColumn + 1)) {
      // In the first column of values a label may stand only where nothing is left of it that has the row for itself.
      const isBehind = token.column === firstColumn && between(page, row, 0, firstColumn).some((t) => t.use !== 'free');
      if (token.use !== 'free' || isBehind) continue;
      const open = labels.filter(({ index }) => !rows.some((known) => known.index === index));
      const exact = open.find(({ label }) => token.key === keyOf(label));
      const found = exact ?? open.find(({ label }) => afterLabel(token, label) !== undefined);
      if (!found) continue;
      token.use = 'form';
      rows.push({ index: found.index, token, rest: exact ? '' : (afterLabel(token, found.label) ?? '') });
      break;
    }
  }
  return rows;
}

function takeGrid(page: Page, block: GridBlock, heads: Heads, rows: readonly Row[], out: Out): void {
  for (const { index, token, rest } of rows) {
    const cells = block.rows[index]?.cells ?? [];
    for (const [column, head] of heads) {
      const cell = cells[column];
      if (head.column === token.column) {
        // 「① 町が好きな町民の割合」: the label and the first value share a cell.
        if (rest !== '' && cell) out.cell(cell, rest, token.broken);
        else if (rest !== '') out.left(rest, `表「${block.label}」のこの行に、その欄はない`);
        continue;
      }
      const [value] = under(page, token.row, head);
      if (value?.use !== 'free' || !cell) continue;
      value.use = 'value';
      out.cell(cell, value.text, value.broken);
    }
    const isShared = [...heads.values()].some(({ column }) => column === token.column);
    if (rest !== '' && !isShared) out.left(rest, `表「${block.label}」の行の見出しの後にある`);
  }
}

/** Two choices: each beside its own label, or one mark where a row and a column of the square meet. */
export function findMatrix(page: Page, region: Region, block: MatrixBlock, loose: boolean): Finder | undefined {
  const square = findSquare(page, region, block);
  const title = claimLabel(page, region, block.label, false);
  const sides = [block.row, block.column].map((cell) => ({
    cell,
    anchor: claimLabel(page, region, cell.short, loose),
  }));
  if (square) {
    return {
      take: (out) => {
        for (const [row, rowHead] of square.rows) {
          for (const [column, columnHead] of square.columns) {
            const [mark] = under(page, rowHead.row, columnHead);
            if (mark?.use !== 'free') continue;
            mark.use = 'value';
            const isMark = /^[○◯〇◎●☑✓✔レ1]$/u.test(mark.text.trim());
            out.cell(block.row, isMark ? row.label : mark.text, false);
            out.cell(block.column, isMark ? column.label : mark.text, false);
          }
        }
      },
    };
  }
  if (!title && sides.every(({ anchor }) => !anchor)) return undefined;
  return {
    take: (out) => {
      for (const { cell, anchor } of sides) {
        if (!anchor) continue;
        const [value] = anchor.rest === '' ? between(page, anchor.token.row, anchor.token.column + 1) : [];
        if (anchor.rest !== '') out.cell(cell, anchor.rest, false);
        else if (value?.use === 'free') {
          value.use = 'value';
          out.cell(cell, value.text, value.broken);
        }
      }
    },
  };
}

type Square = { rows: Map<Option, Token>; columns: Map<Option, Token> };

function findSquare(page: Page, region: Region, block: MatrixBlock): Square | undefined {
  for (let head = region.from; head < region.to; head += 1) {
    const columns = headsOf(between(page, head, 0), block.column.options);
    if (columns.size < block.column.options.length) continue;
    const left = Math.min(...[...columns.values()].map(({ column }) => column));
    const below = page.rows.slice(head + 1, region.to).flatMap((row) => row.filter(({ column }) => column < left));
    const rows = headsOf(below, block.row.options);
    if (rows.size < block.row.options.length) continue;
    for (const token of [...columns.values(), ...rows.values()]) token.use = 'form';
    return { rows, columns };
  }
  return undefined;
}

function headsOf(tokens: readonly Token[], options: readonly Option[]): Map<Option, Token> {
  const found = new Map<Option, Token>();
  for (const option of options) {
    const keys = [keyOf(option.label), keyOf(option.code)];
    const token = tokens.find((t) => t.use === 'free' && keys.includes(t.key) && ![...found.values()].includes(t));
    if (token) found.set(option, token);
  }
  return found;
}
