// Every key that the program answers to outside of single inputs: one table for the listener and for the list on 「?」.
// Promise: a key pressed while a word is being composed belongs to the input method and is never taken.

export type Action =
  | 'help'
  | 'shortcuts'
  | 'search'
  | 'jump'
  | 'list'
  | 'find'
  | 'replace'
  | 'next-matter'
  | 'previous-matter'
  | 'next-empty'
  | 'previous-empty'
  | 'next-section'
  | 'previous-section'
  | 'next-conflict'
  | 'previous-conflict'
  | 'take-1'
  | 'take-2'
  | 'take-3'
  | 'take-both'
  | 'write-anew'
  | 'copy-previous'
  | 'panel'
  | 'paper'
  | 'undo'
  | 'redo'
  | 'save'
  | 'print';

type Key = { key: string; ctrl?: boolean; shift?: boolean; alt?: boolean };
export type Shortcut = { action: Action; keys: readonly Key[]; words: string };
export type ShortcutGroup = { title: string; shortcuts: readonly Shortcut[] };

export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    title: '移る',
    shortcuts: [
      { action: 'next-empty', keys: [{ key: 'F7' }], words: '次の未入力の欄へ' },
      { action: 'previous-empty', keys: [{ key: 'F7', shift: true }], words: '前の未入力の欄へ' },
      { action: 'next-matter', keys: [{ key: 'F6' }], words: '次の要確認・誤り・競合・指摘の欄へ' },
      { action: 'previous-matter', keys: [{ key: 'F6', shift: true }], words: '前の要確認・誤り・競合・指摘の欄へ' },
      { action: 'next-section', keys: [{ key: 'ArrowDown', alt: true }], words: '次の見出しへ' },
      { action: 'previous-section', keys: [{ key: 'ArrowUp', alt: true }], words: '前の見出しへ' },
      { action: 'jump', keys: [{ key: 'j', ctrl: true }], words: '番号や言葉で、欄やシートへ移る' },
      { action: 'list', keys: [{ key: 'l', alt: true }], words: '保存して、シート一覧へ戻る' },
    ],
  },
  {
    title: '競合を選ぶ',
    shortcuts: [
      { action: 'next-conflict', keys: [{ key: 'F8' }], words: '次の競合へ（閉じているときは開く）' },
      { action: 'previous-conflict', keys: [{ key: 'F8', shift: true }], words: '前の競合へ' },
      { action: 'take-1', keys: [{ key: '1', alt: true }], words: '左から1番目の課の内容を採る' },
      { action: 'take-2', keys: [{ key: '2', alt: true }], words: '2番目の課の内容を採る' },
      { action: 'take-3', keys: [{ key: '3', alt: true }], words: '3番目の課の内容を採る' },
      { action: 'take-both', keys: [{ key: 'b', alt: true }], words: '両方を合わせた案から始める' },
      { action: 'write-anew', keys: [{ key: 'w', alt: true }], words: '書き直す' },
    ],
  },
  {
    title: '探す・置き換える',
    shortcuts: [
      { action: 'find', keys: [{ key: 'f', ctrl: true }], words: 'このシートの中を探す' },
      { action: 'replace', keys: [{ key: 'h', ctrl: true }], words: 'このシートの中を置き換える' },
      { action: 'search', keys: [{ key: 'f', ctrl: true, shift: true }], words: 'すべてのシートから探す' },
    ],
  },
  {
    title: '直す・保存する',
    shortcuts: [
      { action: 'undo', keys: [{ key: 'z', ctrl: true }], words: '元に戻す' },
      {
        action: 'redo',
        keys: [
          { key: 'y', ctrl: true },
          { key: 'z', ctrl: true, shift: true },
        ],
        words: 'やり直す',
      },
      { action: 'copy-previous', keys: [{ key: 'c', alt: true }], words: '前年度の内容を、今の欄に写す' },
      {
        action: 'save',
        keys: [{ key: 's', ctrl: true }],
        words: 'すぐに保存する（打った文字は、ひとりでに保存されます）',
      },
      { action: 'print', keys: [{ key: 'p', ctrl: true }], words: '印刷する' },
    ],
  },
  {
    title: '見る',
    shortcuts: [
      { action: 'panel', keys: [{ key: 'i', alt: true }], words: '欄の説明（前年度・履歴・指摘）を開く・閉じる' },
      { action: 'paper', keys: [{ key: 'p', alt: true }], words: '印刷の見本を開く・閉じる' },
      { action: 'help', keys: [{ key: 'F1' }], words: '使い方' },
      { action: 'shortcuts', keys: [{ key: '/', ctrl: true }, { key: '?' }], words: 'キーの一覧' },
    ],
  },
];

const all = SHORTCUTS.flatMap((group) =>
  group.shortcuts.flatMap(({ action, keys }) => keys.map((key) => ({ action, key }))),
);

export type Pressed = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'isComposing' | 'keyCode'
>;

/** What a key press asks for. `isTyping`: the cursor stands in a text, where 「?」 is only a character. */
export function actionOf(pressed: Pressed, isTyping: boolean): Action | undefined {
  if (pressed.isComposing || pressed.keyCode === 229) return undefined;
  const isCommand = pressed.ctrlKey || pressed.metaKey;
  // With Alt or Caps Lock, or in full-width mode, `key` is another character than the one on the key.
  const letter = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(pressed.code)?.slice(1).join('').toLowerCase();
  const name = letter ?? pressed.key;
  return all.find(({ key }) => {
    if (key.key === '?')
      return !isTyping && !isCommand && !pressed.altKey && (pressed.key === '?' || pressed.key === '？');
    return (
      key.key === name &&
      (key.ctrl ?? false) === isCommand &&
      (key.shift ?? false) === pressed.shiftKey &&
      (key.alt ?? false) === pressed.altKey
    );
  })?.action;
}

const NAMES: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑' };

/** 「Ctrl + Shift + F」 */
export const keyWords = ({ key, ctrl, shift, alt }: Key): string =>
  [ctrl && 'Ctrl', alt && 'Alt', shift && 'Shift', NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)]
    .filter(Boolean)
    .join(' + ');

/** The keys that take the sides of a conflict, from the left. */
export const takeKeys: readonly string[] = ['Alt + 1', 'Alt + 2', 'Alt + 3'];

/** The first key of an action, for a button's words. */
export function keyOf(action: Action): string {
  const shortcut = SHORTCUTS.flatMap((group) => group.shortcuts).find((one) => one.action === action);
  const key = shortcut?.keys[0];
  return key ? keyWords(key) : '';
}
