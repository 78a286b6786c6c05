// How each problem of writing out and of publishing comes about.
import { systemPorts } from '../../electron/core/ports.ts';
import { type Problem, ProblemError } from '../../shared/kernel/problem.ts';
import type { Workspace, World } from './world.ts';

type Cast = { world: World; office: Workspace };
const TEXTS = { publisher: '', source: '', licence: '', note: '' };

export const publicationProblems = (cast: () => Cast) => ({
  'file.unwritable': () => {
    const { world, office } = cast();
    return office.problem('export.write', { file: office.offer(world.at('no/such/place.csv')), format: 'csv' });
  },
  'file.exists': async (): Promise<Problem | null> => {
    const file = await cast().world.write('there.txt', 'x');
    try {
      await systemPorts().files.write(file, Buffer.from('y'));
    } catch (error) {
      if (error instanceof ProblemError) return error.problem;
      throw error;
    }
    return null;
  },
  'publication.unknown': () => cast().office.problem('publication.errata', { before: 1, after: 99 }),
  'publication.changed': () =>
    cast().office.problem('publication.make', { digest: 'x', person: '甲野', texts: TEXTS, sheets: ['1-1'] }),
  'publication.unfit': () =>
    cast().office.problem('publication.make', { digest: 'x', person: ' ', texts: TEXTS, sheets: ['1-1'] }),
  'spelling.single': () =>
    cast().office.problem('spelling.keep', { lists: [{ kind: 'word', words: ['子ども'], isChecked: true }] }),
  'spelling.twice': () =>
    cast().office.problem('spelling.keep', {
      lists: [
        { kind: 'word', words: ['子ども', '子供'], isChecked: true },
        { kind: 'word', words: ['お子さん', '子供'], isChecked: true },
      ],
    }),
  'folder.occupied': async (): Promise<Problem> => {
    const { world, office } = cast();
    await world.write('塞がった場所', 'x');
    return office.problem('export.write', { file: office.offer(world.at('塞がった場所')), format: 'html' });
  },
});
