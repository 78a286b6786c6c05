// Artifacts: put once, read back, re-hashed, never changed. The name of a thing is the SHA-256 of its canonical JSON.
import type { FormDefinition } from '../../../shared/form/definition.ts';
import { type Form, layOut, readDefinition } from '../../../shared/form/form.ts';
import { canonical } from '../../../shared/kernel/json.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import type { Previous } from '../../../shared/revision/previous.ts';
import type { Publication } from '../../../shared/revision/publication.ts';
import type { Assignment, Revision } from '../../../shared/revision/revision.ts';
import { sha256 } from '../exchange/crypto.ts';
import type { ReadDb, WriteDb } from './database.ts';
import { readKept } from './kept.ts';

export type ArtifactKind = 'form' | 'assignment' | 'revision' | 'remark' | 'previous' | 'confirmation' | 'publication';

/** The name of a value: lower-case hexadecimal SHA-256 of its RFC 8785 form. */
export const hashOf = (value: unknown): string => sha256(canonical(value));

/** Keeps a value and gives its name. Kept already: nothing changes. It is read back and re-hashed before this returns. */
export function putArtifact(db: WriteDb, kind: ArtifactKind, value: unknown): string {
  const body = canonical(value);
  const hash = sha256(body);
  if (!hasArtifact(db, hash)) {
    db.run('INSERT INTO artifact (hash, kind, body) VALUES (?, ?, ?)', hash, kind, body);
    const stored = db.get('SELECT body FROM artifact WHERE hash = ?', hash)?.body;
    if (typeof stored !== 'string' || sha256(stored) !== hash) throw new Error(`artifact ${hash} came back changed`);
  }
  return hash;
}

/** Whether an artifact of this name is kept. */
export const hasArtifact = (db: ReadDb, hash: string): boolean =>
  db.get('SELECT 1 AS found FROM artifact WHERE hash = ?', hash) !== undefined;

function bodyOf(db: ReadDb, kind: ArtifactKind, hash: string): unknown {
  const body = db.get('SELECT body FROM artifact WHERE hash = ? AND kind = ?', hash, kind)?.body;
  return typeof body === 'string' ? readKept(body, `${kind} ${hash.slice(0, 8)} `) : undefined;
}

/** The revision of this name; undefined when it is not here. What is kept was checked when it was put. */
export const revisionOf = (db: ReadDb, hash: string) => bodyOf(db, 'revision', hash) as Revision | undefined;

/** Names of the revisions on which a revision stands, without reading what stood in it. */
export const parentsOf = (db: ReadDb, hash: string): string[] =>
  db
    .all(`SELECT value FROM artifact, json_each(artifact.body, '$.parents') WHERE hash = ? AND kind = 'revision'`, hash)
    .map((row) => String(row.value));

/** The assignment of this name; undefined when it is not here. */
export const assignmentOf = (db: ReadDb, hash: string) => bodyOf(db, 'assignment', hash) as Assignment | undefined;

/** The sheet of last year of this name; undefined when it is not here. */
export const previousOf = (db: ReadDb, hash: string) => bodyOf(db, 'previous', hash) as Previous | undefined;

/** The publication of this name; undefined when it is not here. */
export const publicationOf = (db: ReadDb, hash: string) => bodyOf(db, 'publication', hash) as Publication | undefined;

/** The definition as its author wrote it. Raises form.unknown. */
export const definitionSourceOf = (db: ReadDb, hash: string): Record<string, unknown> =>
  (bodyOf(db, 'form', hash) as Record<string, unknown> | undefined) ?? fail('form.unknown', { form: hash.slice(0, 8) });

// A form follows from its hash and year alone, so laid-out forms may be shared by everyone in the process.
const forms = new Map<string, Form>();
const definitions = new Map<string, FormDefinition>();

/** The form of this name laid out for a year. Raises form.unknown. */
export function formOf(db: ReadDb, hash: string, year: number): Form {
  const key = `${hash}:${year}`;
  const known = forms.get(key);
  if (known) return known;
  const definition = definitions.get(hash) ?? readDefinition(definitionSourceOf(db, hash), hash.slice(0, 8));
  const form = layOut(definition, year);
  definitions.set(hash, definition);
  forms.set(key, form);
  return form;
}

/** Re-hashes every artifact; gives their number and a finding for each that is not what its name says. */
export function verifyArtifacts(db: ReadDb): { artifacts: number; findings: string[] } {
  const findings: string[] = [];
  const rows = db.all('SELECT hash, kind FROM artifact ORDER BY hash');
  for (const { hash, kind } of rows) {
    const body = db.get('SELECT body FROM artifact WHERE hash = ?', String(hash))?.body;
    if (sha256(String(body)) !== hash)
      findings.push(`${String(kind)} ${String(hash).slice(0, 8)} の中身が名前（ハッシュ）と違う`);
  }
  return { artifacts: rows.length, findings };
}
