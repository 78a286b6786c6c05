// Draws the program with a host for a test, and takes it down afterwards.
import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect } from 'vitest';
import { App } from '../../renderer/screens/App.tsx';
import type { Host } from '../../shared/contract/host.ts';

afterEach(cleanup);
// Other tests may keep the machine busy: waiting longer than usual is no fault of a screen.
configure({ asyncUtilTimeout: 8_000 });

// What jsdom lacks: modal dialogs, the top layer and scrolling.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLElement.prototype.togglePopover = function togglePopover(open) {
  this.style.display = open ? 'grid' : 'none';
  return open === true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};
Element.prototype.scrollIntoView = () => undefined;
window.scrollTo = () => undefined;

export const button = (name: string | RegExp) => screen.findByRole('button', { name });
export const press = async (name: string | RegExp) => userEvent.click(await button(name));

/**
 * A cell's box by what it is to a screen reader. It is found by its words first: to ask every box of the sheet for its
 * role, each time, would be most of a test's time.
 */
export function box(name: string | RegExp): HTMLInputElement {
  const isMeant = (words: string | null) => (typeof name === 'string' ? words === name : name.test(words ?? ''));
  const named = [...document.querySelectorAll('.sheet-form :is(input, textarea)[aria-label]')].filter((one) =>
    isMeant(one.getAttribute('aria-label')),
  );
  const labelled = [...document.querySelectorAll('.sheet-form label[for]')]
    .filter((label) => isMeant(label.textContent))
    .map((label) => document.getElementById(label.getAttribute('for') ?? ''));
  const found = [...named, ...labelled];
  const [one] = found;
  if (!(one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement) || found.length > 1) {
    throw new Error(`${found.length} boxes are called ${name}`);
  }
  return within(one.parentElement ?? one).getByRole<HTMLInputElement>('textbox', { name });
}

export function show(host: Host): void {
  render(<App host={host} />);
}

/** The program with its one sheet open for entry. */
export async function showSheet(host: Host): Promise<void> {
  show(host);
  await press('花の町');
  await sheetStands();
}

/** Waits for the sheet down to its last cell: a large one is drawn part by part. */
export async function sheetStands(): Promise<void> {
  await screen.findByRole('heading', { level: 1, name: '2-2 花の町' });
  await waitFor(() => expect(document.querySelector('[aria-busy="true"]')).toBeNull());
}
