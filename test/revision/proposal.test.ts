// The laws of a proposal for one text of several writers: nobody's words go missing, and nothing is decided that two of
// them see differently.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Part, proposalOf, writeProposal } from '../../shared/revision/proposal.ts';

const RUNS = { numRuns: 2_000, seed: 20_221_125 };
/** What a reader who takes `side` wherever there is a choice would get; undefined without a choice for it. */
const readBy = (parts: readonly Part[], side: number) =>
  parts
    .map((part) => (part.kind === 'clash' ? (part.options.find((o) => o.sides.includes(side))?.text ?? '') : part.text))
    .join('');
const isSettled = (parts: readonly Part[]) => parts.every(({ kind }) => kind !== 'clash');
const everything = (parts: readonly Part[]) =>
  parts.flatMap((part) => (part.kind === 'clash' ? part.options.map(({ text }) => text) : [part.text]));

const sentence = fc.constantFrom(
  '',
  '観光客を増やす。',
  '宿を直す。',
  '「来る」と言う。」',
  '道',
  '・駅前',
  '雪',
  '祭。',
);
const line = fc.array(sentence, { maxLength: 3 }).map((parts) => parts.join(''));
const text = fc.array(line, { maxLength: 5 }).map((lines) => lines.join('\n'));
/** A text that follows from another: pieces changed, put in, taken out. */
const edited = (base: string) =>
  fc
    .array(fc.record({ at: fc.nat(20), cut: fc.nat(2), put: fc.option(line, { nil: '' }) }), { maxLength: 3 })
    .map((edits) =>
      edits
        .reduce(
          (lines, { at, cut, put }) => {
            const place = at % (lines.length + 1);
            return lines.toSpliced(place, cut, ...(put === '' ? [] : [put]));
          },
          base === '' ? [] : base.split('\n'),
        )
        .join('\n'),
    );
const story = (count: number) =>
  text.chain((base) =>
    fc.record({ base: fc.constant(base), sides: fc.tuple(...Array.from({ length: count }, () => edited(base))) }),
  );

describe('laws', () => {
  test('a proposal of equal sides is the side, whatever stood before', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 4 }), (base, side, count) => {
        const parts = proposalOf(base, new Array<string>(count).fill(side));
        expect(isSettled(parts)).toBe(true);
        expect(readBy(parts, 0)).toBe(side);
      }),
      RUNS,
    );
  });

  test('a proposal in which one side alone changed anything is that side', () => {
    fc.assert(
      fc.property(text, text, fc.nat(3), (base, side, at) => {
        const parts = proposalOf(base, [base, base, base].toSpliced(at, 0, side));
        expect(isSettled(parts)).toBe(true);
        expect(readBy(parts, 0)).toBe(side);
      }),
      RUNS,
    );
  });

  test('two texts where nothing stood clash as a whole, and each can be read', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        fc.pre(a !== '' && b !== '' && a.trim() !== b.trim());
        const parts = proposalOf('', [a, b]);
        expect([readBy(parts, 0), readBy(parts, 1)]).toEqual([a, b]);
      }),
      RUNS,
    );
  });

  test('the order of the sides changes nothing but their numbers', () => {
    const plain = (parts: readonly Part[], of: (side: number) => number) =>
      parts.map((part) => {
        if (part.kind === 'kept') return part;
        const sorted = (sides: readonly number[]) => sides.map(of).sort();
        if (part.kind === 'taken') return { ...part, sides: sorted(part.sides) };
        const options = part.options.map(({ text: own, sides }) => ({ text: own, sides: sorted(sides) }));
        return { ...part, options: options.sort((x, y) => (x.text < y.text ? -1 : 1)) };
      });
    fc.assert(
      fc.property(story(3), fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), ({ base, sides }, order) => {
        const turned = proposalOf(
          base,
          order.map((at) => sides[at] ?? ''),
        );
        expect(plain(turned, (side) => order[side] ?? 0)).toEqual(plain(proposalOf(base, sides), (side) => side));
      }),
      RUNS,
    );
  });

  test('no line of either side is lost silently, and nothing is made up', () => {
    let clashes = 0;
    fc.assert(
      fc.property(fc.oneof(story(2), story(3)), ({ base, sides }) => {
        const parts = proposalOf(base, sides);
        if (!isSettled(parts)) clashes += 1;
        const pieces = (of: string): string[] => of.match(/[^。\n]*。[」』）)]*|[^。\n]+/g) ?? [];
        const shown = new Set(everything(parts).flatMap(pieces));
        const before = new Set(pieces(base));
        for (const side of sides) {
          for (const piece of pieces(side)) if (!before.has(piece)) expect([...shown]).toContain(piece);
          for (const piece of shown) expect([base, ...sides].some((whole) => whole.includes(piece))).toBe(true);
        }
        // What everybody kept stands.
        for (const piece of before) {
          const isOnce = [base, ...sides].every((whole) => pieces(whole).filter((one) => one === piece).length < 2);
          if (isOnce && sides.every((side) => pieces(side).includes(piece))) expect([...shown]).toContain(piece);
        }
      }),
      RUNS,
    );
    expect(clashes).toBeGreaterThan(200);
  });

  test('edits of lines that lie apart are both in it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[あ-ん]{3,6}$/), { minLength: 5, maxLength: 9 }),
        fc.nat(20),
        fc.nat(20),
        (lines, one, other) => {
          const [a, b] = [one % lines.length, other % lines.length];
          if (Math.abs(a - b) < 1) return;
          const withLine = (at: number, words: string) => lines.toSpliced(at, 1, words).join('\n');
          const parts = proposalOf(lines.join('\n'), [withLine(a, '甲の文'), withLine(b, '乙の文')]);
          const both = lines.with(a, '甲の文').with(b, '乙の文').join('\n');
          expect(isSettled(parts)).toBe(true);
          expect(readBy(parts, 0)).toBe(both);
        },
      ),
      RUNS,
    );
  });
});

describe('cases', () => {
  const told = (base: string, ...sides: string[]) =>
    writeProposal(proposalOf(base, sides), ['企画課', '税務課', '会計課']);

  test('one long line: sentences are the pieces', () => {
    expect(
      told(
        '人を呼ぶ。宿を直す。道を広げる。',
        '人を多く呼ぶ。宿を直す。道を広げる。',
        '人を呼ぶ。宿を直す。道を広くする。',
      ),
    ).toEqual({
      text: '人を多く呼ぶ。宿を直す。道を広くする。',
      sign: undefined,
    });
    expect(told('人を呼ぶ。宿を直す。', '人を多く呼ぶ。宿を直す。', '人を長く呼ぶ。宿を直す。')).toEqual({
      text: '【◆企画課：人を多く呼ぶ。／◆税務課：人を長く呼ぶ。◆】宿を直す。',
      sign: '◆',
    });
  });

  test('bullets of both, taken out by one and put in by another', () => {
    expect(told('・駅\n・宿\n・道', '・宿\n・道', '・駅\n・宿\n・道\n・橋')?.text).toBe('・宿\n・道\n・橋');
    expect(told('・駅\n・宿', '・駅', '・駅\n・古い宿')?.text).toBe(
      '・駅\n【◆企画課（ここを消した）：／◆税務課：・古い宿◆】',
    );
    expect(told('・駅\n・宿', '・駅', '・駅\n・宿')?.text).toBe('・駅');
  });

  test('three sides: who left a place alone has no say there', () => {
    expect(told('一\n二\n三', '一\n二\n甲', '乙\n二\n三', '一\n二\n丙')?.text).toBe(
      '乙\n二\n【◆企画課：甲／◆会計課：丙◆】',
    );
  });

  test('a sign that the texts use is not taken for a mark; when all are used there is no proposal', () => {
    expect(told('', '◆駅', '◇宿')?.sign).toBe('■');
    expect(told('', '◆◇■□▼▽★☆', '●○▲△※＃＆＠')).toBeUndefined();
  });

  test('texts of thousands of pieces are offered as wholes, at once', () => {
    const long = '。'.repeat(15_000);
    expect(proposalOf(long, [`${long}甲`, `${long}乙`])).toEqual([
      { kind: 'clash', options: [`${long}甲`, `${long}乙`].map((text, side) => ({ text, sides: [side] })) },
    ]);
  });
});
