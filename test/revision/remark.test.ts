// Threads of remarks: who may say what, and a state that depends on what was said, not on the order in which it came.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Remark, remarkFault, remarkSchema, threadsOf } from '../../shared/revision/remark.ts';

const SHEET = `s${'0'.repeat(20)}`;
const hash = (id: string) => id.padEnd(64, '0');
function remark(role: 'office' | 'department', reply: string | null, more: Partial<Remark> = {}): Remark {
  return {
    format: 'hyoka-remark/1',
    sheet: SHEET,
    address: 'words',
    text: '文',
    author: { role, unit: role === 'office' ? '企画課' : '総務課', station: '1'.repeat(30) },
    at: '2022-07-01T00:00:00.000Z',
    reply: reply === null ? null : hash(reply),
    closes: false,
    ...more,
  };
}
const asked = remark('office', null);
const answered = (to: string) => remark('department', to);
const closed = (to: string) => remark('office', to, { closes: true, text: '' });
const stateOf = (said: Record<string, Remark>) =>
  threadsOf(new Map(Object.entries(said).map(([id, one]) => [hash(id), one]))).map(({ state }) => state);

describe('the state of a thread', () => {
  test.each([
    ['asked', { a: asked }, 'open'],
    ['asked and answered', { a: asked, b: answered('a') }, 'answered'],
    ['asked again', { a: asked, b: answered('a'), c: remark('office', 'b') }, 'open'],
    ['closed', { a: asked, b: answered('a'), c: closed('b') }, 'closed'],
    ['answered after it was closed', { a: asked, b: closed('a'), c: answered('b') }, 'answered'],
    [
      'closed and answered at once: the answer is not overlooked',
      { a: asked, b: closed('a'), c: answered('a') },
      'answered',
    ],
    ['asked more and answered at once', { a: asked, b: remark('office', 'a'), c: answered('a') }, 'open'],
    ['closed behind one of two answers', { a: asked, b: answered('a'), c: answered('a'), d: closed('b') }, 'closed'],
  ] as const)('%s', (_, said, state) => expect(stateOf(said)).toEqual([state]));

  test('a reply without its beginning is a thread of its own until the beginning comes', () => {
    expect(stateOf({ b: answered('a') })).toEqual(['answered']);
    expect(stateOf({ a: asked, b: answered('a') })).toEqual(['answered']);
  });
});

test('the threads follow from the set of remarks, and every remark is in exactly one of them', () => {
  const drawn = fc.array(fc.tuple(fc.nat(8), fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(drawn, fc.infiniteStream(fc.nat(100)), (lines, order) => {
      const all = lines.map(([reply, office, closes], index): [string, Remark] => {
        const to = reply < index ? String(reply) : null;
        return [hash(String(index)), remark(office ? 'office' : 'department', to, { closes: office && closes })];
      });
      const threads = threadsOf(new Map(all));
      const shuffled = all.map((one) => ({ one, key: order.next().value ?? 0 })).sort((a, b) => a.key - b.key);
      expect(threadsOf(new Map(shuffled.map(({ one }) => one)))).toEqual(threads);
      expect(threads.flatMap((thread) => thread.remarks.map(({ id }) => id)).sort()).toEqual(
        all.map(([id]) => id).sort(),
      );
    }),
    { numRuns: 500, seed: 9 },
  );
});

test('a chain as long as a package can hold costs no stack', () => {
  const chain = new Map(
    Array.from({ length: 20_000 }, (_, index) => [
      hash(`${index}x`),
      remark('office', index === 0 ? null : `${index - 1}x`),
    ]),
  );
  expect(threadsOf(new Map([...chain].reverse()))).toHaveLength(1);
});

test('the office opens and closes, a department answers; only a closing may be silent', () => {
  expect(remarkFault(asked)).toBeUndefined();
  expect(remarkFault(answered('a'))).toBeUndefined();
  expect(remarkFault(closed('a'))).toBeUndefined();
  expect(remarkFault(remark('department', null))).toMatch(/始め/);
  expect(remarkFault(remark('department', 'a', { closes: true }))).toMatch(/終え/);
  expect(remarkFault(remark('office', null, { closes: true }))).toMatch(/終える/);
  expect(remarkSchema.safeParse(closed('a')).success).toBe(true);
  expect(remarkSchema.safeParse(remark('office', null, { text: ' \n' })).success).toBe(false);
});
