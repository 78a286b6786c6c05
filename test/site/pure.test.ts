// The web site's pure parts over random forms: names of files, open data, corrections, and pages that hold together.
import fc from 'fast-check';
import { parse as parseHtml } from 'parse5';
import { expect, test } from 'vitest';
import { isFilled, rawAddress } from '../../shared/form/cell.ts';
import { withComputed } from '../../shared/form/compute.ts';
import { contentAt } from '../../shared/form/merge.ts';
import { showContent } from '../../shared/form/reading.ts';
import { cellsIn, identityIn } from '../../shared/paper/edition.ts';
import { paperOf } from '../../shared/paper/paper.ts';
import { indexPage } from '../../shared/site/contents.ts';
import { formData, type OpenData, openDataHead, openDataSchema, sheetDataText } from '../../shared/site/data.ts';
import { changesBetween } from '../../shared/site/errata.ts';
import { pageHtml } from '../../shared/site/frame.ts';
import { gradesOf } from '../../shared/site/overview.ts';
import { collectRules, sheetPage } from '../../shared/site/sheetpage.ts';
import { dayWord, type Site, sheetFiles } from '../../shared/site/site.ts';
import { form as anyForm, text, valuesOf } from '../arbitrary.ts';
import { faultsOf } from './valid.ts';

const edition = fc.constantFrom('internal' as const, 'public' as const);
const filled = anyForm.chain((form) =>
  fc.record({ form: fc.constant(form), values: valuesOf(form), other: valuesOf(form), edition }),
);

test('files of sheets have plain names that differ by more than case, whatever the numbers are', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(text, fc.constantFrom('', '1-1', 'A', 'a', 'Ａ', '../x', 'con'))), (numbers) => {
      const files = sheetFiles(numbers);
      expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(numbers.length);
      for (const file of files) expect(file).toMatch(/^sheets\/no-[a-z0-9_-]*\.html$/);
    }),
  );
  expect(sheetFiles(['2-2', 'A-1', 'a-1', '総1'])).toEqual([
    'sheets/no-2-2.html',
    'sheets/no-a-1.html',
    'sheets/no-a-1--2.html',
    'sheets/no-_7dcf1.html',
  ]);
});

test('open data fits its schema and holds every filled cell of the edition, and no other', () => {
  fc.assert(
    fc.property(filled, ({ form, values, edition: shown }) => {
      const head = {
        ...{ title: '', publisher: '', office: '', source: '', licence: '', edition: shown, publication: null },
        ...{ updated: '2022-11-22', evaluationYear: 2022, subjectYear: 2021, forms: [formData(form, shown)] },
      };
      const sheet = sheetDataText({ form, values, departments: [] }, shown);
      const data: OpenData = { ...openDataHead(head), sheets: [JSON.parse(sheet)] };
      expect(openDataSchema.safeParse(data).error).toBeUndefined();
      const all = withComputed(form, values);
      const cells = cellsIn(form, shown).filter(
        (cell) => isFilled(cell, all) || all[rawAddress(cell.address)] !== undefined,
      );
      const held = Object.keys(data.sheets[0]?.cells ?? {});
      expect(cells.filter(({ address }) => !held.includes(address))).toEqual([]);
      const known = new Set(cellsIn(form, shown).map(({ address }) => address));
      expect(held.filter((address) => !known.has(address))).toEqual([]);
    }),
  );
});

test('corrections name the cells of the edition that read otherwise, all of them and no other', () => {
  fc.assert(
    fc.property(filled, ({ form, values, other, edition: shown }) => {
      expect(changesBetween({ form, values }, { form, values }, shown)).toEqual([]);
      const told = changesBetween({ form, values }, { form, values: other }, shown);
      const [before, after] = [withComputed(form, values), withComputed(form, other)];
      const wanted = cellsIn(form, shown).flatMap(({ address, label }) => {
        const [was, is] = [before, after].map((all) => showContent(form, address, contentAt(all, address)));
        return was === is ? [] : [{ label, before: was, after: is }];
      });
      expect(told).toEqual(wanted);
    }),
  );
});

test('a page of any sheet is HTML without a fault, with nothing inline and no id twice', async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(filled, async ({ form, values, edition: shown }) => {
      runs += 1;
      const options = { edition: shown, years: 'era' as const };
      const { number, name } = identityIn(form, values, shown);
      const entry = {
        number,
        name,
        file: 'sheets/no-1.html',
        departments: ['課<b>'],
        goal: '',
        form: form.definition.title,
      };
      const site: Site = {
        ...{
          office: '&',
          publisher: '<i>',
          source: '"\n',
          licence: '',
          note: '',
          evaluationYear: 2022,
          subjectYear: 2021,
        },
        ...{ years: 'era', edition: shown, publication: 1, day: '2022-11-22', goalLabel: '', unitLabel: '課' },
        entries: [{ ...entry, grades: gradesOf(form, values, options) }],
        ...{ errata: [], tables: [], searchParts: 1 },
      };
      const rules = collectRules();
      for (const page of [sheetPage(site, 0, paperOf(form, values, options), rules), indexPage(site)]) {
        const html = pageHtml(site, page);
        const faults: string[] = [];
        // Characters that people typed are no fault of the page.
        parseHtml(html, { onParseError: ({ code }) => faults.push(code) });
        expect(faults.filter((code) => !/character|codepoint/.test(code))).toEqual([]);
        // The validator takes a tenth of a second for a page.
        if (runs % 10 === 1) expect(await faultsOf(html, page.file)).toEqual([]);
        expect(html).not.toMatch(/ style="| on\w+="|<b>|<i>/);
        const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }
      for (const [, rule] of rules.css().matchAll(/\{(.*)\}/g)) expect(rule).toMatch(/^width:[\d.]+%$/);
    }),
    { numRuns: 50 },
  );
});

test('days are written as the edition writes years, the first year of an era as 元年', () => {
  expect(dayWord('2022-11-22', { years: 'era' })).toBe('令和4年11月22日');
  expect(dayWord('2022-11-22', { years: 'western' })).toBe('2022年11月22日');
  expect(dayWord('2019-05-01', { years: 'era' })).toBe('令和元年5月1日');
  expect(dayWord('2019-04-30', { years: 'era' })).toBe('平成31年4月30日');
});
