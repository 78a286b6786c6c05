// One sheet as a page: where it stands among the others, what was corrected in it, and the sheet itself.
import { escaped, paperHtml } from '../paper/html.ts';
import type { Paper } from '../paper/paper.ts';
import { editionWord, linkFrom, type Page } from './frame.ts';
import { type Entry, type Site, sheetTitle } from './site.ts';

/** Declarations that the site's tables need, as rules of one style sheet, since none may stand inline. */
export type Rules = { attribute: (declarations: string) => string; css: () => string };

/** A collection of rules, empty at first; the same declarations get the same mark. */
export function collectRules(): Rules {
  const known = new Map<string, string>();
  return {
    attribute: (declarations) => {
      const name = known.get(declarations) ?? String(known.size + 1);
      known.set(declarations, name);
      return `data-rule="${name}"`;
    },
    css: () => [...known].map(([declarations, name]) => `[data-rule="${name}"]{${declarations}}\n`).join(''),
  };
}

/** The page of the sheet at place `at` of the list. */
export function sheetPage(site: Site, at: number, paper: Paper, rules: Rules): Page {
  const entry = site.entries[at];
  if (!entry) throw new RangeError(`no sheet at ${at}`);
  const { file } = entry;
  const title = sheetTitle(entry);
  const sheet = paperHtml(paper, {
    level: 1,
    spokenMarks: true,
    idPrefix: 'sheet-',
    styled: rules.attribute,
    onScreen: true,
  });
  const facts = [
    entry.departments.length > 0 ? `${site.unitLabel}：${entry.departments.join('、')}` : '',
    editionWord(site),
  ];
  return {
    file,
    title,
    main: `<nav class="trail" aria-label="現在の位置"><ol><li><a href="${escaped(linkFrom(file, 'index.html'))}">一覧</a></li><li aria-current="page">${escaped(title)}</li></ol></nav>
<p class="facts">${facts.filter(Boolean).map(escaped).join('　')}</p>
${correctionNote(site, entry)}${sheet}
${neighbours(site, at)}`,
  };
}

function correctionNote(site: Site, { file, number, name }: Entry): string {
  const own = site.errata.flatMap((errata) =>
    errata.sheets.filter((sheet) => sheet.number === number && sheet.name === name && sheet.kind === 'changed'),
  );
  if (own.length === 0) return '';
  return `<p class="corrected">このシートには、公表した後に直したところがあります。<a href="${escaped(linkFrom(file, 'errata.html'))}">正誤表を見る</a></p>\n`;
}

function neighbours({ entries }: Site, at: number): string {
  const own = entries[at];
  const to = (entry: Entry | undefined, word: string) =>
    entry && own
      ? `<li>${word}：<a href="${escaped(linkFrom(own.file, entry.file))}">${escaped(sheetTitle(entry))}</a></li>`
      : '';
  const links = to(entries[at - 1], '前のシート') + to(entries[at + 1], '次のシート');
  return links === '' ? '' : `<nav class="neighbours" aria-label="前後のシート"><ul>${links}</ul></nav>`;
}
