// How a sheet is printed from its screen: one choice for the preview and for the printer, kept on this computer.
import { useSyncExternalStore } from 'react';
import type { PaperOptions } from '../../shared/paper/paper.ts';
import type { Page } from '../../shared/paper/style.ts';
import { keep, readKept } from '../ui/kept.ts';

export type PaperChoice = PaperOptions & { page: `${Page['size']} ${Page['orientation']}` };
type Answers = { readonly [N in keyof PaperChoice]: readonly { value: PaperChoice[N]; label: string }[] };

/** The answers to each question about paper, in the office's words. */
export const PAPER_ANSWERS: Answers = {
  page: [
    { value: 'A4 portrait', label: 'A4 縦' },
    { value: 'A4 landscape', label: 'A4 横' },
    { value: 'A3 portrait', label: 'A3 縦' },
    { value: 'A3 landscape', label: 'A3 横' },
  ],
  edition: [
    { value: 'internal', label: '庁内用' },
    { value: 'public', label: '公表用' },
  ],
  years: [
    { value: 'western', label: '西暦（2022年度）' },
    { value: 'era', label: '和暦（令和4年度）' },
  ],
};
/** What the printer of an office holds, and what stays in the house. */
const FIRST: PaperChoice = { page: 'A4 portrait', edition: 'internal', years: 'western' };

/** Size and orientation behind the word of an answer. */
export function pageNamed(name: PaperChoice['page']): Page {
  const [size, orientation] = name.split(' ') as [Page['size'], Page['orientation']];
  return { size, orientation };
}

function known<N extends keyof PaperChoice>(name: N): PaperChoice[N] {
  const kept = readKept(`paper-${name}`);
  return PAPER_ANSWERS[name].find(({ value }) => value === kept)?.value ?? FIRST[name];
}

/** How a choice differs from what is usual, in words: '' where it does not. */
export const unusualIn = (choice: PaperChoice): string =>
  (['page', 'edition', 'years'] as const)
    .flatMap((name) => (choice[name] === FIRST[name] ? [] : wordsOf(name, choice)))
    .join('・');

const wordsOf = <N extends keyof PaperChoice>(name: N, choice: PaperChoice): string[] =>
  PAPER_ANSWERS[name].filter(({ value }) => value === choice[name]).map(({ label }) => label.replace(/（.*/, ''));

const listeners = new Set<() => void>();
let choice: PaperChoice = { page: known('page'), edition: known('edition'), years: known('years') };

export function choosePaper<N extends keyof PaperChoice>(name: N, value: PaperChoice[N]): void {
  choice = { ...choice, [name]: value };
  keep(`paper-${name}`, value);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const usePaperChoice = (): PaperChoice => useSyncExternalStore(subscribe, () => choice);
