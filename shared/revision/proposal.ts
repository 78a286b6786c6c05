// A proposal for a text that several people changed at once: what only one of them touched is taken from that one, and
// where they clash all wordings stand side by side. Line by line first; where lines clash, sentence by sentence, since a
// Japanese sheet often is one long line. Whoever decides finishes it: a proposal is never taken by itself.
import { diffIndices } from 'node-diff3';

export type Part =
  /** As it stood before. */
  | { kind: 'kept'; text: string }
  /** As these sides wrote it; the others left it alone. */
  | { kind: 'taken'; text: string; sides: readonly number[] }
  /** Each wording with the sides that want it, by the first of them. */
  | { kind: 'clash'; options: readonly { text: string; sides: readonly number[] }[] };

/** A stretch of the base, in units, that one side wrote anew. */
type Hunk = { side: number; from: number; to: number; units: readonly string[] };
type Split = (text: string) => string[];

/** Texts of more pieces are compared as a whole: comparing takes time by the square, and nobody reads such a proposal. */
const MOST_UNITS = 2_000;

/**
 * The proposal for `sides` that started from `base`. It is the same whatever the order of the sides, but for their
 * numbers. Every piece that a side wrote is in some part; texts are never repaired, only put together.
 */
export function proposalOf(base: string, sides: readonly string[]): Part[] {
  // Every line ends in a break while it is cut and joined, so that the last one is like the others.
  const parts = joined(
    base === '' ? '' : `${base}\n`,
    sides.map((side) => (side === '' ? '' : `${side}\n`)),
    linesIn,
  )
    .flatMap((part) => (part.kind === 'clash' ? finer(part, sides.length) : [part]))
    .map(({ base: _, ...part }) => part as Part);
  return withoutLastBreak(together(parts));
}

type Cut = Part & { base?: string };

const linesIn: Split = (text) => text.match(/[^\n]*\n/g) ?? [];
const sentencesIn: Split = (text) => text.match(/[^。\n]*。[」』）)]*|[^。\n]+|\n/g) ?? [];

/** A clash of lines cut into sentences. */
function finer({ base = '', options }: Cut & { kind: 'clash' }, count: number): Cut[] {
  const texts = Array.from({ length: count }, () => base);
  for (const { text, sides } of options) for (const side of sides) texts[side] = text;
  return joined(base, texts, sentencesIn);
}

function joined(base: string, sides: readonly string[], split: Split): Cut[] {
  const units = split(base);
  const cut = sides.map(split);
  if ([units, ...cut].some((list) => list.length > MOST_UNITS)) return regionOf(base, sides);
  const hunks = cut.flatMap((own, side) => hunksOf(units, own, side)).sort((a, b) => a.from - b.from || a.to - b.to);
  const parts: Cut[] = [];
  let at = 0;
  for (const group of grouped(hunks)) {
    const from = Math.min(...group.map((hunk) => hunk.from));
    const to = Math.max(...group.map((hunk) => hunk.to));
    if (from > at) parts.push({ kind: 'kept', text: units.slice(at, from).join('') });
    const texts = sides.map((_, side) =>
      textOf(
        units,
        from,
        to,
        group.filter((hunk) => hunk.side === side),
      ),
    );
    parts.push(...regionOf(units.slice(from, to).join(''), texts));
    at = to;
  }
  if (at < units.length) parts.push({ kind: 'kept', text: units.slice(at).join('') });
  return parts;
}

const hunksOf = (base: readonly string[], own: readonly string[], side: number): Hunk[] =>
  diffIndices([...base], [...own]).map(({ buffer1: [from, length], buffer2Content }) => ({
    side,
    from,
    to: from + length,
    units: buffer2Content as string[],
  }));

/** Hunks that lie on one another; what only stands beside another does not touch it, unless it is put in just there. */
function grouped(hunks: readonly Hunk[]): Hunk[][] {
  const groups: Hunk[][] = [];
  for (const hunk of hunks) {
    const group = groups.at(-1);
    if (group?.some((other) => other.side !== hunk.side && touches(other, hunk))) group.push(hunk);
    else if (group?.some((other) => hunk.from < other.to)) group.push(hunk);
    else groups.push([hunk]);
  }
  return groups;
}

function touches(a: Hunk, b: Hunk): boolean {
  const isPutIn = a.from === a.to || b.from === b.to;
  return isPutIn ? b.from <= a.to && a.from <= b.to : b.from < a.to && a.from < b.to;
}

/** What one side makes of a stretch of the base. */
function textOf(base: readonly string[], from: number, to: number, own: readonly Hunk[]): string {
  let at = from;
  const units: string[] = [];
  for (const hunk of own) {
    units.push(...base.slice(at, hunk.from), ...hunk.units);
    at = hunk.to;
  }
  return [...units, ...base.slice(at, to)].join('');
}

/** One stretch: one wording by those who wrote it anew, or a clash of several. */
function regionOf(base: string, texts: readonly string[]): Cut[] {
  const writers = [...texts.keys()].filter((side) => texts[side] !== base);
  const wordings = [...Map.groupBy(writers, (side) => texts[side] ?? '')].map(([text, sides]) => ({ text, sides }));
  const [first, ...others] = wordings;
  if (!first) return base === '' ? [] : [{ kind: 'kept', text: base }];
  return others.length === 0 ? [{ kind: 'taken', ...first }] : [{ kind: 'clash', base, options: wordings }];
}

/** Neighbours of one kind are one part. */
function together(parts: readonly Part[]): Part[] {
  const list: Part[] = [];
  for (const part of parts) {
    const last = list.at(-1);
    if (last?.kind === 'kept' && part.kind === 'kept') list.splice(-1, 1, { ...last, text: last.text + part.text });
    else if (last?.kind === 'taken' && part.kind === 'taken' && last.sides.join() === part.sides.join())
      list.splice(-1, 1, { ...last, text: last.text + part.text });
    else list.push(part);
  }
  return list;
}

/** The break that was put at the end of the text is taken away again, in every wording of the last part that says anything. */
function withoutLastBreak(parts: readonly Part[]): Part[] {
  const at = parts.findLastIndex((part) => part.kind === 'clash' || part.text !== '');
  const cut = (text: string) => text.replace(/\n$/, '');
  return parts.map((part, index): Part => {
    if (index !== at) return part;
    if (part.kind !== 'clash') return { ...part, text: cut(part.text) };
    // Wordings that differed by that break alone are one.
    const wordings = Map.groupBy(part.options, ({ text }) => cut(text));
    const options = [...wordings].map(([text, alike]) => ({ text, sides: alike.flatMap(({ sides }) => sides).sort() }));
    const [only, ...others] = options;
    return only && others.length === 0 ? { kind: 'taken', ...only } : { kind: 'clash', options };
  });
}

export type Written = {
  text: string;
  /** Stands wherever a person still has to choose, and in no wording; undefined where nothing is left to choose. */
  sign: string | undefined;
};

const SIGNS = ['◆', '◇', '■', '□', '▼', '▽', '★', '☆', '●', '○', '▲', '△', '※', '＃', '＆', '＠'];

/**
 * The proposal as one text. A clash is written 【◆A：…／◆B：…◆】 with the names of the sides, in another sign than ◆ where
 * the texts hold that already. Undefined when every sign is taken.
 */
export function writeProposal(parts: readonly Part[], names: readonly string[]): Written | undefined {
  const texts = parts.flatMap((part) => (part.kind === 'clash' ? part.options.map(({ text }) => text) : [part.text]));
  const said = [...texts, ...names].join('');
  const sign = SIGNS.find((one) => !said.includes(one));
  if (sign === undefined) return undefined;
  const option = ({ text, sides }: { text: string; sides: readonly number[] }) =>
    `${sign}${sides.map((side) => names[side] ?? '').join('・')}${text === '' ? '（ここを消した）' : ''}：${text}`;
  const text = parts
    .map((part) => (part.kind === 'clash' ? `【${part.options.map(option).join('／')}${sign}】` : part.text))
    .join('');
  return { text, sign: parts.some(({ kind }) => kind === 'clash') ? sign : undefined };
}
