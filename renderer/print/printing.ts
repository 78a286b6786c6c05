// Puts sheets on the system's printer: while it prints, the window's paper holds the sheets and nothing of the screen.
import type { Host } from '../../shared/contract/host.ts';
import { escapedForCss } from '../../shared/paper/css.ts';
import type { Paper } from '../../shared/paper/paper.ts';
import { FOOT, type Page, pageStyle } from '../../shared/paper/style.ts';
import { paperElement, paperRoot, styleOf } from './paper.ts';

const INSTEAD = `
@media screen { #printed { display: none; } }
@media print { body > :not(#printed) { display: none !important; } html, body { background: #fff; } }
`;

export type Printed = { paper: Paper; foot: string };

const nameOf = (at: number): string => `s${at + 1}`;

/** Prints sheets, one after the other, each with its foot. Resolves when the dialog is done. */
export async function printSheets(host: Host, sheets: readonly Printed[], page: Page): Promise<void> {
  const holder = document.createElement('div');
  holder.id = 'printed';
  const root = paperRoot(holder);
  root.append(...sheets.map(({ paper }, at) => paperElement(paper, page, { pages: nameOf(at) })));
  const feet = sheets.map(
    ({ foot }, at) => `@page ${nameOf(at)} { @bottom-left { content: ${escapedForCss(foot)}; ${FOOT} } }`,
  );
  const before = document.adoptedStyleSheets;
  document.adoptedStyleSheets = [...before, styleOf(pageStyle(page, '') + feet.join('\n') + INSTEAD)];
  document.body.append(holder);
  try {
    await fontsFor(`${root.textContent}${sheets.map(({ foot }) => foot).join('')}0123456789/`);
    await host.print(page);
  } finally {
    holder.remove();
    document.adoptedStyleSheets = before;
  }
}

const FAMILIES = [
  'Sheet Signs',
  'BIZ UDGothic',
  'Noto Sans JP',
  'Noto Sans',
  'Noto Sans Symbols',
  'Noto Sans Symbols 2',
  'Noto Sans Math',
];

/** What is not shown asks for no fonts, nor do the margins: they are asked for by their text. */
async function fontsFor(text: string): Promise<void> {
  const characters = [...new Set(text)].join('');
  const wanted = FAMILIES.flatMap((family) => ['400', '700'].map((weight) => `${weight} 12px "${family}"`));
  await Promise.all(wanted.map((font) => document.fonts.load(font, characters)));
}
