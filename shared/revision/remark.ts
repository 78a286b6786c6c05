// Remarks: what office and departments say to each other about a cell or a sheet. Each is an artifact of its own and
// only ever added, so any two files are joined by putting all remarks together.
import { z } from 'zod';
import { authorSchema, hashSchema, instantSchema, sheetIdSchema } from './revision.ts';

export const REMARK_LIMIT = 4_000;

export const remarkSchema = z
  .strictObject({
    format: z.literal('hyoka-remark/1'),
    sheet: sheetIdSchema,
    /** The cell that it is about; blank for the sheet as a whole. */
    address: z.string().regex(/^\w{0,200}$/),
    text: z.string().max(REMARK_LIMIT),
    author: authorSchema,
    at: instantSchema,
    /** The remark that it answers; null where it opens a thread. */
    reply: hashSchema.nullable(),
    closes: z.boolean(),
  })
  .refine(({ text, closes }) => closes || text.trim() !== '', { message: '文がない' });
export type Remark = z.output<typeof remarkSchema>;

export type ThreadState = 'open' | 'answered' | 'closed';
/** A remark with all that follows from it. */
export type Thread = {
  id: string;
  address: string;
  state: ThreadState;
  /** In the order of the conversation. */
  remarks: readonly { id: string; remark: Remark }[];
};

/** Why this side may not say this, in words, or undefined: the office opens and closes threads, departments answer. */
export function remarkFault({
  author,
  reply,
  closes,
}: Pick<Remark, 'author' | 'reply' | 'closes'>): string | undefined {
  if (author.role === 'office') return closes && reply === null ? '始めると同時に終えることはできない' : undefined;
  if (closes) return '担当課は指摘を終えられない';
  return reply === null ? '担当課は指摘を始められない' : undefined;
}

/**
 * The threads that the remarks form, by address and name. A function of the set of remarks alone: the state follows
 * from the remarks that lie deepest in the chain of replies, and of several at one depth the most open one decides.
 */
export function threadsOf(remarks: ReadonlyMap<string, Remark>): Thread[] {
  const places = new Map<string, { root: string; depth: number }>();
  const placeOf = (id: string): { root: string; depth: number } => {
    const chain: string[] = [];
    let above = places.get(id);
    for (let at: string | null = id; at !== null && !above; above = at === null ? undefined : places.get(at)) {
      chain.push(at);
      const remark = remarks.get(at);
      const reply = remark?.reply ?? null;
      // A reply whose beginning is not here (yet) begins a thread by itself.
      at = reply !== null && remarks.get(reply)?.sheet === remark?.sheet ? reply : null;
    }
    for (const next of chain.reverse()) {
      above = above ? { root: above.root, depth: above.depth + 1 } : { root: next, depth: 0 };
      places.set(next, above);
    }
    return above ?? { root: id, depth: 0 };
  };
  const placed = [...remarks].map(([id, remark]) => ({ id, remark, ...placeOf(id) }));
  const threads = Map.groupBy(placed, ({ root }) => root);
  return [...threads]
    .map(([id, own]): Thread => {
      const sorted = own.sort((a, b) => a.depth - b.depth || compare(a.remark.at, b.remark.at) || compare(a.id, b.id));
      const deepest = sorted
        .filter(({ depth }) => depth === sorted.at(-1)?.depth)
        .map(({ remark }) => stateAfter(remark));
      const state = STATES.find((one) => deepest.includes(one)) ?? 'open';
      return {
        id,
        address: remarks.get(id)?.address ?? '',
        state,
        remarks: sorted.map((one) => ({ id: one.id, remark: one.remark })),
      };
    })
    .sort((a, b) => compare(a.address, b.address) || compare(a.id, b.id));
}

/** The most open first. */
const STATES: readonly ThreadState[] = ['open', 'answered', 'closed'];

const stateAfter = ({ author, closes }: Remark): ThreadState =>
  author.role === 'department' ? 'answered' : closes ? 'closed' : 'open';

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
