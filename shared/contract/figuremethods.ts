// The contract's methods for looking at all sheets as a whole: what the pictures show, pictures as files.
import { z } from 'zod';
import { sheetFactsSchema } from '../figures/facts.ts';
import { planSchema } from '../figures/plan.ts';
import { file, type Method, method } from './method.ts';

/** A request may carry 1 MB; drawings are far smaller. */
const DRAWN = 900_000;

const picture = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('svg'),
    text: z.string().max(DRAWN).startsWith('<svg ', { message: 'SVG の図ではない' }),
  }),
  z.strictObject({
    kind: z.literal('png'),
    base64: z.base64().max(DRAWN).startsWith('iVBORw0KGgo', { message: 'PNG の画像ではない' }),
  }),
]);

/** So few that reading, judging and checking them is not felt. */
const PAGE = 50;

export const figureMethods = {
  /**
   * What sheets bring to the pictures of the whole, with their drafts, a page at a time; `joinPages` puts pages together
   * and shared/figures makes the tables.
   */
  'figures.show': method(
    'query',
    z.strictObject({
      start: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(PAGE).default(PAGE),
    }),
    z.strictObject({ plans: z.array(planSchema), sheets: z.array(sheetFactsSchema), total: z.number().int().min(0) }),
    ['workspace.closed'],
  ),
  /** Writes a drawing to a chosen file, replacing what stood there. */
  'picture.write': method('task', z.strictObject({ file, picture }), z.strictObject({ file: z.string() }), [
    'handle.unknown',
    'file.unwritable',
  ]),
} as const satisfies Record<string, Method>;
