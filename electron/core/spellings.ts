// The lists of spellings by which texts are checked: the program's, those of the form, and those kept in this file.
import path from 'node:path';
import type { Output, ParsedInput } from '../../shared/contract/contract.ts';
import { parseStrict } from '../../shared/kernel/json.ts';
import { listsOver, type Spellings, soundLists, spellingsSchema } from '../../shared/quality/spellings.ts';
import { formOf } from './store/artifacts.ts';
import type { WriteDb } from './store/database.ts';
import { setSetting, settingOf } from './store/settings.ts';
import type { Task } from './task.ts';

/** The table that comes with the program. */
export async function spellingTable(task: Task): Promise<Spellings> {
  const table = await task.ports.files.read(path.join(task.resources, 'spelling.json'));
  return spellingsSchema.parse(parseStrict(table.toString('utf8')));
}

/** The lists that are kept here, and those of the program and the form of this file whose place none of them takes. */
export async function listSpellings(task: Task): Promise<Output<'spelling.list'>> {
  const table = await spellingTable(task);
  return task.read((db, { meta }) => {
    const own = [...settingOf(db, 'spellings')];
    const { spellings } = formOf(db, meta.form, meta.year).definition;
    return { own, others: listsOver(table, spellings, own).filter(({ from }) => from !== 'own') };
  });
}

/** Puts these lists in the place of all that were kept. Raises spelling.single, spelling.twice. */
export function keepSpellings(db: WriteDb, { lists }: ParsedInput<'spelling.keep'>): Output<'spelling.keep'> {
  setSetting(db, 'spellings', soundLists(lists));
  return {};
}
