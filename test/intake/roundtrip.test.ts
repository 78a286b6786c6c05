// What is written as a form can be read back from it, and no text of any grid is ever lost.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unfold } from '../../electron/core/intake/breaks.ts';
import { readGrid } from '../../electron/core/intake/grid.ts';
import { planIntake } from '../../electron/core/intake/plan.ts';
import { readFilledSheet } from '../../electron/core/intake/sheet.ts';
import { tableOf } from '../../electron/core/intake/table.ts';
import { cellsOf, onPaper } from '../../shared/form/block.ts';
import { isComputed } from '../../shared/form/cell.ts';
import type { Form } from '../../shared/form/form.ts';
import { formOf } from '../form/sample.ts';
import { plainStyle, type Raws, type Style, toTsv, writePaper } from './paper.ts';

const forms = [formOf('memuro-shisaku', 2022), formOf('memuro-shisaku', 2024), formOf('jimujigyo-zaigen', 2025)];
function formAt(index: number): Form {
  const form = forms[index];
  if (!form) throw new Error('no such form');
  return form;
}
const bytes = (text: string) => new TextEncoder().encode(text);

/** Kana and signs: nothing that could be one of a form's labels. */
const words = fc
  .string({
    unit: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...'かきくけこサシスセソ') },
      { weight: 2, arbitrary: fc.constantFrom(...'①㎥、。"<>&𠮷', '・ね', '\n', '\tそ', '葛\u{e0100}') },
    ),
    minLength: 1,
    maxLength: 30,
  })
  .map((text) => `ぬ${text.trim()}の`);

/** Raw texts for about half of a form's cells. Lists are filled from the top. */
function rawsOf(form: Form): fc.Arbitrary<Raws> {
  const paper = onPaper(form.sections).flatMap((s) => s.groups.flatMap((g) => g.blocks.flatMap(cellsOf)));
  const cells = paper.filter((cell) => !isComputed(cell));
  const numbers = fc.constantFrom('0', '12', '▲1,234', '９５．５', '2,2948', '-', '未確定', '12000(見込)', '36（1）');
  const years = fc.constantFrom('令和６年度', 'R6', 'H30', '平成32', '2024年', '18', '2024年度（令和6年度）', '未定');
  return fc
    .tuple(
      ...cells.map((cell) =>
        fc.option(
          cell.type === 'text'
            ? words
            : cell.type === 'decimal'
              ? cell.isYear
                ? years
                : numbers
              : cell.type === 'flag'
                ? fc.constant('○')
                : fc.constantFrom(...cell.options.map(({ code }) => code)),
        ),
      ),
    )
    .map((raws) => {
      const filled = Object.fromEntries(
        cells.flatMap((cell, index) => {
          const raw = raws[index];
          return raw ? [[cell.address, raw]] : [];
        }),
      );
      return whole(form, filled);
    });
}

/** A list has no gaps on paper, and a square has its mark on both axes or on none. */
function whole(form: Form, raws: Record<string, string>): Raws {
  const next = { ...raws };
  for (const block of form.sections.flatMap((s) => s.groups.flatMap((g) => g.blocks))) {
    if (block.layout === 'list') {
      const entries = block.cells.map(({ address }) => next[address]).filter((raw) => raw !== undefined);
      for (const [index, { address }] of block.cells.entries()) {
        const entry = entries[index];
        if (entry === undefined) delete next[address];
        else next[address] = entry;
      }
    }
    if (block.layout === 'matrix' && !(next[block.row.address] && next[block.column.address])) {
      delete next[block.row.address];
      delete next[block.column.address];
    }
  }
  return next;
}

/** Cells as they are read: a code's text is what stands on paper, except under ○. */
function expectedOf(form: Form, raws: Raws): Record<string, string> {
  const marks = form.sections
    .flatMap((s) => s.groups.flatMap((g) => g.blocks))
    .filter(({ layout }) => layout === 'marks');
  return Object.fromEntries(
    Object.entries(raws).map(([address, raw]) => {
      const cell = form.byAddress.get(address);
      const isMark = marks.some((block) => block.key === address);
      const option = cell?.type === 'code' ? cell.options.find(({ code }) => code === raw) : undefined;
      return [address, option && !isMark ? option.label : raw];
    }),
  );
}

const fullWidth = (text: string) =>
  text.replace(/[0-9A-Za-z()]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const styles: fc.Arbitrary<Style> = fc.record({
  merged: fc.boolean(),
  square: fc.boolean(),
  indent: fc.nat({ max: 3 }),
  gaps: fc.boolean(),
  order: fc.constantFrom<Style['order']>(
    (s) => s,
    (s) => s.toReversed(),
    (s) => [...s.slice(2), ...s.slice(0, 2)],
  ),
  label: fc.constantFrom<Style['label']>(
    (t) => t,
    fullWidth,
    (t) => [...t].join(' '),
    (t) => ` ${t}　`,
    (t) => t.replace(/\(/, '\n('),
  ),
});

const filledForm = fc.constantFrom(0, 1, 2).chain((index) => rawsOf(formAt(index)).map((raws) => ({ index, raws })));

describe('a form that was written out', () => {
  test('is read back cell by cell, with nothing left over, in any order and spacing', () => {
    fc.assert(
      fc.property(filledForm, styles, fc.constantFrom('\n', '\r\n', '\r'), ({ index, raws }, style, newline) => {
        const form = formAt(index);
        const filled = readFilledSheet(form, tableOf(readGrid(bytes(toTsv(writePaper(form, raws, style), newline)))));
        expect(Object.fromEntries(filled.cells.map(({ address, raw }) => [address, raw]))).toEqual(
          expectedOf(form, raws),
        );
        expect(filled.leftovers).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test.each(forms)('when it is empty, fills nothing and leaves nothing over (%#)', (form) => {
    const filled = readFilledSheet(form, tableOf(readGrid(bytes(toTsv(writePaper(form, {}))))));
    expect(filled).toMatchObject({ cells: [], leftovers: [], notes: [] });
    expect(filled.number).toBeUndefined();
  });

  test('says which titles are missing, and gives no text of a missing section to another one', () => {
    const form = formOf('memuro-shisaku', 2022);
    const rows = writePaper(
      form,
      { board_text: 'ぬ庁内の', council_text: 'ぬ外部の', rating_text: 'ぬ担当の' },
      plainStyle,
    );
    const cut = rows.filter((row) => row[0] !== '6. 経営戦略会議(庁内評価)');
    const filled = readFilledSheet(form, tableOf(cut));
    expect(filled.notes.join()).toContain('6. 経営戦略会議(庁内評価)');
    expect(filled.cells).toEqual([
      { address: 'rating_text', raw: 'ぬ担当の' },
      { address: 'council_text', raw: 'ぬ外部の' },
    ]);
    expect(filled.leftovers.map(({ text }) => text)).toContain('ぬ庁内の');
  });
});

/** Text as people write it, with signs that look like markup; and the same in real markup, which may hide it. */
const written = fc
  .array(
    fc.constantFrom(...'小規模案頁、。<<>>=/!-"\' &;ab1', '<p ', '<b ', '<small', '</', '<!--', '-->', ' x=', '<9:30>'),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(''));
const inMarkup = fc.tuple(
  fc.constantFrom<(text: string) => string>(
    (text) => `<b>${text}</b>`,
    (text) => `<p class="x" style='color:red'>${text}</p>`,
    (text) => `<ul><li>${text}</li></ul>`,
    (text) => `<input type="checkbox" checked>${text}<br/>`,
    (text) => `<!--${text.replaceAll('-->', '')}-->`,
    (text) => `<input type="hidden" value="${text.replaceAll('"', '')}">`,
    (text) => `<span title='${text.replaceAll("'", '')}'>`,
  ),
  written,
);
const source = fc
  .array(
    fc.oneof(
      written,
      inMarkup.map(([wrap, text]) => wrap(text)),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => `ぬ${parts.join('')}ね`);
/** Every character that no markup is written with, how often it stands there. */
const countWords = (texts: readonly string[]) =>
  [...texts.join('')]
    .filter((c) => c > '\u3000')
    .sort()
    .join('');

describe('any text in a cell', () => {
  test('raw or in markup, ends in the cell, in a question or in the leftovers, and as text alone arrives whole', () => {
    const form = formAt(0);
    fc.assert(
      fc.property(source, written, (cell, plain) => {
        const filled = readFilledSheet(
          form,
          tableOf([
            ['基本目標', cell],
            ['基本的方向', `ぬ${plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}ね`],
          ]),
        );
        const { patch, asked, unmatched } = planIntake(form, filled, {}, () => undefined, []);
        const { direction, ...rest } = patch;
        // What the form's checks ask about is said beside the text, not instead of it.
        const read = asked.filter(({ kind }) => kind === 'reading');
        expect(direction).toBe(unfold(`ぬ${plain}ね`).text);
        const kept = [...Object.values(rest), ...read.map(({ raw }) => raw), ...unmatched.map(({ text }) => text)];
        expect(countWords(kept.map(String))).toBe(countWords([cell]));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('any grid', () => {
  test('loses no text: each ends in a cell or in the leftovers', () => {
    for (const form of forms) {
      const own = form.sections.flatMap((section) => [
        section.title,
        ...section.groups.flatMap((group) => [
          group.label,
          ...group.blocks.flatMap((block) =>
            block.layout === 'grid' ? [...block.columns, ...block.rows].map(({ label }) => label) : [block.label],
          ),
        ]),
      ]);
      const options = form.cells.flatMap((cell) =>
        cell.type === 'code' ? cell.options.flatMap((o) => [o.code, o.label]) : [],
      );
      const token = fc.tuple(
        fc.constantFrom('own', 'word', 'blank', 'both', 'mark', 'option', 'pair'),
        fc.nat(),
        fc.nat(),
      );
      fc.assert(
        fc.property(fc.array(fc.array(token, { maxLength: 6 }), { maxLength: 40 }), (cells) => {
          const kept: string[] = [];
          const grid = cells.map((row, r) =>
            row.map(([kind, n, m], c) => {
              const label = own[n % own.length] ?? '';
              const word = `ぬ${r}の${c}ね`;
              if (kind === 'own') return label;
              if (kind === 'blank') return '';
              if (kind === 'mark') return '○';
              if (kind === 'option') return options[n % options.length] ?? '';
              if (kind === 'pair') return `☑ ${options[n % options.length]} ☐ ${options[m % options.length]}`;
              kept.push(word);
              return kind === 'both' ? `${label} ${word}` : word;
            }),
          );
          const filled = readFilledSheet(form, tableOf(grid));
          const all = [...filled.cells, ...filled.computed]
            .map(({ raw }) => raw)
            .concat(filled.leftovers.map(({ text }) => text));
          for (const word of kept)
            expect(
              all.filter((text) => text.includes(word)),
              word,
            ).toHaveLength(1);
        }),
        { numRuns: 150 },
      );
    }
  });

  test('with a text in every place of a sheet loses none of them', () => {
    for (const form of forms) {
      const rows = writePaper(form, {}).map((row, r) =>
        [...row, ...Array<string>(8 - Math.min(row.length, 8)).fill('')].map((cell, c) => cell || `ぬ${r}の${c}ね`),
      );
      const kept = rows.flat().filter((cell) => cell.startsWith('ぬ'));
      const filled = readFilledSheet(form, tableOf(rows));
      const all = [...filled.cells, ...filled.computed]
        .map(({ raw }) => raw)
        .concat(filled.leftovers.map(({ text }) => text))
        .join('\n');
      for (const word of kept) expect(all).toContain(word);
    }
  });
});
