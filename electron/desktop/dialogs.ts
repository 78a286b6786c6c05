// The dialogs by which a person chooses files and places. Promise: what leaves here are words and names, never paths.
import path from 'node:path';
import { type BaseWindow, dialog, type FileFilter, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import type { ChosenFile, FilePurpose } from '../../shared/contract/host.ts';
import type { App } from '../core/app.ts';

const workspace: FileFilter = { name: '評価ファイル', extensions: ['hyoka'] };
const packages: FileFilter = { name: '評価パッケージ', extensions: ['json', 'age'] };
const sheets: FileFilter = {
  name: '記入済みシート（ブック・タブ区切り）',
  extensions: ['xlsx', 'xlsm', 'ods', 'txt', 'tsv', 'csv', 'html', 'htm', 'xls'],
};
const table: FileFilter = { name: '表（Excel・CSV）', extensions: ['xlsx', 'xlsm', 'ods', 'csv'] };
const form: FileFilter = { name: '様式', extensions: ['json'] };
const previous: FileFilter = {
  name: '前年度の評価（評価ファイル・JSON・ブック）',
  extensions: ['hyoka', 'json', 'xlsx', 'xlsm', 'ods'],
};
const recovery: FileFilter = { name: '回復ファイル', extensions: ['json'] };
/** What is written, by its ending: the dialog adds it to a name without one. */
const WRITTEN: Readonly<Record<string, string>> = {
  csv: '表（CSV）',
  json: 'JSON',
  ods: 'OpenDocumentの表計算',
  pdf: 'PDF',
  png: '図（PNG）',
  svg: '図（SVG）',
  xlsx: 'Excelブック',
};
const everything: FileFilter = { name: 'すべてのファイル', extensions: ['*'] };

type OpenPurpose = Exclude<FilePurpose['for'], 'new-workspace' | 'save-export' | 'save-folder'>;
const OPEN: Readonly<Record<OpenPurpose, OpenDialogOptions>> = {
  'open-workspace': { title: '評価ファイルを開く', filters: [workspace], properties: ['openFile'] },
  'open-packages': {
    title: '受け取るパッケージを選ぶ（いくつでも選べます）',
    filters: [packages, everything],
    properties: ['openFile', 'multiSelections'],
  },
  'open-filled-sheet': {
    title: '記入済みのシートを選ぶ',
    filters: [sheets, everything],
    properties: ['openFile'],
  },
  'open-assignment': {
    title: '割り当て表（Excel・CSV）を選ぶ',
    filters: [table, everything],
    properties: ['openFile'],
  },
  'open-form': { title: '様式ファイルを選ぶ', filters: [form], properties: ['openFile'] },
  'open-recovery': { title: '回復ファイルを選ぶ', filters: [recovery, everything], properties: ['openFile'] },
  'open-previous': { title: '前年度の評価を選ぶ', filters: [previous], properties: ['openFile'] },
  'inbox-folder': { title: '受け箱にするフォルダーを選ぶ', buttonLabel: 'ここを見る', properties: ['openDirectory'] },
  'output-folder': {
    title: '書き出し先のフォルダーを選ぶ',
    buttonLabel: 'ここに書き出す',
    properties: ['openDirectory', 'createDirectory'],
  },
};

// The page suggests a name, never a place.
const leaf = (name: string): string => name.replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, '_').replace(/^\.+/, '');

function saveOptions(purpose: Extract<FilePurpose, { suggested: string }>, folder: string): SaveDialogOptions {
  const name = leaf(purpose.suggested);
  if (purpose.for === 'new-workspace') {
    const file = `${name.replace(/\.hyoka$/i, '') || '評価'}.hyoka`;
    return {
      title: '新しい評価ファイルを作る',
      buttonLabel: '作る',
      filters: [workspace],
      defaultPath: path.join(folder, file),
    };
  }
  const extension = path.extname(name).slice(1).toLowerCase();
  const written = WRITTEN[extension];
  return {
    title: '書き出し先を選ぶ',
    buttonLabel: '書き出す',
    filters: written === undefined ? [everything] : [{ name: written, extensions: [extension] }],
    defaultPath: path.join(folder, name || '書き出し'),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  };
}

/**
 * Lets the person choose for `purpose`; an empty list when they change their mind. A save dialog begins in `folder`.
 */
export async function chooseFiles(
  window: BaseWindow,
  app: App,
  purpose: FilePurpose,
  folder: string,
): Promise<ChosenFile[]> {
  const offer = (file: string): ChosenFile => ({ file: app.offer(file), name: path.basename(file) });
  if (purpose.for === 'save-folder') {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, OPEN['output-folder']);
    return canceled ? [] : filePaths.map((inside) => offer(path.join(inside, leaf(purpose.suggested) || '書き出し')));
  }
  if (purpose.for !== 'new-workspace' && purpose.for !== 'save-export') {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, OPEN[purpose.for]);
    return canceled ? [] : filePaths.map(offer);
  }
  const { canceled, filePath } = await dialog.showSaveDialog(window, saveOptions(purpose, folder));
  if (canceled || !filePath) return [];
  // On Linux the dialog adds no ending. A workspace that is there already is refused by the application; an export's name
  // stays as it is, because only about that name the dialog has asked.
  const complete = purpose.for === 'new-workspace' && !/\.hyoka$/i.test(filePath) ? `${filePath}.hyoka` : filePath;
  return [offer(complete)];
}
