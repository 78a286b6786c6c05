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
  // Number by number; there may be hundreds of thousands.
  const places: Places = { kinds: [FREE], fields: [0], indexes: [0] };
  const setPlace = (number: number, kind: number, field: number, index: number) => {
    places.kinds[number] = kind;
    places.fields[number] = field;
    places.indexes[number] = index;
  };
  let offset = 0;
  let ready: Buffer[] = [];
  let packed: [number: number, text: string][] = [];

  const write = (bytes: Buffer) => {
    ready.push(bytes);
    offset += bytes.length;
  };
  const reserve: PdfFile['reserve'] = (count = 1) => {
    const first = places.kinds.length;
    for (let at = 0; at < count; at += 1) setPlace(first + at, FREE, 0, 0);
    return first;
  };
  const putStream: PdfFile['putStream'] = (number, entries, bytes) => {
    setPlace(number, PLAIN, offset, 0);
    write(latin(`${number} 0 obj\n<<${entries}/Length ${bytes.length}>>\nstream\n`));
    write(Buffer.from(bytes));
    write(latin('\nendstream\nendobj\n'));
  };
  const pack = () => {
    if (packed.length === 0) return;
    const stream = reserve();
    let length = 0;
    const heads = packed.map(([number, text], index) => {
      setPlace(number, PACKED, stream, index);
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
      setPlace(table, PLAIN, start, 0);
      const entries = `/Type/XRef/Size ${places.kinds.length}/W[${WIDTHS.join(' ')}]/Root ${root} 0 R/Info ${info} 0 R/Filter/FlateDecode`;
      putStream(table, entries, deflateSync(crossReferences(places)));
      write(latin(`startxref\n${start}\n%%EOF\n`));
      return take();
    },
  };
}

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

/** What each object is, and the two fields that say where it is. */
type Places = Record<'kinds' | 'fields' | 'indexes', number[]>;

function crossReferences({ kinds, fields, indexes }: Places): Buffer {
  const size = WIDTHS.reduce((sum, width) => sum + width, 0);
  const bytes = Buffer.alloc(kinds.length * size);
  for (const [number, kind] of kinds.entries()) {
    let at = number * size;
    for (const [place, value] of [kind, fields[number] ?? 0, indexes[number] ?? 0].entries()) {
      const width = WIDTHS[place] ?? 0;
      bytes.writeUIntBE(value, at, width);
      at += width;
    }
  }
  return bytes;
}
