// Writes a filled form as the tab-separated text that a copy from a spreadsheet gives: the intake's mirror image.
import { type Block, onPaper } from '../../shared/form/block.ts';
import type { CodeCell } from '../../shared/form/cell.ts';
import type { Form, Group, Section } from '../../shared/form/form.ts';

type Rows = string[][];
/** Raw texts by address; a code cell's text is its option's code. */
export type Raws = Readonly<Record<string, string>>;
export type Style = {
  /** Row labels share a cell with the first value (「① 割合」). */
  merged: boolean;
  /** Matrices as a square with one ○, instead of two labelled cells. */
  square: boolean;
  /** Blank columns on the left. */
  indent: number;
  /** Blank rows after each row of labels. */
  gaps: boolean;
  /** Order of the sections that have a title. */
  order: (sections: readonly Section[]) => readonly Section[];
  label: (text: string) => string;
};

export const plainStyle: Style = {
  merged: false,
  square: false,
  indent: 0,
  gaps: false,
  order: (sections) => sections,
  label: (text) => text,
};

export function writePaper(form: Form, raws: Raws, style: Style = plainStyle): Rows {
  const sections = onPaper(form.sections);
  const untitled = sections.filter(({ title }) => title === '');
  const titled = style.order(sections.filter(({ title }) => title !== ''));
  const rows = [...untitled, ...titled].flatMap((section) => [
    [],
    ...(section.title === '' ? [] : [[style.label(section.title)], []]),
    ...section.groups.flatMap((group) => groupRows(group, raws, style)),
  ]);
  const spaced = style.gaps ? rows.flatMap((row) => [row, []]) : rows;
  return spaced.map((row) => [...Array<string>(style.indent).fill(''), ...row]);
}

function groupRows(group: Group, raws: Raws, style: Style): Rows {
  const head = group.label === '' ? [] : [[style.label(group.label)]];
  if (group.flow === 'body') return [...head, ...group.blocks.map((block) => [valueFor(block, raws)])];
  if (group.flow === 'columns') {
    const labels = group.blocks.flatMap((block) => [style.label(block.label), '']);
    return [...head, labels, group.blocks.flatMap((block) => [valueFor(block, raws), ''])];
  }
  return [...head, ...group.blocks.flatMap((block) => blockRows(block, raws, style))];
}

function blockRows(block: Block, raws: Raws, style: Style): Rows {
  const label = style.label(block.label);
  switch (block.layout) {
    case 'note':
      return [[block.text]];
    case 'list':
      return block.cells.map((cell, index) => [index === 0 ? label : '', raws[cell.address] ?? '']);
    case 'marks':
      return [
        ['', '', ...block.cell.options.map(({ code }) => code)],
        [label, '', ...block.cell.options.map(({ code }) => (raws[block.cell.address] === code ? '○' : ''))],
        [block.cell.options.map((option) => `${option.code}: ${option.label}`).join(' ')],
      ];
    case 'grid': {
      const isMerged =
        style.merged && block.corner === '' && block.rows.every(({ cells }) => cells[0]?.type === 'text');
      const headings = block.columns.map((column) => style.label(column.label));
      return [
        isMerged ? headings : [style.label(block.corner), ...headings],
        ...block.rows.map((row) => {
          const [first = '', ...rest] = row.cells.map((cell) => (cell ? textOf(cell, raws) : ''));
          return isMerged ? [`${row.label} ${first}`, ...rest] : [style.label(row.label), first, ...rest];
        }),
      ];
    }
    case 'matrix': {
      const [row, column] = [block.row, block.column];
      if (!style.square) return [[label], [row.short, textOf(row, raws), column.short, textOf(column, raws)]];
      const isHere = (r: string, c: string) => raws[row.address] === r && raws[column.address] === c;
      return [
        [label, '', ...column.options.map((option) => option.label)],
        ...row.options.map((r) => ['', r.label, ...column.options.map((c) => (isHere(r.code, c.code) ? '○' : ''))]),
      ];
    }
    default:
      return [[label, valueFor(block, raws)]];
  }
}

function valueFor(block: Block, raws: Raws): string {
  if (block.layout === 'field') return textOf(block.cell, raws);
  if (block.layout === 'options') {
    const box = (code: string) => (raws[block.cell.address] === code ? '☑' : '☐');
    return block.cell.options.map(({ code, label }) => `${box(code)} ${label}`).join(' ');
  }
  if (block.layout === 'flags') {
    return block.cells.map((cell) => `${raws[cell.address] ? '☑' : '☐'} ${cell.short}`).join(' ');
  }
  throw new Error(`no value for ${block.layout}`);
}

function textOf(cell: { address: string; type: string } | CodeCell, raws: Raws): string {
  const raw = raws[cell.address] ?? '';
  if (!('options' in cell)) return raw;
  return cell.options.find(({ code }) => code === raw)?.label ?? '';
}

/** Rows as text, cells quoted where they must be, markup written as entities. */
export const toTsv = (rows: Rows, newline = '\n'): string =>
  rows
    .map((row) =>
      row
        .map((cell) => cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))
        .map((cell) => (/[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join('\t'),
    )
    .join(newline);
