// This instant, and what day it is here.
import { showDay } from '../../shared/kernel/moment.ts';

export { showMoment, showTime } from '../../shared/kernel/moment.ts';

/** This instant. */
export const thisMoment = (): string => new Date().toISOString();

/** 2022-11-22 */
export const today = (): string => showDay(thisMoment());

/** A word that no other window of this person's is likely to make: it tells their calls apart, and keeps no secret. */
export const freshWord = (): string => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
