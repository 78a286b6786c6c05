// How workspace files are named. Apart from the store, so that a host can read its command line without the database.
import path from 'node:path';

export const EXTENSION = '.hyoka';
/** However a stick or another system spelled it. */
const ENDING = /\.hyoka$/i;

/**
 * The path that a word on a command line means. npm runs its scripts in the project's folder and leaves the folder in
 * which the person stands in INIT_CWD.
 */
export function typedPath(word: string): string {
  const { npm_lifecycle_event: script = '', INIT_CWD: stood } = process.env;
  return path.resolve(['hyoka', 'start'].includes(script) && stood !== undefined ? stood : '.', word);
}

/** The workspace that a word on a command line means: its ending may be left out. */
export const workspacePath = (word: string): string => typedPath(ENDING.test(word) ? word : `${word}${EXTENSION}`);

/** The file's name without its ending, as people call it. */
export const nameOf = (file: string): string => path.basename(file).replace(ENDING, '');
