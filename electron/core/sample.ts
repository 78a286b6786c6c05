// A department's file with invented sheets, made by going through the real loop: an office assigns and distributes,
// a department joins and takes a filled sheet in.
import path from 'node:path';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { WorkspaceView } from '../../shared/contract/views.ts';
import { parseStrict } from '../../shared/kernel/json.ts';
import { fail } from '../../shared/kernel/problem.ts';
import { importAssignment } from './assign.ts';
import { distribute } from './exchange/send.ts';
import { applyIntake } from './fill.ts';
import { EXTENSION, nameOf } from './name.ts';
import { viewSession } from './session.ts';
import type { Task } from './task.ts';
import { createOffice, joinWorkspace } from './workspace.ts';

const SAMPLE = {
  form: 'memuro-shisaku.form.json',
  sheets: 'memuro-sheets.csv',
  filled: 'memuro-sample.txt',
  office: '企画財政課',
  year: 2022,
};

/** Makes the sample workspace at the chosen place and opens it. Raises workspace.exists, workspace.unsafe. */
export async function makeSample(task: Task, input: ParsedInput<'workspace.sample'>): Promise<WorkspaceView> {
  const { files } = task.ports;
  const target = task.pathOf(input.file);
  if (await files.exists(target)) fail('workspace.exists', { name: nameOf(target) });
  const from = (...names: string[]) => path.join(task.resources, ...names);
  const folder = await files.tempFolder('hyoka-sample');
  try {
    const source = parseStrict((await files.read(from('forms', SAMPLE.form))).toString('utf8'));
    const office = path.join(folder, `office${EXTENSION}`);
    task.adopt(
      await createOffice(task, office, SAMPLE.office, source as Record<string, unknown>, SAMPLE.year, undefined),
    );
    await importAssignment(task, { file: task.offer(from('samples', SAMPLE.sheets)) });
    const { packages } = await distribute(task, { folder: task.offer(folder), carry: { seal: false, open: false } });
    const [first] = packages;
    if (!first) throw new Error('the sample has no department');
    const { print } = task.session().meta;
    await joinWorkspace(task, {
      file: input.file,
      package: task.offer(path.join(folder, first.file)),
      print,
      station: '',
    });
    await applyIntake(task, { file: task.offer(from('samples', SAMPLE.filled)), answers: [] });
    return task.read(viewSession);
  } finally {
    await files.remove(folder);
  }
}
