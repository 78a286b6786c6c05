// Who decided what, and by what a value lost, as the graph of revisions tells it: of random graphs and of drawn ones.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from '../../shared/form/cell.ts';
import { contentAt, sameContent } from '../../shared/form/merge.ts';
import { ancestorsOf, type History, headsOf, mergeRevisions } from '../../shared/revision/ancestry.ts';
import { changesOf } from '../../shared/revision/changes.ts';
import { lastDecision } from '../../shared/revision/decisions.ts';
import { historyOf } from '../histories.ts';

const A = 'words';
const RULES = { together: [], isNumber: () => false };
const cell: Cell = {
  address: A,
  label: '文',
  short: '文',
  writer: 'department',
  public: true,
  required: 'never',
  type: 'text',
  lines: 1,
};
const contentIn = (history: History, id: string) => contentAt(history.get(id)?.values ?? {}, A);
const graph = (drawn: Record<string, [parents: string, text: string]>): History =>
  new Map(
    Object.entries(drawn).map(([id, [parents, text]]) => [
      id,
      { parents: parents.split(' ').filter(Boolean), values: text === '' ? {} : { [A]: text } },
    ]),
  );

test('what lost names the merge that took another content: it lies behind it, and nobody decided so before', () => {
  let lost = 0;
  fc.assert(
    fc.property(historyOf([cell], { most: 9 }), ({ history }) => {
      for (const change of changesOf(history, A, () => '')) {
        expect(change.lost).toBe(change.lostTo !== undefined);
        if (change.lostTo === undefined) continue;
        lost += 1;
        expect(history.get(change.lostTo)?.parents).toHaveLength(2);
        expect(ancestorsOf(history, change.lostTo).has(change.id)).toBe(true);
        expect(sameContent(contentIn(history, change.lostTo), change.after)).toBe(false);
        for (const head of headsOf(history))
          expect(sameContent(contentIn(history, head), change.after) && head === change.id).toBe(false);
      }
      const turned = changesOf(new Map([...history].reverse()), A, () => '');
      expect(turned).toEqual(changesOf(history, A, () => ''));
    }),
    { numRuns: 4_000, seed: 11 },
  );
  expect(lost).toBeGreaterThan(100);
});

test('no side of a merge that was in conflict goes missing: it stands, it is lost to a merge, or its own line wrote over it', () => {
  let checked = 0;
  fc.assert(
    fc.property(historyOf([cell], { most: 9 }), ({ history }) => {
      const changes = changesOf(history, A, () => '');
      for (const [id, { parents }] of history) {
        const [conflict] = mergeRevisions(history, parents, RULES).conflicts;
        if (!conflict) continue;
        for (const { revision, content } of conflict.sides) {
          if (sameContent(content, contentIn(history, id)) || sameContent(content, contentAt({}, A))) continue;
          const origins = changes.filter(
            (change) => ancestorsOf(history, revision).has(change.id) && sameContent(change.after, content),
          );
          const isHeld = headsOf(history).some((head) => sameContent(contentIn(history, head), content));
          const isWrittenOver = [...history.values()].some(
            ({ parents: [only, second], values }) =>
              only !== undefined &&
              second === undefined &&
              sameContent(contentIn(history, only), content) &&
              !sameContent(contentAt(values, A), content),
          );
          expect(isHeld || isWrittenOver || origins.some(({ lost }) => lost)).toBe(true);
          checked += 1;
        }
      }
    }),
    { numRuns: 4_000, seed: 12 },
  );
  expect(checked).toBeGreaterThan(50);
});

test('the last decision is the last merge of sides in conflict, whatever the order in which revisions came', () => {
  const history = graph({
    a: ['', '元'],
    b: ['a', '左'],
    c: ['a', '右'],
    d: ['b c', '左'],
    e: ['c', '右改'],
    f: ['d e', '右改'],
    g: ['f', '後'],
  });
  const decided = (...ids: string[]) => lastDecision(history, ids, A, RULES);
  expect(decided('b', 'c')).toBeUndefined();
  expect(decided('d', 'e')).toBe('d');
  expect(decided('g')).toBe('f');
  expect(lastDecision(new Map([...history].reverse()), ['e', 'd'], A, RULES)).toBe('d');
  // A merge in which nobody had to choose decides nothing.
  expect(
    lastDecision(graph({ a: ['', '元'], b: ['a', '左'], c: ['a', '元'], d: ['b c', '左'] }), ['d'], A, RULES),
  ).toBeUndefined();
});
