// Time as people read it on this computer, and what day it is here.
const two = (n: number) => String(n).padStart(2, '0');

/** 10:32:05 */
export function showTime(instant: string): string {
  const at = new Date(instant);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

const dayOf = (at: Date) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

/** 2022-11-22 10:32 */
export const showMoment = (instant: string): string => `${dayOf(new Date(instant))} ${showTime(instant).slice(0, 5)}`;

/** This instant. */
export const thisMoment = (): string => new Date().toISOString();

/** 2022-11-22 */
export const today = (): string => dayOf(new Date());

/** A word that no other window of this person's is likely to make: it tells their calls apart, and keeps no secret. */
export const freshWord = (): string => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
