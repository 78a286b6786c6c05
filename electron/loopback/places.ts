// Where the browser host keeps files, since a browser cannot give it paths: workspaces in one folder of the person's
// own, everything else in a private temporary folder that goes away with the program.
// Promise: only what this session offered for downloading can be downloaded.
import path from 'node:path';
import type { ChosenFile, PlacePurpose } from '../../shared/contract/host.ts';
import type { App } from '../core/app.ts';
import { safeName } from '../core/filename.ts';
import type { Files } from '../core/files.ts';
import { type Part, zipped } from '../core/output/zip.ts';
import type { Ports } from '../core/ports.ts';

export type Download = { name: string; bytes: Uint8Array } | { files: ChosenFile[] };

export type Places = {
  /** Picks a place for the purpose, without a dialog. */
  choose(purpose: PlacePurpose): Promise<ChosenFile[]>;
  /** Keeps an uploaded file until the program ends. */
  keep(name: string, bytes: Uint8Array): Promise<ChosenFile>;
  /** What was written to an offered place: a file, or the files of a folder. Undefined for every other handle. */
  fetch(handle: string): Promise<Download | undefined>;
  /** Removes the temporary folder. */
  close(): Promise<void>;
};

/** The folder that can be watched from a browser, which can name no other. */
const INBOX = '受け箱';

/** A folder as one zip, with the folder's name before each file's: hundreds of downloads would be none. */
async function packed(files: Files, folder: string): Promise<Uint8Array> {
  async function* parts(inside: string, prefix: string): AsyncGenerator<Part> {
    for (const { name, isFile } of await files.listFolder(inside)) {
      const file = path.join(inside, name);
      if (isFile) yield { name: `${prefix}/${name}`, pieces: [await files.read(file)] };
      else yield* parts(file, `${prefix}/${name}`);
    }
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of zipped(parts(folder, path.basename(folder)))) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Opens the two places. `home` is where workspaces are made and looked for. */
export async function openPlaces(app: App, ports: Ports, home: string): Promise<Places> {
  const { files, entropy } = ports;
  const temp = await files.tempFolder('hyoka');
  const downloads = new Map<string, { file: string; folder: boolean }>();

  const offer = (file: string, name = path.basename(file)): ChosenFile => ({ file: app.offer(file), name });
  const offerDownload = (file: string, folder: boolean, name?: string): ChosenFile => {
    const chosen = offer(file, name);
    downloads.set(chosen.file, { file, folder });
    return chosen;
  };
  // A folder of its own for each file: names may repeat, and none has to be changed for that.
  const newFolder = async () => {
    const folder = path.join(temp, entropy.token());
    await files.makeFolder(folder);
    return folder;
  };

  async function newWorkspace(wanted: string): Promise<ChosenFile> {
    await files.makeFolder(home);
    const stem = safeName(wanted.replace(/\.hyoka$/i, ''), '評価');
    for (let number = 1; ; number += 1) {
      const file = path.join(home, `${stem}${number > 1 ? ` (${number})` : ''}.hyoka`);
      if (!(await files.exists(file))) return offer(file);
    }
  }

  async function workspaces(): Promise<ChosenFile[]> {
    if (!(await files.isFolder(home))) return [];
    const entries = await files.listFolder(home);
    const found = entries.filter((entry) => entry.isFile && /\.hyoka$/i.test(entry.name));
    return found.map((entry) => offer(path.join(home, entry.name)));
  }

  return {
    async choose(purpose) {
      switch (purpose.for) {
        case 'open-workspace':
          return workspaces();
        case 'new-workspace':
          return [await newWorkspace(purpose.suggested)];
        case 'inbox-folder':
          await files.makeFolder(path.join(home, INBOX));
          return [offer(path.join(home, INBOX))];
        case 'output-folder':
          return [offerDownload(await newFolder(), true, 'ダウンロード')];
        case 'save-folder':
          return [offerDownload(path.join(await newFolder(), safeName(purpose.suggested, '書き出し')), false)];
        case 'save-export':
          return [offerDownload(path.join(await newFolder(), safeName(purpose.suggested, '書き出し')), false)];
      }
    },

    async keep(name, bytes) {
      const file = path.join(await newFolder(), safeName(name, 'ファイル'));
      await files.write(file, bytes);
      return offer(file);
    },

    async fetch(handle) {
      const known = downloads.get(handle);
      if (!known || !(await files.exists(known.file))) return undefined;
      const name = path.basename(known.file);
      if (!known.folder && (await files.isFolder(known.file))) {
        return { name: `${name}.zip`, bytes: await packed(files, known.file) };
      }
      if (!known.folder) return { name, bytes: await files.read(known.file) };
      const entries = (await files.listFolder(known.file)).filter((entry) => entry.isFile);
      return { files: entries.map((entry) => offerDownload(path.join(known.file, entry.name), false)) };
    },

    close: () => files.remove(temp),
  };
}
