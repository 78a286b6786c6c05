// Reads a PDF back with pdf.js, as a reader of its own: what stands on each page, bookmarks, tags and fonts.
import { PDFDict, PDFName, PDFParser } from '@cantoo/pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export type PdfPage = {
  /** Text of the content in the order of its tags, and what stands in the margins. */
  text: string;
  foot: string;
  width: number;
  height: number;
  /** The tags of the page from the outside in, as `Table(TR(TH TD))`, and the places to which its links lead. */
  tags: string;
  links: string[];
  /** Right end and base of what stands last in the margins, in points. */
  footEnd: readonly [number, number];
};
export type Bookmark = { title: string; page: number; items: Bookmark[] };
export type Pdf = {
  title: string;
  language: string;
  pages: PdfPage[];
  bookmarks: Bookmark[];
  /** The pages of places that have a name. */
  places: Map<string, number>;
  isTagged: boolean;
  roles: Set<string>;
};

type Item = { type?: string; id?: string | null; str?: string; transform?: number[]; width?: number };
type Node = { role?: string; children?: Node[] };
type Entry = { title: string; dest: string | unknown[] | null; items: Entry[] };

/** Everything about a PDF that tests ask for. */
export async function readPdf(bytes: Uint8Array): Promise<Pdf> {
  const document = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 }).promise;
  const pages: PdfPage[] = [];
  const roles = new Set<string>();
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
    const { width, height } = page.getViewport({ scale: 1 });
    const tree = (await page.getStructTree()) as Node | null;
    const links = (await page.getAnnotations()).map(({ dest }) => String(dest ?? ''));
    pages.push({ ...partsOf(items as Item[]), width, height, tags: tree ? spelled(tree) : '', links });
    if (tree) collect(tree, roles);
  }
  const pageOf = async (dest: Entry['dest']): Promise<number> => {
    const found = typeof dest === 'string' ? await document.getDestination(dest) : dest;
    return 1 + (await document.getPageIndex(found?.[0] as Parameters<typeof document.getPageIndex>[0]));
  };
  const bookmark = async ({ title, dest, items }: Entry): Promise<Bookmark> => ({
    title,
    page: await pageOf(dest),
    items: await Promise.all(items.map(bookmark)),
  });
  const outline = ((await document.getOutline()) ?? []) as Entry[];
  const places = new Map<string, number>();
  for (const name of Object.keys(await document.getDestinations())) places.set(name, await pageOf(name));
  const { info } = await document.getMetadata();
  const mark = await document.getMarkInfo();
  const pdf = {
    title: String((info as { Title?: string }).Title ?? ''),
    language: String((info as { Language?: string }).Language ?? ''),
    pages,
    bookmarks: await Promise.all(outline.map(bookmark)),
    places,
    isTagged: mark?.Marked === true,
    roles,
  };
  await document.destroy();
  return pdf;
}

/** What stands in the margins belongs to no tag. */
function partsOf(items: readonly Item[]): Pick<PdfPage, 'text' | 'foot' | 'footEnd'> {
  const open: boolean[] = [];
  const parts = { text: '', foot: '' };
  const ends: [number, number][] = [];
  for (const { type, id, str = '', transform = [], width = 0 } of items) {
    if (type?.startsWith('beginMarkedContent')) open.push(typeof id === 'string');
    else if (type === 'endMarkedContent') open.pop();
    else if (open.includes(true)) parts.text += `${str} `;
    else {
      parts.foot += `${str} `;
      ends.push([(transform[4] ?? 0) + width, transform[5] ?? 0]);
    }
  }
  return { ...parts, footEnd: ends.toSorted(([a], [b]) => b - a)[0] ?? [0, 0] };
}

/** Tags that only hold content say nothing. */
const spelled = ({ role = '', children = [] }: Node): string =>
  `${role}${children.some((child) => child.role !== undefined) ? `(${children.map(spelled).filter(Boolean).join(' ')})` : ''}`;

function collect(node: Node, roles: Set<string>): void {
  if (node.role !== undefined) roles.add(node.role);
  for (const child of node.children ?? []) collect(child, roles);
}

async function dictionariesOf(bytes: Uint8Array): Promise<PDFDict[]> {
  const context = await PDFParser.forBytesWithOptions(bytes).parseDocument();
  return context.enumerateIndirectObjects().flatMap(([, object]) => (object instanceof PDFDict ? [object] : []));
}

const entryOf = (dict: PDFDict, name: string): string => String(dict.get(PDFName.of(name)) ?? '');

/** Of the fonts that are used: how many there are, how many are embedded and how many say which character a glyph is. */
export async function fontsIn(bytes: Uint8Array): Promise<{ used: number; embedded: number; named: number }> {
  const dicts = await dictionariesOf(bytes);
  const has = (dict: PDFDict, name: string) => entryOf(dict, name) !== '';
  const fonts = dicts.filter(
    (dict) => entryOf(dict, 'Type') === '/Font' && !entryOf(dict, 'Subtype').startsWith('/CIDFont'),
  );
  return {
    used: fonts.length,
    // A font of type 3 consists of its drawings.
    embedded:
      fonts.filter((font) => entryOf(font, 'Subtype') === '/Type3').length +
      dicts.filter((dict) => ['FontFile', 'FontFile2', 'FontFile3'].some((name) => has(dict, name))).length,
    named: fonts.filter((font) => has(font, 'ToUnicode')).length,
  };
}

/** The names of elements: those that the elements have, and those by which a reader looks them up, as they stand. */
export async function namesIn(bytes: Uint8Array): Promise<{ own: string[]; found: string[] }> {
  const dicts = await dictionariesOf(bytes);
  const tags = dicts.filter((dict) => entryOf(dict, 'Type') === '/StructElem');
  return {
    own: tags.map((dict) => entryOf(dict, 'ID')).filter(Boolean),
    found: dicts.flatMap((dict) => entryOf(dict, 'Names').match(/\(\w+\)/g) ?? []),
  };
}
