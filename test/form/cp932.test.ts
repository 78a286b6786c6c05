// The table of CP932 against a converter: the same answer for every character.
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { isCp932 } from '../../shared/form/cp932.ts';

const isPrivate = (code: number) => code >= 0xe000 && code <= 0xf8ff;

test('F57 holds exactly what comes back from CP932 unchanged', () => {
  const wrong: string[] = [];
  for (let code = 0x20; code < 0x30000; code += 1) {
    if ((code >= 0xd800 && code <= 0xdfff) || (code >= 0x7f && code <= 0x9f) || isPrivate(code)) continue;
    const character = String.fromCodePoint(code);
    const isHeld = iconv.decode(iconv.encode(character, 'cp932'), 'cp932') === character;
    if (isHeld !== isCp932(character)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

test.each([
  ['①', true],
  ['㎡', true],
  ['髙', true],
  ['㈱', true],
  ['～', true],
  ['㎥', false],
  ['㏊', false],
  ['ℓ', false],
  ['⑴', false],
  ['–', false],
  ['\u301c', false],
  ['𠮷', false],
  ['\ue000', false],
  ['\u{e0100}', false],
])('F57 %s: %s', (character, isHeld) => expect(isCp932(character)).toBe(isHeld));
