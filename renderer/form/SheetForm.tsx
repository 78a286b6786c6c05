// The sheet as a form: its sections in order, laid out from the form's blocks. Inputs hold what is typed; the entry
// knows what is saved, and tells which cells have something new to show. Its blocks come one after the other from the top.
import { KeyRound } from 'lucide-react';
import { type FocusEvent, Fragment, type KeyboardEvent, memo, useMemo } from 'react';
import { type Block, cellsOf } from '../../shared/form/block.ts';
import { ownAddress } from '../../shared/form/cell.ts';
import type { Group, Section } from '../../shared/form/form.ts';
import { StateWord } from '../ui/StateWord.tsx';
import { BlockView } from './Blocks.tsx';
import { useParts } from './drawing.ts';
import { isComposing } from './grid/keys.ts';
import { sectionId } from './moving/goTo.ts';
import { Indicators } from './panel/Indicators.tsx';
import { useSheet } from './SheetContext.tsx';
import { lockOfSection, useDesk } from './SheetDesk.tsx';

/** Drawn once: its cells follow the entry by themselves, so a keystroke redraws one cell and not the sheet. */
export const SheetForm = memo(function SheetForm() {
  const { form, entry } = useSheet();
  const desk = useDesk();
  const { locks } = entry.view();
  const sizes = useMemo(() => form.sections.flatMap(blocksIn).map((block) => cellsOf(block).length), [form]);
  const drawn = useParts(sizes);

  // A text that was saved while the person was still in the cell takes its canonical form when they leave.
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    const address = ownAddress(event.target.getAttribute('name') ?? '');
    if (address !== '' && entry.mark(address).phase === 'saved') desk.show(address);
  };

  // To what can be answered about the cell; a table does it itself.
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.defaultPrevented || event.key !== 'Enter' || !event.altKey) return;
    if (isComposing({ isComposing: event.nativeEvent.isComposing, keyCode: event.keyCode })) return;
    if (!(event.target instanceof Element)) return;
    event.target.closest('.cell')?.querySelector<HTMLElement>('.question button')?.focus();
  };

  return (
    // No <form>: it answers to every property by looking through all that it holds, and React asks it at every event.
    <section
      className="sheet-form"
      aria-label="シートの欄"
      aria-busy={drawn < sizes.length || undefined}
      onBlur={onBlur}
      onKeyDown={onKeyDown}
      onCompositionStart={() => entry.compose(true)}
      onCompositionEnd={() => entry.compose(false)}
    >
      {dealt(form.sections, drawn, (section) => blocksIn(section).length).map(([section, own]) => (
        <SectionView key={section.key} section={section} lock={lockOfSection(section, locks)} drawn={own} />
      ))}
    </section>
  );
});

const blocksIn = (section: Section): Block[] => section.groups.flatMap((group) => group.blocks);

/** Each with how many of its own blocks are drawn, when so many of all are. */
function dealt<T>(parts: readonly T[], drawn: number, sizeOf: (part: T) => number): [T, number][] {
  let left = drawn;
  return parts.map((part) => {
    const own = Math.min(left, sizeOf(part));
    left -= own;
    return [part, own];
  });
}

type SectionProps = { section: Section; lock: string | undefined; drawn: number };

const SectionView = memo(function SectionView({ section, lock, drawn }: SectionProps) {
  const id = `${sectionId(section)}-title`;
  return (
    <section className="sheet-section" id={sectionId(section)} aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id} tabIndex={-1} className={section.title === '' ? 'for-ears' : undefined}>
          {section.title || '基本情報'}
        </h2>
        {lock !== undefined && (
          <StateWord icon={KeyRound} tone="quiet">
            ロック：{lock}
          </StateWord>
        )}
      </div>
      {dealt(section.groups, drawn, (group) => group.blocks.length).map(([group, own]) => (
        <GroupView key={group.key} group={group} drawn={own} />
      ))}
    </section>
  );
});

/** Words that fit on a line or two stand two abreast. */
const isShort = (block: Block): boolean =>
  block.layout === 'field' && (block.cell.type !== 'text' || block.cell.lines <= 2);

/** Neighbours that are laid out alike. */
function runsOf(group: Group, drawn: number): { isPaired: boolean; blocks: Block[] }[] {
  const runs: { isPaired: boolean; blocks: Block[] }[] = [];
  for (const block of group.blocks.slice(0, drawn)) {
    const isPaired = group.flow === 'columns' || isShort(block);
    const last = runs.at(-1);
    if (last?.isPaired === isPaired) last.blocks.push(block);
    else runs.push({ isPaired, blocks: [block] });
  }
  return runs;
}

const GroupView = memo(function GroupView({ group, drawn }: { group: Group; drawn: number }) {
  return (
    <div className="sheet-group">
      {group.label !== '' && <h3>{group.label}</h3>}
      {runsOf(group, drawn).map(({ isPaired, blocks }) => (
        <div key={blocks[0]?.key} className={isPaired ? 'paired' : 'stacked'}>
          {blocks.map((block) => (
            <Fragment key={block.key}>
              <BlockView block={block} bodyOf={group.flow === 'body'} />
              {block.layout === 'grid' && block.indicators.length > 0 && <Indicators block={block} />}
            </Fragment>
          ))}
        </div>
      ))}
    </div>
  );
});
