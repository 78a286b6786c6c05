// Tables and squares on a page: rows found by their labels, columns by their headings, values where both meet.
import type { GridBlock, MatrixBlock } from '../../../shared/form/block.ts';
import type { Option } from '../../../shared/form/cell.ts';
import type { Finder, Out } from './finders.ts';
import { keyOf } from './key.ts';
import {
  afterLabel,
  between,
  claimLabel,
  findFree,
  freeIn,
  isUnder,
  type Page,
  type Region,
  reaching,
  type Token,
  textFor,
  under,
} from './page.ts';

/** Headings lie in so many rows above one another, at most, above the lowest. */
const HEAD_ROWS = 2;
type Row = { index: number; token: Token; rest: string };

/** Claims the headings of the table where most of them stand; `loose` is content with a single one. */
export function findGrid(page: Page, region: Region, block: GridBlock, loose: boolean): Finder | undefined {
  const { row, heads, corner, over } = bestHeads(page, region, block);
  const enough = loose ? 1 : Math.max(1, Math.ceil(block.columns.length / 2));
  if (row < 0 || heads.size < enough) return undefined;
  for (const token of [...heads.values(), ...over, ...(corner ? [corner] : [])]) token.use = 'form';
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

type Heads = ReadonlyMap<number, Token>;
type Found = { row: number; heads: Heads; corner: Token | undefined; over: readonly Token[]; score: number };

function bestHeads(page: Page, region: Region, block: GridBlock): Found {
  let best: Found = { row: -1, heads: new Map(), corner: undefined, over: [], score: 0 };
  const keys = block.columns.map(({ label, over }) => ({ label: keyOf(label), over: over && keyOf(over) }));
  const cornerKey = keyOf(block.corner);
  for (let row = region.from; row < region.to; row += 1) {
    // A heading that is merged downwards ends in the lowest row of headings.
    const free = reaching(page, row, Math.max(region.from, row - HEAD_ROWS)).filter(({ use }) => use === 'free');
    if (!free.some((token) => token.row === row)) continue;
    const above = freeIn(page, { from: Math.max(region.from, row - HEAD_ROWS), to: row });
    const heads = new Map<number, Token>();
    const over = new Set<Token>();
    for (const [index, wanted] of keys.entries()) {
      const taken = new Set(heads.values());
      const fits = free.filter((token) => token.key === wanted.label && !taken.has(token));
      const shared = wanted.over === undefined ? [] : above.filter(({ key }) => key === wanted.over);
      const head = fits.find((token) => shared.some((one) => isUnder(token, one))) ?? fits[0];
      if (!head) continue;
      heads.set(index, head);
      for (const one of shared) if (isUnder(head, one)) over.add(one);
    }
    const corner = free.find(({ key }) => cornerKey !== '' && key === cornerKey);
    const score = heads.size * 2 + (corner ? 1 : 0);
    if (heads.size > 0 && score > best.score) best = { row, heads, corner, over: [...over], score };
  }
  return best;
}

/** Each row's label in the rows below the headings, before the headings of another table, not right of the values. */
function claimRows(page: Page, region: Region, block: GridBlock, head: number, heads: Heads): Row[] {
  const end = Math.min(region.to, ...[...page.headers].filter((row) => row > head));
  const firstColumn = Math.min(...[...heads.values()].map(({ column }) => column));
  const labels = block.rows
    .map(({ label, over }, index) => ({ label, key: keyOf(label), over: over && keyOf(over), index }))
    .sort((a, b) => b.key.length - a.key.length);
  const rows: Row[] = [];
  for (let row = head + 1; row < end; row += 1) {
    const groups = reaching(page, row, head + 1).filter(({ column }) => column < firstColumn);
    const isIn = (over: string | undefined) => over !== undefined && groups.some(({ key }) => key === over);
    for (const token of between(page, row, 0, firstColumn + 1)) {
      // In the first column of values a label may stand only where nothing is left of it that has the row for itself.
      const isBehind = token.column === firstColumn && between(page, row, 0, firstColumn).some((t) => t.use !== 'free');
      if (token.use !== 'free' || isBehind) continue;
      const open = labels
        .filter(({ index }) => !rows.some((known) => known.index === index))
        .sort((a, b) => Number(isIn(b.over)) - Number(isIn(a.over)));
      const exact = open.find(({ key }) => token.key === key);
      const found = exact ?? open.find(({ label }) => afterLabel(token, label) !== undefined);
      if (!found) continue;
      token.use = 'form';
      for (const group of groups) if (group.key === found.over) group.use = 'form';
      rows.push({ index: found.index, token, rest: exact ? '' : (afterLabel(token, found.label) ?? '') });
      break;
    }
  }
  return rows;
}

/** How a place of a table or a cross is struck through that has no cell. */
const STRUCK = /^[／/＼\\―ー－-]$/u;

function takeGrid(page: Page, block: GridBlock, heads: Heads, rows: readonly Row[], out: Out): void {
  for (const { index, token, rest } of rows) {
    const cells = block.rows[index]?.cells ?? [];
    for (const [column, head] of heads) {
      const cell = cells[column];
      if (head.column === token.column && rest !== '') {
        // 「① 町が好きな町民の割合」: the label and the first value share a cell.
        if (cell) out.cell(cell, rest, token.broken);
        else out.left(rest, `表「${block.label}」のこの行に、その欄はない`);
        continue;
      }
      const value = under(page, token.row, head).find((one) => one !== token);
      if (value?.use !== 'free') continue;
      if (!cell) {
        if (STRUCK.test(value.text.trim())) value.use = 'form';
        continue;
      }
      value.use = 'value';
      out.cell(cell, textFor(cell, value), value.broken);
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
    const half = findHalf(page, region, block);
    return {
      take: (out) => {
        if (half) takeHalf(block, half, out);
        for (const [row, rowHead] of square.rows) {
          for (const [column, columnHead] of square.columns) {
            const [mark] = under(page, rowHead.row, columnHead);
            if (mark?.use !== 'free') continue;
            const isStruck = STRUCK.test(mark.text.trim());
            mark.use = isStruck ? 'form' : 'value';
            if (isStruck) continue;
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

/** 「成果：拡充　コスト：（未記入）」: while one of the two is open, a square in words under the cross says the other. */
function findHalf(page: Page, region: Region, { row, column }: MatrixBlock): Token | undefined {
  const [first, second] = [`${keyOf(row.short)}:`, `${keyOf(column.short)}:`];
  const half = findFree(page, region, ({ key }) => key.startsWith(first) && key.includes(second, first.length));
  if (half) half.use = 'value';
  return half;
}

function takeHalf({ row, column }: MatrixBlock, half: Token, out: Out): void {
  const [first = '', second = ''] = half.text.split(new RegExp(`\\s+(?=${escaped(column.short)}\\s*[:：])`));
  for (const [cell, text] of [
    [row, first],
    [column, second],
  ] as const) {
    const value = text.replace(/^[^:：]*[:：]\s*/, '');
    if (value !== '' && keyOf(value) !== keyOf('（未記入）')) out.cell(cell, value, false);
  }
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

type Square = { rows: Map<Option, Token>; columns: Map<Option, Token> };

function findSquare(page: Page, region: Region, block: MatrixBlock): Square | undefined {
  for (let head = region.from; head < region.to; head += 1) {
    const columns = headsOf(between(page, head, 0), block.column.options);
    if (columns.size < block.column.options.length) continue;
    const left = Math.min(...[...columns.values()].map(({ column }) => column));
    const below = page.rows.slice(head + 1, region.to).flatMap((row) => row.filter(({ column }) => column < left));
    const rows = headsOf(below, block.row.options);
    if (rows.size < block.row.options.length) continue;
    const corner = between(page, head, 0, left).find(
      ({ use, key }) =>
        use === 'free' && key.includes(keyOf(block.row.short)) && key.includes(keyOf(block.column.short)),
    );
    for (const token of [...columns.values(), ...rows.values(), ...(corner ? [corner] : [])]) token.use = 'form';
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
