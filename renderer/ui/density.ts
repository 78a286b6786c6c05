// How close the lines stand: one choice for the whole program.
import { useSyncExternalStore } from 'react';
import { keep, readKept } from './kept.ts';

export const DENSITIES = [
  { code: 'wide', label: 'ゆったり' },
  { code: 'normal', label: 'ふつう' },
  { code: 'close', label: 'つめる' },
] as const;
export type Density = (typeof DENSITIES)[number]['code'];

const listeners = new Set<() => void>();
let density: Density = DENSITIES.find(({ code }) => code === readKept('density'))?.code ?? 'normal';

const apply = () => document.documentElement.setAttribute('data-density', density);
apply();

export function chooseDensity(next: Density): void {
  density = next;
  apply();
  keep('density', next);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useDensity = (): Density => useSyncExternalStore(subscribe, () => density);
