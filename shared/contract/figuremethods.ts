// The contract's methods for looking at all sheets as a whole: what the pictures show, pictures as files, and how the
// texts are written.
import { z } from 'zod';
import { sheetFactsSchema } from '../figures/facts.ts';
import { planSchema } from '../figures/plan.ts';
import { findingSchema } from '../quality/findings.ts';
import { ownListSchema, spellingListSchema } from '../quality/spellings.ts';
import { file, type Method, method, nothing, SHEET, sheet } from './method.ts';

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
const PAGE = 20;

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
  /**
   * How the texts of sheets are written, before they are published: all sheets, or those named. Reads what stands with the
   * drafts; corrects nothing. Places name their sheet by its place in `read`.
   */
  'quality.check': method(
    'task',
    z.strictObject({ sheets: z.array(sheet).max(5_000).optional() }),
    z.strictObject({
      read: z.array(z.strictObject({ id: z.string(), number: z.string(), name: z.string() })),
      findings: z.array(findingSchema),
    }),
    SHEET,
  ),
  /** How words are spelled: the lists kept in this file, and the others that count beside them. They travel in no package. */
  'spelling.list': method(
    'task',
    nothing,
    z.strictObject({ own: z.array(ownListSchema), others: z.array(spellingListSchema) }),
    ['workspace.closed'],
  ),
  /** Keeps these lists instead of all that were kept before. */
  'spelling.keep': method('command', z.strictObject({ lists: z.array(ownListSchema).max(500) }), nothing, [
    'workspace.closed',
    'spelling.single',
    'spelling.twice',
  ]),
} as const satisfies Record<string, Method>;
