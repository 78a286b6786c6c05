// One table in the hand of a person: where they stand, what they have selected, and what a key, the mouse or the
// clipboard does there. It works on the real inputs under `root`; each stands in an element with `data-at`.
// Promise: whatever changes several cells goes through one call, so that it is one step to take back.
import type { KeyboardEvent as ReactKey } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { Form } from '../../../shared/form/form.ts';
import { type Content, contentAt } from '../../../shared/form/merge.ts';
import { type Inputs, inputsFor, inputsOf } from '../display.ts';
import type { Entry, Typed } from '../entry.ts';
import { readClipboard } from '../paste/clipboard.ts';
import { type PastePlan, planPaste } from '../paste/plan.ts';
import { isOpen } from '../QuestionBox.tsx';
import { toHtml, toTsv } from './copy.ts';
import { type Change, createEdits } from './edits.ts';
import { type Action, actionOf, type Mode } from './keys.ts';
import {
  type Area,
  areaOf,
  areaWords,
  cellAt,
  type Place,
  placeOf,
  placeText,
  type Step,
  samePlace,
  stepFrom,
  stretch,
  type Table,
} from './table.ts';

type Parts = {
  table: Table;
  entry: Entry;
  form: Form;
  inputs: Pick<UseFormReturn<Inputs>, 'setValue'>;
  save: (cells: readonly Typed[]) => Promise<boolean>;
  /** Tells everybody what was done. */
  say: (words: string) => void;
  /** Tells what is selected, which the eye sees. */
  tellArea: (words: string) => void;
  /** Shows where a pasted block would go; nothing is written before the person agrees. */
  preview: (plan: PastePlan) => void;
};

export type Control = ReturnType<typeof createControl>;

const isText = (element: Element | null): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type !== 'checkbox');

export function createControl({ table, entry, form, inputs, save, say, tellArea, preview }: Parts) {
  const edits = createEdits({ table, entry, form, inputs, save });
  const { textOf, isWritable } = edits;
  let root: HTMLElement | null = null;
  let mode: Mode = 'ready';
  let at: Place | undefined;
  let area: Area | undefined;
  let anchor: Place | undefined;
  let corner: Place | undefined;
  let before: { address: string; content: Content; raw: string; inputs: Inputs; waits: boolean } | undefined;
  let pressed: { place: Place; isNew: boolean } | undefined;
  let isAway = false;
  let isInside = false;
  const listeners = new Set<() => void>();

  const holderOf = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<HTMLElement>('[data-at]') : null;
  const holderAt = (place: Place) => root?.querySelector<HTMLElement>(`[data-at="${placeText(place)}"]`) ?? null;
  const inputIn = (holder: Element | null) =>
    holder?.querySelector<HTMLElement>('textarea, input, select, output') ?? null;
  const isThere = (place: Place) => inputIn(holderAt(place)) !== null;
  const whereIs = (holder: HTMLElement) => placeOf(holder.dataset.at ?? '');
  const cellHere = () => (at ? cellAt(table, at) : undefined);
  const tell = () => {
    for (const listener of listeners) listener();
  };

  function selectAll(): void {
    const input = at ? inputIn(holderAt(at)) : null;
    if (isText(input)) input.select();
    else if (input instanceof HTMLOutputElement) window.getSelection()?.selectAllChildren(input);
  }

  function paint(): void {
    area = anchor && corner && !samePlace(anchor, corner) ? areaOf(anchor, corner) : undefined;
    for (const holder of root?.querySelectorAll<HTMLElement>('[data-at]') ?? []) {
      const { row, column } = whereIs(holder);
      const isIn =
        area !== undefined &&
        row >= area.from.row &&
        row <= area.to.row &&
        column >= area.from.column &&
        column <= area.to.column;
      holder.toggleAttribute('data-selected', isIn);
    }
  }

  function select(from: Place | undefined, to: Place | undefined): void {
    anchor = from;
    corner = to;
    paint();
    tellArea(area ? areaWords(table, area) : '');
  }

  function goTo(place: Place): void {
    select(undefined, undefined);
    const input = inputIn(holderAt(place));
    if (!input) return;
    if (input === document.activeElement) {
      void entry.flush();
      settle('ready');
    } else input.focus();
  }

  function settle(next: Mode): void {
    mode = next;
    if (mode === 'ready') selectAll();
    remember();
    tell();
  }

  /** What Escape brings back. */
  function remember(): void {
    const cell = cellHere();
    if (!cell) return;
    const waits = entry.pending(cell.address);
    before = {
      address: cell.address,
      content: contentAt(entry.values(), cell.address),
      raw: textOf(cell),
      inputs: waits === undefined ? inputsOf(cell, entry.values()) : inputsFor(cell, waits),
      waits: waits !== undefined,
    };
  }

  const within = (): Area | undefined => area ?? (at && { from: at, to: at });

  function settled(words: string, saved?: Promise<unknown>): void {
    void saved?.then(remember);
    say(words);
    mode = 'ready';
    selectAll();
  }

  function clear(): void {
    const inside = within();
    if (!inside) return;
    const { count, left, saved } = edits.clear(inside);
    settled(`${count}欄を空にしました。${left === 0 ? '' : `書けない${left}欄はそのままです。`}`, saved);
  }

  function fill(from: 'above' | 'left'): void {
    const inside = within();
    if (!inside) return;
    const { count, saved } = edits.fill(inside, from);
    settled(`${count}欄に${from === 'above' ? '上' : '左'}の欄と同じ内容を入れました。`, saved);
  }

  function takeBack(): void {
    const cell = cellHere();
    holderOf(document.activeElement)?.querySelector<HTMLElement>('[popover]')?.hidePopover?.();
    if (cell && before?.address === cell.address && isWritable(cell) && textOf(cell) !== before.raw) {
      edits.show(before.inputs);
      // What was not saved when the person came must be typed again: forgetting what is typed would lose it too.
      if (before.waits) entry.type(cell.address, before.raw);
      else entry.takeBack(cell.address, before.content, before.raw);
      say('打つ前に戻しました。');
    }
    select(undefined, undefined);
    settle('ready');
  }

  function edit(): void {
    const input = at ? inputIn(holderAt(at)) : null;
    mode = 'editing';
    if (isText(input)) input.setSelectionRange(input.value.length, input.value.length);
    else if (input instanceof HTMLSelectElement) input.showPicker?.();
    select(undefined, undefined);
  }

  function breakLine(): void {
    const input = document.activeElement;
    if (!isText(input) || input.readOnly) return;
    if (mode === 'ready') edit();
    input.setRangeText('\n', input.selectionStart ?? 0, input.selectionEnd ?? 0, 'end');
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }

  function extend(step: Step): void {
    if (!at) return;
    const next = stretch(table, corner ?? at, step);
    select(anchor ?? at, next);
    holderAt(next)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** Where Tab leads inside of the table. */
  function following(): Place | undefined {
    const holders = [...(root?.querySelectorAll<HTMLElement>('[data-at]') ?? [])].filter(inputIn);
    const next = holders[holders.findIndex((holder) => at && samePlace(whereIs(holder), at)) + 1];
    return next && whereIs(next);
  }

  function act(action: Action): void {
    if (!at) return;
    switch (action.do) {
      case 'next':
        goTo(following() ?? at);
        break;
      case 'move':
        goTo(stepFrom(table, at, action.step, isThere));
        break;
      case 'extend':
        extend(action.step);
        break;
      case 'everything':
        select({ row: 0, column: 0 }, { row: table.rows.length - 1, column: table.columns.length - 1 });
        break;
      case 'ask':
        holderAt(at)?.querySelector<HTMLElement>('.question button')?.focus();
        break;
      case 'fill':
        fill(action.from);
        break;
      default:
        ({ edit, takeBack, clear, break: breakLine })[action.do]();
    }
  }

  /** The clipboard is this table's own unless the caret stands in a text. */
  const isOwn = () => {
    const { activeElement } = document;
    const holder = holderOf(activeElement);
    return root?.contains(activeElement) === true && inputIn(holder) === activeElement;
  };

  function onCopy(event: ClipboardEvent): boolean {
    if (!isOwn() || (mode !== 'ready' && !area)) return false;
    const inside = within();
    if (!inside) return false;
    const rows = edits.copied(inside);
    event.clipboardData?.setData('text/plain', toTsv(rows));
    event.clipboardData?.setData('text/html', toHtml(rows));
    event.preventDefault();
    say(`${rows.flat().length}欄を写しました。`);
    return true;
  }

  function onPaste(event: ClipboardEvent): void {
    const cell = cellHere();
    if (!isOwn() || !cell || !at || !event.clipboardData) return;
    const block = readClipboard(event.clipboardData, cell.type === 'text' && cell.lines > 1);
    const isSingle = block.rows.length === 1 && block.rows[0]?.length === 1 && !area;
    if (isSingle && mode !== 'ready') return;
    event.preventDefault();
    const only = block.rows[0]?.[0];
    if (isSingle && only && only.exact === undefined) {
      if (isWritable(cell)) settled('貼り付けました。', edits.put([{ cell, raw: only.text }]).saved);
      else say('ロックされた欄なので、貼り付けません。');
      return;
    }
    if (block.rows.length === 0) return;
    preview(planPaste({ table, area: area ?? { from: at, to: at }, block, entry, textOf }));
  }

  function onClipboard(event: ClipboardEvent): void {
    if (event.type === 'paste') onPaste(event);
    else if (onCopy(event) && event.type === 'cut') clear();
  }

  function release(): void {
    // The browser has put the caret into the number; a first click selects it, as in a spreadsheet.
    if (pressed?.isNew && mode === 'ready') selectAll();
    if (area) tellArea(areaWords(table, area));
    pressed = undefined;
  }

  return {
    /** The cell in hand, while the person is in the table. */
    cell: () => (isInside ? cellHere() : undefined),
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Writes a plan that the person has agreed to. */
    apply(changes: readonly Change[]): void {
      const { count, saved } = edits.put(changes);
      settled(`${count}欄に貼り付けました。`, saved);
    },
    back: () => (at ? inputIn(holderAt(at))?.focus() : undefined),
    attach(element: HTMLElement | null) {
      root = element;
      if (!element) return;
      const types = ['copy', 'cut', 'paste'] as const;
      // The browser sends these to the selected text, which need not stand in the input that has the focus.
      for (const type of types) document.addEventListener(type, onClipboard);
      return () => {
        for (const type of types) document.removeEventListener(type, onClipboard);
      };
    },
    handlers: {
      onKeyDown(event: ReactKey<HTMLElement>) {
        const cell = cellHere();
        if (!cell || inputIn(holderOf(event.target)) !== event.target) return;
        const { isComposing } = event.nativeEvent;
        const isAsked = entry.mark(cell.address).questions.some(isOpen);
        const action = actionOf({ ...keyOf(event), isComposing }, mode, cell, isAsked);
        if (!action || (action.do === 'next' && !following())) return;
        event.preventDefault();
        act(action);
      },
      // On the way down: the inputs keep the event to themselves.
      onInputCapture() {
        const cell = cellHere();
        if (mode !== 'ready' || cell?.type === 'code' || cell?.type === 'flag') return;
        mode = 'typed';
        select(undefined, undefined);
      },
      onFocus({ target }: { target: EventTarget }) {
        const holder = holderOf(target);
        if (!holder || inputIn(holder) !== target) return;
        isInside = true;
        const place = whereIs(holder);
        const isSame = at !== undefined && samePlace(at, place);
        // Coming back from another window must not select the text that is being written.
        if (isAway && isSame) {
          isAway = false;
          return;
        }
        if (!isSame) select(undefined, undefined);
        at = place;
        settle(pressed?.isNew && cellAt(table, place)?.type === 'text' ? 'editing' : 'ready');
      },
      onBlur({ target, relatedTarget }: { target: EventTarget; relatedTarget: EventTarget | null }) {
        isAway = target === document.activeElement;
        if (isAway || (relatedTarget instanceof Node && root?.contains(relatedTarget))) return;
        select(undefined, undefined);
        isInside = false;
        tell();
      },
      onMouseDown(event: MouseLike) {
        const holder = holderOf(event.target);
        const input = inputIn(holder);
        if (!holder || !input || event.button !== 0) return;
        const place = whereIs(holder);
        if (event.shiftKey && at) {
          event.preventDefault();
          select(anchor ?? at, place);
          return;
        }
        select(undefined, undefined);
        const isHere = input === document.activeElement;
        pressed = { place, isNew: !isHere };
        // The mouse may be let go anywhere.
        document.addEventListener('mouseup', release, { once: true });
        if (isHere && event.target === input) mode = 'editing';
        else if (event.target === holder) {
          event.preventDefault();
          input.focus();
        }
      },
      /** The selected text of a cell would be dragged away, where a person means to select cells. */
      onDragStart(event: { preventDefault: () => void }) {
        if (pressed) event.preventDefault();
      },
      onMouseOver(event: MouseLike) {
        const holder = holderOf(event.target);
        if (!holder || !pressed || (event.buttons & 1) === 0) return;
        const place = whereIs(holder);
        if (!area && samePlace(place, pressed.place)) return;
        mode = 'ready';
        anchor = pressed.place;
        corner = place;
        paint();
      },
    },
  };
}

type MouseLike = {
  target: EventTarget;
  button: number;
  buttons: number;
  shiftKey: boolean;
  preventDefault: () => void;
};

const keyOf = ({ key, keyCode, shiftKey, ctrlKey, metaKey, altKey }: ReactKey) => ({
  key,
  keyCode,
  shiftKey,
  ctrlKey,
  metaKey,
  altKey,
});
