// The contract over the desktop's bridge: main process, dialogs and preload, around a stand-in for Electron itself.
import { beforeAll, vi } from 'vitest';
import type { Topic } from '../../shared/contract/contract.ts';
import type { ChosenFile, FilePurpose } from '../../shared/contract/host.ts';
import type { Reply } from '../../shared/kernel/result.ts';
import { did, record } from '../desktop/electron.ts';
import { ask, fixtureProgram, startProgram } from '../desktop/standin.ts';
import type { TestHost } from './host.ts';
import { desk, realApp } from './hosts.ts';
import { contractSuite } from './suite.ts';

vi.mock('electron', () => import('../desktop/electron.ts'));

let root = '';
beforeAll(() => {
  root = fixtureProgram();
});

async function desktopHost(): Promise<TestHost> {
  const app = realApp();
  const on = desk();
  const window = await startProgram(app, root);
  // The next program takes the channels over; this one's page goes on with its own.
  const handlers = new Map(record.handlers);
  const changes: (readonly Topic[])[] = [];
  const listeners = new Map<string, (progress: never) => void>();
  window.webContents.send = (_channel, event) => {
    const heard = event as { type: string; topics: Topic[]; id: string; progress: never };
    if (heard.type === 'changed') changes.push(heard.topics);
    else listeners.get(heard.id)?.(heard.progress);
  };
  let calls = 0;
  const over = (channel: string, values: unknown[]) => ask(window, channel, values, {}, handlers);
  const choose = async (purpose: FilePurpose, answer: object): Promise<string> => {
    record.answers.push({ canceled: false, ...answer });
    const [chosen] = (await over('hyoka:choose-files', [purpose])) as ChosenFile[];
    return chosen?.file ?? '';
  };

  return {
    changes,
    async raw(method, input, { signal, onProgress } = {}) {
      calls += 1;
      const id = `call-${calls}`;
      if (onProgress) listeners.set(id, onProgress);
      signal?.addEventListener(
        'abort',
        () => void over('hyoka:call', ['task.cancel', JSON.stringify({ id }), `c-${id}`]),
      );
      return (await over('hyoka:call', [method, JSON.stringify(input), id])) as Reply<unknown>;
    },
    upload: (name, bytes) => choose({ for: 'open-packages' }, { filePaths: [on.put(name, bytes)] }),
    place: (purpose) => {
      const pointed = on.point(purpose);
      return choose(purpose, { filePath: pointed, filePaths: [pointed] });
    },
    written: async (handle) => {
      await over('hyoka:reveal', [handle]);
      return on.read(String(record.done.at(-1)?.with[0]));
    },
    stamp: on.stamp,
    async close() {
      record.done.length = 0;
      window.close();
      await vi.waitFor(() => {
        if (!did('exit')) throw new Error('the program has not ended');
      });
      on.clear();
    },
  };
}

contractSuite('the desktop bridge', desktopHost);
