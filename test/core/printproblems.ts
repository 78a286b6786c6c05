// Problems of printing, each produced by the real printer with a browser that is not there or that is none.
import { execPath } from 'node:process';
import type { Workspace, World } from './world.ts';

export function printProblems(scene: () => { world: World; office: Workspace }) {
  async function printWith(browser: string) {
    const { world, office } = scene();
    const before = process.env.HYOKA_BROWSER;
    process.env.HYOKA_BROWSER = browser;
    try {
      return await office.problem('export.write', { file: office.offer(world.at('sheets.pdf')), format: 'pdf' });
    } finally {
      if (before === undefined) delete process.env.HYOKA_BROWSER;
      else process.env.HYOKA_BROWSER = before;
    }
  }
  return {
    'printer.missing': () => printWith(scene().world.at('no-browser')),
    // Node does not know a browser's options and ends at once.
    'printer.failed': () => printWith(execPath),
  };
}
