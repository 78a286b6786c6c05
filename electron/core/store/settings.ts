// What this workspace is set to do on this machine. It stays here and travels in no package.
import type { OwnList } from '../../../shared/quality/spellings.ts';
import type { PublicationTexts } from '../../../shared/revision/publication.ts';
import type { ReadDb, WriteDb } from './database.ts';
import { readKept } from './kept.ts';

export type Settings = {
  /** Who carries packages, as typed last. */
  person: string;
  /** On which medium, by its label, as typed last. */
  medium: string;
  /** Whether packages are sealed at a kind of place where that is the person's to say. */
  sealing: Partial<Record<'fixed' | 'network', boolean>>;
  /** The folder that is watched for packages, as a path of this machine. */
  inbox: string | null;
  /** What columns of merge workbooks were for last time, by form and headings; the latest first. */
  columns: readonly KeptColumns[];
  /** Who publishes, and what is said of a publication, as typed last. */
  publisher: string;
  texts: PublicationTexts;
  /** How words are to be spelled, as the people of this file have said. */
  spellings: readonly OwnList[];
};

/** `headings`: the digest of a workbook's headings. `uses`: an address, '' for none, null for what is to be ignored. */
export type KeptColumns = { form: string; headings: string; uses: Readonly<Record<string, string | null>> };

const FIRST: Settings = {
  person: '',
  medium: '',
  sealing: {},
  inbox: null,
  columns: [],
  publisher: '',
  texts: { publisher: '', source: '', licence: '', note: '' },
  spellings: [],
};

/** A setting, or what holds until somebody sets it. Raises workspace.damaged. */
export function settingOf<N extends keyof Settings>(db: ReadDb, name: N): Settings[N] {
  const row = db.get('SELECT value FROM setting WHERE name = ?', name);
  return row ? (readKept(row.value, '設定') as Settings[N]) : FIRST[name];
}

/** Keeps a setting. */
export function setSetting<N extends keyof Settings>(db: WriteDb, name: N, value: Settings[N]): void {
  db.run('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)', name, JSON.stringify(value));
}
