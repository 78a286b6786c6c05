// T22, T23: what the desktop program asks of the system's keeping of secrets, against the stand-in of Electron.
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemPorts } from '../../electron/core/ports.ts';
import { systemKeeper } from '../../electron/desktop/keeper.ts';
import { makeWorld } from '../core/world.ts';
import { safeStorage } from './electron.ts';

vi.mock('electron', () => import('./electron.ts'));

afterEach(() => {
  Object.assign(safeStorage, { available: true, backend: 'gnome_libsecret', secret: 'this person on this machine' });
});

describe('the keeper', () => {
  test.each(['basic_text', 'unknown'])('T22 %s on Linux counts as none', (backend) => {
    safeStorage.backend = backend;
    expect(systemKeeper('linux')).toBeNull();
  });

  test('a system that keeps nothing is none; the others are', () => {
    for (const backend of ['gnome_libsecret', 'kwallet6']) {
      safeStorage.backend = backend;
      expect(systemKeeper('linux')?.backend).toBe(backend);
    }
    expect(systemKeeper('win32')?.backend).toBe('win32');
    safeStorage.available = false;
    for (const platform of ['linux', 'win32', 'darwin'] as const) expect(systemKeeper(platform)).toBeNull();
  });

  test('what it wrapped comes back here, and nowhere else', () => {
    const wrapped = systemKeeper('linux')?.wrap('秘密の鍵') ?? '';
    expect(Buffer.from(wrapped, 'base64').toString('utf8')).not.toContain('秘密の鍵');
    expect(systemKeeper('linux')?.unwrap(wrapped)).toBe('秘密の鍵');
    safeStorage.secret = 'another person';
    expect(systemKeeper('linux')?.unwrap(wrapped)).toBeUndefined();
    expect(systemKeeper('linux')?.unwrap('AAAA')).toBeUndefined();
  });
});

test('T23 a file made by the desktop program: its key opens here, is never made anew elsewhere, and lies nowhere open', async () => {
  const world = await makeWorld();
  onTestFinished(() => world.close());
  const host = () => world.host({ ports: { ...systemPorts(), keeper: systemKeeper('linux') } });
  const input = { office: '企画課', form: { id: 'memuro-shisaku' }, year: 2022 };
  const first = host();
  const file = first.offer(world.at('kept.hyoka'));
  const { print, key } = await first.ask('workspace.create', { file, ...input });
  expect(key).toBe('kept');
  await first.app.close();
  const again = host();
  expect(await again.ask('workspace.open', { file: again.offer(world.at('kept.hyoka')) })).toMatchObject({
    key: 'kept',
  });
  await again.app.close();
  safeStorage.secret = 'another person';
  const other = host();
  const opened = await other.ask('workspace.open', { file: other.offer(world.at('kept.hyoka')) });
  expect(opened).toMatchObject({ key: 'lost', print });
  expect((await other.problem('key.rotate', {})).code).toBe('key.lost');
});
