// How the window goes. Promise: what was typed last is handed over first, and nobody loses what cannot be saved without
// having said so.
import { type BrowserWindow, dialog } from 'electron';

/** How long a page that is out of sight may take to hand over what was typed last. */
const FAREWELL_MS = 300;
/** How long it may take to say whether it may go; one that hangs never does. */
const ANSWER_MS = 3_000;

type Ways = {
  delay(ms: number): Promise<void>;
  /** Waits for what the page has handed over. */
  settle(): Promise<void>;
};

/** Resolves once the window has gone; rejects with what made its going fail. */
export function whenGone(window: BrowserWindow, { delay, settle }: Ways): Promise<void> {
  let state: 'stays' | 'hands over' | 'goes' = 'stays';

  async function leave(): Promise<void> {
    window.hide();
    await delay(FAREWELL_MS);
    await settle();
    state = 'goes';
    window.close();
    await delay(ANSWER_MS);
    if (state === 'goes' && !window.isDestroyed()) window.destroy();
  }

  /** The page keeps words that are saved nowhere. */
  async function ask(): Promise<void> {
    state = 'stays';
    window.show();
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: '評価 Hyoka',
      message: 'まだ保存していない文字があります。',
      detail:
        '保存できなかった欄か、書きかけの理由・指摘・返事です。画面に戻ると、続けて書くことも、写しておくこともできます。',
      buttons: ['画面に戻る', '保存せずに終了する'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (response === 1 && !window.isDestroyed()) window.destroy();
  }

  return new Promise((resolve, reject) => {
    window.on('close', (event) => {
      if (state === 'goes') return;
      event.preventDefault();
      if (state === 'stays') leave().catch(reject);
      state = 'hands over';
    });
    window.webContents.on('will-prevent-unload', () => void ask().catch(reject));
    window.on('closed', resolve);
  });
}
