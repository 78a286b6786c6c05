// A cell that was converted from a document may hold HTML: here it becomes plain text, and text inside stays inert.
// Promise: no tag survives, entities are decoded once, and what only looks like a tag (<新規>, <KPI>) is kept as it is.
import { Parser } from 'htmlparser2';

const BLOCKS = new Set(
  `address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer
  form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre section summary table
  tbody tfoot thead tr ul`.split(/\s+/),
);
const INLINE =
  `a abbr acronym applet area audio b base basefont bdi bdo big br button canvas cite code col colgroup data
  datalist del dfn em embed font frame frameset i iframe img input ins kbd label link map mark meta meter nobr noframes
  noscript object output param picture progress q rb rp rt rtc ruby s samp script select slot small source span strike
  strong style sub sup svg td template textarea th time title track tt u var video wbr`.split(/\s+/);
const names = [...BLOCKS, ...INLINE, '\\w+:\\w+'].join('|');
const attribute = `\\s+[^\\s"'<>=/]+(?:\\s*=\\s*(?:"[^"]*"|'[^']*'|[^\\s"'<>=]+))?`;
/** A < that begins no whole tag, and an & that begins no entity: plain characters. */
const NO_TAG = new RegExp(`<(?!/?(?:${names})(?:${attribute})*\\s*/?>)`, 'gi');
const NO_ENTITY = /&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});)/gi;

/** Plain text, and whether it came with line breaks of its own. */
export type Plain = { text: string; broken: boolean };

/** The text of a cell. Paragraphs, list items and <br> are lines; check boxes become ☑ and ☐. */
export function plainText(source: string): Plain {
  const broken = /[\r\n]/.test(source.trim());
  if (!/[<&]/.test(source)) return { text: source, broken };
  const safe = withoutComments(source).replace(NO_ENTITY, '&amp;').replace(NO_TAG, '&lt;');
  const lines = lineWriter();
  const parser = new Parser({
    ontext: (text) => lines.add(text),
    onopentag: (name, attributes) => {
      if (name === 'br') lines.end(true);
      else if (BLOCKS.has(name)) lines.end(false);
      else if (name === 'td' || name === 'th') lines.add(' ');
      else if (name === 'input') lines.add(inputText(attributes));
      else if (name === 'img') lines.add(attributes.alt ?? '');
    },
    onclosetag: (name) => {
      if (BLOCKS.has(name)) lines.end(false);
    },
  });
  parser.write(safe);
  parser.end();
  return { text: lines.text(), broken: broken || lines.isBroken() };
}

function inputText({ type = 'text', checked, value = '' }: Record<string, string>): string {
  if (/^(?:checkbox|radio)$/i.test(type)) return checked === undefined ? '☐' : '☑';
  return /^hidden$/i.test(type) ? '' : value;
}

function withoutComments(source: string): string {
  let text = '';
  let at = 0;
  for (let open = source.indexOf('<!--'); open >= 0; open = source.indexOf('<!--', at)) {
    const close = source.indexOf('-->', open + 4);
    if (close < 0) break;
    text += source.slice(at, open);
    at = close + 3;
  }
  return text + source.slice(at);
}

/** Joins texts into lines; white space beside the end of a line is the source's layout and no content. */
function lineWriter() {
  let written = '';
  let fresh = true;
  let hard = false;
  return {
    add(text: string) {
      const more = fresh ? text.replace(/^[ \t\r\n]+/, '') : text;
      if (more === '') return;
      written += more;
      fresh = false;
    },
    /** Ends the line; a hard end (<br>) counts even when nothing stands on the line. */
    end(isHard: boolean) {
      hard ||= isHard;
      if (fresh && !(isHard && written !== '')) return;
      written = `${trimEnd(written)}\n`;
      fresh = true;
    },
    text: () => written.replace(/^\n+/, '').trimEnd(),
    isBroken: () => hard,
  };
}

const trimEnd = (text: string): string => {
  let end = text.length;
  while (end > 0 && ' \t'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
};
