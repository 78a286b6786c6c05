// Typing into and opening a sheet of 900 cells, in a browser whose processor is slowed down to a quarter. The floors are
// the same page without the program: its HTML and styles, with nothing that listens. The longest task is told at full
// speed, against the rule.
import type { CDPSession, Page } from 'playwright-core';
import { openPrograms, type Programs, type Window } from '../browser/program.ts';
import { makeWorld } from '../core/world.ts';
import { CELLS, LAST, makeLargeSheet } from './large.ts';
import { type Line, type Spread, spread } from './measure.ts';

const SLOWED = 4;
const KEYS = 60;
/** A person who stops after so many keys for so long goes on while what they have typed is being saved. */
const KEYS_AT_A_TIME = 10;
const PAUSE_MS = 700;
const NOTICED_MS = 100;
const NAME = '大きなシート';
const TYPED = '#cell-text5_15';
const NUMBER = '#cell-table5_1__r3__c3';
const LETTERS = ['a'];
/** Digits that are taken back again: sixty of them are no number, and would be asked about. */
const DIGITS = ['1', '2', '3', 'Backspace', 'Backspace', 'Backspace'];

/**
 * Milliseconds from a press of the sheet's button to the frame in which the sheet stands, down to its last cell. It waits
 * by observing: asking again in every frame would make the browser draw frames that nobody needs.
 */
async function opening(page: Page): Promise<number> {
  await page.getByRole('button', { name: NAME, exact: true }).waitFor();
  return page.evaluate(
    async ([name, last]) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const button = [...document.querySelectorAll('button')].find((one) => one.textContent === name);
      const stands = new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!document.getElementById(last)) return;
          observer.disconnect();
          resolve();
        });
        observer.observe(document.body, { subtree: true, childList: true });
      });
      const start = performance.now();
      button?.click();
      await stands;
      await frame();
      await frame();
      return performance.now() - start;
    },
    [NAME, LAST] as const,
  );
}

/** The longest that a page's thread was taken at one time while the sheet was opened, in milliseconds of the thread. */
async function longestTask(page: Page): Promise<number> {
  const browser = page.context().browser();
  await browser?.startTracing(page, { categories: ['toplevel'] });
  await opening(page);
  await page.waitForTimeout(1_000);
  const { traceEvents } = JSON.parse(String(await browser?.stopTracing())) as { traceEvents: TraceEvent[] };
  const idOf = ({ pid, tid }: TraceEvent) => `${pid}:${tid}`;
  const threads = new Set(traceEvents.filter(({ args }) => args?.name === 'CrRendererMain').map(idOf));
  const tasks = traceEvents.filter(
    (event) => event.name === 'ThreadControllerImpl::RunTask' && threads.has(idOf(event)),
  );
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1_000;
}

type TraceEvent = { name: string; pid: number; tid: number; args?: { name?: string }; tdur?: number };

/** The same for the bare HTML, put into an empty page with the same styles. */
const bareOpening = (page: Page, html: string): Promise<number> =>
  page.evaluate(async (inside) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    document.body.replaceChildren();
    await frame();
    await frame();
    const start = performance.now();
    document.body.innerHTML = inside;
    await frame();
    await frame();
    return performance.now() - start;
  }, html);

/** How long the page's thread was busy with each key, in milliseconds: key after key, or with pauses in between. */
async function keyCosts(
  page: Page,
  cdp: CDPSession,
  cell: string,
  keys: readonly string[],
  pause = 0,
): Promise<number[]> {
  await page.locator(cell).focus();
  await page.keyboard.press('End');
  // Where the mouse lies the browser looks again after every change: in both pages at the same place.
  await page.locator(cell).hover();
  await page.waitForTimeout(500);
  const busy = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
  };
  const frames = () =>
    page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const cost = async (work: () => Promise<unknown>) => {
    const before = await busy();
    await work();
    await frames();
    return (await busy()) - before;
  };
  const idle: number[] = [];
  for (let count = 0; count < 10; count += 1) idle.push(await cost(async () => undefined));
  const costs: number[] = [];
  for (let count = 0; count < KEYS; count += 1) {
    if (pause > 0 && count % KEYS_AT_A_TIME === 0) await page.waitForTimeout(pause);
    costs.push(await cost(() => page.keyboard.press(keys[count % keys.length] ?? '')));
  }
  // Waiting for frames costs too, in both pages alike: it is not the key's.
  const own = spread(idle).median;
  return costs.map((one) => Math.max(0, one - own));
}

const worst = (costs: readonly number[]): number =>
  [...costs].sort((a, b) => a - b)[Math.ceil(costs.length * 0.95) - 1] ?? Number.NaN;

async function meter(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page);
  // Time of the page's own thread: what other programs of this computer do meanwhile is not counted.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  return cdp;
}

const slowDown = (cdp: CDPSession, rate: number) => cdp.send('Emulation.setCPUThrottlingRate', { rate });

/** The sheet as HTML with its values, and the page that it stands in without them. */
async function bareOf({ page }: Window): Promise<{ inside: string; around: string }> {
  return page.evaluate(() => {
    for (const area of document.querySelectorAll('textarea')) area.textContent = area.value;
    for (const input of document.querySelectorAll('input')) input.setAttribute('value', input.value);
    const inside = document.body.innerHTML;
    const links = [...document.querySelectorAll('link[rel="stylesheet"]')].map((link) => link.outerHTML).join('');
    return { inside, around: `<!doctype html><html lang="ja"><head>${links}</head><body></body></html>` };
  });
}

async function barePage(programs: Programs, ours: Window, around: string): Promise<Page> {
  const context = await ours.page
    .context()
    .browser()
    ?.newContext({ viewport: { width: 1280, height: 900 } });
  if (!context) throw new Error('the browser is gone');
  const page = await context.newPage();
  const address = new URL(ours.page.url()).origin;
  await page.route(`${address}/bare`, (route) => route.fulfill({ contentType: 'text/html', body: around }));
  await page.goto(`${address}/bare`);
  programs.faults();
  return page;
}

/** Key by key and sheet by sheet, ours and the floor in turn; it makes a sheet of its own. */
export async function entry(_town: unknown, rounds: number): Promise<Line[]> {
  const world = await makeWorld();
  const programs = await openPrograms();
  try {
    const ours = await programs.open('entry', await makeLargeSheet(world));
    const cdp = await meter(ours.page);
    const samples = {
      open: [],
      bareOpen: [],
      text: [],
      bareText: [],
      saving: [],
      bareSaving: [],
      number: [],
      bareNumber: [],
      task: [],
    } as Record<string, number[]>;
    const add = (name: string, value: number) => samples[name]?.push(value);
    await opening(ours.page);
    await ours.page.waitForTimeout(1_000);
    const { inside, around } = await bareOf(ours);
    const bare = await barePage(programs, ours, around);
    const bareCdp = await meter(bare);
    await bareOpening(bare, inside);
    for (let round = 0; round < rounds; round += 1) {
      const leave = async () => {
        await ours.press('シート一覧へ');
        await ours.at('シート一覧');
        await ours.page.waitForTimeout(300);
      };
      for (const one of [cdp, bareCdp]) await slowDown(one, 1);
      await leave();
      add('task', await longestTask(ours.page));
      for (const one of [cdp, bareCdp]) await slowDown(one, SLOWED);
      await leave();
      add('open', await opening(ours.page));
      add('bareOpen', await bareOpening(bare, inside));
      await ours.page.waitForTimeout(1_000);
      add('text', worst(await keyCosts(ours.page, cdp, TYPED, LETTERS)));
      add('bareText', worst(await keyCosts(bare, bareCdp, TYPED, LETTERS)));
      add('saving', worst(await keyCosts(ours.page, cdp, TYPED, LETTERS, PAUSE_MS)));
      add('bareSaving', worst(await keyCosts(bare, bareCdp, TYPED, LETTERS, PAUSE_MS)));
      add('number', worst(await keyCosts(ours.page, cdp, NUMBER, DIGITS)));
      add('bareNumber', worst(await keyCosts(bare, bareCdp, NUMBER, DIGITS)));
    }
    const of = (name: string): Spread => spread(samples[name] ?? []);
    const task = of('task');
    const isKept = task.median <= NOTICED_MS;
    const line = (name: string, our: string, floor: string, note: string): Line => ({
      name,
      unit: 'ms',
      ours: of(our),
      floor: of(floor),
      note: `${note}; ${CELLS} cells, processor ÷ ${SLOWED}`,
    });
    return [
      line('a key in a text (95 %)', 'text', 'bareText', 'the same page, styles and text box with no program'),
      line(
        '… after pauses (95 %)',
        'saving',
        'bareSaving',
        `${PAUSE_MS} ms every ${KEYS_AT_A_TIME} keys, in which ours saves`,
      ),
      line('a key in a table (95 %)', 'number', 'bareNumber', 'the same page, styles and input with no program'),
      line('opening a large sheet', 'open', 'bareOpen', 'the same HTML and styles'),
      {
        name: 'longest task at that',
        unit: 'ms',
        ours: task,
        floor: spread([NOTICED_MS]),
        note: `full speed; the rule is ${NOTICED_MS} ms: ${isKept ? 'kept' : 'BROKEN'}`,
      },
    ];
  } finally {
    await programs.close();
    await world.close();
  }
}
