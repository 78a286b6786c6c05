// Publishing: what is still open, and the record of what was published.
// Promise: nothing is published that the person has not been told about; what a record names never changes.
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { Matter, PublicationView } from '../../shared/contract/publicationmethods.ts';
import { completeness } from '../../shared/form/completeness.ts';
import { labelAt } from '../../shared/form/label.ts';
import { fail } from '../../shared/kernel/problem.ts';
import { shortDigest } from '../../shared/revision/digest.ts';
import { type Publication, publicationSchema } from '../../shared/revision/publication.ts';
import { threadsOf } from '../../shared/revision/remark.ts';
import { sheetSlices, walkOf } from './output/job.ts';
import { assertRole } from './session.ts';
import { type IntakeRecord, questionsOf } from './sheet.ts';
import { confirmationIn, sheetDigest } from './signed.ts';
import { hashOf } from './store/artifacts.ts';
import { confirmationsOf } from './store/confirmations.ts';
import type { ReadDb } from './store/database.ts';
import { addPublication, listPublications, nextNumber, publishedFrom } from './store/publications.ts';
import { remarksOf } from './store/remarks.ts';
import { setSetting, settingOf } from './store/settings.ts';
import { intakeOf, openConflictsOf, type Sheet, standingText } from './store/sheets.ts';
import type { Task } from './task.ts';

type What = Pick<ParsedInput<'publication.plan'>, 'sheets' | 'edition' | 'years'>;

/** A blank of a committee is published like one of a department. */
const ROLES = ['department', 'office'] as const;

/** What is open about what would be published of a sheet: its revisions, not its draft. */
function mattersOf(db: ReadDb, sheet: Sheet): Matter[] {
  const committed: Sheet = { ...sheet, draft: new Map() };
  const { form, assignment, standing } = sheet;
  const asked = questionsOf(db, committed, intakeOf(db, sheet.id) as IntakeRecord | undefined);
  const missing = new Set(ROLES.flatMap((role) => completeness(form, standing.values, role, assignment.round).missing));
  const confirmations = confirmationsOf(db, sheet.id).values();
  const isConfirmed =
    !form.definition.confirmation ||
    confirmationIn(confirmations, assignment.units, sheetDigest(sheet, standing.values)).state === 'valid';
  const waiting = threadsOf(remarksOf(db, sheet.id)).filter(({ state }) => state !== 'closed');
  const found: Record<Matter['kind'], string[] | undefined> = {
    conflict: some(openConflictsOf(committed).map(({ address }) => labelAt(form, address))),
    question: some(asked.filter(({ answer }) => answer === null).map(({ label }) => label)),
    missing: some(form.cells.filter((cell) => missing.has(cell)).map(({ label }) => label)),
    draft: some([...sheet.draft.keys()].map((address) => labelAt(form, address))),
    remark: some(waiting.map(({ address }) => (address === '' ? 'シート全体' : labelAt(form, address)))),
    unconfirmed: isConfirmed ? undefined : [],
  };
  const { id, number, name } = sheet;
  return (Object.entries(found) as [Matter['kind'], string[] | undefined][]).flatMap(([kind, labels]) =>
    labels ? [{ id, number, name, kind, labels: [...new Set(labels)] }] : [],
  );
}

const some = (labels: string[]): string[] | undefined => (labels.length > 0 ? labels : undefined);

/** Running the checks of a sheet is more work than reading it. */
const CHECKED_AT_ONCE = 5;

/** Everything that would be published, what is open about it, and the digest of both. */
async function lookThrough(task: Task, what: What) {
  assertRole(task.session(), 'office');
  const sheets: Publication['sheets'] = [];
  const matters: Matter[] = [];
  const stands = new Map<string, string>();
  const walk = walkOf(task, { sheets: what.sheets, snapshot: undefined });
  const visit = (sheet: Sheet, _: unknown, db: ReadDb) => {
    stands.set(sheet.id, standingText(db, sheet.id));
    sheets.push(publishedFrom(db, sheet));
    matters.push(...mattersOf(db, sheet));
  };
  for await (const _ of sheetSlices(task, walk, visit, { atOnce: CHECKED_AT_ONCE }));
  const number = task.read(nextNumber);
  const { edition, years } = what;
  return { number, sheets, stands, matters, digest: hashOf({ number, edition, years, sheets, matters }) };
}

/** What publishing would be like now: its number, and everything that is still open. */
export async function planPublication(task: Task, input: ParsedInput<'publication.plan'>) {
  const { number, sheets, matters, digest } = await lookThrough(task, input);
  const said = task.read((db) => ({ person: settingOf(db, 'publisher'), texts: settingOf(db, 'texts') }));
  return { number, sheets: sheets.length, matters, digest, ...said };
}

/** Keeps the record of what `publication.plan` showed. Raises publication.changed, publication.unfit; then nothing is kept. */
export async function makePublication(task: Task, input: ParsedInput<'publication.make'>): Promise<PublicationView> {
  const { edition, years, texts } = input;
  const person = input.person.normalize('NFC').trim();
  if (person === '') fail('publication.unfit', { reason: '公表する人の名前がない' });
  const { number, sheets, stands, digest } = await lookThrough(task, input);
  if (digest !== input.digest) fail('publication.changed', {});
  const { unit: office, year } = task.session().meta;
  const at = task.ports.clock.now();
  const publisher = texts.publisher.normalize('NFC').trim();
  const parsed = publicationSchema.safeParse({
    format: 'hyoka-publication/1',
    ...{ number, at, person, office, year, edition, years, sheets },
    texts: { ...texts, publisher },
  });
  if (!parsed.success) fail('publication.unfit', { reason: '名前か文に、見えない文字などの使えない文字がある' });
  const publication = parsed.data as Publication;
  return task.write((db) => {
    // The sheets were read slice by slice: what another hand did meanwhile was not shown.
    const isSame = [...stands].every(([id, text]) => standingText(db, id) === text);
    if (!isSame || nextNumber(db) !== number) fail('publication.changed', {});
    setSetting(db, 'publisher', person);
    setSetting(db, 'texts', publication.texts);
    return viewOf(addPublication(db, publication), publication);
  });
}

const viewOf = (hash: string, { number, at, person, edition, years, sheets }: Publication): PublicationView => ({
  ...{ number, at, person, edition, years },
  sheets: sheets.length,
  digest: shortDigest(hash),
});

/** The record, newest first. */
export const showPublications = (db: ReadDb): { publications: PublicationView[] } => ({
  publications: listPublications(db)
    .map(({ hash, publication }) => viewOf(hash, publication))
    .reverse(),
});
