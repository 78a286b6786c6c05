// XML parts of a workbook as events. saxes: strict, kept, made by and for jsdom; it expands no entities but XML's own five.
// Promise: no document type, no entities, no depth without end; names come without their prefixes.
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { ProblemError } from '../../../../shared/kernel/problem.ts';
import type { Archive } from './archive.ts';
import { damaged, LIMITS, oversized } from './limits.ts';

export type Attributes = Readonly<Record<string, string>>;

/** `open` may answer 'skip': then nothing inside of the element is told. Names are without prefix; attributes keep theirs. */
export type Listener = {
  open(name: string, attributes: Attributes): 'skip' | undefined;
  text?(text: string): void;
  close?(name: string): void;
};

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The attribute whose name is `name` behind any prefix. */
export function attributeOf(attributes: Attributes, name: string): string | undefined {
  const found = Object.keys(attributes).find((key) => key.endsWith(`:${name}`));
  return found === undefined ? undefined : attributes[found];
}

/** Reads a part from its beginning to its end. Raises workbook.damaged, workbook.oversized. */
export async function readXml(archive: Archive, part: string, listener: Listener): Promise<void> {
  const { budget } = archive;
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  /** The depth at which what is skipped began; 0 where nothing is skipped. */
  let skipped = 0;
  parser.on('error', () => damaged(budget, `${part} が XML として正しくない`));
  parser.on('doctype', () => damaged(budget, `${part} に、あるはずのない文書型の宣言がある`));
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    depth += 1;
    if (depth > LIMITS.depth) oversized(budget, 'depth');
    if (skipped === 0 && listener.open(local(name), attributes) === 'skip') skipped = depth;
  });
  const text = (piece: string) => {
    if (skipped === 0) listener.text?.(piece);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', ({ name }) => {
    if (skipped === 0) listener.close?.(local(name));
    else if (skipped === depth) skipped = 0;
    depth -= 1;
  });
  let decoder: ReturnType<typeof decoderFor> | undefined;
  try {
    for await (const piece of archive.pieces(part)) {
      decoder ??= decoderFor(piece);
      parser.write(decoder.decode(piece, { stream: true }));
    }
    parser.write(decoder?.decode() ?? '').close();
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    damaged(budget, `${part} の文字を読めない`);
  }
}

/** UTF-8, or UTF-16 with its mark. */
function decoderFor(piece: Buffer) {
  const mark = piece.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true });
}
