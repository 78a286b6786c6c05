// The manual that comes with the program: Markdown files in the order of their names.
import path from 'node:path';
import type { Output } from '../../shared/contract/contract.ts';
import type { Task } from './task.ts';

/** Every page with its heading (the first line of the file) and the text below it. */
export async function showHelp(task: Task): Promise<Output<'help.show'>> {
  const folder = path.join(task.resources, 'help');
  const entries = await task.ports.files.listFolder(folder);
  const names = entries.map((entry) => entry.name).filter((name) => name.endsWith('.md'));
  const pages = await Promise.all(
    names.map(async (name) => {
      const text = (await task.ports.files.read(path.join(folder, name))).toString('utf8');
      const [heading = '', ...body] = text.split('\n');
      return { id: path.basename(name, '.md'), title: heading.replace(/^#+\s*/, ''), body: body.join('\n').trim() };
    }),
  );
  return { pages };
}
