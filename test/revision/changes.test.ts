// The history of a cell: every content that somebody brought in is there, and what a merge passed over is marked.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../shared/form/cell.ts';
import { contentAt, sameContent } from '../../shared/form/merge.ts';
import { ancestorsOf, type History, headsOf } from '../../shared/revision/ancestry.ts';
import { changesOf } from '../../shared/revision/changes.ts';
import { historyOf } from '../histories.ts';

const A = 'words';
type Drawn = Record<string, [parents: string, text: string]>;
/** A graph from lines such as `c: ['a b', '文']`. */
const graph = (drawn: Drawn): History =>
  new Map(
    Object.entries(drawn).map(([id, [parents, text]]) => [
      id,
      { parents: parents.split(' ').filter(Boolean), values: text === '' ? {} : { [A]: text } },
    ]),
  );
const tell = (history: History, when: (id: string) => string = () => '') =>
  changesOf(history, A, when).map(({ id, before, after, lost }) =>
    [id, before.value ?? '', after.value ?? '', ...(lost ? ['lost'] : [])].join(' '),
  );

describe('changes of a cell', () => {
  test('one line: newest first, what changed nothing left out', () => {
    const history = graph({ a: ['', ''], b: ['a', '一'], c: ['b', '一'], d: ['c', '二'], e: ['d', ''] });
    expect(tell(history)).toEqual(['e 二 ', 'd 一 二', 'b  一']);
  });

  test('a merge counts only where it differs from all parents; the side it passed over is lost', () => {
    const sides: Drawn = { a: ['', '元'], b: ['a', '左'], c: ['a', '右'] };
    expect(tell(graph(sides))).toEqual(['c 元 右', 'b 元 左', 'a  元']);
    expect(tell(graph({ ...sides, d: ['b c', '左'] }))).toEqual(['c 元 右 lost', 'b 元 左', 'a  元']);
    expect(tell(graph({ ...sides, d: ['b c', '第三'] }))).toEqual([
      'd 左 第三',
      'c 元 右 lost',
      'b 元 左 lost',
      'a  元',
    ]);
  });

  test('what a later writer wrote over, and what yields to a change of the same line, is not lost', () => {
    const merged: Drawn = { a: ['', '元'], b: ['a', '左'], c: ['a', '元'], d: ['b c', '左'] };
    expect(tell(graph(merged))).toEqual(['b 元 左', 'a  元']);
    // The one who joins the two lines types over what both agree on.
    expect(tell(graph({ ...merged, d: ['b c', '新'] }))).toEqual(['d 左 新', 'b 元 左', 'a  元']);
    expect(tell(graph({ ...merged, e: ['d', '後'] }))).toEqual(['e 左 後', 'b 元 左', 'a  元']);
  });

  test('a side that won later is not lost, nor one that its own line had given up', () => {
    const history = graph({
      a: ['', ''],
      b: ['a', '左'],
      c: ['a', '右'],
      d: ['b c', '右'],
      e: ['b', '左改'],
      f: ['d e', '右'],
    });
    expect(tell(history)).toEqual(['e 左 左改 lost', 'c  右', 'b  左']);
  });

  test('concurrent changes come by their instants, but never before what follows from them', () => {
    const history = graph({ a: ['', '元'], b: ['a', '左'], c: ['a', '右'], d: ['c', '右二'] });
    const clock: Record<string, string> = { a: '9', b: '2', c: '3', d: '1' };
    expect(tell(history, (id) => clock[id] ?? '')).toEqual(['b 元 左', 'd 右 右二', 'c 元 右', 'a  元']);
  });
});

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

test('of any graph: nothing that anybody brought in is missing, the order is sound, what stands is not lost', () => {
  fc.assert(
    fc.property(historyOf([cell], { most: 9 }), ({ history }) => {
      const changes = changesOf(history, A, () => '');
      const at = (id: string) => contentAt(history.get(id)?.values ?? {}, A);
      for (const id of history.keys()) {
        // Every content has its origin among the changes behind it, unless it is the first blank.
        const behind = ancestorsOf(history, id);
        const origin = changes.find((change) => behind.has(change.id) && sameContent(change.after, at(id)));
        expect(origin !== undefined || sameContent(at(id), contentAt({}, A))).toBe(true);
      }
      for (const [index, { id }] of changes.entries()) {
        for (const later of changes.slice(index + 1)) expect(ancestorsOf(history, later.id).has(id)).toBe(false);
      }
      const heads = headsOf(history);
      for (const { id, lost } of changes) if (lost) expect(heads).not.toContain(id);
      // The set of revisions alone decides, not the order in which they came.
      expect(changesOf(new Map([...history].reverse()), A, () => '')).toEqual(changes);
    }),
    { numRuns: 1_000, seed: 7 },
  );
});
