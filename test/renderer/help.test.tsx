// @vitest-environment jsdom
// The manual on the screen: how to reach it, how to come back, and that its text is only ever text.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { fakeHost } from './fakehost.ts';
import { press, show } from './screen.tsx';

const body = `## 記入する

- **打った内容** は保存されます。<script>alert(1)</script><img src=x onerror=alert(1)>
- [外の頁](https://example.com/) と ![絵](https://example.com/x.png)

| 表示 | 意味 |
| --- | --- |
| 新規 | はじめて |
`;

const manual = () => {
  const host = fakeHost();
  host.answers['help.show'] = () => ({ pages: [{ id: '2', title: '担当課の手引き', body }] });
  return host;
};

test('is one key away, and leads back to where the person was', async () => {
  show(manual());
  await screen.findByRole('heading', { level: 1, name: 'シート一覧' });
  await userEvent.keyboard('{F1}');
  await screen.findByRole('heading', { level: 1, name: '使い方' });
  await press('もとの画面へ');
  await screen.findByRole('heading', { level: 1, name: 'シート一覧' });
});

test('draws headings, lists and tables, and leaves markup and addresses as text', async () => {
  show(manual());
  await press('使い方');
  expect(await screen.findByRole('heading', { level: 3, name: '記入する' })).toBeTruthy();
  expect(screen.getByRole('heading', { level: 2, name: '担当課の手引き' })).toBeTruthy();
  expect(screen.getByRole('cell', { name: '新規' })).toBeTruthy();
  expect(document.querySelector('main :is(script, img, a)')).toBeNull();
  expect(screen.getByText(/<script>alert\(1\)<\/script>/)).toBeTruthy();
});
