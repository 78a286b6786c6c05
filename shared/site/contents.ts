// The pages by which a reader finds a sheet: all of them with their grades and the search, by goal, by department.
import { escaped } from '../paper/html.ts';
import { editionWord, linkFrom, type Page } from './frame.ts';
import { bothYearWords, type Entry, type Site, sheetTitle, siteTitle } from './site.ts';

const link = (file: string, entry: Entry): string =>
  `<a href="${escaped(linkFrom(file, entry.file))}">${escaped(sheetTitle(entry))}</a>`;

/** All sheets by number, a table for each form, with the search above them. */
export function indexPage(site: Site): Page {
  const file = 'index.html';
  const forms = [...Map.groupBy(site.entries, ({ form }) => form)];
  const tables = forms.map(([form, entries], at) => gradeTable(site, file, form, entries, at, forms.length > 1));
  const years = `${bothYearWords(site.evaluationYear, site)}に、${bothYearWords(site.subjectYear, site)}の実績を評価したものです。`;
  const main = `<h1>${escaped(siteTitle(site))}</h1>
<p>${escaped(years)}${site.entries.length}枚のシートがあります。</p>
<p>${escaped(editionWord(site))}</p>
<section id="search" class="search" aria-labelledby="search-title" data-parts="${site.searchParts}" hidden>
<h2 id="search-title">シートを探す</h2>
<form role="search"><label for="search-words">探す言葉</label>
<p id="search-help" class="help">シートの番号、名前、本文から探します。間を空けると、どの言葉も含むシートを探します。</p>
<p class="search-row"><input id="search-words" type="search" autocomplete="off" aria-describedby="search-help"><button type="submit">探す</button></p></form>
<p id="search-status" role="status"></p>
<ol id="search-results"></ol>
</section>
<h2>シートの一覧</h2>
${tables.join('\n')}`;
  return { file, title: siteTitle(site), main, scripts: ['assets/search.js'] };
}

function gradeTable(site: Site, file: string, form: string, entries: Entry[], at: number, isTitled: boolean): string {
  const labels = [...new Set(entries.flatMap(({ grades }) => grades.map(({ label }) => label)))];
  const hasUnits = entries.some(({ departments }) => departments.length > 0);
  const heads = ['名称', ...(hasUnits ? [site.unitLabel] : []), ...labels].map(
    (label) => `<th scope="col">${escaped(label)}</th>`,
  );
  const rows = entries.map((entry) => {
    const grades = labels.map((label) => {
      const grade = entry.grades.find((one) => one.label === label);
      return `<td class="grade">${escaped(grade?.text || '－')}</td>`;
    });
    const units = hasUnits ? `<td>${escaped(entry.departments.join('、'))}</td>` : '';
    const named = `<a href="${escaped(linkFrom(file, entry.file))}">${escaped(entry.name || sheetTitle(entry))}</a>`;
    return `<tr><td class="number">${escaped(entry.number)}</td><th scope="row">${named}</th>${units}${grades.join('')}</tr>`;
  });
  const caption = isTitled ? form : 'シートの番号、名称と評価';
  return `<div class="table-box" role="group" tabindex="0" aria-label="${escaped(caption)}の表">
<table class="list" id="list-${at + 1}"><caption${isTitled ? '' : ' class="unseen"'}>${escaped(caption)}</caption>
<thead><tr><th scope="col" class="number">番号</th>${heads.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>
${legend(entries)}`;
}

/** What the codes in the table mean, once each. */
function legend(entries: readonly Entry[]): string {
  const grades = entries.flatMap((entry) => entry.grades).filter(({ text, meaning }) => meaning !== text);
  const said = new Map(grades.map((grade) => [`${grade.text}\n${grade.meaning}`, grade]));
  if (said.size === 0) return '';
  const items = [...said.values()]
    .toSorted((a, b) => (a.meaning < b.meaning ? -1 : 1))
    .map(({ meaning }) => `<li>${escaped(meaning)}</li>`);
  return `<p class="legend-title">記号の意味（－は、まだ評価が記入されていないもの）</p>\n<ul class="legend">${items.join('')}</ul>`;
}

/** Sheets under headings: by goal, or by department, where a sheet may stand under several. */
function groupedPage(
  file: string,
  title: string,
  entries: readonly Entry[],
  headingsOf: (entry: Entry) => readonly string[],
  otherwise: string,
): Page {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const headings = headingsOf(entry).filter((heading) => heading.trim() !== '');
    for (const heading of headings.length > 0 ? headings : [otherwise]) {
      groups.set(heading, [...(groups.get(heading) ?? []), entry]);
    }
  }
  // What stands under no heading comes last, wherever its first sheet stood.
  const sorted = [...groups].toSorted(([a], [b]) => Number(a === otherwise) - Number(b === otherwise));
  const jumps = sorted.map(
    ([heading, own], at) => `<li><a href="#group-${at + 1}">${escaped(heading)}</a>（${own.length}枚）</li>`,
  );
  const sections = sorted.map(
    ([heading, own], at) =>
      `<section id="group-${at + 1}" aria-labelledby="group-title-${at + 1}"><h2 id="group-title-${at + 1}">${escaped(heading)}</h2>\n<ul class="entries">${own
        .map((entry) => `<li>${link(file, entry)}</li>`)
        .join('')}</ul></section>`,
  );
  const contents =
    sorted.length > 1 ? `<nav aria-label="このページの見出し"><ul class="jumps">${jumps.join('')}</ul></nav>\n` : '';
  return { file, title, main: `<h1>${escaped(title)}</h1>\n${contents}${sections.join('\n')}` };
}

/** The pages of headings that this site has. */
export function groupPages(site: Site): Page[] {
  const { goalLabel, unitLabel, entries } = site;
  const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ');
  return [
    ...(goalLabel === ''
      ? []
      : [
          groupedPage(
            'goals.html',
            `${goalLabel}別の一覧`,
            entries,
            ({ goal }) => [oneLine(goal)],
            `${goalLabel}の記入がないもの`,
          ),
        ]),
    ...(unitLabel === ''
      ? []
      : [
          groupedPage(
            'departments.html',
            `${unitLabel}別の一覧`,
            entries,
            ({ departments }) => departments,
            `${unitLabel}の記入がないもの`,
          ),
        ]),
  ];
}
