// Labels as people write them: finding the cell that somebody means.
// Promise: folding serves matching only; a folded text is never stored or shown.
import { fail } from '../kernel/problem.ts';
import { type Cell, ownAddress, reasonParts, stateAddress } from './cell.ts';
import type { Form } from './form.ts';

/** The text with width, white space and ASCII case evened out. */
export const foldLabel = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** A folded label without its bracketed parts (「施策事業費(千円)」 -> 施策事業費). */
export const bareLabel = (folded: string): string => folded.replace(/\([^()]*\)|\[[^[\]]*\]|【[^【】]*】/g, '');

/**
 * The cell that `label` names: by its address, its full label, or a label that differs only in width, white space or
 * bracketed parts and means one cell alone. Raises cell.unknown with up to five labels that are near.
 */
export function findCell(form: Form, label: string): Cell {
  const exact = form.byAddress.get(label) ?? form.cells.find((cell) => cell.label === label);
  if (exact) return exact;
  const wanted = foldLabel(label);
  const folded = form.cells.map((cell) => ({ cell, key: foldLabel(cell.label) }));
  const alike = folded.filter(({ key }) => key === wanted);
  const bare = alike.length > 0 ? alike : folded.filter(({ key }) => bareLabel(key) === bareLabel(wanted));
  const [found, second] = bare;
  if (found && !second && bareLabel(wanted) !== '') return found.cell;
  const near = (bare.length > 0 ? bare : folded)
    .map(({ cell, key }) => ({ label: cell.label, likeness: likeness(key, wanted) }))
    .filter((candidate) => candidate.likeness > 0.2)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 5);
  return fail('cell.unknown', { label, near: near.map((candidate) => candidate.label) });
}

const STATE_TAIL = '・状態';

/** What a column of a table is called that holds how firm a number is. */
export const stateLabel = (cell: Cell): string => `${cell.label}${STATE_TAIL}`;

/** The cell that a column of a table is about, and whether it holds the cell's states; undefined where it is about none. */
export function columnCell(
  form: Pick<Form, 'byAddress'>,
  address: string,
): { cell: Cell; isState: boolean } | undefined {
  const own = form.byAddress.get(address);
  if (own) return { cell: own, isState: false };
  const cell = form.byAddress.get(ownAddress(address));
  const hasStates = cell?.type === 'decimal' && cell.states.length > 0;
  return hasStates && address === stateAddress(cell.address) ? { cell, isState: true } : undefined;
}

/** The address that `label` names as findCell does, also of a cell's states (「…・状態」). Raises cell.unknown. */
export function findColumn(form: Form, label: string): string {
  if (columnCell(form, label)) return label;
  const state = label.endsWith(STATE_TAIL) ? findCell(form, label.slice(0, -STATE_TAIL.length)).address : '';
  return columnCell(form, stateAddress(state)) ? stateAddress(state) : findCell(form, label).address;
}

/** What people call what stands at an address: a cell's full label, its states, or whose reason it is. */
export function labelAt(form: Pick<Form, 'byAddress'>, address: string): string {
  const column = columnCell(form, address);
  if (column?.isState) return stateLabel(column.cell);
  const reason = reasonParts(address);
  const label = form.byAddress.get(reason?.address ?? address)?.label;
  if (label === undefined) return address;
  return reason ? `${label}（確認への理由）` : label;
}

/** 0 to 1: how many pairs of neighbouring characters two texts share. */
function likeness(a: string, b: string): number {
  const inA = bigrams(a);
  const inB = bigrams(b);
  const shared = [...inA].filter((pair) => inB.has(pair)).length;
  return (2 * shared) / (inA.size + inB.size || 1);
}

function bigrams(text: string): Set<string> {
  // The marks at both ends let a text of one character have pairs too.
  const characters = ['\n', ...text, '\n'];
  return new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`));
}
