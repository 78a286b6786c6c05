// A cell that was converted from a document may hold HTML: here it becomes plain text, and text inside stays inert.
// Promise: no tag survives, entities are decoded once, what only looks like a tag (<新規>, <a 案>) is kept as it is, and
// what a tag or a comment hides from the eye is handed out beside the text.
import { Parser } from 'htmlparser2';
import type { Aside } from './table.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const BLOCKS = words(
  `address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer
  form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre section summary table
  tbody tfoot thead tr ul`,
);
const INLINE = words(
  `a abbr acronym applet area audio b base basefont bdi bdo big br button canvas cite code col colgroup data
  datalist del dfn em embed font frame frameset i iframe img input ins kbd label link map mark meta meter nobr noframes
  noscript object output param picture progress q rb rp rt rtc ruby s samp script select slot small source span strike
  strong style sub sup svg td template textarea th time title track tt u var video wbr`,
);
/** Tags that stand without an end, or whose end a conversion leaves out or cuts off. */
const ENDLESS = words(
  `area base basefont br col colgroup dd div dt embed font frame hr img input li link meta ol optgroup option p param
  source span table tbody td tfoot th thead tr track ul wbr`,
);
/** Inside of these a parser sees no tags; as plain spans their content is read like any other. */
const OPAQUE = words('iframe noframes noscript script style textarea title');
/** Attributes that say how something looks or works. Every other one may hold words that somebody wrote. */
const LAYOUT = words(
  `accept action align bgcolor border cellpadding cellspacing char charset checked class clear color cols colspan compact
  coords dir disabled enctype face for frame frameborder headers height hidden href hreflang hspace id lang link marginheight
  marginwidth maxlength media method multiple name noshade nowrap readonly rel required role rows rowspan rules scope
  selected shape size sizes span src srcset start style tabindex target type usemap valign vlink vspace width xmlns`,
);

// Office writes its own elements into HTML. Only these: <9:30> and <甲:乙> are people's.
const OFFICE = 'o:p|(?:o|v|w|x|m|st1):[a-z]{2,}\\w*';
const NAMES = [...BLOCKS, ...INLINE, OFFICE].join('|');
/** Attributes that stand alone; any other lone word says that this is no tag but somebody's text. */
const LONE = 'checked|compact|disabled|hidden|multiple|noshade|nowrap|readonly|required|selected';
const VALUE = `"[^"]*"|'[^']*'|[!#-&(-;?-_a-~]+`;
const ATTRIBUTES = `(?:\\s+(?:[a-z_:][a-z\\d_:.-]*\\s*=\\s*(?:${VALUE})|(?:${LONE})(?=[\\s/>])))*`;
const TAG = new RegExp(`<(?:(/?)(${NAMES})(${ATTRIBUTES})\\s*/?>)?`, 'gi');
/** An & that begins no entity: a plain character. */
const NO_ENTITY = /&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});)/gi;

/** Whether an element stands on lines of its own. */
export const isBlockTag = (name: string): boolean => BLOCKS.has(name);

/** Plain text, whether it came with line breaks of its own, and what stands in the markup and not in the text. */
export type Plain = { text: string; broken: boolean; hidden: readonly Aside[] };

/** The text of a cell. Paragraphs, list items and <br> are lines; check boxes become ☑ and ☐. */
export function plainText(source: string): Plain {
  const broken = /[\r\n]/.test(source.trim());
  if (!/[<&]/.test(source)) return { text: source, broken, hidden: [] };
  const hidden: Aside[] = [];
  const hide = (text: string, reason: string) => {
    if (text.trim() !== '') hidden.push({ text: text.trim(), reason });
  };
  const lines = lineWriter();
  const parser = new Parser({
    ontext: (text) => lines.add(text),
    onopentag: (name, attributes) => {
      if (name === 'br') lines.end(true);
      else if (BLOCKS.has(name)) lines.end(false);
      else if (name === 'td' || name === 'th') lines.add(' ');
      else if (name === 'input') lines.add(inputText(attributes));
      else if (name === 'img') lines.add(attributes.alt ?? '');
      for (const [key, value] of Object.entries(attributes)) {
        if (!isShown(name, key, attributes)) hide(value, reasonFor(name, key));
      }
    },
    onclosetag: (name) => {
      if (BLOCKS.has(name)) lines.end(false);
    },
  });
  const isTag = tagTest(source);
  for (const { text, isComment } of partsOf(source)) {
    if (isComment) hide(text, 'ファイルのコメント（画面に出ない注）の中にある');
    else parser.write(text.replace(NO_ENTITY, '&amp;').replace(TAG, isTag));
  }
  parser.end();
  return { text: lines.text(), broken: broken || lines.isBroken(), hidden };
}

/** Keeps what is a tag, and turns every other < into a plain character. */
function tagTest(source: string): (found: string, slash?: string, name?: string, attributes?: string) => string {
  const lower = source.toLowerCase();
  const ends = new Map<string, boolean>();
  const hasEnd = (name: string) => {
    const known = ends.get(name) ?? new RegExp(`</${name}\\s*>`).test(lower);
    ends.set(name, known);
    return known;
  };
  return (found, slash = '', name = '', attributes = '') => {
    const key = name.toLowerCase();
    if (slash !== '' && attributes !== '') return `&lt;${found.slice(1)}`;
    // A bare <a> or <small> that nothing ends is more likely somebody's sign than markup.
    const isSign = slash === '' && attributes === '' && !ENDLESS.has(key) && !key.includes(':') && !hasEnd(key);
    if (name === '' || isSign) return `&lt;${found.slice(1)}`;
    return OPAQUE.has(key) ? `<${slash}span${attributes}>` : found;
  };
}

type Attributes = Readonly<Record<string, string>>;
const BOX = /^(?:checkbox|radio)$/i;

/** What a page shows for an <input>: ☑ or ☐ for boxes, its value for the rest. */
export function inputText({ type = 'text', checked, value = '' }: Attributes): string {
  if (BOX.test(type)) return checked === undefined ? '☐' : '☑';
  return /^hidden$/i.test(type) ? '' : value;
}

/** Whether an attribute's value stands in the text already, or holds no words. */
function isShown(name: string, key: string, { type = 'text', value = '' }: Attributes): boolean {
  if (name === 'img' && key === 'alt') return true;
  // What a box sends when it is ticked is a word for machines, unless it is none.
  if (name === 'input' && key === 'value') return BOX.test(type) ? /^[\w-]*$/.test(value) : !/^hidden$/i.test(type);
  return LAYOUT.has(key) || /^on[a-z]+$/.test(key);
}

const reasonFor = (name: string, key: string): string =>
  name === 'input' && key === 'value' ? '画面に出ない入力欄の値' : `書式の指定（${name} の ${key}）の中にある`;

/** The source cut at its comments. Each part is read by itself, so that no tag arises where a comment stood. */
function partsOf(source: string): { text: string; isComment: boolean }[] {
  const parts: { text: string; isComment: boolean }[] = [];
  let at = 0;
  for (let open = source.indexOf('<!--'); open >= 0; open = source.indexOf('<!--', at)) {
    const close = source.indexOf('-->', open + 4);
    if (close < 0) break;
    parts.push({ text: source.slice(at, open), isComment: false });
    parts.push({ text: source.slice(open + 4, close), isComment: true });
    at = close + 3;
  }
  return [...parts, { text: source.slice(at), isComment: false }];
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
