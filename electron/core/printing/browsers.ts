// Where a Chromium may be that can print: the usual places of Edge, Chrome and Chromium on each system.
import path from 'node:path';
import type { Files } from '../files.ts';

type Env = Readonly<Record<string, string | undefined>>;

const WINDOWS = [
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
];
const MAC = ['Google Chrome', 'Microsoft Edge', 'Chromium'];
const LINUX = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
];

/** The places to look at, the best first. `env` names the folders of the system and of the person. */
export function usualPlaces(platform: NodeJS.Platform, env: Env): string[] {
  if (platform === 'win32') {
    const roots = [env['ProgramFiles(x86)'], env.ProgramFiles, env.LOCALAPPDATA].filter((root) => root !== undefined);
    return WINDOWS.flatMap((parts) => roots.map((root) => path.win32.join(root, ...parts)));
  }
  if (platform === 'darwin') {
    return MAC.flatMap((name) =>
      ['/Applications', path.posix.join(env.HOME ?? '/', 'Applications')].map((folder) =>
        path.posix.join(folder, `${name}.app`, 'Contents/MacOS', name),
      ),
    );
  }
  const folders = (env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
  return LINUX.flatMap((name) => [...folders, '/snap/bin'].map((folder) => path.posix.join(folder, name)));
}

/**
 * The browser that prints: the one that HYOKA_BROWSER names, and only that one where it is set, else the first that is
 * there; undefined where there is none.
 */
export async function findBrowser(files: Files, platform: NodeJS.Platform, env: Env): Promise<string | undefined> {
  const named = env.HYOKA_BROWSER;
  for (const place of named ? [named] : usualPlaces(platform, env)) if (await files.exists(place)) return place;
  return undefined;
}
