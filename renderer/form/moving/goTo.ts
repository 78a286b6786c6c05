// Bringing a cell or a section into view with the cursor in it, and knowing in which cell the cursor stands.
import { cellsOf } from '../../../shared/form/block.ts';
import { type Cell, ownAddress } from '../../../shared/form/cell.ts';
import type { Form, Section } from '../../../shared/form/form.ts';
import { formInDrawing, wholeForm } from '../drawing.ts';
import { inputOf } from '../SheetContext.tsx';

export const sectionId = (section: Section): string => `section-${section.key}`;

export const cellsIn = (section: Section): Cell[] =>
  section.groups.flatMap((group) => group.blocks.flatMap((block) => [...cellsOf(block)]));

/**
 * A row that is not shown yet is represented by its block. What is not drawn yet is represented by its section, until it
 * stands: then it gets the cursor, unless the person has moved on.
 */
export function goToCell(form: Form, address: string): HTMLElement | undefined {
  const section = form.sections.find((one) => cellsIn(one).some((cell) => cell.address === address));
  const block = section?.groups
    .flatMap((group) => group.blocks)
    .find((one) => cellsOf(one).some((cell) => cell.address === address));
  const first = block && cellsOf(block)[0];
  const input = inputOf(address) ?? inputOf(first?.address ?? '');
  const target = input ?? (section && document.getElementById(`${sectionId(section)}-title`));
  target?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: true });
  if (!input && formInDrawing()) {
    void wholeForm().then(() => {
      if (target?.isConnected && document.activeElement === target) goToCell(form, address);
    });
  }
  return target ?? undefined;
}

export function goToSection(section: Section): void {
  const title = document.getElementById(`${sectionId(section)}-title`);
  title?.scrollIntoView({ block: 'start' });
  title?.focus({ preventScroll: true });
}

/** The section in which something stands, by its place in the form. */
export function sectionAt(form: Form, element: Element | null): number {
  const id = element?.closest('.sheet-section')?.id;
  return form.sections.findIndex((section) => sectionId(section) === id);
}

/** The cell to which an element of the sheet belongs. */
export function addressOf(form: Form, element: Element | null): string | undefined {
  const named = element?.closest('[name], [data-address], [id^="cell-"]');
  if (!named) return undefined;
  const names = [
    named.getAttribute('data-address') ?? '',
    ownAddress(named.getAttribute('name') ?? ''),
    named.id.replace(/^cell-/, ''),
    // Squares of a matrix carry the name of their block: both axes are one choice.
    `${(named.getAttribute('name') ?? '').replace(/^block-/, '')}__row`,
  ];
  return names.find((name) => form.byAddress.has(name));
}

/**
 * The next of some cells after (or before) the one in hand, in the form's order; past the end it begins anew.
 * `wrapped` says that it did.
 */
export function nextOf(
  form: Form,
  wanted: ReadonlySet<string>,
  from: string | undefined,
  step: 1 | -1,
): { address: string; wrapped: boolean } | undefined {
  const order = form.cells.map((cell) => cell.address);
  const at = from === undefined ? (step === 1 ? -1 : order.length) : order.indexOf(from);
  for (let moved = 1; moved <= order.length; moved += 1) {
    const place = at + step * moved;
    const address = order[((place % order.length) + order.length) % order.length];
    if (address !== undefined && wanted.has(address)) {
      return { address, wrapped: from !== undefined && (place < 0 || place >= order.length) };
    }
  }
  return undefined;
}
