// Joins PDFs that a press printed into one, part by part: pages in order, one tree of tags, all bookmarks and named places.
// Promise: what a reader finds is the same as if it had been printed in one piece; no part is kept in memory once it is added.
import { fail } from '../../../shared/kernel/problem.ts';
import { openPdfFile } from './pdffile.ts';
import { openPrinted, type Printed, type Renaming } from './printed.ts';

/** How many pages a part has, and on which of them, counted from 0, its bookmarks at the top lead. */
export type Added = { pages: number; begins: number[] };

/** Each gives the bytes of the file as they come. They raise printer.failed. */
export type Joining = {
  /** Adds a printed PDF behind those before. `names` are for the places to which its bookmarks at the top lead. */
  add(pdf: Buffer, names: readonly string[]): AsyncGenerator<Buffer, Added>;
  /** Adds the printed PDF that comes first, and says the title, the language and all else that is said of the whole. */
  addFront(pdf: Buffer): AsyncGenerator<Buffer, Added>;
  /** Puts each page of a printed PDF onto one of the file's, `first` to `last` (counted from 0), outside of its content. */
  stamp(pdf: Buffer, first: number, last: number): AsyncGenerator<Buffer>;
  /** The end of the file: the front is there, and every page has its stamp. */
  end(): Buffer;
};

type Part = { pages: number; node: number; kids: number[]; stamps: number[]; bookmarks: [number, string][] };
type Front = Part & { catalog: string; root: string; document: string; info: string };

/** Objects that are spelled before everything else has its turn. */
const AT_ONCE = 500;
/** A stamp's name among what a page draws: browsers number theirs. */
const STAMP = 'Stamp';

const incomplete = (): never => fail('printer.failed', { reason: 'PDFの部品が足りない' });
const references = (numbers: readonly number[]): string => numbers.map((number) => `${number} 0 R`).join(' ');

/** The number of pages of a printed PDF. Raises printer.failed. */
export const countPages = async (pdf: Buffer): Promise<number> => (await openPrinted(pdf)).pages.length;

/** A new file. */
export function openJoining(): Joining {
  const file = openPdfFile();
  const [pageRoot, tagRoot, documentTag, outlines] = [file.reserve(), file.reserve(), file.reserve(), file.reserve()];
  const [before, after] = [file.reserve(), file.reserve()];
  file.putStream(before, '', Buffer.from('q\n'));
  file.putStream(after, '', Buffer.from(`Q\n/Artifact <</Type/Pagination>> BDC\nq /${STAMP} Do Q\nEMC\n`));

  const parts: Part[] = [];
  let front: Front | undefined;
  const places = new Map<string, string>();
  /** The leaves of the two trees that lead to tags: from what is drawn, and from names. */
  const leaves = { Nums: [] as number[], Names: [] as number[] };
  let [nextKey, count] = [0, 0];

  /** Makes room for the objects of a part. */
  function renamingFor({ last, tags }: Printed): Renaming {
    const base = file.reserve(last) - 1;
    const key = nextKey;
    // Names stay in order, since each part's come after those before.
    const prefix = String(count).padStart(6, '0');
    count += 1;
    return {
      numberOf(number) {
        if (number === tags?.root.number) return tagRoot;
        return number === tags?.document.number ? documentTag : base + number;
      },
      keyOf: (own) => key + own,
      nameOf: (own) => `${prefix}${own}`,
    };
  }

  async function* putRest(printed: Printed, as: Renaming, without?: ReadonlySet<number>): AsyncGenerator<Buffer> {
    const rest = printed.rest.filter(({ number }) => !without?.has(number));
    for (const [at, { number, object }] of rest.entries()) {
      const bytes = printed.bytesOf(object);
      if (bytes) file.putStream(as.numberOf(number), printed.entries(object, as, ['Length']), bytes);
      else file.put(as.numberOf(number), printed.spelled(object, as));
      if (at % AT_ONCE === AT_ONCE - 1) yield file.take();
    }
  }

  function putPages({ pages, entries, entry }: Printed, as: Renaming): Pick<Part, 'node' | 'stamps'> {
    const node = file.reserve();
    const stamps = pages.map(({ number, object, contents }) => {
      const stamp = file.reserve();
      const resources = entry(object, 'Resources') ?? incomplete();
      const drawn = entry(resources, 'XObject');
      const content = references([before, ...contents.map(as.numberOf), after]);
      file.put(
        as.numberOf(number),
        `<<${entries(object, as, ['Parent', 'Resources', 'Contents'])}/Parent ${node} 0 R/Contents[${content}]/Resources` +
          `<<${entries(resources, as, ['XObject'])}/XObject<<${drawn ? entries(drawn, as) : ''}/${STAMP} ${stamp} 0 R>>>>>>`,
      );
      return stamp;
    });
    const kids = references(pages.map(({ number }) => as.numberOf(number)));
    file.put(node, `<</Type/Pages/Parent ${pageRoot} 0 R/Count ${pages.length}/Kids[${kids}]>>`);
    return { node, stamps };
  }

  function putLeaf(kind: keyof typeof leaves, pairs: readonly (readonly [string, string])[]): void {
    const [first, last] = [pairs[0], pairs.at(-1)];
    if (!first || !last) return;
    const number = file.reserve();
    file.put(number, `<</Limits[${first[0]} ${last[0]}]/${kind}[${pairs.flat().join(' ')}]>>`);
    leaves[kind].push(number);
  }

  async function* put(printed: Printed, as: Renaming): AsyncGenerator<Buffer, Part> {
    const { pages, tags, parents, named, bookmarks, entries, spelled } = printed;
    yield* putRest(printed, as);
    const { node, stamps } = putPages(printed, as);
    putLeaf(
      'Nums',
      parents.map(([key, object]) => [String(as.keyOf(key)), spelled(object, as)]),
    );
    putLeaf(
      'Names',
      named.map(([name, object]) => [`(${as.nameOf(name)})`, spelled(object, as)]),
    );
    nextKey += 1 + Math.max(-1, ...parents.map(([key]) => key));
    // A name that is known stays: those of the front only stand in for those of the parts.
    for (const [name, object] of printed.places) if (!places.has(name)) places.set(name, spelled(object, as));
    yield file.take();
    return {
      pages: pages.length,
      node,
      stamps,
      kids: (tags ?? incomplete()).kids.map(as.numberOf),
      bookmarks: bookmarks.map(({ number, object }) => [
        as.numberOf(number),
        entries(object, as, ['Parent', 'Prev', 'Next', 'Count']) + closed(printed, object),
      ]),
    };
  }

  const closed = ({ entry }: Printed, bookmark: Printed['catalog']): string => {
    const inside = Number(entry(bookmark, 'Count')?.toString() ?? 0);
    // Hundreds of sheets are found sooner while their sections are folded away.
    return inside === 0 ? '' : `/Count ${-Math.abs(inside)}`;
  };

  const added = ({ pages, bookmarks }: Printed): Added => ({
    pages: pages.length,
    begins: bookmarks.map(({ page }) => page),
  });

  function putBookmarks(all: Part['bookmarks']): void {
    for (const [at, [number, entries]] of all.entries()) {
      const [previous, next] = [all[at - 1], all[at + 1]];
      const links = (previous ? `/Prev ${previous[0]} 0 R` : '') + (next ? `/Next ${next[0]} 0 R` : '');
      file.put(number, `<<${entries}/Parent ${outlines} 0 R${links}>>`);
    }
    const ends = all.length > 0 ? `/First ${all[0]?.[0]} 0 R/Last ${all.at(-1)?.[0]} 0 R` : '';
    file.put(outlines, `<</Type/Outlines/Count ${all.length}${ends}>>`);
  }

  return {
    async *add(pdf, names) {
      const printed = await openPrinted(pdf);
      if (printed.bookmarks.length !== names.length) incomplete();
      const as = renamingFor(printed);
      for (const [at, { object }] of printed.bookmarks.entries()) {
        places.set(names[at] ?? '', printed.spelled(printed.entry(object, 'Dest') ?? incomplete(), as));
      }
      parts.push(yield* put(printed, as));
      return added(printed);
    },

    async *addFront(pdf) {
      const printed = await openPrinted(pdf);
      const as = renamingFor(printed);
      const part = yield* put(printed, as);
      const { catalog, info, tags, entries } = printed;
      const { root, document } = tags ?? incomplete();
      front = {
        ...part,
        catalog: entries(catalog, as, ['Pages', 'Dests', 'StructTreeRoot', 'Outlines']),
        root: entries(root.object, as, ['K', 'ParentTree', 'ParentTreeNextKey', 'IDTree']),
        document: entries(document.object, as, ['K', 'P']),
        info: entries(info, as),
      };
      return added(printed);
    },

    async *stamp(pdf, first, last) {
      const printed = await openPrinted(pdf);
      if (printed.pages.length !== last - first + 1) incomplete();
      const as = renamingFor(printed);
      const { pages, entries, entry, spelled, bytesOf } = printed;
      yield* putRest(printed, as, new Set(pages.flatMap(({ contents }) => contents)));
      const stamps = [front ?? incomplete(), ...parts].flatMap((part) => part.stamps);
      for (const [at, { object }] of pages.entries()) {
        const [box, resources, content] = ['MediaBox', 'Resources', 'Contents'].map((name) => entry(object, name));
        const bytes = content && bytesOf(content);
        if (!box || !resources || !bytes) return incomplete();
        file.putStream(
          stamps[first + at] ?? incomplete(),
          `/Type/XObject/Subtype/Form/BBox${spelled(box, as)}/Resources ${spelled(resources, as)}${entries(content, as, ['Length'])}`,
          bytes,
        );
      }
      yield file.take();
    },

    end() {
      const whole = front ?? incomplete();
      const all = [whole, ...parts];
      const pages = all.reduce((sum, part) => sum + part.pages, 0);
      file.put(pageRoot, `<</Type/Pages/Count ${pages}/Kids[${references(all.map(({ node }) => node))}]>>`);
      const kids = references(all.flatMap((part) => part.kids));
      file.put(documentTag, `<<${whole.document}/P ${tagRoot} 0 R/K[${kids}]>>`);
      const tree = (kind: keyof typeof leaves) => `<</Kids[${references(leaves[kind])}]>>`;
      const names = leaves.Names.length > 0 ? `/IDTree${tree('Names')}` : '';
      file.put(
        tagRoot,
        `<<${whole.root}/K ${documentTag} 0 R/ParentTree${tree('Nums')}/ParentTreeNextKey ${nextKey}${names}>>`,
      );
      putBookmarks(all.flatMap((part) => part.bookmarks));
      const [dests, catalog, info] = [file.reserve(), file.reserve(), file.reserve()];
      file.put(dests, `<<${[...places].map(([name, place]) => `/${name} ${place}`).join('')}>>`);
      file.put(
        catalog,
        `<<${whole.catalog}/Pages ${pageRoot} 0 R/StructTreeRoot ${tagRoot} 0 R/Outlines ${outlines} 0 R/Dests ${dests} 0 R>>`,
      );
      file.put(info, `<<${whole.info}>>`);
      return file.end(catalog, info);
    },
  };
}
