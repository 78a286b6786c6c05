// .xlsx and its kin (.xlsm, .xltx, strict ones too): which worksheets there are, and what they share.
// Promise: macros, links to other files, queries and everything else that is not a text on a worksheet is never looked at.
import type { Table } from '../table.ts';
import type { Archive } from './archive.ts';
import { readComments, readShapes } from './drawing.ts';
import { damaged, LIMITS, oversized, spend } from './limits.ts';
import { BUILT_IN } from './numbers.ts';
import { type Found, newFound, tableFrom } from './sheetcells.ts';
import { type Common, readCells, unescaped } from './worksheet.ts';
import { attributeOf, readXml } from './xml.ts';

/** Relations of a part by their id. `kind` is the last word of the relation's type. */
type Relations = ReadonlyMap<string, { kind: string; part: string }>;
type SheetEntry = { name: string; isHidden: boolean; part: string };

const WORKSHEET = 'worksheet';

/** Whether an archive is a workbook of this kind, or of the binary one that is not read. */
export const isXlsx = (archive: Archive): boolean => archive.has('[Content_Types].xml') && archive.has('_rels/.rels');

/** The worksheets of a workbook, or those among them that are wanted by their place. */
export async function readXlsx(archive: Archive, wanted?: readonly number[]): Promise<Table[]> {
  const start = [...(await relationsOf(archive, '')).values()].find(({ kind }) => kind === 'officeDocument')?.part;
  const main = start ?? damaged(archive.budget, 'ブックの本体がない');
  const relations = await relationsOf(archive, main);
  const { entries, is1904 } = await readBook(archive, main, relations);
  const partFor = (kind: string) => [...relations.values()].find((relation) => relation.kind === kind)?.part;
  const common: Common = {
    strings: await readStrings(archive, partFor('sharedStrings')),
    formats: await readFormats(archive, partFor('styles')),
    is1904,
  };
  const tables: Table[] = [];
  for (const [index, { name, isHidden, part }] of entries.entries()) {
    const found = newFound(name, isHidden);
    const isWanted = wanted === undefined || wanted.includes(index);
    if (isWanted) await readWorksheet(archive, part, common, found);
    tables.push(tableFrom(archive.budget, found));
  }
  return tables;
}

async function readWorksheet(archive: Archive, part: string, common: Common, found: Found): Promise<void> {
  const ids = await readCells(archive, part, common, found);
  const relations = await relationsOf(archive, part);
  for (const [id, { kind, part: target }] of relations) {
    if (kind === 'drawing' && ids.includes(id) && archive.has(target)) await readShapes(archive, target, found);
    if (kind === 'comments' && archive.has(target)) await readComments(archive, target, found);
  }
}

async function readBook(archive: Archive, part: string, relations: Relations) {
  const entries: SheetEntry[] = [];
  let is1904 = false;
  await readXml(archive, part, {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet') return undefined;
      const relation = relations.get(attributeOf(attributes, 'id') ?? '');
      // Sheets of charts and macros hold no cells.
      if (relation?.kind !== WORKSHEET) return undefined;
      entries.push({
        name: unescaped(attributes.name ?? ''),
        isHidden: /^(?:hidden|veryHidden)$/.test(attributes.state ?? ''),
        part: relation.part,
      });
      if (entries.length > LIMITS.worksheets) oversized(archive.budget, 'worksheets');
      return undefined;
    },
  });
  if (entries.length === 0) damaged(archive.budget, 'シートが一枚もない');
  return { entries, is1904 };
}

/** Where a part's relations lead, inside of the archive only. */
async function relationsOf(archive: Archive, part: string): Promise<Relations> {
  const at = part.lastIndexOf('/') + 1;
  const file = `${part.slice(0, at)}_rels/${part.slice(at)}.rels`;
  const relations = new Map<string, { kind: string; part: string }>();
  if (!archive.has(file)) return relations;
  await readXml(archive, file, {
    open(name, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode }) {
      if (name !== 'Relationship' || mode === 'External') return undefined;
      const kind = type.slice(type.lastIndexOf('/') + 1);
      relations.set(id, { kind, part: resolvePart(part.slice(0, at), target) });
      return undefined;
    },
  });
  return relations;
}

/** A target as a part's name: names of parts, never paths of files. */
function resolvePart(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith('/') ? target : `${folder}${target}`).split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

/** The texts that cells share; of each, what stands there without its phonetic guide. */
async function readStrings(archive: Archive, part: string | undefined): Promise<string[]> {
  const strings: string[] = [];
  if (part === undefined || !archive.has(part)) return strings;
  let pieces: string[] = [];
  let isText = false;
  await readXml(archive, part, {
    open(name) {
      if (name === 'si') pieces = [];
      isText = name === 't';
      return name === 'rPh' || name === 'phoneticPr' || name === 'rPr' ? 'skip' : undefined;
    },
    text(piece) {
      if (isText) pieces.push(piece);
    },
    close(name) {
      isText = false;
      if (name !== 'si') return;
      const text = unescaped(pieces.join(''));
      spend(archive.budget, 'characters', text.length);
      strings.push(text);
    },
  });
  return strings;
}

/** The number format of each style of a cell. */
async function readFormats(archive: Archive, part: string | undefined): Promise<string[]> {
  const custom = new Map<number, string>();
  const formats: string[] = [];
  if (part === undefined || !archive.has(part)) return formats;
  let isCells = false;
  await readXml(archive, part, {
    open(name, attributes) {
      const id = Number(attributes.numFmtId);
      if (name === 'numFmt') custom.set(id, attributes.formatCode ?? '');
      if (name === 'cellXfs') isCells = true;
      if (name === 'xf' && isCells) formats.push(custom.get(id) ?? BUILT_IN.get(id) ?? '');
      return name === 'dxfs' ? 'skip' : undefined;
    },
    close(name) {
      if (name === 'cellXfs') isCells = false;
    },
  });
  return formats;
}
