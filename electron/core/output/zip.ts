// Parts packed into a zip while they are made. yazl: small, kept, streams, by the author of the reader that intake uses.
// Promise: no part is ever whole in memory, and what fails in the middle ends the stream with that failure.
import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** `isStored`: not compressed, with its size before it, as readers want the part that names the format. */
export type Part = { name: string; pieces: AsyncIterable<Piece> | Iterable<Piece>; isStored?: boolean };
type Piece = string | Uint8Array;

/** No file of ours says when it was made: the same sheets give the same bytes. */
const NO_TIME = { mtime: new Date('1980-01-01T00:00:00Z'), forceDosTimestamp: true };

/** The bytes of a zip with these parts, in their order; a part is asked for once the one before is packed. */
export function zipped(parts: AsyncIterable<Part>): AsyncIterable<Uint8Array> {
  const zip = new ZipFile();
  const bytes = new PassThrough();
  zip.outputStream.pipe(bytes);
  const stop = (error: unknown) => bytes.destroy(error instanceof Error ? error : new Error(String(error)));
  zip.on('error', stop);
  add(zip, parts).catch(stop);
  return bytes;
}

async function add(zip: ZipFile, parts: AsyncIterable<Part>): Promise<void> {
  for await (const { name, pieces, isStored = false } of parts) {
    if (isStored) {
      zip.addBuffer(Buffer.from([...(pieces as Iterable<string>)].join('')), name, { ...NO_TIME, compress: false });
    } else {
      // yazl keeps what it was given for every part until the end: the stream must not be among it.
      let source: Readable | undefined = readable(pieces);
      const packed = new Promise((resolve, reject) => source?.once('end', resolve).once('error', reject));
      unpooled(() =>
        zip.addReadStreamLazy(name, NO_TIME, (give) => {
          const given = source;
          source = undefined;
          give(null, given ?? Readable.from([]));
        }),
      );
      await packed;
    }
  }
  zip.end();
}

/**
 * Small buffers are cut out of shared ones, which live as long as any piece of them: a part's name, which yazl keeps until
 * the end, would keep the bytes of the parts around it.
 */
function unpooled(work: () => void): void {
  const size = Buffer.poolSize;
  Buffer.poolSize = 0;
  try {
    work();
  } finally {
    Buffer.poolSize = size;
  }
}

/** The stream of some pieces. Unlike Readable.from it lets go of their maker once they are read: zlib holds on to it. */
function readable(pieces: Part['pieces']): Readable {
  let left: AsyncIterator<Uint8Array> | undefined = encoded(pieces);
  return new Readable({
    read() {
      left?.next().then(
        ({ done, value }) => {
          if (done) left = undefined;
          this.push(done ? null : value);
        },
        (error: Error) => this.destroy(error),
      );
    },
  });
}

async function* encoded(pieces: Part['pieces']): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}
