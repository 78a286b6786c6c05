// What was published, and the sheets as they stood then. Promise: a sheet of a publication comes out as it was published,
// or the file is called damaged.
import type { Values } from '../../../shared/form/cell.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import type { Publication, PublishedSheet } from '../../../shared/revision/publication.ts';
import { assignmentOf, formOf, hashOf, publicationOf, putArtifact, revisionOf } from './artifacts.ts';
import type { ReadDb, WriteDb } from './database.ts';
import { historyBelow, historyOf, refusalsIn, type Sheet, type Standing, standingOf } from './sheets.ts';

/** The number that the next publication has. */
export const nextNumber = (db: ReadDb): number =>
  Number(db.get('SELECT COALESCE(MAX(number), 0) + 1 AS next FROM publication')?.next);

/** Keeps a publication and gives its name. */
export function addPublication(db: WriteDb, publication: Publication): string {
  const hash = putArtifact(db, 'publication', publication);
  db.run('INSERT INTO publication (number, hash) VALUES (?, ?)', publication.number, hash);
  return hash;
}

/** All publications, oldest first, with their names. */
export const listPublications = (db: ReadDb): { hash: string; publication: Publication }[] =>
  db.all('SELECT hash FROM publication ORDER BY number').map(({ hash }) => {
    const name = String(hash);
    const publication = publicationOf(db, name);
    if (!publication) throw new Error(`publication ${name} is missing`);
    return { hash: name, publication };
  });

/** The publication of this number. Raises publication.unknown with the numbers that there are. */
export function publicationNumbered(db: ReadDb, number: number): Publication {
  const known = db.all('SELECT number, hash FROM publication ORDER BY number');
  const found = known.find((row) => row.number === number);
  const publication = found && publicationOf(db, String(found.hash));
  return publication ?? fail('publication.unknown', { number, known: known.map((row) => Number(row.number)) });
}

/** What a publication has to name so that the sheet comes out as it stands now, without its draft. */
export function publishedFrom(db: ReadDb, sheet: Sheet): PublishedSheet {
  const assignment = db.get('SELECT assignment FROM ref WHERE sheet = ?', sheet.id)?.assignment;
  const { heads, values } = sheet.standing;
  const refusals = refusalsIn(db, sheet.id);
  const below = refusals.size > 0 ? historyOf(db, sheet.id) : new Map();
  return {
    sheet: sheet.id,
    assignment: String(assignment),
    heads: [...heads],
    refused: Object.fromEntries([...refusals].filter(([id]) => below.has(id)).map(([id, cells]) => [id, [...cells]])),
    values: hashOf(values),
  };
}

/** The sheet as it was published in the publication of this number. Raises workspace.damaged. */
export function frozenSheet(db: ReadDb, number: number, published: PublishedSheet): Sheet {
  const assignment = assignmentOf(db, published.assignment);
  if (!assignment) return fail('workspace.damaged', { name: nameOf(number), findings: ['割り当てが見つからない'] });
  const form = formOf(db, assignment.form, assignment.year);
  const standing = frozenStanding(db, published, form);
  if (hashOf(standing.values) !== published.values) {
    fail('workspace.damaged', { name: nameOf(number), findings: ['シートの内容が公表したときと違う'] });
  }
  return {
    id: published.sheet,
    number: textAt(standing.values, form.identity.number.address),
    name: textAt(standing.values, form.identity.name.address),
    assignment,
    form,
    standing,
    revisedAt: published.heads.map((head) => revisionOf(db, head)?.at ?? '').reduce((a, b) => (a > b ? a : b), ''),
    draft: new Map(),
  };
}

function frozenStanding(db: ReadDb, { heads, refused }: PublishedSheet, form: Sheet['form']): Standing {
  const [head, second] = heads;
  const alone = head !== undefined && second === undefined && refused[head] === undefined && revisionOf(db, head);
  // What one revision holds whole needs no history; most sheets are so, and there may be hundreds.
  if (alone) return { heads, values: alone.values, conflicts: [] };
  return standingOf(historyBelow(db, heads, new Map(Object.entries(refused))), form);
}

const nameOf = (number: number): string => `公表第${number}号の記録`;
const textAt = (values: Values, address: string): string => String(values[address] ?? '');

/** Raises workspace.damaged where a published sheet would not come out as it was published. */
export function publicationFindings(db: ReadDb): string[] {
  for (const { publication } of listPublications(db)) {
    for (const published of publication.sheets) frozenSheet(db, publication.number, published);
  }
  return [];
}
