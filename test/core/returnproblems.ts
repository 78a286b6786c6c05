// Problems of taking back, of returns and of receipts, each produced by really doing what it is about.
import type { Problem } from '../../shared/kernel/problem.ts';
import {
  distributeAll,
  joinDepartment,
  makeOffice,
  merge,
  submitSheets,
  trust,
  type Workspace,
  type World,
} from './world.ts';

/** How each is produced, in a town of its own. */
export function returnProblems(scene: () => World) {
  let towns = 0;
  async function town() {
    towns += 1;
    const world = scene();
    const office = await makeOffice(world, `back${towns}.hyoka`);
    const handed = await distributeAll(world, office, `back${towns}`);
    const tourism = await joinDepartment(world, handed.商工観光課 ?? '', `back-tourism${towns}.hyoka`);
    const file = await submitSheets(world, tourism, `back-in${towns}`, ['2-2']);
    await merge(office, file);
    await trust(office, tourism);
    await merge(office, file);
    return { world, office, tourism };
  }
  const newest = async (who: Workspace) => (await who.ask('package.received', {})).packages[0]?.hash ?? '';
  return {
    'undo.impossible': async (): Promise<Problem> =>
      (await town()).office.problem('package.dependents', { package: '0'.repeat(64) }),
    'undo.changed': async (): Promise<Problem> => {
      const { office } = await town();
      return office.problem('package.undo', { package: await newest(office), digest: 'another list' });
    },
    'undo.blocked': async (): Promise<Problem> => {
      const { tourism } = await town();
      await tourism.ask('cell.set', { sheet: '2-1', cells: [{ cell: '意図', raw: '書きかけ' }] });
      const hash = await newest(tourism);
      const { digest } = await tourism.ask('package.dependents', { package: hash });
      return tourism.problem('package.undo', { package: hash, digest });
    },
    'sheet.unreceived': async (): Promise<Problem> => {
      const { world, office } = await town();
      const folder = office.offer(world.at('never'));
      return office.problem('package.return', { folder, sheets: [{ sheet: '1-1', decision: 'returned' }] });
    },
    'package.none': async (): Promise<Problem> => {
      const { world, office } = await town();
      return office.problem('package.acknowledge', { folder: office.offer(world.at('never')), units: ['水道課'] });
    },
  };
}
