// A value or a problem, as every host and the renderer see it.
import type { Problem } from './problem.ts';

export type Reply<T> = { ok: true; value: T } | { ok: false; problem: Problem };
