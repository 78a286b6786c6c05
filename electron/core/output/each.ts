// A file for each sheet, in a folder. Promise: nothing is written over; when the work fails, none of its files is left.
import path from 'node:path';
import { fail } from '../../../shared/kernel/problem.ts';
import { safeName } from '../filename.ts';
import type { Files } from '../files.ts';

/** Gives every sheet a file name of its own: its number and name, as every system takes them. */
export function fileNamer(extension: string): (sheet: { number: string; name: string }) => string {
  const taken = new Set<string>();
  const ending = `.${extension}`;
  return ({ number, name: called }) => {
    const wanted = [number, called].filter(Boolean).join('_');
    const safe = safeName(`${wanted || 'シート'}${ending}`, `シート${ending}`);
    const stem = safe.slice(0, -ending.length);
    let name = `${stem}${ending}`;
    // Windows and macOS take capitals and small letters for the same.
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${stem} (${count})${ending}`;
    taken.add(name.toLowerCase());
    return name;
  };
}

/** Refuses a folder in which one of the files stands. Raises file.exists. */
export async function assertNone(files: Files, folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) if (await files.exists(path.join(folder, name))) fail('file.exists', { name });
}

/**
 * Runs a work that writes new files into a folder, each under its path by `write`. When it fails, what it wrote is removed,
 * and the folder if it was new. Raises what the work raises.
 */
export async function intoFolder(
  files: Files,
  folder: string,
  work: (write: (name: string, put: (place: string) => Promise<void>) => Promise<void>) => Promise<void>,
): Promise<void> {
  const isNew = !(await files.exists(folder));
  const written: string[] = [];
  await files.makeFolder(folder);
  try {
    await work(async (name, put) => {
      const place = path.join(folder, name);
      await put(place);
      written.push(place);
    });
  } catch (error) {
    for (const place of isNew ? [folder] : written) await files.remove(place);
    throw error;
  }
}
