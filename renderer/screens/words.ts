// The office's words for states and outcomes, each with its icon and tone.
import {
  Ban,
  Circle,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  Copy,
  CornerDownLeft,
  FileCheck2,
  FilePen,
  FilePlus2,
  GitCompareArrows,
  GitMerge,
  type LucideIcon,
  Package,
  PackageCheck,
  Pencil,
  RotateCcw,
  Send,
  ShieldQuestion,
  Undo2,
} from 'lucide-react';
import type {
  CellOutcome,
  PackageOutcome,
  PackageResult,
  SheetOutcome,
  SignerView,
} from '../../shared/contract/exchangeviews.ts';
import type { DecisionView, ReceivedView } from '../../shared/contract/recordviews.ts';
import type { SheetState } from '../../shared/contract/views.ts';
import type { Role } from '../../shared/form/form.ts';
import { isKind, KINDS } from '../../shared/package/envelope.ts';
import type { StateTone } from '../ui/StateWord.tsx';

export type Word = { word: string; icon: LucideIcon; tone: StateTone };

export const roleWord: Record<Role, string> = { office: '事務局', department: '担当課' };

export function sheetStateWord(state: SheetState, role: Role): Word {
  const words: Record<SheetState, Word> = {
    waiting: { word: role === 'office' ? '提出待ち' : '未入力', icon: Circle, tone: 'quiet' },
    editing: { word: '入力中', icon: Pencil, tone: 'calm' },
    submitted: { word: '提出済み', icon: Send, tone: 'good' },
    arrived: { word: '受領済み', icon: PackageCheck, tone: 'good' },
    received: { word: '受け取り済み', icon: PackageCheck, tone: 'good' },
    returned: { word: '差戻し', icon: CornerDownLeft, tone: 'ask' },
    accepted: { word: '受理', icon: CircleCheck, tone: 'good' },
    conflict: { word: '競合', icon: GitCompareArrows, tone: 'clash' },
  };
  return words[state];
}

export const sheetOutcomeWord: Record<SheetOutcome, Word> = {
  new: { word: '新規', icon: FilePlus2, tone: 'good' },
  updated: { word: '更新', icon: FilePen, tone: 'good' },
  unchanged: { word: '変わりなし', icon: FileCheck2, tone: 'quiet' },
  merged: { word: '統合', icon: GitMerge, tone: 'good' },
  conflict: { word: '競合あり', icon: GitCompareArrows, tone: 'clash' },
  stale: { word: '古い版', icon: Undo2, tone: 'quiet' },
  refused: { word: '取り込めない', icon: Ban, tone: 'wrong' },
};

export const cellOutcomeWord: Record<CellOutcome, Word> = {
  new: { word: '新規', icon: FilePlus2, tone: 'good' },
  changed: { word: '変更', icon: FilePen, tone: 'good' },
  merged: { word: '統合', icon: GitMerge, tone: 'good' },
  same: { word: '同じ', icon: FileCheck2, tone: 'quiet' },
  conflict: { word: '競合', icon: GitCompareArrows, tone: 'clash' },
  refused: { word: '取り込まない', icon: Ban, tone: 'wrong' },
  stale: { word: '古い版', icon: Undo2, tone: 'quiet' },
};

export const packageOutcomeWord: Record<PackageOutcome, { planned: Word; done: Word }> = {
  applied: {
    planned: { word: '取り込めます', icon: CircleCheck, tone: 'good' },
    done: { word: '取り込みました', icon: CircleCheck, tone: 'good' },
  },
  duplicate: {
    planned: { word: '取り込み済み', icon: Copy, tone: 'quiet' },
    done: { word: '取り込み済み', icon: Copy, tone: 'quiet' },
  },
  stale: {
    planned: { word: '古い版', icon: Undo2, tone: 'ask' },
    done: { word: '古い版（今の内容はそのまま）', icon: Undo2, tone: 'ask' },
  },
  quarantined: {
    planned: { word: '取り置き', icon: CircleDashed, tone: 'ask' },
    done: { word: '取り置きました', icon: CircleDashed, tone: 'ask' },
  },
  refused: {
    planned: { word: '取り込めません', icon: CircleAlert, tone: 'wrong' },
    done: { word: '取り込めません', icon: CircleAlert, tone: 'wrong' },
  },
  undone: {
    planned: { word: '取り消し済み', icon: RotateCcw, tone: 'quiet' },
    done: { word: '取り消し済み', icon: RotateCcw, tone: 'quiet' },
  },
};

/** A package in the record of receiving. */
export const receivedOutcomeWord: Record<ReceivedView['outcome'], Word> = {
  applied: { word: '取り込み済み', icon: CircleCheck, tone: 'good' },
  quarantined: { word: '取り置き', icon: CircleDashed, tone: 'ask' },
  undone: { word: '取り消し済み', icon: RotateCcw, tone: 'quiet' },
};

/** What the office decided of one cell. */
export const verdictWord: Record<DecisionView['cells'][number]['verdict'], string> = {
  remarked: '指摘があります',
  overruled: '別の内容が採られました',
  refused: '課が書けない欄なので取り込まれていません',
};

/** The outcome of a package that came in some time ago. */
export const keptOutcome = (outcome: string): string =>
  outcome in packageOutcomeWord ? packageOutcomeWord[outcome as PackageOutcome].done.word : outcome;

export const packageKind = (kind: string | null): Word => ({
  word: isKind(kind) ? KINDS[kind] : 'パッケージ',
  icon: Package,
  tone: 'calm',
});

export const signerStateWord: Record<SignerView['state'], Word> = {
  seen: { word: '未登録', icon: CircleHelp, tone: 'ask' },
  expected: { word: '到着待ち', icon: CircleHelp, tone: 'calm' },
  trusted: { word: '登録済み', icon: CircleCheck, tone: 'good' },
  retired: { word: '鍵を替えた', icon: ShieldQuestion, tone: 'quiet' },
  revoked: { word: '登録を取り消し', icon: ShieldQuestion, tone: 'quiet' },
};

/** Thirty digits in groups of five, as they are read out. */
export const groupPrint = (print: string): string => print.replace(/\d{5}(?=\d)/g, '$& ');

/** The print of a registered key; of others the beginning alone, so that nobody types it from the screen. */
export const shownPrint = ({ unit, print }: { unit: string | null; print: string | null }): string =>
  unit === null ? `${(print ?? '').slice(0, 5)}…` : groupPrint(print ?? '');

/** A file name that every system takes. */
export const fileName = (text: string): string => text.replace(/[\\/:*?"<>|\s]+/g, '_');

/** The sender as the registry names it; a key that nobody has registered has no name here, whatever it says. */
export const senderName = ({ unit, station, print }: Pick<PackageResult, 'unit' | 'station' | 'print'>): string => {
  if (unit !== null) return station ? `${unit}（${station}）` : unit;
  return print === null ? '送り手が分かりません' : '登録していない端末';
};
