// The sheet's paper in the page: the same HTML and style as in a PDF, in a shadow tree that nothing of the screen reaches.
// Promise: the page's policy stays as it is; what would be an inline style is set by script.
import { paperHtml } from '../../shared/paper/html.ts';
import type { Paper } from '../../shared/paper/paper.ts';
import { hasBoxes, type Page, SHEET_STYLE, typeSizeOf } from '../../shared/paper/style.ts';

/** A style sheet for a shadow tree or for the document. */
export function styleOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

/** Where the sheet breaks: onto `pages` of this name, or into columns that play the pages. */
export type Breaks = { pages: string } | 'columns';

/** The sheet, laid out for a page. */
export function paperElement(paper: Paper, page: Page, breaks: Breaks): HTMLElement {
  const html = paperHtml(paper, {
    level: 2,
    spokenMarks: false,
    idPrefix: 'paper-',
    boxes: hasBoxes(paper, page),
    ...(breaks === 'columns' ? {} : breaks),
  });
  // In the sheet's texts every quotation mark is an entity: this is an attribute wherever it stands.
  const parsed = new DOMParser().parseFromString(html.replaceAll(' style="', ' data-style="'), 'text/html');
  const element = document.createElement('div');
  element.append(...parsed.body.childNodes);
  for (const styled of element.querySelectorAll<HTMLElement>('[data-style]')) {
    styled.style.cssText = styled.dataset.style ?? '';
  }
  element.style.setProperty('--type', `${typeSizeOf(paper, page)}mm`);
  if (breaks === 'columns') element.style.setProperty('--new-page', 'column');
  return element;
}

/** A shadow tree that shows paper. */
export function paperRoot(host: HTMLElement, css = ''): ShadowRoot {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [styleOf(SHEET_STYLE), styleOf(css)];
  return root;
}
