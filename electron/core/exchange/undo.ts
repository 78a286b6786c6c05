// Taking a whole intake back, and doing it again. Promise: what stands afterwards is what would stand if the package had
// never come, or had never been taken back; the person sees beforehand what goes with it; drafts and artifacts stay.
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import type { Dependents } from '../../../shared/contract/recordviews.ts';
import { mergeRulesOf } from '../../../shared/form/form.ts';
import { labelAt } from '../../../shared/form/label.ts';
import { canonical } from '../../../shared/kernel/json.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import { mergeRevisions } from '../../../shared/revision/ancestry.ts';
import type { Session } from '../session.ts';
import { type Account, allAccounts } from '../store/accounts.ts';
import { revisionOf } from '../store/artifacts.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { allReceived, type ReceivedHead, setOutcome } from '../store/ledger.ts';
import { ownOf } from '../store/own.ts';
import { draftOf, historyOf, sheetOf } from '../store/sheets.ts';
import { sha256 } from './crypto.ts';
import { type Reckoning, reckon, wordsIn } from './reckon.ts';
import { viewReceived } from './record.ts';
import { settle } from './settle.ts';

const isUndone = ({ outcome }: Account): boolean => outcome === 'undone';

/** The package of this name, if it is of this outcome and an account of it is kept. Raises undo.impossible. */
function keptPackage(db: ReadDb, hash: string, outcomes: readonly ReceivedHead['outcome'][]): ReceivedHead {
  const head = allReceived(db).find(({ payload }) => payload === hash);
  const account = allAccounts(db).find(({ payload }) => payload === hash);
  return head && account && outcomes.includes(head.outcome) ? head : fail('undo.impossible', {});
}

/**
 * What would go if a package were taken back: what it alone brought, what was made here on top of that, and later packages
 * that stand on it and would wait again. Raises undo.impossible.
 */
export function dependentsOf(db: ReadDb, session: Session, hash: string): Dependents {
  const head = keptPackage(db, hash, ['applied']);
  const now = reckon(db, isUndone);
  const then = reckon(db, (account) => isUndone(account) || account.payload === hash);
  const gone = [...now.revisions].filter(([id]) => !then.revisions.has(id));
  const own = new Set(ownOf(db, 'revision').map((one) => one.hash));
  const waiting = new Set(then.waiting.map(({ payload }) => payload));
  for (const { payload } of now.waiting) waiting.delete(payload);
  const view = {
    package: viewReceived(db, head),
    sheets: sheetsChanged(db, session, now, then),
    made: gone.filter(([id]) => own.has(id)).map(([id, { sheet }]) => viewMade(db, id, sheet)),
    packages: allReceived(db, 'arrival')
      .filter(({ payload }) => waiting.has(payload))
      .map((one) => viewReceived(db, one)),
  };
  return { ...view, digest: sha256(canonical(view)) };
}

/** The sheets in which something else stands then, with what a person has to know of each. */
function sheetsChanged(db: ReadDb, { meta }: Session, now: Reckoning, then: Reckoning): Dependents['sheets'] {
  const touched = (all: Iterable<readonly [string, string]>, left: ReadonlyMap<string, unknown>) =>
    [...all].flatMap(([id, sheet]) => (left.has(id) ? [] : [sheet]));
  const revised = [...now.revisions].flatMap(([id, { sheet, refused }]) => {
    const after = then.revisions.get(id)?.refused;
    return after && canonical(after) === canonical(refused) ? [] : [sheet];
  });
  const said = [...touched(now.remarks, then.remarks), ...touched(now.confirmations, then.confirmations)];
  const spoken = now.counting.flatMap(({ sheets }) => sheets.map(({ sheet }) => sheet));
  const [wordNow, wordThen] = [wordsIn(now.counting), wordsIn(then.counting)];
  const pointed = [...new Set(meta.role === 'department' ? spoken : [])].filter(
    (sheet) => canonical(wordNow(sheet)) !== canonical(wordThen(sheet)),
  );
  const typed = new Set([...ownOf(db, 'revision'), ...ownOf(db, 'remark')].map(({ sheet }) => sheet));
  return [...new Set([...revised, ...said, ...pointed])].flatMap((id) => {
    const sheet = sheetOf(db, id);
    if (!sheet) return [];
    const isLeaving = meta.role === 'department' && wordThen(id).assignment === null;
    const isDrafted = draftOf(db, id).size > 0;
    return [
      {
        id,
        number: sheet.number,
        name: sheet.name,
        revisions: revised.filter((one) => one === id).length,
        remarks: said.filter((one) => one === id).length,
        drafted: isDrafted,
        leaves: isLeaving,
        blocked: isLeaving && (isDrafted || typed.has(id)),
      },
    ];
  });
}

function viewMade(db: ReadDb, id: string, sheetId: string): Dependents['made'][number] {
  const sheet = sheetOf(db, sheetId);
  const revision = revisionOf(db, id);
  const history = historyOf(db, sheetId);
  const { parents, open } = history.get(id) ?? { parents: [] };
  const disputed =
    sheet && parents.length > 0 ? mergeRevisions(history, parents, mergeRulesOf(sheet.form)).conflicts : [];
  const conflicts = disputed.filter(({ address }) => !open?.includes(address));
  return {
    sheet: sheetId,
    number: sheet?.number ?? '',
    unit: revision?.author.unit ?? '',
    at: revision?.at ?? '',
    note: revision?.note ?? '',
    decided: sheet ? conflicts.map(({ address }) => labelAt(sheet.form, address)) : [],
  };
}

/**
 * Takes a package back, with what `digest` says that the person saw going with it. Raises undo.impossible, undo.changed
 * when something else would go now, undo.blocked where what was typed would lose its sheet.
 */
export function undoPackage(db: WriteDb, session: Session, input: ParsedInput<'package.undo'>): Dependents {
  const dependents = dependentsOf(db, session, input.package);
  if (dependents.digest !== input.digest) fail('undo.changed', {});
  const blocked = dependents.sheets.filter((sheet) => sheet.blocked);
  if (blocked.length > 0) fail('undo.blocked', { sheets: blocked.map(({ number }) => number) });
  setOutcome(db, input.package, 'undone', null);
  settle(db, session, reckon(db, isUndone));
  return dependents;
}

/** Takes a package in again that was taken back, with everything that went with it. Raises undo.impossible. */
export function redoPackage(db: WriteDb, session: Session, input: ParsedInput<'package.redo'>) {
  keptPackage(db, input.package, ['undone']);
  setOutcome(db, input.package, 'applied', null);
  settle(db, session, reckon(db, isUndone));
  const head = allReceived(db).find(({ payload }) => payload === input.package);
  return head ? viewReceived(db, head) : fail('undo.impossible', {});
}
