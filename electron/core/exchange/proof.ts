// Proof that a written package can be taken in: read as its receiver will read it, before it counts as written.
import { layOut, readDefinition } from '../../../shared/form/form.ts';
import { fail, ProblemError } from '../../../shared/kernel/problem.ts';
import type { Carrier, Payload } from '../../../shared/package/payload.ts';
import type { Revision } from '../../../shared/revision/revision.ts';
import { formOf, hashOf } from '../store/artifacts.ts';
import type { ReadDb } from '../store/database.ts';
import { historyOf } from '../store/sheets.ts';
import { readPackage } from './authorise.ts';

/** Turns whatever a receiver would be told of the file `name` into package.unproved. */
export async function proving(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    fail('package.unproved', { name, reason: error.problem.message });
  }
}

const unproved = (reason: string) => fail('package.inconsistent', { reason });

/**
 * Raises a package.* or form.* problem unless `written` (without its seal) is the very package that was signed, of the
 * proper shape, with readable forms, and with every revision's base in it or at the receiver's.
 */
export function provePackage(db: ReadDb, written: Buffer, hash: string): void {
  const { opened, payload } = readPackage(written);
  if (opened.payloadHash !== hash) unproved('書いた内容を読み戻すと違っている');
  if (payload.kind === 'receipt') return;
  readForms(db, payload);
  const gaps = numbersWithGaps(db, payload);
  if (gaps.length > 0) unproved(`もとになる版が欠けている（シート ${gaps.join('、')}）`);
}

function readForms(db: ReadDb, payload: Carrier): void {
  if (payload.kind === 'submission') {
    for (const hash of payload.forms) formOf(db, hash, payload.year);
    return;
  }
  const older = payload.kind === 'distribution' ? payload.lastYear.forms : [];
  for (const source of [...payload.forms, ...older])
    layOut(readDefinition(source, String(source.title ?? '')), payload.year);
}

/** Numbers of the sheets of which the receiver would lack a revision that something in the package stands on. */
function numbersWithGaps(db: ReadDb, payload: Carrier): string[] {
  const carried = new Map(payload.revisions.map((revision) => [hashOf(revision), revision] as const));
  const bySheet = Map.groupBy(carried.values(), ({ sheet }) => sheet);
  return payload.sheets
    .filter(({ sheet, heads }) => {
      const own = bySheet.get(sheet) ?? [];
      const history = historyOf(db, sheet);
      return ![...heads, ...own.flatMap(({ parents }) => parents)].every(
        (id) => carried.has(id) || isHeldBy(payload, history.get(id)?.revision),
      );
    })
    .map(({ number }) => number);
}

/** The receiver holds what it wrote itself: the office its own revisions, a department those of its unit. */
function isHeldBy({ kind, recipient }: Payload, revision: Revision | undefined): boolean {
  if (!revision) return false;
  const { role, unit } = revision.author;
  return kind === 'submission'
    ? role === 'office'
    : kind === 'return' && role === 'department' && unit === recipient.unit;
}
