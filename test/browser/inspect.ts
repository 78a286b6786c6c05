// What must hold for whatever is shown: axe finds nothing, nothing scrolls sideways, a dialog lies inside the window.
import axe from 'axe-core';
import type { CDPSession, Page } from 'playwright-core';
import { expect } from 'vitest';

/** The smallest office screen, and a usual one at 200 %. */
export const NARROW = [
  { width: 1024, height: 768 },
  { width: 640, height: 512 },
];
export const USUAL = { width: 1280, height: 900 };

/** What axe objects to on the whole page; undefined where it is not there yet. */
const askAxe = (page: Page): Promise<string[] | undefined> =>
  page.evaluate(async () => {
    const { axe: here } = globalThis as unknown as { axe?: typeof axe };
    if (!here) return undefined;
    // No rule that is asked for reads style sheets: to fetch and parse them anew each time is half of the waiting.
    const preload = { assets: ['media' as const] };
    const { violations } = await here.run(document, { resultTypes: ['violations'], preload });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
  });

/** What axe objects to on the whole page. The page's policy forbids code from text; the test's own channel may bring it. */
export async function findings(page: Page): Promise<string[]> {
  const found = await askAxe(page);
  if (found) return found;
  await page.evaluate(axe.source);
  return (await askAxe(page)) ?? ['axe is not there'];
}

/** What sticks out: the page to the side, a dialog out of the window or to the side of itself. */
const stickingOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isWide = (element: Element) => element.scrollWidth > element.clientWidth;
    const dialogs = [...document.querySelectorAll('dialog[open]')].flatMap((dialog) => {
      const { left, right, top, bottom } = dialog.getBoundingClientRect();
      const isOut = left < 0 || top < 0 || right > innerWidth || bottom > innerHeight;
      return isOut || isWide(dialog) ? [`dialog ${dialog.querySelector('h2')?.textContent}`] : [];
    });
    const whole = [document.documentElement, ...document.querySelectorAll('.panel, .panel-parts')].filter(isWide);
    return [...whole.map((one) => one.className || one.tagName), ...dialogs];
  });

/** Nothing sticks out on the smallest screen and at 200 %, however close the lines stand. */
export async function fitsInEveryDensity(page: Page): Promise<void> {
  const density = page.getByRole('combobox', { name: '行の間' });
  for (const label of ['ゆったり', 'つめる', 'ふつう']) {
    await density.selectOption(label);
    for (const size of NARROW) {
      await page.setViewportSize(size);
      expect(await stickingOut(page), `${label} at ${size.width}`).toEqual([]);
    }
    await page.setViewportSize(USUAL);
  }
}

/** The checks for what is shown now, in a usual window, on the smallest screen, and at 200 %. */
export async function inspect(page: Page): Promise<void> {
  expect(await findings(page)).toEqual([]);
  for (const size of NARROW) {
    await page.setViewportSize(size);
    expect(await stickingOut(page), `sideways at ${size.width}`).toEqual([]);
  }
  // Below a certain width things are laid out anew.
  expect(await findings(page), 'at 200 %').toEqual([]);
  await page.setViewportSize(USUAL);
}

/** Composes a word as an input method does, and confirms it with Enter, which browsers report as key 229 meanwhile. */
export async function compose(input: CDPSession, ...steps: string[]): Promise<void> {
  for (const text of steps) {
    await input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  }
  // Some browsers name the key 'Process', others 'Enter': a listener that looks at the name alone must not get away.
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 13 };
  await input.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
  await input.send('Input.insertText', { text: steps.at(-1) ?? '' });
  await input.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
}
