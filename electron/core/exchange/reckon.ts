// What stands here as it follows from what was made here and from the packages that count: a function of their set,
// whatever the order in which they came. Taking a package back, or in again, is reckoning without it, or with it.
import { type Account, allAccounts, type CarriedSheet, inSequence, isSuspended } from '../store/accounts.ts';
import { parentsOf } from '../store/artifacts.ts';
import type { ReadDb } from '../store/database.ts';
import { ownOf } from '../store/own.ts';

/** Names of what counts, each with its sheet. */
export type Reckoning = {
  /** Packages that count, in their senders' sequences, and packages that wait for what they stand on. */
  counting: readonly Account[];
  waiting: readonly Account[];
  revisions: ReadonlyMap<string, { sheet: string; refused: readonly string[] }>;
  remarks: ReadonlyMap<string, string>;
  confirmations: ReadonlyMap<string, string>;
};

/** Reckons with every package of which an account is kept and that `isOut` does not leave out. */
export function reckon(db: ReadDb, isOut: (account: Account) => boolean): Reckoning {
  const known = new Map<string, readonly string[]>();
  const parents = (hash: string): readonly string[] => {
    const found = known.get(hash) ?? parentsOf(db, hash);
    known.set(hash, found);
    return found;
  };
  const revisions = new Map<string, { sheet: string; refused: readonly string[] }>();
  const taken = new Set<Account>();
  const own = ownOf(db, 'revision');
  const packages = allAccounts(db).filter((one) => !isOut(one) && (one.outcome !== 'quarantined' || isSuspended(one)));

  const takeOwn = ({ hash, sheet }: { hash: string; sheet: string }): boolean => {
    if (!parents(hash).every((id) => revisions.has(id))) return false;
    revisions.set(hash, { sheet, refused: [] });
    return true;
  };
  const take = (account: Account): boolean => {
    const carried = new Set(account.sheets.flatMap((one) => Object.keys(one.revisions)));
    const isHere = (id: string) => carried.has(id) || revisions.has(id);
    const needed = account.sheets.flatMap(({ heads }) => heads).concat([...carried].flatMap(parents));
    if (!needed.every(isHere)) return false;
    for (const one of account.sheets) takeRevisions(one);
    taken.add(account);
    return true;
  };
  const takeRevisions = ({ sheet, revisions: brought }: CarriedSheet): void => {
    for (const [hash, refused] of Object.entries(brought)) {
      const before = revisions.get(hash)?.refused;
      // What one package may bring is not taken away again by another that may not.
      revisions.set(hash, { sheet, refused: before ? before.filter((address) => refused.includes(address)) : refused });
    }
  };
  for (let more = true; more; ) {
    const mine = own.filter(({ hash }) => !revisions.has(hash)).filter(takeOwn);
    const theirs = packages.filter((one) => !taken.has(one)).filter(take);
    more = mine.length + theirs.length > 0;
  }
  // Made here, whatever a package says of it.
  for (const { hash, sheet } of own) if (revisions.has(hash)) revisions.set(hash, { sheet, refused: [] });

  const counting = inSequence(
    db,
    packages.filter((one) => taken.has(one)),
  );
  const named = (kind: 'remark' | 'confirmation', of: (one: CarriedSheet) => readonly string[]) =>
    new Map([
      ...ownOf(db, kind).map(({ hash, sheet }) => [hash, sheet] as const),
      ...counting.flatMap(({ sheets }) => sheets.flatMap((one) => of(one).map((hash) => [hash, one.sheet] as const))),
    ]);
  return {
    counting,
    waiting: packages.filter((one) => !taken.has(one)),
    revisions,
    remarks: named('remark', ({ remarks }) => remarks),
    confirmations: named('confirmation', ({ confirmations }) => confirmations),
  };
}

/** Whose a sheet is and what stood in it last year; null where no package says. */
export type SheetWord = Pick<CarriedSheet, 'assignment' | 'previous'>;

/** What the newest of these packages that speaks of a sheet says of it, for any sheet. */
export function wordsIn(counting: readonly Account[]): (sheet: string) => SheetWord {
  const words = new Map<string, SheetWord>();
  const wordOn = (sheet: string) => words.get(sheet) ?? { assignment: null, previous: null };
  for (const { sheet, assignment, previous } of counting.flatMap(({ sheets }) => sheets)) {
    const older = wordOn(sheet);
    words.set(sheet, { assignment: assignment ?? older.assignment, previous: previous ?? older.previous });
  }
  return wordOn;
}
