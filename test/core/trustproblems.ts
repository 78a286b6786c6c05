// Problems of keys and of their digits, each produced by really doing what it is about.
import type { Problem } from '../../shared/kernel/problem.ts';
import type { Workspace, World } from './world.ts';

type Scene = { world: World; office: Workspace; package: string };

/** How each is produced; `scene` gives a town as it stands when it is asked. */
export function trustProblems(scene: () => Scene) {
  const joinWith = (print: string): Promise<Problem> => {
    const { world, ...at } = scene();
    const who = world.host();
    return who.problem('workspace.join', {
      file: who.offer(world.at('never.hyoka')),
      package: who.offer(at.package),
      print,
    });
  };
  return {
    'print.incomplete': () => joinWith('12345 67890'),
    'print.mismatched': () => joinWith('0'.repeat(30)),
  };
}
