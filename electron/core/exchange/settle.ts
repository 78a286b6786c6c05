// Brings the tables to what a reckoning says. Promise: drafts and artifacts are never touched, and sheets of which
// nothing changes are not looked at.
import type { Session } from '../session.ts';
import { type Account, inSequence } from '../store/accounts.ts';
import { assignmentOf, previousOf as previousArtifact } from '../store/artifacts.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { forgetSheet, refreshSheet } from '../store/derived.ts';
import { endJournal } from '../store/journal.ts';
import { setOutcome, sheetsWithoutAccount } from '../store/ledger.ts';
import { clearPrevious, setPrevious } from '../store/previous.ts';
import { assignmentInForce, assignSheet, withdrawSheet } from '../store/sheets.ts';
import { type Reckoning, wordsIn } from './reckon.ts';

/** Puts what was reckoned in force. */
export function settle(db: WriteDb, session: Session, reckoned: Reckoning): void {
  for (const one of reckoned.waiting) {
    if (one.outcome === 'applied') setOutcome(db, one.payload, 'quarantined', 'base.missing');
  }
  for (const one of reckoned.counting) {
    if (one.outcome === 'quarantined') setOutcome(db, one.payload, 'applied', null);
  }
  const changed = settleRevisions(db, reckoned.revisions);
  for (const sheet of changed) endJournal(db, sheet);
  const said = [
    ...settleSaid(db, 'remark', reckoned.remarks),
    ...settleSaid(db, 'confirmation', reckoned.confirmations),
  ];
  const named = reckoned.counting.flatMap(({ sheets }) => sheets.map(({ sheet }) => sheet));
  const pointed =
    session.meta.role === 'department' ? point(db, new Set([...named, ...assigned(db)]), reckoned.counting) : [];
  for (const sheet of new Set([...changed, ...said, ...pointed])) {
    if (assignmentInForce(db, sheet)) refreshSheet(db, sheet);
    else forgetSheet(db, sheet);
  }
}

const assigned = (db: ReadDb): string[] => db.all('SELECT sheet FROM ref').map(({ sheet }) => String(sheet));

function settleRevisions(db: WriteDb, wanted: Reckoning['revisions']): Set<string> {
  const changed = new Set<string>();
  const known = new Map(
    db
      .all('SELECT revision, sheet, refused FROM accepted')
      .map((row) => [String(row.revision), { sheet: String(row.sheet), refused: String(row.refused) }] as const),
  );
  for (const [hash, { sheet }] of known) {
    if (wanted.has(hash)) continue;
    db.run('DELETE FROM accepted WHERE revision = ?', hash);
    changed.add(sheet);
  }
  for (const [hash, { sheet, refused }] of wanted) {
    const text = JSON.stringify(refused);
    if (known.get(hash)?.refused === text) continue;
    db.run(
      `INSERT INTO accepted (revision, sheet, refused) VALUES (?, ?, ?)
       ON CONFLICT (revision) DO UPDATE SET refused = excluded.refused`,
      hash,
      sheet,
      text,
    );
    changed.add(sheet);
  }
  return changed;
}

function settleSaid(db: WriteDb, table: 'remark' | 'confirmation', wanted: ReadonlyMap<string, string>): Set<string> {
  const changed = new Set<string>();
  const known = new Map(
    db.all(`SELECT hash, sheet FROM ${table}`).map((row) => [String(row.hash), String(row.sheet)] as const),
  );
  for (const [hash, sheet] of known) {
    if (wanted.has(hash)) continue;
    db.run(`DELETE FROM ${table} WHERE hash = ?`, hash);
    changed.add(sheet);
  }
  for (const [hash, sheet] of wanted) {
    if (known.has(hash)) continue;
    db.run(`INSERT INTO ${table} (hash, sheet) VALUES (?, ?)`, hash, sheet);
    changed.add(sheet);
  }
  return changed;
}

/**
 * Puts in force, at a department, what the newest of the office's packages say of these sheets: whose they are, and what
 * stood in them last year. A sheet of which nothing speaks any more leaves the list. Gives the sheets that changed.
 */
export function point(db: WriteDb, sheets: ReadonlySet<string>, counting: readonly Account[]): string[] {
  const older = sheetsWithoutAccount(db);
  const wordOn = wordsIn(inSequence(db, counting));
  return [...sheets].filter((sheet) => {
    const word = wordOn(sheet);
    const assignment = word.assignment === null ? undefined : assignmentOf(db, word.assignment);
    if (!assignment) return !older.has(sheet) && withdrawSheet(db, sheet);
    const previous = word.previous === null ? undefined : previousArtifact(db, word.previous);
    const isPointed = previous ? setPrevious(db, sheet, previous) : !older.has(sheet) && clearPrevious(db, sheet);
    return assignSheet(db, assignment) || isPointed;
  });
}
