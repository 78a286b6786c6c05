// The program's own fonts for a document that has nothing else: as @font-face rules that hold their files.
// Promise: they are the page's fonts, and only the parts are taken that the text needs.
import path from 'node:path';
import type { Files } from '../files.ts';

type Face = {
  /** The rule without its source. */
  head: string;
  file: string;
  /** First and last code point of each range; none where the file stands for any character. */
  ranges: readonly (readonly [number, number])[];
};
export type Fonts = {
  /** The rules that a document with this text needs. Raises file.missing, file.unreadable. */
  rulesFor(text: string): Promise<string>;
};

/** The style sheets of the page that name fonts; a built page has them in its assets. */
const SOURCES = ['renderer/ui/base.css', 'renderer/print/fonts.css'];
const ASSETS = 'dist/renderer/assets';

/** The fonts below `root`, where the program lies. */
export async function openFonts(files: Files, root: string): Promise<Fonts> {
  const sources = SOURCES.map((name) => path.join(root, name));
  const isSource = await files.exists(sources[0] ?? '');
  const sheets = isSource ? sources : await builtSheets(files, path.join(root, ASSETS));
  const faces = (await Promise.all(sheets.map((sheet) => facesIn(files, root, sheet)))).flat();
  const data = new Map<string, Promise<string>>();
  const dataOf = (file: string): Promise<string> => {
    const known = data.get(file) ?? files.read(file).then((bytes) => bytes.toString('base64'));
    data.set(file, known);
    return known;
  };
  return {
    async rulesFor(text) {
      const points = [...new Set(text)].map((character) => character.codePointAt(0) ?? 0);
      const needed = faces.filter(
        ({ ranges }) =>
          ranges.length === 0 || points.some((point) => ranges.some(([a, b]) => point >= a && point <= b)),
      );
      const rules = needed.map(
        async ({ head, file }) =>
          `@font-face{${head}src:url(data:font/woff2;base64,${await dataOf(file)}) format('woff2')}`,
      );
      return (await Promise.all(rules)).join('\n');
    },
  };
}

async function builtSheets(files: Files, folder: string): Promise<string[]> {
  const entries = await files.listFolder(folder);
  return entries.filter(({ name }) => name.endsWith('.css')).map(({ name }) => path.join(folder, name));
}

/** The faces of a style sheet and of those that it imports. */
async function facesIn(files: Files, root: string, sheet: string): Promise<Face[]> {
  const css = (await files.read(sheet)).toString('utf8');
  const imported = [...css.matchAll(/@import\s+["']([^"']+)["']/g)].map(([, name = '']) =>
    name.startsWith('.') ? path.join(path.dirname(sheet), name) : path.join(root, 'node_modules', name),
  );
  const own = [...css.matchAll(/@font-face\s*\{([^}]*)\}/g)].flatMap(([, body = '']) => faceOf(body, root, sheet));
  const others = await Promise.all(imported.map((name) => facesIn(files, root, name)));
  return [...others.flat(), ...own];
}

function faceOf(body: string, root: string, sheet: string): Face[] {
  const address = /url\(["']?([^"')]+\.woff2)["']?\)/.exec(body)?.[1];
  if (address === undefined) return [];
  const range = /unicode-range:([^;]+)/.exec(body)?.[1];
  const head = [...body.matchAll(/(?:font-family|font-style|font-weight|unicode-range):[^;]+/g)]
    .map(([declaration]) => `${declaration};`)
    .join('');
  const file = address.startsWith('.')
    ? path.join(path.dirname(sheet), address)
    : path.join(root, 'node_modules', address);
  return [{ head, file, ranges: rangesOf(range ?? '') }];
}

const rangesOf = (text: string): (readonly [number, number])[] =>
  [...text.matchAll(/U\+([0-9a-f?]+)(?:-([0-9a-f]+))?/gi)].map(([, from = '', to]) => [
    Number.parseInt(from.replaceAll('?', '0'), 16),
    Number.parseInt(to ?? from.replaceAll('?', 'f'), 16),
  ]);
