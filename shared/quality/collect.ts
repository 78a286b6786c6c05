// Goes through sheets one by one and keeps what the check of texts will tell. Only filled text cells that are published
// are read for spelling; reasons and remarks are not published and not read.
import type { Cell, TextCell, Values } from '../form/cell.ts';
import { nameOfCharacter, personalIn, unsafeIn } from '../form/checks/characters.ts';
import { textsOf } from '../form/checks/rule.ts';
import type { Form } from '../form/form.ts';
import { indicatorsOf } from '../form/indicator.ts';
import { foldLabel } from '../form/label.ts';
import { showValue } from '../form/reading.ts';
import { type Finding, KINDS, type Kind, LISTED, type Place, placeAt, type Use } from './findings.ts';
import { listsOver, type OwnList, type SpellingList, type Spellings } from './spellings.ts';
import { GENERAL, type Group, unitGroup, wordGroup } from './variants.ts';

export type Collector = {
  /** Reads one sheet; `previous` are last year's values where they are known. */
  add(form: Form, values: Values, previous: Values | undefined): void;
  result(): Finding[];
};

type Kept = { kind: Kind; title: string; list: SpellingList | undefined; uses: Map<string, Use & { last: number }> };

/** A list with what finds its spellings; nothing where nobody minds. */
type Listed = { list: SpellingList; group: Group; fold: ReadonlySet<string> };

/** How the texts of a form are read. */
type Reading = {
  lists: Listed[];
  unitCells: ReadonlySet<string>;
  written: ReadonlySet<string>;
};

/** An internal content so short stands in any text by chance. */
const SHORTEST = { digits: 4, words: 3 };

/** The spelling that the people of the file want; the other lists only say that several are in use. */
const usualOf = (list: SpellingList | undefined): string | undefined =>
  list?.from === 'own' ? list.words[0] : undefined;

/** Begins with nothing read. `table`: the program's own lists of spellings; the form's and those of the file stand before. */
export function createCollector(table: Spellings, ownLists: readonly OwnList[] = []): Collector {
  const kept = new Map<string, Kept>();
  const groups = new Map<Form, Reading>();
  let sheet = -1;

  const note = (kind: Kind, title: string, label: string, place: () => Place, list?: SpellingList) => {
    const key = `${kind} ${title}`;
    const finding = kept.get(key) ?? { kind, title, list, uses: new Map() };
    kept.set(key, finding);
    const isUsual = label === usualOf(list);
    const use = finding.uses.get(label) ?? { label, count: 0, sheets: 0, isUsual, places: [], last: -1 };
    finding.uses.set(label, use);
    use.count += 1;
    if (use.last !== sheet) use.sheets += 1;
    use.last = sheet;
    if (use.places.length < LISTED) use.places.push(place());
  };

  function groupsOf(form: Form) {
    const known = groups.get(form);
    if (known) return known;
    const made: Reading = {
      unitCells: new Set(indicatorsOf(form).map(({ unit }) => unit)),
      written: writtenAnew(form),
      lists: listsOver(table, form.definition.spellings, ownLists).map((list) => ({
        list,
        group: list.kind === 'unit' ? unitGroup(list.words) : wordGroup(list.words),
        fold: new Set(list.words.map(foldLabel)),
      })),
    };
    groups.set(form, made);
    return made;
  }

  function readText(form: Form, cell: Cell, text: string, isUnit: boolean): void {
    const at = { sheet, address: cell.address, label: cell.label };
    const { lists } = groupsOf(form);
    for (const character of unsafeIn(text)) {
      const start = text.indexOf(character);
      note('character', '文字', nameOfCharacter(character), () => placeAt(at, text, start, start + character.length));
    }
    if (isUnit) {
      const own = lists.find(({ list, fold }) => list.kind === 'unit' && fold.has(foldLabel(text)));
      if (own?.list.isChecked === false) return;
      const title = own?.group.title ?? `「${foldLabel(text)}」`;
      note('unit', title, text, () => placeAt(at, text, 0, text.length), own?.list);
      return;
    }
    const general: { group: Group; list?: SpellingList }[] = GENERAL.map((group) => ({ group }));
    for (const { group, list } of [...general, ...lists.filter((one) => one.list.isChecked)]) {
      for (const { way, start, end } of group.find(text)) {
        note(group.kind, group.title, way, () => placeAt(at, text, start, end), list);
      }
    }
    const personal = personalIn(text);
    if (personal) {
      note('personal', '公表する欄', personal.what, () => ({ ...placeAt(at, text, 0, 0), after: personal.found }));
    }
  }

  /** What stands in cells that are not published, and where it is said all the same. */
  function readInternal(form: Form, values: Values, texts: readonly (readonly [TextCell, string])[]): void {
    for (const cell of form.cells) {
      const content = cell.public ? '' : showValue(cell, values).trim();
      if (content === '') continue;
      const at = { sheet, address: cell.address, label: cell.label };
      note('internal', '公表する版から除かれる欄', cell.label, () => placeAt(at, content, 0, content.length));
      const isShort = content.length < (/^[\d０-９-]+$/.test(content) ? SHORTEST.digits : SHORTEST.words);
      if (isShort) continue;
      for (const [own, text] of texts) {
        const start = text.indexOf(content);
        if (start < 0) continue;
        const place = { sheet, address: own.address, label: own.label };
        note('leak', '公表する文章', cell.label, () => placeAt(place, text, start, start + content.length));
      }
    }
  }

  return {
    add(form, values, previous) {
      sheet += 1;
      const { unitCells, written } = groupsOf(form);
      const texts = form.cells.flatMap((cell): [TextCell, string][] => {
        const text = values[cell.address];
        if (cell.type !== 'text' || !cell.public || cell === form.identity.number) return [];
        return typeof text === 'string' ? [[cell, text]] : [];
      });
      for (const [cell, text] of texts) {
        readText(form, cell, text, unitCells.has(cell.address));
        if (written.has(cell.address) && previous?.[cell.address] === text) {
          const at = { sheet, address: cell.address, label: cell.label };
          note('same', '前年度と同じ文章', cell.label, () => placeAt(at, text, 0, 0));
        }
      }
      readInternal(form, values, texts);
    },
    result: () =>
      KINDS.flatMap(({ key }) => [...kept.values()].filter(({ kind }) => kind === key))
        .filter(stands)
        .map(({ kind, title, list, uses }) => ({
          kind,
          title,
          words: list?.words ?? null,
          uses: [...uses.values()]
            .sort((a, b) => Number(a.isUsual) - Number(b.isUsual) || a.count - b.count)
            .map(({ label, count, sheets, isUsual, places }) => ({
              ...{ label: toldApart(label, [...uses.keys()]), count, sheets, isUsual, places },
            })),
        })),
  };
}

const VARYING: readonly Kind[] = ['unit', 'word', 'width', 'year'];

/** One way alone is no matter, unless the people of the file want another. */
const stands = ({ kind, list, uses }: Kept): boolean =>
  !VARYING.includes(kind) ||
  uses.size > 1 ||
  (usualOf(list) !== undefined && [...uses.values()].some(({ isUsual }) => !isUsual));

/** Texts that are written anew each year: as the form's own checks say, else every text of more than one line. */
function writtenAnew(form: Form): Set<string> {
  const said = form.checks.filter((check) => check.rule === 'same-as-previous');
  const isLong = (cell: Cell) => cell.type === 'text' && cell.lines > 1;
  return new Set(
    (said.length > 0 ? said : [{ texts: undefined }]).flatMap(({ texts }) => textsOf(form, texts, isLong)),
  );
}

/** The other widths that letters, digits and signs (wide) and kana (narrow) have beside their usual one. */
const WIDE = /[\uff01-\uff5e]/;
const NARROW = /[\uff61-\uff9f]/;
const inUsualWidth = (text: string): string =>
  text.replace(/[\uff01-\uff5e\uff61-\uff9f]+/g, (part) => part.normalize('NFKC'));

/** Spellings that differ in width alone look alike, and are told apart in words. */
function toldApart(label: string, others: readonly string[]): string {
  const alike = others.filter((other) => other !== label && inUsualWidth(other) === inUsualWidth(label));
  if (alike.length === 0) return label;
  const isWide = WIDE.test(label) || alike.some((other) => NARROW.test(other));
  return `${label}（${isWide ? '全角' : '半角'}）`;
}
