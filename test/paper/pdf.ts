// Reads a PDF back with pdf.js, as a reader of its own: what stands on each page, bookmarks, tags and fonts.
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export type PdfPage = {
  /** Text of the content in the order of its tags, and what stands in the margins. */
  text: string;
  foot: string;
  width: number;
  height: number;
};
export type Bookmark = { title: string; page: number; items: Bookmark[] };
export type Pdf = { title: string; pages: PdfPage[]; bookmarks: Bookmark[]; isTagged: boolean; roles: Set<string> };

type Item = { type?: string; id?: string | null; str?: string };
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
    pages.push({ ...partsOf(items as Item[]), width, height });
    const tree = (await page.getStructTree()) as Node | null;
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
  const { info } = await document.getMetadata();
  const mark = await document.getMarkInfo();
  const pdf = {
    title: String((info as { Title?: string }).Title ?? ''),
    pages,
    bookmarks: await Promise.all(outline.map(bookmark)),
    isTagged: mark?.Marked === true,
    roles,
  };
  await document.destroy();
  return pdf;
}

/** What stands in the margins belongs to no tag. */
function partsOf(items: readonly Item[]): Pick<PdfPage, 'text' | 'foot'> {
  const open: boolean[] = [];
  const parts = { text: '', foot: '' };
  for (const { type, id, str = '' } of items) {
    if (type?.startsWith('beginMarkedContent')) open.push(typeof id === 'string');
    else if (type === 'endMarkedContent') open.pop();
    else parts[open.includes(true) ? 'text' : 'foot'] += `${str} `;
  }
  return parts;
}

function collect(node: Node, roles: Set<string>): void {
  if (node.role !== undefined) roles.add(node.role);
  for (const child of node.children ?? []) collect(child, roles);
}

/** Of the fonts that are used: how many there are, how many are embedded and how many say which character a glyph is. */
export function fontsIn(bytes: Uint8Array): { used: number; embedded: number; named: number } {
  const text = Buffer.from(bytes).toString('latin1');
  const objects = [...text.matchAll(/\n\d+ 0 obj\n(<<[\s\S]*?)\n(?:endobj|stream\n)/g)].map(([, body = '']) => body);
  const fonts = objects.filter((body) => /\/Type \/Font\b/.test(body) && !/\/Subtype \/CIDFont/.test(body));
  // A font of type 3 consists of its drawings.
  const drawn = fonts.filter((body) => /\/Subtype \/Type3\b/.test(body)).length;
  return {
    used: fonts.length,
    embedded: drawn + objects.filter((body) => /\/FontFile[23]? /.test(body)).length,
    named: fonts.filter((body) => body.includes('/ToUnicode')).length,
  };
}
