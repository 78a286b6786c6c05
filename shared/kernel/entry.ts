// How a problem of the catalogue is written down: the schema of its details, its message and its hint.
import { z } from 'zod';

export type Entry<S extends z.ZodRawShape> = {
  details: z.ZodObject<S, z.core.$strict>;
  message: (details: z.output<z.ZodObject<S>>) => string;
  hint: (details: z.output<z.ZodObject<S>>) => string;
};

/** An entry of the catalogue; message and hint may be fixed texts or follow from the details. */
export function entry<S extends z.ZodRawShape>(
  shape: S,
  message: Entry<S>['message'] | string,
  hint: Entry<S>['hint'] | string,
): Entry<S> {
  return {
    details: z.strictObject(shape),
    message: typeof message === 'string' ? () => message : message,
    hint: typeof hint === 'string' ? () => hint : hint,
  };
}

export const name = { name: z.string() };
export const reason = { reason: z.string() };
export const labels = z.array(z.string());
/** Items as a person reads them, the first twelve of many. */
export const list = (items: readonly string[]) => {
  if (items.length === 0) return '詳細なし';
  return items.length <= 12 ? items.join('、') : `${items.slice(0, 12).join('、')} ほか${items.length - 12}件`;
};
export const askSender = '送り元に、もう一度書き出してもらってください。届いたファイルは変更していません。';
