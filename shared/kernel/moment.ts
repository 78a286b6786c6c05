// Instants (UTC, as they are stored) as people read them: by the clock of this computer.
const two = (n: number) => String(n).padStart(2, '0');

/** 10:32:05 */
export function showTime(instant: string): string {
  const at = new Date(instant);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** 2022-11-22 */
export function showDay(instant: string): string {
  const at = new Date(instant);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** 2022-11-22 10:32 */
export const showMoment = (instant: string): string => `${showDay(instant)} ${showTime(instant).slice(0, 5)}`;
