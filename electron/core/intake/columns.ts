// Which cell of the form a column of a merge workbook is for, told by its headings.
// Promise: one cell is proposed only where no other fits as well; where several do, a person is asked.
import { cellsOf } from '../../../shared/form/block.ts';
import { type Cell, stateAddress } from '../../../shared/form/cell.ts';
import type { Form } from '../../../shared/form/form.ts';
import { bareLabel, columnCell, stateLabel } from '../../../shared/form/label.ts';
import { keyOf } from './key.ts';

/** Addresses of cells, or of their states. `address`: the one that fits; `near`: those that fit equally well, where they are several. */
export type Proposed = { address: string | undefined; near: readonly string[] };

/** 「2021年度実績」 and 「2021実績」 are the same heading. */
const columnKey = (text: string): string => keyOf(text).replace(/(\d{4})年度?/g, '$1');

/** Whether headings may be the cell's at all: cheap, and never wrong about no. */
export function endsAs(path: readonly string[], cell: Cell): boolean {
  const label = bareLabel(columnKey(cell.label));
  return path.join('') === cell.address || bareLabel(columnKey(path.join(''))).includes(label);
}

type Known = { address: string; spelled: string; label: string; bare: string; whole: string };

/** A heading letter by letter: 「欄1 1」 is not 「欄11」. */
const spelledKey = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** A column of states is known by its whole heading alone: 「状態」 says nothing of whose. */
function statesOf(cell: Cell): Known[] {
  const address = stateAddress(cell.address);
  const hasStates = cell.type === 'decimal' && cell.states.length > 0;
  const label = stateLabel(cell);
  return hasStates ? [{ address, spelled: spelledKey(label), label: columnKey(label), bare: '', whole: '' }] : [];
}

/** Looks cells up by the headings of a column, from top to bottom. */
export function proposer(form: Form): (path: readonly string[]) => Proposed {
  const cells = form.sections.flatMap((section) =>
    section.groups.flatMap((group) =>
      group.blocks.flatMap(cellsOf).map((cell) => ({ cell, whole: `${section.title}${group.label}${cell.label}` })),
    ),
  );
  const known = cells.map(({ cell, whole }): Known => {
    const label = columnKey(cell.label);
    const spelled = spelledKey(cell.label);
    return { address: cell.address, spelled, label, bare: bareLabel(label), whole: columnKey(whole) };
  });
  const all = [...known, ...cells.flatMap(({ cell }) => statesOf(cell))];
  const letters = indexOf(all, ({ spelled }) => spelled);
  const exact = indexOf(all, ({ label }) => label);
  const bare = indexOf(known, ({ bare: key }) => key);
  return (path) => {
    const parts = path.map(columnKey).filter((part) => part !== '');
    const joined = parts.join('');
    const last = parts.at(-1) ?? '';
    if (joined === '') return { address: undefined, near: [] };
    const address = path.join('');
    if (columnCell(form, address)) return { address, near: [] };
    const [own, other] = letters.get(spelledKey(address)) ?? [];
    if (own && !other) return { address: own.address, near: [] };
    const steps: (() => readonly Known[])[] = [
      () => exact.get(joined) ?? [],
      () => bare.get(bareLabel(joined)) ?? [],
      () => known.filter(({ label }) => label.endsWith(joined)),
      () => (parts.length > 1 ? known.filter(({ whole }) => isInOrder(whole, parts)) : []),
      () => exact.get(last) ?? [],
      () => bare.get(bareLabel(last)) ?? [],
      () => known.filter(({ label }) => label.endsWith(last)),
    ];
    for (const step of steps) {
      const [found, second, ...more] = step();
      if (found && second) return { address: undefined, near: [found, second, ...more].map((entry) => entry.address) };
      if (found) return { address: found.address, near: [] };
    }
    return { address: undefined, near: [] };
  };
}

function indexOf(known: readonly Known[], key: (entry: Known) => string): ReadonlyMap<string, readonly Known[]> {
  const index = new Map<string, Known[]>();
  for (const entry of known) {
    const name = key(entry);
    if (name === '') continue;
    const here = index.get(name);
    if (here) here.push(entry);
    else index.set(name, [entry]);
  }
  return index;
}

function isInOrder(whole: string, parts: readonly string[]): boolean {
  let at = 0;
  for (const part of parts) {
    const found = whole.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}
