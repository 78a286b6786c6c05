// Joining: a department's file trusts an office by its digits, typed from paper or the telephone, and by nothing else.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemPorts } from '../../electron/core/ports.ts';
import { typedPrint } from '../../shared/package/trust.ts';
import { distributeAll, joinDepartment, makeOffice, makeWorld, type Workspace, type World } from '../core/world.ts';

let world: World;
let office: Workspace;
let print: string;
let handed: string;

beforeAll(async () => {
  world = await makeWorld();
  office = await makeOffice(world);
  ({ print } = await office.ask('workspace.view', {}));
  handed = (await distributeAll(world, office, 'out')).商工観光課 ?? '';
});
afterAll(() => world.close());

async function refusal(typed: string, packageFile = handed): Promise<string> {
  const who = world.host();
  const file = world.at('refused.hyoka');
  const { code } = await who.problem('workspace.join', {
    file: who.offer(file),
    package: who.offer(packageFile),
    print: typed,
  });
  const { files } = systemPorts();
  const left = await Promise.all(['', '-wal', '-shm', '-lock'].map((ending) => files.exists(`${file}${ending}`)));
  expect(left).toEqual([false, false, false, false]);
  return code;
}

const replaced = (digits: string, place: number, by: string) => digits.slice(0, place) + by + digits.slice(place + 1);
const swapped = (digits: string, group: number) => {
  const groups = digits.match(/.{5}/g) ?? [];
  const [one = '', two = ''] = groups.splice(group, 2);
  return [...groups.slice(0, group), two, one, ...groups.slice(group)].join('');
};

describe('the digits of the office', () => {
  test('blanks, hyphens of every kind and full-width digits do not matter; every digit does', () => {
    const spellings = fc.array(fc.constantFrom('', ' ', '　', '-', '－', '‐', '–', '—', '−', 'ー', '\t'), {
      minLength: 30,
      maxLength: 30,
    });
    const wide = (digit: string) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0);
    fc.assert(
      fc.property(spellings, fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }), (between, isWide) => {
        const typed = [...print].map((digit, i) => `${between[i]}${isWide[i] ? wide(digit) : digit}`).join('');
        expect(typedPrint(typed)).toBe(print);
      }),
    );
    for (const typed of ['O', 'l', '〇', '一', '.', ',', '１０'])
      expect(typedPrint(`${print}${typed}`)).not.toBe(print);
  });

  test('nothing typed, a digit too few or too many, or something that is no digit: refused as incomplete', async () => {
    for (const typed of ['', print.slice(1), `${print}0`, replaced(print, 4, 'O'), `${print.slice(0, 29)}〇`]) {
      expect([typed, await refusal(typed)]).toEqual([typed, 'print.incomplete']);
    }
  });

  test('T18: one digit off, two groups swapped, backwards, another key: refused, and no file is left', async () => {
    const other = String((Number(print[7]) + 1) % 10);
    const similar = [
      ...[0, 7, 29].map((place) => replaced(print, place, print[place] === other ? '0' : other)),
      ...[0, 1, 2, 3, 4].map((group) => swapped(print, group)),
      [...print].reverse().join(''),
    ].filter((typed) => typed !== print);
    expect(similar.length).toBeGreaterThan(6);
    for (const typed of similar) expect([typed, await refusal(typed)]).toEqual([typed, 'print.mismatched']);
  });

  test('T17: a package of another office in the right name is refused with the digits of the true one', async () => {
    const twin = await makeOffice(world, 'twin.hyoka');
    const swappedIn = (await distributeAll(world, twin, 'twin')).商工観光課 ?? '';
    expect(await refusal(print, swappedIn)).toBe('print.mismatched');
  });

  test('a file that exists has heard them already; the workstation may have a name', async () => {
    const spaced = print.replace(/(.{5})/g, '$1　');
    const department = await joinDepartment(world, handed, 'tourism.hyoka', spaced);
    expect((await department.ask('workspace.view', {})).station).toBe('');
    const { result } = await department.ask('workspace.join', {
      file: department.offer(department.file),
      package: department.offer(handed),
    });
    expect(result.outcome).toBe('duplicate');

    const named = world.host();
    const input = { package: named.offer(handed), print };
    const file = named.offer(world.at('named.hyoka'));
    const bad = await named.problem('workspace.join', { ...input, file, station: 'a\nb' });
    expect(bad.code).toBe('input.invalid');
    const { workspace } = await named.ask('workspace.join', { ...input, file, station: ' 窓口２番 ' });
    expect(workspace.station).toBe('窓口２番');
  });
});
