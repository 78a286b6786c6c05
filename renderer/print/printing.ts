// Puts sheets on the system's printer: while it prints, the window's paper holds the sheets and nothing of the screen.
import type { Host } from '../../shared/contract/host.ts';
import type { Paper } from '../../shared/paper/paper.ts';
import { BOOK_STYLE, type Page, pageStyle } from '../../shared/paper/style.ts';
import { paperElement, paperRoot, styleOf } from './paper.ts';

const INSTEAD = `
@media screen { #printed { display: none; } }
@media print { body > :not(#printed) { display: none !important; } html, body { background: #fff; } }
`;

export type Printed = { paper: Paper; foot: string };

/** Prints sheets, one after the other. `foot` of the first stands on all pages. Resolves when the dialog is done. */
export async function printSheets(host: Host, sheets: readonly Printed[], page: Page): Promise<void> {
  const foot = sheets[0]?.foot ?? '';
  const holder = document.createElement('div');
  holder.id = 'printed';
  const root = paperRoot(holder, BOOK_STYLE);
  const ink = document.createElement('div');
  ink.className = 'foot-ink';
  ink.textContent = `${foot}0123456789/`;
  root.append(ink, ...sheets.map(({ paper }) => paperElement(paper, page, false)));
  const before = document.adoptedStyleSheets;
  document.adoptedStyleSheets = [...before, styleOf(pageStyle(page, foot) + INSTEAD)];
  document.body.append(holder);
  try {
    await fontsFor(root, holder);
    await host.print();
  } finally {
    holder.remove();
    document.adoptedStyleSheets = before;
  }
}

/** What is not shown asks for no fonts: they are asked for by its text. */
async function fontsFor(root: ShadowRoot, holder: HTMLElement): Promise<void> {
  const text = [...new Set(root.textContent ?? '')].join('');
  const families = getComputedStyle(holder).fontFamily;
  const wanted = ['400', '700'].flatMap((weight) =>
    [families, "'BIZ UDGothic'", "'Sheet Signs'"].map((family) =>
      document.fonts.load(`${weight} 12px ${family}`, text),
    ),
  );
  await Promise.all(wanted);
}
