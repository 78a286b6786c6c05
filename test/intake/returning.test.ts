// What the program itself has written as workbooks and tables is taken in again: nothing changes, and what somebody changed
// in them does.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  distributeAll,
  joinDepartment,
  makeOffice,
  makeWorld,
  resources,
  type Workspace,
  type World,
} from '../core/world.ts';

let world: World;
let office: Workspace;
let department: Workspace;
beforeAll(async () => {
  world = await makeWorld();
  const table = await readFile(path.join(resources, 'samples/memuro-sheets.csv'), 'utf8');
  office = await makeOffice(world, 'office.hyoka', 'memuro-shisaku', table);
  const handed = await distributeAll(world, office, 'out');
  department = await joinDepartment(world, handed.くらし移住課 ?? '', 'department.hyoka');
  await department.ask('intake.apply', {
    file: department.offer(path.join(resources, 'samples/memuro-sample.txt')),
    answers: [
      { cell: '人工数(業務量) 2020年度決算', raw: '1.8025' },
      { cell: '人工数(業務量) 2021年度決算', raw: '2.0150' },
    ],
  });
  await department.ask('cell.set', { sheet: '3-2', cells: [{ cell: '意図', raw: '一行目 ・二\n<br>は文字' }] });
});
afterAll(() => world.close());

const written = async (name: string, input: Record<string, unknown>): Promise<string> => {
  const file = world.at(name);
  await department.ask('export.write', { file: department.offer(file), ...input } as never);
  return file;
};

describe('the form view', () => {
  const cases = (['xlsx', 'ods'] as const).flatMap((format) =>
    (['western', 'era'] as const).map((years) => [format, years] as const),
  );

  test.each(cases)('%s with %s years: every sheet is the same again', async (format, years) => {
    const file = await written(`form-${years}.${format}`, { format, view: 'form', years });
    const survey = await department.ask('intake.survey', { file: department.offer(file) });
    expect(survey.layout).toBe('sheets');
    expect(survey.parts.map(({ number }) => number)).toEqual(expect.arrayContaining(['3-1', '3-2']));
    for (const { sheet, counts, problem } of survey.parts) {
      expect(problem).toBeNull();
      expect([sheet?.number, counts?.changed, counts?.unmatched]).toEqual([sheet?.number, 0, 0]);
    }
  });

  test('what somebody wrote in it since is all that changes', async () => {
    const parts = unzipSync(await readFile(await written('edited.xlsx', { format: 'xlsx', view: 'form' })));
    const text = new TextDecoder();
    for (const [name, bytes] of Object.entries(parts)) {
      const changed = text.decode(bytes).replace('一行目 ・二', '書き直した一行目 ・二');
      if (/\.xml$/.test(name)) parts[name] = new TextEncoder().encode(changed);
    }
    const file = department.offer(await world.write('edited2.xlsx', zipSync(parts)));
    const { parts: found } = await department.ask('intake.survey', { file });
    expect(
      found.filter(({ counts }) => counts?.changed).map(({ number, counts }) => [number, counts?.replaced]),
    ).toEqual([['3-2', 1]]);
    const { part } = found.find(({ number }) => number === '3-2') ?? { part: -1 };
    await department.ask('intake.gather', { file, layout: 'sheets', parts: [{ part }] });
    const { values } = await department.ask('sheet.show', { sheet: '3-2' });
    expect(values.intent).toBe('書き直した一行目 ・二\n<br>は文字');
  });
});

test('the table of one row a sheet, as CSV', async () => {
  const file = await written('rows.csv', { format: 'csv', rows: 'sheets' });
  const survey = await department.ask('intake.survey', { file: department.offer(file) });
  expect(survey.layout).toBe('rows');
  expect(survey.parts.map(({ sheet, counts }) => [sheet?.number, counts?.changed])).toEqual([
    ['3-1', 0],
    ['3-2', 0],
  ]);
});
