// Steps of the story: the office decides and acknowledges, the department hears of it, an intake is taken back.
import { expect } from 'vitest';
import type { Asker } from './host.ts';

/** The office sends the sheet back with a receipt; then its last intake goes, and comes again. Leaves both as they were. */
export async function decideSheet(office: Asker, department: Asker, sheet: string, unit: string): Promise<void> {
  const carry = async (method: 'package.return' | 'package.acknowledge') => {
    const folder = await office.host.place({ for: 'output-folder' });
    const { packages } =
      method === 'package.return'
        ? await office.ask(method, { folder, sheets: [{ sheet, decision: 'returned' }] })
        : await office.ask(method, { folder });
    const own = packages.find((written) => written.unit === unit);
    const written = (await office.host.written(folder)).find(({ name }) => name === own?.file);
    if (!written) throw new Error('nothing was written');
    const files = [await department.host.upload(written.name, written.bytes)];
    expect((await department.ask('package.merge', { files })).packages[0]?.outcome).toBe('applied');
  };
  await carry('package.acknowledge');
  expect((await department.ask('sheet.show', { sheet })).fate).toMatchObject({ outcome: 'applied', reason: null });
  await carry('package.return');
  expect((await department.ask('decision.list', { sheet })).decisions).toMatchObject([
    { decision: 'returned', inForce: true },
  ]);
  const stateFor = async (who: Asker) => (await who.ask('sheet.show', { sheet })).state;
  expect([await stateFor(office), await stateFor(department)]).toEqual(['returned', 'returned']);

  expect((await department.ask('package.missing', {})).missing).toEqual([]);

  const before = (await office.ask('sheet.show', { sheet })).values;
  const [last] = (await office.ask('package.received', {})).packages;
  const hash = last?.hash ?? '';
  const { digest } = await office.ask('package.dependents', { package: hash });
  await office.ask('package.undo', { package: hash, digest });
  expect((await office.ask('sheet.show', { sheet })).values).not.toEqual(before);
  expect((await office.ask('package.redo', { package: hash })).outcome).toBe('applied');
  expect((await office.ask('sheet.show', { sheet })).values).toEqual(before);
}
