// A PDF that a press printed, taken apart: its pages, tags, bookmarks and named places. It owns the library that reads PDFs.
// Promise: a PDF that is not as browsers print them is told as a failure of the printer.
import type { PDFDict, PDFObject } from '@cantoo/pdf-lib';
import { fail } from '../../../shared/kernel/problem.ts';

/** What differs when an object stands in another file: numbers of objects, keys of the parent tree, names of elements. */
export type Renaming = { numberOf(number: number): number; keyOf(key: number): number; nameOf(name: string): string };

/** A dictionary of the file, or any other object; only `spelled` and `entries` look inside. */
type Numbered = { number: number; object: PDFObject };

export type Printed = {
  /** The highest number of an object. */
  last: number;
  /** Each with the streams of its content. */
  pages: (Numbered & { contents: number[] })[];
  /** Those at the top, each with its page, counted from 0. */
  bookmarks: (Numbered & { page: number })[];
  /** The root of the tags, the document's own element and, by their numbers, those below it; none in a draft. */
  tags: { root: Numbered; document: Numbered; kids: number[] } | undefined;
  parents: [key: number, object: PDFObject][];
  /** Elements that have a name, in the order of names. */
  named: [name: string, object: PDFObject][];
  places: [name: string, object: PDFObject][];
  catalog: PDFObject;
  info: PDFObject;
  /** Everything that stands on its own: all but the pages, the bookmarks and what leads to them. */
  rest: Numbered[];
  spelled(object: PDFObject, as: Renaming): string;
  /** The entries of a dictionary, without some. */
  entries(object: PDFObject, as: Renaming, without?: readonly string[]): string;
  /** A dictionary's entry, which may be a reference: everything here follows one. */
  entry(object: PDFObject, name: string): PDFObject | undefined;
  /** What is in a stream, as it is kept; undefined of anything else. */
  bytesOf(object: PDFObject): Uint8Array | undefined;
};

const unread = (what: string): never => fail('printer.failed', { reason: `PDFの${what}を読めない` });

/** Objects that are read before everything else has its turn. */
const AT_ONCE = 400;

/** Takes a PDF apart. Raises printer.failed. */
export async function openPrinted(pdf: Buffer): Promise<Printed> {
  // Only books need the library, and it takes a moment to load.
  const { PDFArray, PDFDict, PDFName, PDFNumber, PDFParser, PDFRawStream, PDFRef, PDFString } = await import(
    '@cantoo/pdf-lib'
  );
  const context = await PDFParser.forBytesWithOptions(pdf, AT_ONCE, true)
    .parseDocument()
    .catch(() => unread('中身'));

  const apart = new Set<number>();
  const follow = (object: PDFObject | undefined): PDFObject | undefined =>
    object instanceof PDFRef ? context.lookup(object) : object;
  /** A dictionary that will not stand in another file as it is. */
  const taken = (object: PDFObject | undefined, what: string): PDFDict => {
    if (object instanceof PDFRef) apart.add(object.objectNumber);
    const found = follow(object);
    return found instanceof PDFDict ? found : unread(what);
  };
  const get = (dict: PDFDict, name: string) => dict.get(PDFName.of(name));
  const list = (object: PDFObject | undefined): PDFObject[] => {
    const found = follow(object);
    return found instanceof PDFArray ? found.asArray() : found === undefined ? [] : [object as PDFObject];
  };
  const numberOf = (object: PDFObject | undefined, what: string): number =>
    object instanceof PDFRef ? object.objectNumber : unread(what);

  const catalog = taken(context.trailerInfo.Root, '目録');
  const info = taken(context.trailerInfo.Info, '題名');

  const pages: Printed['pages'] = [];
  const walkPages = (reference: PDFObject | undefined): void => {
    const node = taken(reference, 'ページ');
    const kids = get(node, 'Kids');
    if (kids === undefined) {
      const contents = list(get(node, 'Contents')).map((content) => numberOf(content, 'ページ'));
      pages.push({ number: numberOf(reference, 'ページ'), object: node, contents });
    } else for (const kid of list(kids)) walkPages(kid);
  };
  walkPages(get(catalog, 'Pages'));

  /** The pairs of a tree of numbers or names. */
  const pairsOf = (reference: PDFObject | undefined, pairs: 'Nums' | 'Names'): [PDFObject, PDFObject][] => {
    if (reference === undefined) return [];
    const node = taken(reference, '構造');
    const here = list(get(node, pairs));
    const own = here.flatMap((key, at): [PDFObject, PDFObject][] => {
      const value = here[at + 1];
      return at % 2 === 0 && value ? [[key, value]] : [];
    });
    return [...own, ...list(get(node, 'Kids')).flatMap((kid) => pairsOf(kid, pairs))];
  };
  const structure = get(catalog, 'StructTreeRoot');
  const root = structure && taken(structure, '構造');
  const [top] = root ? list(get(root, 'K')) : [];
  const document = top && taken(top, '構造');
  const tags = root &&
    document && {
      root: { number: numberOf(structure, '構造'), object: root },
      document: { number: numberOf(top, '構造'), object: document },
      kids: list(get(document, 'K')).map((kid) => numberOf(kid, '構造')),
    };
  const keyOf = (key: PDFObject): number => (key instanceof PDFNumber ? key.asNumber() : unread('構造'));
  const nameOf = (name: PDFObject): string => (name instanceof PDFString ? name.asString() : unread('構造'));
  const parents = root ? pairsOf(get(root, 'ParentTree'), 'Nums') : [];
  const named = root ? pairsOf(get(root, 'IDTree'), 'Names') : [];

  const pageAt = new Map(pages.map(({ number }, at) => [number, at]));
  const bookmarks: Printed['bookmarks'] = [];
  const outlines = get(catalog, 'Outlines');
  for (let next = outlines && get(taken(outlines, 'しおり'), 'First'); next; ) {
    const item = taken(next, 'しおり');
    const [page] = list(get(item, 'Dest'));
    const at = pageAt.get(numberOf(page, 'しおり')) ?? unread('しおり');
    bookmarks.push({ number: numberOf(next, 'しおり'), object: item, page: at });
    next = get(item, 'Next');
  }

  const dests = get(catalog, 'Dests');
  const places = dests ? taken(dests, '行き先').entries() : [];

  function spelled(object: PDFObject, as: Renaming, key = ''): string {
    if (object instanceof PDFRef) return `${as.numberOf(object.objectNumber)} 0 R`;
    if (object instanceof PDFArray)
      return `[${object
        .asArray()
        .map((one) => spelled(one, as, key))
        .join(' ')}]`;
    if (object instanceof PDFDict) return `<<${entries(object, as)}>>`;
    if (object instanceof PDFNumber && /^StructParents?$/.test(key)) return String(as.keyOf(object.asNumber()));
    if (object instanceof PDFString && /^(ID|Headers)$/.test(key)) return `(${as.nameOf(object.asString())})`;
    return object.toString();
  }
  function entries(object: PDFObject, as: Renaming, without: readonly string[] = []): string {
    const dict = dictOf(object);
    if (!dict) return unread('中身');
    const kept = dict.entries().map(([name, value]) => [name.asString().slice(1), name.toString(), value] as const);
    return kept
      .filter(([name]) => !without.includes(name))
      .map(([name, spelling, value]) => `${spelling} ${spelled(value, as, name)}`)
      .join('');
  }
  const dictOf = (object: PDFObject | undefined): PDFDict | undefined => {
    const found = follow(object);
    return found instanceof PDFRawStream ? found.dict : found instanceof PDFDict ? found : undefined;
  };

  const all = context
    .enumerateIndirectObjects()
    .map(([{ objectNumber }, object]) => ({ number: objectNumber, object }));
  return {
    last: context.largestObjectNumber,
    pages,
    bookmarks,
    tags,
    parents: parents.map(([key, object]) => [keyOf(key), object]),
    named: named.map(([name, object]) => [nameOf(name), object]),
    places: places.map(([name, object]) => [name.asString().slice(1), object]),
    catalog,
    info,
    rest: all.filter(({ number }) => !apart.has(number)),
    spelled,
    entries,
    entry: (object, name) => dictOf(object)?.get(PDFName.of(name)),
    bytesOf: (object) => {
      const found = follow(object);
      return found instanceof PDFRawStream ? found.getContents() : undefined;
    },
  };
}
