// The kind of a place, from what the systems say of it.
import path from 'node:path';
import { expect, test } from 'vitest';
import { nameOf, workspacePath } from '../../electron/core/name.ts';
import { mountOf, placeOnLinux, placeOnMac, placeOnWindows } from '../../electron/core/places.ts';
import { systemPorts } from '../../electron/core/ports.ts';

const MOUNTS = `overlay / overlay rw 0 0
/dev/sda2 /home ext4 rw 0 0
/dev/sdb1 /run/media/user/\\350\\251\\225\\0401 vfat rw 0 0
/dev/sdb1 /run/media/user/USB\\0401 vfat rw 0 0
//server/share /srv/share cifs rw 0 0
/dev/sdc1 /data exfat rw 0 0
C: /mnt/c 9p rw 0 0
tmpfs /run tmpfs rw 0 0
`;
const on = (folder: string, isPlugged = false) => placeOnLinux(mountOf(folder, MOUNTS), isPlugged);

test('Linux: by the mount that is nearest, its type, its device and where it stands', () => {
  expect(on('/home/user/文書')).toEqual({ kind: 'fixed', volume: null });
  expect(on('/homework')).toEqual({ kind: 'fixed', volume: null });
  expect(on('/run/media/user/USB 1/配布')).toEqual({ kind: 'removable', volume: 'USB 1' });
  expect(on('/run/x')).toEqual({ kind: 'fixed', volume: null });
  expect(on('/srv/share/配布')).toEqual({ kind: 'network', volume: 'share' });
  expect(on('/data/x')).toEqual({ kind: 'fixed', volume: null });
  expect(on('/data/x', true)).toEqual({ kind: 'removable', volume: 'data' });
  expect(on('/mnt/c/Users')).toEqual({ kind: 'unknown', volume: 'c' });
  expect(placeOnLinux(mountOf('/x', ''), false)).toEqual({ kind: 'unknown', volume: null });
});

test('Windows: shares, the system’s letter, and other letters, which may be anything', () => {
  expect(placeOnWindows('C:\\Users\\x', 'C:')).toEqual({ kind: 'fixed', volume: null });
  expect(placeOnWindows('\\\\?\\c:\\Users\\x', 'C:')).toEqual({ kind: 'fixed', volume: null });
  expect(placeOnWindows('E:\\', 'C:')).toEqual({ kind: 'unknown', volume: 'E:' });
  expect(placeOnWindows('\\\\server\\share\\配布', 'C:')).toEqual({ kind: 'network', volume: '\\\\server\\share' });
  expect(placeOnWindows('\\\\?\\UNC\\server\\share\\x', 'C:')).toEqual({
    kind: 'network',
    volume: '\\\\server\\share',
  });
  expect(placeOnWindows('何か', 'C:')).toEqual({ kind: 'unknown', volume: null });
});

test('macOS: what stands under /Volumes may be a stick', () => {
  expect(placeOnMac('/Users/x')).toEqual({ kind: 'fixed', volume: null });
  expect(placeOnMac('/Volumes/USB 1/配布')).toEqual({ kind: 'unknown', volume: 'USB 1' });
});

test('a folder that is not there yet lies where its nearest parent lies', async () => {
  const { files } = systemPorts();
  expect(await files.placeOf('/proc/no/such/folder')).toEqual(await files.placeOf('/proc'));
});

test('a workspace is known by its ending, however that is spelled', () => {
  expect(['評価', '評価.hyoka', '評価.HYOKA'].map((word) => path.basename(workspacePath(word)))).toEqual([
    '評価.hyoka',
    '評価.hyoka',
    '評価.HYOKA',
  ]);
  expect(['評価.hyoka', '評価.HYOKA', '評価.hyoka.json'].map(nameOf)).toEqual(['評価', '評価', '評価.hyoka.json']);
});
