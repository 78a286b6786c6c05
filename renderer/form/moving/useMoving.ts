// Moving by keys through an open sheet: to what is empty, to what has to be asked about, and from section to section.
// Each move says where it led and how much is left.
import { useMemo } from 'react';
import { completeness } from '../../../shared/form/completeness.ts';
import type { Form, Role } from '../../../shared/form/form.ts';
import { useSay } from '../../ui/Announcer.tsx';
import type { Entry } from '../entry.ts';
import { goToCell, goToSection, nextOf, sectionAt } from './goTo.ts';

type Step = 1 | -1;
export type Moving = { empty(step: Step): void; matter(step: Step): void; section(step: Step): void };

/** Required cells that this side may fill and has not: the office may fill them all. */
export function emptyCells(form: Form, entry: Entry, role: Role): Set<string> {
  const values = entry.values();
  const roles: Role[] = role === 'office' ? ['department', 'office'] : ['department'];
  const missing = roles.flatMap((one) => {
    const found = completeness(form, values, one, entry.view().round?.key);
    // What is asked about is blank too, but belongs to the other key.
    return found.missing.filter((cell) => !found.asked.includes(cell));
  });
  const { locks } = entry.view();
  // What was typed a moment ago is no longer empty for whoever typed it.
  const isTyped = (address: string) => (entry.pending(address) ?? '').trim() !== '';
  return new Set(
    missing.map(({ address }) => address).filter((address) => locks[address] === undefined && !isTyped(address)),
  );
}

/** Cells that want a person: open questions, conflicts, texts that could not be saved, open remarks. */
export function matterCells(form: Form, entry: Entry): Set<string> {
  const view = entry.view();
  const marked = form.cells.filter(({ address }) => {
    const { phase, questions } = entry.mark(address);
    return phase === 'failed' || questions.some(({ answer }) => answer === null);
  });
  return new Set([
    ...marked.map(({ address }) => address),
    ...view.conflicts.map(({ address }) => address),
    ...view.remarks.filter(({ state }) => state !== 'closed').map(({ address }) => address),
  ]);
}

export function useMoving(form: Form, entry: Entry, role: Role, hand: string | undefined): Moving {
  const say = useSay();
  return useMemo(() => {
    const go = (cells: ReadonlySet<string>, step: Step, kind: string, none: string) => {
      const next = nextOf(form, cells, hand, step);
      if (!next) return say(none);
      goToCell(form, next.address);
      const turned = next.wrapped
        ? step === 1
          ? '終わりまで来たので、始めから。'
          : '始めまで来たので、終わりから。'
        : '';
      say(`${turned}${kind}：${form.byAddress.get(next.address)?.label}（全部で${cells.size}件）`);
    };
    return {
      empty: (step) => go(emptyCells(form, entry, role), step, '未入力', '未入力の必須の欄はありません。'),
      matter: (step) => go(matterCells(form, entry), step, '確かめる欄', '確かめる欄はありません。'),
      section(step) {
        const at = sectionAt(form, document.activeElement);
        const next = form.sections[at < 0 && step === -1 ? form.sections.length - 1 : at + step];
        if (!next) return say(step === 1 ? '最後の見出しです。' : '最初の見出しです。');
        goToSection(next);
      },
    };
  }, [form, entry, role, hand, say]);
}
