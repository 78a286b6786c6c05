// @vitest-environment jsdom
// What is said to everybody: nothing that was just said is pushed away before anybody can have heard it.
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Announcer, useSay } from '../../renderer/ui/Announcer.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function speaker() {
  let say: (words: string) => void = () => undefined;
  function Speaker() {
    say = useSay();
    return null;
  }
  render(
    <Announcer>
      <Speaker />
    </Announcer>,
  );
  const heard = () => [...screen.getByRole('status').children].map(({ textContent }) => textContent);
  return { say: (words: string) => act(() => say(words)), heard };
}

test('what is said at once joins what was said before; what is old gives way', () => {
  const { say, heard } = speaker();
  say('6欄に貼り付けました。');
  say('要確認：人工数');
  expect(heard()).toEqual(['6欄に貼り付けました。', '要確認：人工数']);
  vi.advanceTimersByTime(5_000);
  say('保存しました。');
  expect(heard()).toEqual(['保存しました。']);
});

test('the same words said again are a new element, and a flood keeps the last', () => {
  const { say, heard } = speaker();
  say('元に戻しました。');
  const first = screen.getByText('元に戻しました。');
  vi.advanceTimersByTime(5_000);
  say('元に戻しました。');
  expect(screen.getByText('元に戻しました。')).not.toBe(first);
  for (const words of ['一', '二', '三', '四']) say(words);
  expect(heard()).toEqual(['二', '三', '四']);
});
