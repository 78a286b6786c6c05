// The way through a sheet: its sections with what is missing in each, and what has to be asked, with jumps.
import { CalendarSync, CircleCheck, CircleHelp, KeyRound, MessageSquareWarning } from 'lucide-react';
import { memo, useMemo, useSyncExternalStore } from 'react';
import { type Completeness, completeness } from '../../shared/form/completeness.ts';
import type { Form, Role } from '../../shared/form/form.ts';
import { Link } from '../ui/Button.tsx';
import { DensityChoice } from '../ui/DensityChoice.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import { SAME } from './CellFrame.tsx';
import type { Entry } from './entry.ts';
import { cellsIn, goToCell, goToSection } from './moving/goTo.ts';
import { isOpen } from './QuestionBox.tsx';

/** What one side still has to fill, as the sheet stands now. */
export function useCompleteness(form: Form, entry: Entry, role: Role): Completeness {
  const values = useSyncExternalStore(entry.subscribe, entry.values);
  const round = entry.view().round?.key;
  return useMemo(() => completeness(form, values, role, round), [form, values, role, round]);
}

/** Texts that say what they said last year. Names, units and grades are often rightly the same; long words seldom are. */
function useCarriedTexts(form: Form, entry: Entry): ReadonlySet<string> {
  const texts = useMemo(
    () => form.cells.filter((cell) => cell.type === 'text' && cell.lines > 1 && cell.row === undefined),
    [form],
  );
  const carried = () => texts.filter(({ address }) => entry.facts(address).isAsLastYear);
  const addresses = useSyncExternalStore(entry.subscribe, () =>
    carried()
      .map(({ address }) => address)
      .join(' '),
  );
  return useMemo(() => new Set(addresses.split(' ')), [addresses]);
}

type Props = { form: Form; entry: Entry; role: Role };

export const SectionNav = memo(function SectionNav({ form, entry, role }: Props) {
  const view = useSyncExternalStore(entry.subscribe, entry.view);
  const carried = useCarriedTexts(form, entry);
  // What the department owes is counted alike here, at the sheet's head and in the list; the office's own cells apart.
  const department = useCompleteness(form, entry, 'department');
  const office = useCompleteness(form, entry, 'office');
  const owed = new Set(department.missing);
  const own = new Set(role === 'office' ? office.missing : []);
  const open = new Set([...department.asked, ...office.asked]);
  const remarked = new Set(view.remarks.filter(({ state }) => state !== 'closed').map(({ address }) => address));

  return (
    <nav className="section-nav no-print" aria-label="シートの見出し">
      <ol>
        {form.sections.map((section) => {
          const cells = cellsIn(section);
          const asked = cells.filter((cell) => entry.mark(cell.address).questions.some(isOpen));
          // What is asked about is blank too; it is counted once.
          const blank = cells.filter((cell) => owed.has(cell) && !open.has(cell));
          const blankHere = cells.filter((cell) => own.has(cell) && !open.has(cell));
          const remarks = cells.filter((cell) => remarked.has(cell.address));
          const same = cells.filter((cell) => carried.has(cell.address));
          const isLocked = cells.every((cell) => view.locks[cell.address] !== undefined);
          const jump = (address: string | undefined) => address !== undefined && goToCell(form, address);
          const isWhole = blank.length + blankHere.length + asked.length + remarks.length === 0;
          return (
            <li key={section.key}>
              <Link onClick={() => goToSection(section)}>{section.title || '基本情報'}</Link>
              <span className="nav-counts">
                {blank.length > 0 && (
                  <Link onClick={() => jump(blank[0]?.address)}>
                    {role === 'office' ? '課の未入力' : '未入力'} {blank.length}
                  </Link>
                )}
                {blankHere.length > 0 && (
                  <Link onClick={() => jump(blankHere[0]?.address)}>事務局の未入力 {blankHere.length}</Link>
                )}
                {asked.length > 0 && (
                  <Link onClick={() => jump(asked[0]?.address)}>
                    <StateWord icon={CircleHelp} tone="ask">
                      要確認 {asked.length}
                    </StateWord>
                  </Link>
                )}
                {remarks.length > 0 && (
                  <Link onClick={() => jump(remarks[0]?.address)}>
                    <StateWord icon={MessageSquareWarning} tone="remark">
                      指摘 {remarks.length}
                    </StateWord>
                  </Link>
                )}
                {same.length > 0 && (
                  <Link onClick={() => jump(same[0]?.address)}>
                    <StateWord icon={CalendarSync} tone="quiet">
                      {SAME} {same.length}
                    </StateWord>
                  </Link>
                )}
                {isLocked && (
                  <StateWord icon={KeyRound} tone="quiet">
                    ロック
                  </StateWord>
                )}
                {!isLocked && isWhole && (
                  <StateWord icon={CircleCheck} tone="good">
                    そろいました
                  </StateWord>
                )}
              </span>
            </li>
          );
        })}
      </ol>
      <DensityChoice />
    </nav>
  );
});
