// The parts of a zipped workbook, unpacked piece by piece. yauzl: small, kept, strict about sizes and names.
// Promise: never more than the limits is unpacked, whatever the archive says of itself, and what comes out is what went in
// (each part's CRC is checked).
import zlib from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { ProblemError } from '../../../../shared/kernel/problem.ts';
import { type Budget, damaged, LIMITS, oversized, spend } from './limits.ts';

export type Archive = {
  budget: Budget;
  has(part: string): boolean;
  /** The bytes of a part, piece by piece. Raises workbook.damaged, workbook.oversized. */
  pieces(part: string): AsyncGenerator<Buffer>;
};

/** Bytes after which others have their turn. */
const STRIDE = 512 * 1024;

/** Names of parts are compared without case and without a leading slash. */
const keyOf = (part: string): string => part.replace(/^\/+/, '').toLowerCase();

/**
 * Opens a zip. `pause` lets others have their turn, and stops the reading when the task was cancelled.
 * Raises workbook.damaged, workbook.oversized.
 */
export async function openArchive(bytes: Buffer, budget: Budget, pause: () => Promise<void>): Promise<Archive> {
  try {
    const zip = await fromBufferPromise(bytes, { autoClose: false });
    if (zip.entryCount > LIMITS.parts) oversized(budget, 'parts');
    const entries = await entriesOf(zip, budget);
    return {
      budget,
      has: (part) => entries.has(keyOf(part)),
      pieces: (part) => unpack(zip, entries.get(keyOf(part)), budget, pause),
    };
  } catch (error) {
    return asDamaged(budget, error);
  }
}

async function entriesOf(zip: ZipFile, budget: Budget): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    const key = keyOf(entry.fileName);
    if (entries.has(key)) damaged(budget, '同じ名前の部分が二つある');
    entries.set(key, entry);
    if (entries.size > LIMITS.parts) oversized(budget, 'parts');
  }
  return entries;
}

async function* unpack(zip: ZipFile, entry: Entry | undefined, budget: Budget, pause: () => Promise<void>) {
  if (!entry) return damaged(budget, '必要な部分が中にない');
  if (entry.isEncrypted()) damaged(budget, '中の部分が暗号になっている');
  // What the archive declares is refused before anything is unpacked; yauzl stops a part that is longer than declared.
  if (budget.unpacked + entry.uncompressedSize > LIMITS.unpacked) oversized(budget, 'unpacked');
  let crc = 0;
  let unpaused = 0;
  try {
    for await (const piece of await zip.openReadStreamPromise(entry)) {
      spend(budget, 'unpacked', piece.length);
      crc = zlib.crc32(piece, crc);
      unpaused += piece.length;
      if (unpaused > STRIDE) {
        unpaused = 0;
        await pause();
      }
      yield piece as Buffer;
    }
  } catch (error) {
    asDamaged(budget, error);
  }
  if (crc !== entry.crc32) damaged(budget, '中身が書いたときと違う');
}

/** What the unpacking complains about, as a problem. */
function asDamaged(budget: Budget, error: unknown): never {
  if (error instanceof ProblemError) throw error;
  return damaged(budget, '圧縮の形が正しくない');
}
