// Instants as people read them, on a computer that stands in Japan.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { snapshotLines } from '../../electron/cli/publicationlines.ts';
import { receivedLines } from '../../electron/cli/record.ts';
import { showDay, showMoment, showTime } from '../../shared/kernel/moment.ts';

const { TZ } = process.env;
beforeAll(() => {
  process.env.TZ = 'Asia/Tokyo';
});
afterAll(() => {
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
});

/** Half past midnight in Japan, when it is the day before in UTC. */
const at = '2022-11-21T15:30:05.000Z';

test('day, time and both, by the clock of this computer', () => {
  expect([showDay(at), showTime(at), showMoment(at)]).toEqual(['2022-11-22', '00:30:05', '2022-11-22 00:30']);
});

test('the command line tells the same moments', () => {
  expect(snapshotLines({ publications: [{ number: 1, at }] })[0]).toContain('2022-11-22 00:30');
  expect(receivedLines({ packages: [{ hash: 'a', receivedAt: at }] })[0]).toContain('2022-11-22 00:30');
});
