// The export register: every file that went out, by whom and on what, and when somebody said that it was erased.
import type { PlaceKind } from '../../../shared/contract/outgoingviews.ts';
import type { ReadDb, WriteDb } from './database.ts';

export type Carried = {
  id: number;
  at: string;
  /** Who wrote it, as typed; blank where nobody said. */
  person: string;
  /** Label of the medium, as typed; blank where nobody said. */
  medium: string;
  place: PlaceKind;
  kind: string;
  recipient: string;
  sequence: number | null;
  /** Hash of the payload. */
  payload: string | null;
  file: string;
  /** How many sheets. */
  sheets: number;
  sealed: boolean;
  erasedAt: string | null;
  erasedBy: string | null;
};

/** Enters a file that went out. */
export function addCarried(db: WriteDb, one: Omit<Carried, 'id' | 'erasedAt' | 'erasedBy'>): void {
  db.run(
    `INSERT INTO carried (at, person, medium, place, kind, recipient, sequence, payload, file, sheets, sealed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    one.at,
    one.person,
    one.medium,
    one.place,
    one.kind,
    one.recipient,
    one.sequence,
    one.payload,
    one.file,
    one.sheets,
    one.sealed ? 1 : 0,
  );
}

/** The whole register, oldest first. */
export const allCarried = (db: ReadDb): Carried[] =>
  db.all('SELECT * FROM carried ORDER BY id').map((row) => ({
    id: Number(row.id),
    at: String(row.at),
    person: String(row.person),
    medium: String(row.medium),
    place: String(row.place) as PlaceKind,
    kind: String(row.kind),
    recipient: String(row.recipient),
    sequence: row.sequence === null ? null : Number(row.sequence),
    payload: row.payload === null ? null : String(row.payload),
    file: String(row.file),
    sheets: Number(row.sheets),
    sealed: row.sealed === 1,
    erasedAt: row.erased_at === null ? null : String(row.erased_at),
    erasedBy: row.erased_by === null ? null : String(row.erased_by),
  }));

/** Notes that a file was erased from its medium; what somebody has said before stays. False: there is no such entry. */
export function markErased(db: WriteDb, id: number, person: string, at: string): boolean {
  db.run('UPDATE carried SET erased_at = ?, erased_by = ? WHERE id = ? AND erased_at IS NULL', at, person, id);
  return db.get('SELECT id FROM carried WHERE id = ?', id) !== undefined;
}
