// @vitest-environment jsdom
// A sheet drawn part by part: how large the parts are, and that nobody is sent to what does not stand yet.
import { act, screen } from '@testing-library/react';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { formInDrawing, grown, nextSize, wholeForm } from '../../renderer/form/drawing.ts';
import { goToCell } from '../../renderer/form/moving/goTo.ts';
import type * as timing from '../../renderer/ui/timing.ts';
import type { Host } from '../../shared/contract/host.ts';
import type { Form } from '../../shared/form/form.ts';
import { fakeHost } from './fakehost.ts';
import { press, show } from './screen.tsx';

/** The browser has its turn when a test says so. */
const browser = vi.hoisted((): { turn?: () => void } => ({}));

vi.mock('../../renderer/ui/timing.ts', async (original) => ({
  ...(await original<typeof timing>()),
  createTurns: () => ({
    next(then: (took: number) => void) {
      browser.turn = () => then(0);
      return () => undefined;
    },
  }),
}));

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);

describe('the parts', () => {
  test('come to all blocks in order, each no larger than it has to be', () => {
    const sizes = fc.array(fc.nat(200));
    fc.assert(
      fc.property(sizes, fc.nat(), fc.integer({ min: 1, max: 500 }), (all, from, cells) => {
        const count = from % (all.length + 1);
        const next = grown(all, count, cells);
        const part = all.slice(count, next);
        expect(sum(part) >= cells || next === all.length).toBe(true);
        expect(sum(part.slice(0, -1))).toBeLessThan(cells);
      }),
    );
  });

  test('shrink when one took too long, and grow by steps while they are quick', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 5_000 }),
        fc.double({ min: 0, max: 60_000, noNaN: true }),
        (cells, took) => {
          const next = nextSize(cells, took);
          expect(next).toBeGreaterThanOrEqual(60);
          expect(next).toBeLessThanOrEqual(Math.ceil(cells * 1.5));
          if (took >= 100 && cells > 60) expect(next).toBeLessThan(cells);
          if (took <= 50) expect(next).toBeGreaterThan(cells);
        },
      ),
    );
  });
});

/** The sheet with its first part, and the address of a cell that does not stand yet. */
async function showFirstPart(part: Partial<Host> = {}): Promise<{ form: Form; last: string }> {
  const host = { ...fakeHost(), ...part };
  show(host);
  await press('花の町');
  await screen.findByRole('heading', { level: 1, name: '2-2 花の町' });
  const last = host.form.cells.filter((cell) => cell.type === 'text').at(-1)?.address ?? '';
  expect(document.getElementById(`cell-${last}`)).toBeNull();
  expect(formInDrawing()).not.toBeNull();
  return { form: host.form, last };
}

async function drawOn(): Promise<void> {
  while (formInDrawing()) act(() => browser.turn?.());
  await wholeForm();
}

test('who goes to a cell that does not stand yet stands at its section, and then in the cell', async () => {
  const { form, last } = await showFirstPart();
  goToCell(form, last);
  expect(document.activeElement?.tagName).toBe('H2');
  await drawOn();
  expect(document.activeElement?.id).toBe(`cell-${last}`);
});

test('who has moved on meanwhile stays where they are', async () => {
  const { form, last } = await showFirstPart();
  goToCell(form, last);
  screen.getByRole('heading', { level: 1 }).focus();
  await drawOn();
  expect(document.getElementById(`cell-${last}`)).not.toBeNull();
  expect(document.activeElement?.tagName).toBe('H1');
});
