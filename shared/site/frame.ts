// What every page of the site has around its own content. Promise: nothing is loaded from elsewhere, nothing stands
// inline, every link is relative, and every text is escaped.
import { escaped } from '../paper/html.ts';
import { dayWord, type Site, siteTitle } from './site.ts';

/** Nothing but the site's own files, for servers that send no such header. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

export type Page = {
  /** Path below the site's folder. */
  file: string;
  title: string;
  /** HTML of the main part; its first heading is the page's h1. */
  main: string;
  /** Scripts of its own beside the common one, below the site's folder. */
  scripts?: readonly string[];
};

/** A relative link from one file of the site to another. */
export const linkFrom = (file: string, target: string): string =>
  `${'../'.repeat(file.split('/').length - 1)}${target}`;

/** Pages in the order in which the navigation names them. */
function navigation(site: Site): { file: string; word: string }[] {
  return [
    { file: 'index.html', word: '一覧' },
    ...(site.goalLabel === '' ? [] : [{ file: 'goals.html', word: `${site.goalLabel}別` }]),
    ...(site.unitLabel === '' ? [] : [{ file: 'departments.html', word: `${site.unitLabel}別` }]),
    { file: 'errata.html', word: '正誤表' },
    { file: 'about.html', word: 'この評価とデータについて' },
  ];
}

/** The page as a whole file. */
export function pageHtml(site: Site, { file, title, main, scripts = [] }: Page): string {
  const at = (target: string) => escaped(linkFrom(file, target));
  const whole = siteTitle(site);
  const links = navigation(site).map(({ file: target, word }) => {
    const here = target === file ? ' aria-current="page"' : '';
    return `<li><a href="${at(target)}"${here}>${escaped(word)}</a></li>`;
  });
  const made = ['assets/site.js', ...scripts].map((script) => `<script src="${at(script)}" defer></script>\n`);
  return `<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(title === whole ? whole : `${title}｜${whole}`)}</title>
<link rel="stylesheet" href="${at('assets/site.css')}">
<link rel="stylesheet" href="${at('assets/sheet.css')}">
<link rel="stylesheet" href="${at('assets/tables.css')}">
${made.join('')}</head>
<body>
<a class="skip" href="#main">本文へ移る</a>
<header class="site-head">
<p class="site-title"><a href="${at('index.html')}">${escaped(whole)}</a></p>
<p class="site-office">${escaped([site.publisher, site.office].filter(Boolean).join('　'))}</p>
<nav class="site-nav" aria-label="ページの案内"><ul>${links.join('')}</ul></nav>
</header>
<main id="main" tabindex="-1">
${caution(site)}${main}
</main>
<footer class="site-foot">
<p>${escaped(editionWord(site))}</p>
${site.source === '' ? '' : `<p>出典：${lines(site.source)}</p>\n`}<p><a href="${at('about.html')}">この評価とデータについて</a></p>
</footer>
</body>
</html>
`;
}

/** Which edition this is, in words: 第2号（令和4年11月22日公表）. */
export const editionWord = (site: Site): string => {
  const day = dayWord(site.day, site);
  return site.publication === null ? `公表前の案（${day}作成）` : `第${site.publication}号（${day}公表）`;
};

/** What must not be overlooked: that this is not to be published, or has not been. */
function caution({ edition, publication }: Site): string {
  const words = [
    edition === 'internal' ? '庁内用です。公表しない欄が含まれています。' : '',
    publication === null ? '公表前の確認用です。公表の記録（号）は付いていません。' : '',
  ].filter(Boolean);
  return words.length === 0 ? '' : `<p class="caution"><strong>注意</strong> ${escaped(words.join(''))}</p>\n`;
}

/** Text with its line breaks. */
export const lines = (text: string): string => text.split('\n').map(escaped).join('<br>');
