// The record of receiving: every package that came, from whom, what became of it, and what of it can be taken back.
import type { ReceivedView } from '../../../shared/contract/recordviews.ts';
import { allAccounts } from '../store/accounts.ts';
import type { ReadDb } from '../store/database.ts';
import { listSheets } from '../store/derived.ts';
import { allReceived, type ReceivedHead } from '../store/ledger.ts';
import { signerOf } from '../store/signers.ts';

/** Everything received, the latest arrival first. */
export function listReceived(db: ReadDb): ReceivedView[] {
  const kept = new Set(allAccounts(db).map(({ payload }) => payload));
  const sheets = new Map(listSheets(db).map((sheet) => [sheet.id, sheet] as const));
  return allReceived(db, 'arrival')
    .reverse()
    .map((head) => view(db, head, kept, sheets));
}

/** One package received. */
export const viewReceived = (db: ReadDb, head: ReceivedHead): ReceivedView =>
  view(
    db,
    head,
    new Set(allAccounts(db).map(({ payload }) => payload)),
    new Map(listSheets(db).map((sheet) => [sheet.id, sheet] as const)),
  );

function view(
  db: ReadDb,
  head: ReceivedHead,
  kept: ReadonlySet<string>,
  sheets: ReadonlyMap<string, { number: string; name: string }>,
): ReceivedView {
  const signer = signerOf(db, head.print);
  return {
    hash: head.payload,
    outcome: head.outcome,
    reason: head.reason,
    kind: head.kind,
    unit: signer?.unit ?? head.unit,
    station: signer?.station ?? head.station,
    known: signer !== undefined,
    sequence: head.sequence,
    madeAt: head.madeAt,
    receivedAt: head.receivedAt,
    file: head.file,
    sheets: head.sheets.map((id) => ({ id, number: sheets.get(id)?.number ?? '', name: sheets.get(id)?.name ?? '' })),
    refused: [...head.refused],
    undoable: head.outcome === 'applied' && kept.has(head.payload),
  };
}
