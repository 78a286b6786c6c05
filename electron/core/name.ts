// How workspace files are named. Apart from the store, so that a host can read its command line without the database.
import path from 'node:path';

export const EXTENSION = '.hyoka';

/** The workspace that a word on a command line means: its ending may be left out. */
export const workspacePath = (word: string): string =>
  path.resolve(word.endsWith(EXTENSION) ? word : `${word}${EXTENSION}`);

/** The file's name without its ending, as people call it. */
export const nameOf = (file: string): string => path.basename(file, EXTENSION);
