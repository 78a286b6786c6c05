// Writes a PDF 1.7 object by object: what has been put can be taken and forgotten, so that a long file needs little memory.
// Dictionaries go together into compressed object streams, and their places into a cross-reference stream.
import { deflateSync } from 'node:zlib';

export type PdfFile = {
  /** Numbers for objects that will be put, or never used: the first of `count` in a row. */
  reserve(count?: number): number;
  /** An object without a stream; `text` is Latin-1. */
  put(number: number, text: string): void;
  /** A stream; `entries` are those of its dictionary beside /Length. */
  putStream(number: number, entries: string, bytes: Uint8Array): void;
  /** The bytes that are ready to be written. */
  take(): Buffer;
  /** The last bytes. `root` and `info` are the numbers of the catalog and of the information dictionary. */
  end(root: number, info: number): Buffer;
};

/** Objects of one object stream: readers unpack it as a whole. */
const TOGETHER = 200;
/** Bytes of the fields of the cross-reference stream: kind, offset or object stream, index in it. */
const WIDTHS = [1, 5, 2] as const;
const FREE = 0;
const PLAIN = 1;
const PACKED = 2;

/** A new file. */
export function openPdfFile(): PdfFile {
  const places: [kind: number, at: number, index: number][] = [[FREE, 0, 0]];
  let offset = 0;
  let ready: Buffer[] = [];
  let packed: [number: number, text: string][] = [];

  const write = (bytes: Buffer) => {
    ready.push(bytes);
    offset += bytes.length;
  };
  const reserve: PdfFile['reserve'] = (count = 1) => {
    const first = places.length;
    for (let at = 0; at < count; at += 1) places.push([FREE, 0, 0]);
    return first;
  };
  const putStream: PdfFile['putStream'] = (number, entries, bytes) => {
    places[number] = [PLAIN, offset, 0];
    write(latin(`${number} 0 obj\n<<${entries}/Length ${bytes.length}>>\nstream\n`));
    write(Buffer.from(bytes));
    write(latin('\nendstream\nendobj\n'));
  };
  const pack = () => {
    if (packed.length === 0) return;
    const stream = reserve();
    let length = 0;
    const heads = packed.map(([number, text], index) => {
      places[number] = [PACKED, stream, index];
      const head = `${number} ${length}`;
      length += text.length + 1;
      return head;
    });
    const head = `${heads.join(' ')}\n`;
    const bytes = deflateSync(latin(head + packed.map(([, text]) => `${text}\n`).join('')));
    putStream(stream, `/Type/ObjStm/N ${packed.length}/First ${head.length}/Filter/FlateDecode`, bytes);
    packed = [];
  };
  const take = () => {
    const bytes = Buffer.concat(ready);
    ready = [];
    return bytes;
  };
  // Four bytes above 127 tell carriers that the file is binary.
  write(latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'));
  return {
    reserve,
    put(number, text) {
      packed.push([number, text]);
      if (packed.length === TOGETHER) pack();
    },
    putStream,
    take,
    end(root, info) {
      pack();
      const table = reserve();
      const start = offset;
      places[table] = [PLAIN, start, 0];
      const entries = `/Type/XRef/Size ${places.length}/W[${WIDTHS.join(' ')}]/Root ${root} 0 R/Info ${info} 0 R/Filter/FlateDecode`;
      putStream(table, entries, deflateSync(crossReferences(places)));
      write(latin(`startxref\n${start}\n%%EOF\n`));
      return take();
    },
  };
}

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

function crossReferences(places: readonly (readonly number[])[]): Buffer {
  const size = WIDTHS.reduce((sum, width) => sum + width, 0);
  const bytes = Buffer.alloc(places.length * size);
  let at = 0;
  for (const place of places) {
    for (const [field, width] of WIDTHS.entries()) {
      bytes.writeUIntBE(place[field] ?? 0, at, width);
      at += width;
    }
  }
  return bytes;
}
