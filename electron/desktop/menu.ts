// The menu: little, and in Japanese. Nothing of it reaches the application; it only does what every window can.
import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { printWindow } from './print.ts';

/** Sets the program's menu for its one window. */
export function setMenu(window: BrowserWindow): void {
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const template: MenuItemConstructorOptions[] = [
    {
      label: 'ファイル(&F)',
      submenu: [
        { label: '印刷…', accelerator: 'CmdOrCtrl+P', click: () => void printWindow(window.webContents) },
        separator,
        { label: '終了', role: 'quit' },
      ],
    },
    {
      label: '編集(&E)',
      submenu: [
        { label: '元に戻す', role: 'undo' },
        { label: 'やり直す', role: 'redo' },
        separator,
        { label: '切り取り', role: 'cut' },
        { label: 'コピー', role: 'copy' },
        { label: '貼り付け', role: 'paste' },
        { label: 'すべて選択', role: 'selectAll' },
      ],
    },
    {
      label: '表示(&V)',
      submenu: [
        { label: '拡大', role: 'zoomIn' },
        { label: '縮小', role: 'zoomOut' },
        { label: '元の大きさ', role: 'resetZoom' },
        separator,
        { label: '全画面', role: 'togglefullscreen' },
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
