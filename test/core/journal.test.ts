// Undo and redo: whatever is typed, taken back, done again and opened anew, the sheet is what a plain list of states says.
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { STEPS_KEPT } from '../../electron/core/store/journal.ts';
import {
  distributeAll,
  joinDepartment,
  makeOffice,
  makeWorld,
  merge,
  submitSheets,
  trust,
  type Workspace,
  type World,
} from './world.ts';

let world: World;
let office: Workspace;
let handed: Record<string, string>;
let tourism: Workspace;
let count = 0;

beforeAll(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  handed = await distributeAll(world, office, 'out');
});
afterAll(() => world.close());
beforeEach(async () => {
  count += 1;
  tourism = await joinDepartment(world, handed.商工観光課 ?? '', `tourism${count}.hyoka`);
});

const SHEET = '2-2';
const CELLS = ['意図', '対象', '人工数 2020年度決算'];
const set = (...cells: [string, string][]) =>
  tourism.ask('cell.set', { sheet: SHEET, cells: cells.map(([cell, raw]) => ({ cell, raw })) });
const show = () => tourism.ask('sheet.show', { sheet: SHEET });
const step = (method: 'cell.undo' | 'cell.redo') => tourism.ask(method, { sheet: SHEET });
async function reopen(): Promise<void> {
  await tourism.app.close();
  await tourism.ask('workspace.open', { file: tourism.offer(tourism.file) });
}

const doing = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('set'),
      cells: fc.array(fc.tuple(fc.constantFrom(...CELLS), fc.constantFrom('', '一', '1.5', '2,2948', '未確定')), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  },
  { weight: 4, arbitrary: fc.constantFrom({ do: 'undo' as const }, { do: 'redo' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'open' as const }) },
);

test('any sequence of typing, undo, redo and opening again equals the model', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(doing, { minLength: 1, maxLength: 14 }), async (all) => {
      await tourism.ask('sheet.commit', { sheet: SHEET });
      // The model: states one after the other, and where we are among them.
      const states = [(await show()).values];
      let now = 0;
      for (const one of all) {
        if (one.do === 'open') await reopen();
        else if (one.do === 'set') {
          const answer = await set(...(one as { cells: [string, string][] }).cells);
          const { values } = await show();
          if (JSON.stringify(values) !== JSON.stringify(states[now])) {
            states.splice(now + 1, states.length, values);
            now += 1;
          }
          expect([answer.canUndo, answer.canRedo]).toEqual([now > 0, now < states.length - 1]);
        } else {
          const answer = await step(one.do === 'undo' ? 'cell.undo' : 'cell.redo');
          const next = one.do === 'undo' ? Math.max(0, now - 1) : Math.min(states.length - 1, now + 1);
          expect(answer.cells.length > 0).toBe(next !== now);
          now = next;
          expect([answer.canUndo, answer.canRedo]).toEqual([now > 0, now < states.length - 1]);
        }
        const view = await show();
        expect(view.values).toEqual(states[now]);
        expect([view.canUndo, view.canRedo]).toEqual([now > 0, now < states.length - 1]);
      }
    }),
    { numRuns: 150, seed: 3 },
  );
  expect((await tourism.ask('store.verify', {})).findings).toEqual([]);
}, 120_000);

describe('the journal', () => {
  test('one call is one step, over several cells', async () => {
    const { cells } = await set(['意図', '一'], ['対象', '二']);
    const undone = await step('cell.undo');
    expect(undone.cells.map(({ address, value }) => [address, value])).toEqual(
      cells.map(({ address }) => [address, null]),
    );
    expect((await show()).draft).toBe(false);
    expect((await step('cell.redo')).cells).toEqual(cells);
  });

  test('a new typing forgets what had been taken back', async () => {
    await set(['意図', '一']);
    await set(['意図', '二']);
    await step('cell.undo');
    await set(['意図', '三']);
    expect(await step('cell.redo')).toMatchObject({ cells: [], canUndo: true, canRedo: false });
    await step('cell.undo');
    expect(Object.values((await show()).values)).toContain('一');
  });

  test('typing what stands there already is no step', async () => {
    await set(['意図', '一']);
    await set(['意図', '一']);
    expect(await step('cell.undo')).toMatchObject({ canUndo: false, canRedo: true });
  });

  test('what a question was raised by comes back with the question', async () => {
    await set(['人工数 2020年度決算', '2,2948']);
    await set(['人工数 2020年度決算', '2.2948']);
    const [cell] = (await step('cell.undo')).cells;
    expect(cell).toMatchObject({ value: null, raw: '2,2948', question: { kind: 'reading' } });
  });

  test('a filled sheet that was taken in is taken back in one step', async () => {
    const file = tourism.offer(
      await world.write('filled.txt', '施策番号\t2-2\n評価指標設定の考え方\t読み込んだ\n課長名\t山吹花代\n'),
    );
    const before = await show();
    await tourism.ask('intake.apply', { file });
    expect((await step('cell.undo')).cells).toHaveLength(2);
    expect((await show()).values).toEqual(before.values);
  });

  test('commit, hand-in and a merge end it', async () => {
    await set(['意図', '一']);
    await tourism.ask('sheet.commit', { sheet: SHEET });
    expect(await show()).toMatchObject({ canUndo: false, canRedo: false });
    await set(['意図', '二']);
    await submitSheets(world, tourism, `in${count}`);
    expect(await step('cell.undo')).toMatchObject({ cells: [], canUndo: false });
    await set(['意図', '三']);
    await office.ask('cell.set', { sheet: SHEET, cells: [{ cell: '対象', raw: `事務局${count}` }] });
    const again = await distributeAll(world, office, `again${count}`);
    await merge(tourism, again.商工観光課 ?? '');
    expect(await show()).toMatchObject({ canUndo: false, canRedo: false });
    expect(Object.values((await show()).values)).toContain('三');
  });

  test('choosing a side can be taken back: the conflict is open again', async () => {
    const library = await joinDepartment(world, handed.社会教育課 ?? '', `library${count}.hyoka`);
    for (const [who, text] of [
      [tourism, '観光'],
      [library, '図書館'],
    ] as const) {
      await who.ask('cell.set', { sheet: '2-1', cells: [{ cell: '意図', raw: text }] });
      await merge(office, await submitSheets(world, who, `c${count}${text}`, ['2-1']));
      await trust(office, who);
      await merge(office);
    }
    const { conflicts } = await office.ask('sheet.show', { sheet: '2-1' });
    const { address = '', sides = [] } = conflicts[0] ?? {};
    await office.ask('conflict.choose', { sheet: '2-1', address, revision: sides[0]?.revision ?? '' });
    expect((await office.ask('sheet.show', { sheet: '2-1' })).conflicts).toEqual([]);
    await office.ask('cell.undo', { sheet: '2-1' });
    expect((await office.ask('sheet.show', { sheet: '2-1' })).conflicts).toEqual(conflicts);
  });

  test(`the last ${STEPS_KEPT} steps are kept`, async () => {
    for (let turn = 0; turn < STEPS_KEPT + 5; turn += 1) await set(['意図', `${turn}`]);
    let steps = 0;
    while ((await step('cell.undo')).cells.length > 0) steps += 1;
    expect(steps).toBe(STEPS_KEPT);
    expect(Object.values((await show()).values)).toContain('4');
  }, 120_000);
});
