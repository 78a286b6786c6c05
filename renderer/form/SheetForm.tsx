// The sheet as a form: its sections in order, laid out from the form's blocks. Inputs hold what is typed; the entry
// knows what is saved, and tells which cells have something new to show.
import { KeyRound } from 'lucide-react';
import { type FocusEvent, memo, useEffect, useMemo } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { type Block, cellsOf } from '../../shared/form/block.ts';
import { isComputed, ownAddress, stateAddress } from '../../shared/form/cell.ts';
import type { Form, Group, Section } from '../../shared/form/form.ts';
import { StateWord } from '../ui/StateWord.tsx';
import { BlockView } from './Blocks.tsx';
import { allInputs, type Inputs, inputsOf, isSettled } from './display.ts';
import type { Entry } from './entry.ts';
import { SheetProvider } from './SheetContext.tsx';

const cellsIn = (section: Section) => section.groups.flatMap((group) => group.blocks.flatMap(cellsOf));

/** Why a whole section is locked, or undefined where it is not, or not for one reason. */
function lockOfSection(section: Section, locks: Readonly<Record<string, string>>): string | undefined {
  const reasons = new Set(
    cellsIn(section)
      .filter((cell) => !isComputed(cell))
      .map((cell) => locks[cell.address]),
  );
  return reasons.size === 1 ? [...reasons][0] : undefined;
}

export const sectionId = (section: Section): string => `section-${section.key}`;

/** Drawn once: its cells follow the entry by themselves, so a keystroke redraws one cell and not the sheet. */
export const SheetForm = memo(function SheetForm({ form, entry }: { form: Form; entry: Entry }) {
  const inputs = useForm<Inputs>({ defaultValues: useMemo(() => allInputs(form, entry.values()), [form, entry]) });
  const { locks } = entry.view();
  const lockedAbove = useMemo(
    () =>
      new Set(
        form.sections
          .filter((section) => lockOfSection(section, locks) !== undefined)
          .flatMap((section) => cellsIn(section).map((cell) => cell.address)),
      ),
    [form, locks],
  );
  const show = useMemo(() => showerOf(form, entry, inputs), [form, entry, inputs]);
  useEffect(() => entry.onSettled((addresses) => addresses.forEach(show)), [entry, show]);

  // A text that was saved while the person was still in the cell takes its canonical form when they leave.
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    const address = ownAddress(event.target.getAttribute('name') ?? '');
    if (address !== '' && entry.mark(address).phase === 'saved') show(address);
  };

  return (
    <FormProvider {...inputs}>
      <SheetProvider value={useMemo(() => ({ entry, form, lockedAbove }), [entry, form, lockedAbove])}>
        <form
          className="sheet-form"
          autoComplete="off"
          onSubmit={(event) => event.preventDefault()}
          onBlur={onBlur}
          onCompositionStart={() => entry.compose(true)}
          onCompositionEnd={() => entry.compose(false)}
        >
          {form.sections.map((section) => (
            <SectionView key={section.key} section={section} lock={lockOfSection(section, locks)} />
          ))}
        </form>
      </SheetProvider>
    </FormProvider>
  );
});

/** Puts a cell's stored contents into its inputs, unless somebody is in them or has typed more. */
function showerOf(form: Form, entry: Entry, inputs: ReturnType<typeof useForm<Inputs>>) {
  return (address: string) => {
    const cell = form.byAddress.get(address);
    if (!cell || isComputed(cell) || entry.isPending(address)) return;
    const focused = document.activeElement?.getAttribute('name');
    const isInside = document.activeElement?.matches('textarea, input[inputmode]') && focused === address;
    if (isInside) return;
    const next = inputsOf(cell, entry.values());
    const state = stateAddress(address);
    // 「見込」 chosen before its number is typed has nothing to stand beside yet: it waits in its input.
    const waits = next[address] === '' && next[state] === '' && !isSettled(String(inputs.getValues(state) ?? ''));
    for (const [name, value] of Object.entries(next)) {
      if (!(waits && name === state) && inputs.getValues(name) !== value) inputs.setValue(name, value);
    }
  };
}

function SectionView({ section, lock }: { section: Section; lock: string | undefined }) {
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
      {section.groups.map((group) => (
        <GroupView key={group.key} group={group} />
      ))}
    </section>
  );
}

/** Words that fit on a line or two stand two abreast. */
const isShort = (block: Block): boolean =>
  block.layout === 'field' && (block.cell.type !== 'text' || block.cell.lines <= 2);

/** Neighbours that are laid out alike. */
function runsOf(group: Group): { isPaired: boolean; blocks: Block[] }[] {
  const runs: { isPaired: boolean; blocks: Block[] }[] = [];
  for (const block of group.blocks) {
    const isPaired = group.flow === 'columns' || isShort(block);
    const last = runs.at(-1);
    if (last?.isPaired === isPaired) last.blocks.push(block);
    else runs.push({ isPaired, blocks: [block] });
  }
  return runs;
}

function GroupView({ group }: { group: Group }) {
  return (
    <div className="sheet-group">
      {group.label !== '' && <h3>{group.label}</h3>}
      {runsOf(group).map(({ isPaired, blocks }) => (
        <div key={blocks[0]?.key} className={isPaired ? 'paired' : 'stacked'}>
          {blocks.map((block) => (
            <BlockView key={block.key} block={block} bodyOf={group.flow === 'body'} />
          ))}
        </div>
      ))}
    </div>
  );
}
