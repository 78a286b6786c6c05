// The pages beside the sheets: what was corrected, and what this evaluation and its data are.
import { formWords } from '../paper/content.ts';
import { escaped } from '../paper/html.ts';
import { editionWord, lines, linkFrom, type Page } from './frame.ts';
import { bothYearWords, dayWord, type Errata, type Site, sheetTitle } from './site.ts';

const KINDS = { changed: '', added: '新しく公表したシート', withdrawn: '公表を取りやめたシート' };

/** 正誤表: a table for each correction, newest first. */
export function errataPage(site: Site): Page {
  const file = 'errata.html';
  const told = site.errata.filter(({ sheets }) => sheets.length > 0);
  const main =
    told.length === 0
      ? '<h1>正誤表</h1>\n<p>公表した後に直したところはありません。</p>'
      : `<h1>正誤表</h1>\n<p>公表した後に直したところを、新しい順に示します。</p>\n${told.map((one) => correction(site, file, one)).join('\n')}`;
  return { file, title: '正誤表', main };
}

function correction(site: Site, file: string, { before, after, day, sheets }: Errata): string {
  const title = `第${before}号から第${after}号へ（${dayWord(day, site)}）`;
  const fileOf = new Map(site.entries.map((entry) => [sheetTitle(entry), entry.file]));
  const rows = sheets.map((sheet) => {
    const named = sheetTitle(sheet);
    const target = fileOf.get(named);
    const shown = target ? `<a href="${escaped(linkFrom(file, target))}">${escaped(named)}</a>` : escaped(named);
    if (sheet.kind !== 'changed')
      return `<tbody><tr><th scope="row">${shown}</th><td colspan="3">${KINDS[sheet.kind]}</td></tr></tbody>`;
    const cells = sheet.cells.map(
      (cell, at) =>
        `<tr>${at === 0 ? `<th scope="rowgroup" rowspan="${sheet.cells.length}">${shown}</th>` : ''}<td>${escaped(formWords(cell.label, site))}</td><td class="text">${lines(cell.before) || '（空欄）'}</td><td class="text">${lines(cell.after) || '（空欄）'}</td></tr>`,
    );
    return `<tbody>${cells.join('\n')}</tbody>`;
  });
  return `<section aria-labelledby="errata-${after}"><h2 id="errata-${after}">${escaped(title)}</h2>
<div class="table-box" role="group" tabindex="0" aria-label="${escaped(title)}の表">
<table class="list errata"><caption class="unseen">${escaped(title)}</caption>
<thead><tr><th scope="col">シート</th><th scope="col">欄</th><th scope="col">誤（第${before}号）</th><th scope="col">正（第${after}号）</th></tr></thead>
${rows.join('\n')}</table></div></section>`;
}

/** What this evaluation is, who made it, how it may be used, and the data. */
export function aboutPage(site: Site): Page {
  const file = 'about.html';
  const facts: [string, string][] = [
    ['評価した年度', bothYearWords(site.evaluationYear, site)],
    ['対象の年度', bothYearWords(site.subjectYear, site)],
    ['公表した団体', site.publisher],
    ['取りまとめ', site.office],
    ['号と更新日', editionWord(site)],
  ];
  const rows = facts
    .filter(([, text]) => text !== '')
    .map(([label, text]) => `<div><dt>${label}</dt><dd>${escaped(text)}</dd></div>`);
  const section = (title: string, text: string) => (text === '' ? '' : `<h2>${title}</h2>\n<p>${lines(text)}</p>\n`);
  const tables = site.tables.map(
    ({ title, file: name }) =>
      `<li><a href="${escaped(linkFrom(file, `data/${name}`))}">${escaped(title)}（CSV、UTF-8）</a></li>`,
  );
  return {
    file,
    title: 'この評価とデータについて',
    main: `<h1>この評価とデータについて</h1>
<dl class="facts-list">${rows.join('')}</dl>
${section('説明', site.note)}${section('出典の示し方', site.source)}${section('利用条件（ライセンス）', site.licence)}<h2>オープンデータ</h2>
<p>ページと同じ内容を、機械で読める形でも公開しています。年度は西暦、数は桁区切りのない数字です。空欄の欄は、記入がなかったものです。</p>
<ul>${tables.join('')}<li><a href="data/sheets.json">すべてのシート（JSON）</a></li><li><a href="data/sheets.schema.json">JSON の形の説明（JSON Schema）</a></li></ul>
<h2>ページの見方</h2>
<ul><li>○は、その段階に該当することを示します。音声読み上げでは、該当する段階の名前を読みます。</li>
<li>☑は選んだもの、☐は選ばなかったものです。</li>
<li>▲は、負の数を示します。</li>
<li>幅の狭い画面では、表が横に動きます。表にキーボードで移ると、矢印キーで動かせます。</li>
<li>検索は、この画面の中だけで行い、探した言葉はどこにも送りません。</li></ul>`,
  };
}
