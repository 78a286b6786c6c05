// The way through a sheet: its sections with what is missing in each, and what has to be asked, with jumps.
import { CircleCheck, CircleHelp, KeyRound } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { cellsOf } from '../../shared/form/block.ts';
import { type Completeness, completeness } from '../../shared/form/completeness.ts';
import type { Form, Role, Section } from '../../shared/form/form.ts';
import { Link } from '../ui/Button.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import type { Entry } from './entry.ts';
import { inputId } from './SheetContext.tsx';
import { sectionId } from './SheetForm.tsx';

/** What one side still has to fill, as the sheet stands now. */
export function useCompleteness(form: Form, entry: Entry, role: Role): Completeness {
  const values = useSyncExternalStore(entry.subscribe, entry.values);
  return completeness(form, values, role);
}

/** Brings a cell into view with the cursor in it; a row that is not shown yet is represented by its block. */
export function goToCell(form: Form, address: string): void {
  const section = form.sections.find((one) => cellsOfSection(one).some((cell) => cell.address === address));
  const block = section?.groups
    .flatMap((group) => group.blocks)
    .find((one) => cellsOf(one).some((cell) => cell.address === address));
  const first = block && cellsOf(block)[0];
  const input = document.getElementById(inputId(address)) ?? document.getElementById(inputId(first?.address ?? ''));
  const target = input ?? (section && document.getElementById(`${sectionId(section)}-title`));
  target?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: true });
}

const cellsOfSection = (section: Section) => section.groups.flatMap((group) => group.blocks.flatMap(cellsOf));

function goToSection(section: Section): void {
  const title = document.getElementById(`${sectionId(section)}-title`);
  title?.scrollIntoView({ block: 'start' });
  title?.focus({ preventScroll: true });
}

export function SectionNav({ form, entry, role }: { form: Form; entry: Entry; role: Role }) {
  const view = useSyncExternalStore(entry.subscribe, entry.view);
  const department = useCompleteness(form, entry, 'department');
  const office = useCompleteness(form, entry, 'office');
  // The office may fill every cell, and wants to know of them all.
  const missing = role === 'office' ? [...department.missing, ...office.missing] : department.missing;
  const open = new Set([...department.asked, ...office.asked]);

  return (
    <nav className="section-nav" aria-label="シートの見出し">
      <ol>
        {form.sections.map((section) => {
          const cells = cellsOfSection(section);
          const asked = cells.filter((cell) => entry.mark(cell.address).questions.length > 0).length;
          // What is asked about is blank too; it is counted once.
          const blank = cells.filter((cell) => missing.includes(cell) && !open.has(cell));
          const first = blank[0];
          const isLocked = cells.every((cell) => view.locks[cell.address] !== undefined);
          return (
            <li key={section.key}>
              <Link onClick={() => goToSection(section)}>{section.title || '基本情報'}</Link>
              <span className="nav-counts">
                {first && <Link onClick={() => goToCell(form, first.address)}>未入力 {blank.length}</Link>}
                {asked > 0 && (
                  <StateWord icon={CircleHelp} tone="ask">
                    要確認 {asked}
                  </StateWord>
                )}
                {isLocked && (
                  <StateWord icon={KeyRound} tone="quiet">
                    ロック
                  </StateWord>
                )}
                {!isLocked && !first && asked === 0 && (
                  <StateWord icon={CircleCheck} tone="good">
                    そろいました
                  </StateWord>
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
