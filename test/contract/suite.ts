// One story over every host: an office and a department, from the first file to the merged result.
// Every method of the contract is asked, and every answer passes the spy.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { contract, type MethodName } from '../../shared/contract/contract.ts';
import type { PackageResult } from '../../shared/contract/exchangeviews.ts';
import { type Form, layOut, lockOf, readDefinition } from '../../shared/form/form.ts';
import { confirmAndMove, decideClash, putBackLoss } from './choosing.ts';
import { decideSheet } from './deciding.ts';
import { fileStory } from './files.ts';
import { setAside, watchAndHold } from './holding.ts';
import { type Asker, type MakeHost, spyOn, type Written } from './host.ts';
import { tellKeys } from './keys.ts';
import { DEPARTMENT, FORM, OFFICE, YEAR } from './names.ts';
import { tellOutgoing } from './outgoing.ts';
import { publishTwice } from './publishing.ts';
import { answerCheck } from './reason.ts';

/** Asked where what they need can be made: an alarm takes two files with one key (test/exchange/chain.test.ts). */
const NEED_MORE: MethodName[] = ['alarm.note'];
const methods = Object.keys(contract) as MethodName[];
const outcomes = (packages: readonly PackageResult[]) => packages.map(({ outcome }) => outcome);

/** Runs the story over the host that `makeHost` makes; it is made twice, for the office and for the department. */
export function contractSuite(name: string, makeHost: MakeHost): void {
  describe(`the contract over ${name}`, () => {
    let office: Asker;
    let department: Asker;
    let form: Form;
    let distribution: Written;
    let submission: Written;
    let print = '';
    let sheet = '';

    beforeAll(async () => {
      office = spyOn(await makeHost());
      department = spyOn(await makeHost());
    });
    afterAll(async () => {
      await office.host.close();
      await department.host.close();
    });

    /** Two text cells that a department writes. */
    const texts = () => {
      const own = form.cells.filter(
        (cell) => cell.type === 'text' && !cell.row && lockOf(form, cell, 'department', new Set()) === undefined,
      );
      return [own[0]?.address ?? '', own[1]?.address ?? ''] as const;
    };
    const type = (who: Asker, cell: string, raw: string) => who.ask('cell.set', { sheet, cells: [{ cell, raw }] });
    const submit = async (): Promise<Written> => {
      const folder = await department.host.place({ for: 'output-folder' });
      await department.ask('package.submit', { folder, incomplete: true });
      const [written] = await department.host.written(folder);
      if (!written) throw new Error('nothing was handed in');
      return written;
    };
    const give = (who: Asker, { name: file, bytes }: Written) => who.host.upload(file, bytes);
    const valueAt = async (who: Asker, cell: string) => (await who.ask('sheet.show', { sheet })).values[cell];

    test('what is not a method, or not its input, is told and changes nothing', async () => {
      for (const method of ['sheet.explode', 'toString', '__proto__', 'constructor', '']) {
        const reply = await office.host.raw(method, {});
        expect(reply, method).toMatchObject({ ok: false, problem: { code: 'method.unknown' } });
      }
      for (const method of methods) {
        for (const input of [{ unheardOf: 1 }, [], 'text', null]) {
          const reply = await office.host.raw(method, input);
          expect(reply, method).toMatchObject({ ok: false, problem: { code: 'input.invalid' } });
        }
      }
    });

    test('without a workspace, everything that needs one says so', async () => {
      expect((await office.ask('app.about', {})).workspace).toBeNull();
      const { pages } = await office.ask('help.show', {});
      expect(pages.map((page) => page.title)).toContain('担当課の手引き');
      const needing = methods.filter((method) => contract[method].nature === 'query');
      for (const method of needing) {
        // A question takes what its input names and nothing else.
        const wanted = Object.keys((contract[method].input as z.ZodObject).shape);
        const digits = { package: '0'.repeat(64), print: '0'.repeat(30), from: 'all' };
        const given = { sheet: '1', form: 'x', address: 'x', text: 'x', ...digits };
        const input = Object.fromEntries(Object.entries(given).filter(([name]) => wanted.includes(name)));
        expect((await office.problem(method, input as never)).code, method).toBe('workspace.closed');
      }
    });

    test('a word that no host gave out leads nowhere', async () => {
      expect((await office.problem('workspace.open', { file: '/etc/passwd' })).code).toBe('handle.unknown');
      expect((await office.problem('package.inspect', { file: '../x' })).code).toBe('handle.unknown');
    });

    test('the office makes its file from a form that comes with the program', async () => {
      const { forms } = await office.ask('app.about', {});
      expect(forms.map(({ id }) => id)).toContain(FORM);
      const file = await office.host.place({ for: 'new-workspace', suggested: '事務局' });
      const unknown = { file, office: OFFICE, form: { id: 'unheard-of' }, year: YEAR };
      expect((await office.problem('workspace.create', unknown)).code).toBe('form.unknown');
      const view = await office.ask('workspace.create', { file, office: OFFICE, form: { id: FORM }, year: YEAR });
      expect(view).toMatchObject({ role: 'office', unit: OFFICE, year: YEAR, subjectYear: YEAR - 1, sheets: 0 });
      const { definition } = await office.ask('form.show', { form: view.form.hash });
      form = layOut(readDefinition(definition, FORM), YEAR);
      expect(
        (await office.problem('workspace.create', { file, office: OFFICE, form: { id: FORM }, year: YEAR })).code,
      ).toBe('workspace.exists');
    });

    test('it assigns sheets, typed and from a table', async () => {
      const [number, unit] = [form.identity.number.label, form.identity.unit.label];
      const title = form.identity.name.label;
      const cells = { [number]: '1-1', [title]: '安心して暮らせるまち', [unit]: DEPARTMENT };
      const typed = await office.ask('sheet.assign', { rows: [{ line: 2, cells }] });
      expect(typed.departments).toEqual([DEPARTMENT]);
      expect(
        (await office.problem('sheet.assign', { rows: [{ line: 2, cells: { 存在しない見出し: 'x' } }] })).code,
      ).toBe('assignment.invalid');
      const table = `${number},${title},${unit}\r\n1-2,学びのまち,教育課\r\n`;
      const file = await office.host.upload('割り当て.csv', Buffer.from(table));
      expect((await office.ask('assignment.import', { file })).departments).toContain('教育課');
      const { sheets } = await office.ask('sheet.list', {});
      expect(sheets.map((row) => row.number)).toEqual(['1-1', '1-2']);
      sheet = sheets[0]?.id ?? '';
      expect(office.host.changes.length).toBeGreaterThan(0);
    });

    test('it distributes: one package for each department', async () => {
      const folder = await office.host.place({ for: 'output-folder' });
      const { packages } = await office.ask('package.distribute', { folder });
      expect(packages.map(({ unit }) => unit).sort()).toEqual([DEPARTMENT, '教育課'].sort());
      const written = await office.host.written(folder);
      const own = packages.find(({ unit }) => unit === DEPARTMENT);
      distribution = written.find((file) => file.name === own?.file) ?? { name: '', bytes: Buffer.alloc(0) };
      expect(written.map((file) => file.name).sort()).toEqual(packages.map(({ file }) => file).sort());
      const inspected = await office.ask('package.inspect', { file: await give(office, distribution) });
      expect(inspected).toMatchObject({ verified: true, recipient: DEPARTMENT, problem: null });
    });

    test('the department joins, and is an office in nothing', async () => {
      const file = await department.host.place({ for: 'new-workspace', suggested: '総務課' });
      const spoiled = Buffer.from(distribution.bytes);
      spoiled[spoiled.length >> 1] = (spoiled[spoiled.length >> 1] ?? 0) ^ 1;
      const broken = await department.host.upload('壊れた.json', spoiled);
      expect((await department.problem('workspace.join', { file, package: broken })).code).toMatch(/^package\./);
      const given = await give(department, distribution);
      const { print } = await office.ask('workspace.view', {});
      expect((await department.problem('workspace.join', { file, package: given })).code).toBe('print.incomplete');
      const joined = await department.ask('workspace.join', { file, package: given, print });
      expect(joined.workspace).toMatchObject({ role: 'department', unit: DEPARTMENT, office: OFFICE, sheets: 1 });
      expect(joined.result.outcome).toBe('applied');
      expect((await department.ask('workspace.view', {})).unit).toBe(DEPARTMENT);
      expect((await department.problem('sheet.assign', { rows: [] })).code).toBe('role.wrong');
    });

    test('it types: what is clear is kept, what is not is asked, what is foreign is refused', async () => {
      const [text] = texts();
      const before = department.host.changes.length;
      expect((await type(department, text, '令和3年度の方針')).cells[0]).toMatchObject({ value: '令和3年度の方針' });
      await expect.poll(() => department.host.changes.length).toBeGreaterThan(before);
      const comma = form.cells.find((cell) => cell.type === 'decimal' && cell.commas === 'ask')?.address ?? '';
      const asked = await type(department, comma, '2,2948');
      expect(asked.cells[0]).toMatchObject({
        value: null,
        raw: '2,2948',
        question: { address: comma, kind: 'reading' },
      });
      expect((await department.ask('sheet.show', { sheet })).questions.map((q) => q.address)).toContain(comma);
      const answered = await type(department, comma, '2.2948');
      expect(answered.cells[0]).toMatchObject({ value: '2.2948', question: null });
      const unknown = { sheet, cells: [{ cell: '存在しない欄', raw: 'x' }] };
      expect((await department.problem('cell.set', unknown)).code).toBe('cell.unknown');
      const locked = { sheet, cells: [{ cell: form.identity.number.address, raw: '9-9' }] };
      expect((await department.problem('cell.set', locked)).code).toBe('cell.locked');
      expect((await department.problem('sheet.show', { sheet: '無い' })).code).toBe('sheet.unknown');
    });

    test('it takes its typing back and does it again, and sees what stood there', async () => {
      const [text] = texts();
      await type(department, text, '書き直した方針');
      const undone = await department.ask('cell.undo', { sheet });
      expect(undone).toMatchObject({
        cells: [{ address: text, value: '令和3年度の方針' }],
        canUndo: true,
        canRedo: true,
      });
      const shown = await department.ask('sheet.show', { sheet });
      expect(shown).toMatchObject({ canUndo: true, canRedo: true });
      const redone = await department.ask('cell.redo', { sheet });
      expect(redone).toMatchObject({ cells: [{ address: text, value: '書き直した方針' }], canRedo: false });
      await department.ask('cell.undo', { sheet });
      const { entries } = await department.ask('cell.history', { sheet, address: text });
      expect(entries).toMatchObject([{ unit: DEPARTMENT, revision: null, after: { value: '令和3年度の方針' } }]);
      expect((await department.problem('cell.history', { sheet, address: '無い' })).code).toBe('cell.unknown');
    });

    test('it finds what is written, two characters of it and all signs too', async () => {
      const found = await department.ask('sheet.search', { text: '方針' });
      expect(found.hits[0]).toMatchObject({ sheet, number: '1-1', excerpt: { match: '方針' } });
      expect(found.total).toBe(found.hits.length);
      expect(await department.ask('sheet.search', { text: '" OR * NEAR(' })).toEqual({ hits: [], total: 0 });
    });

    test('it gives the reason that a check asks for, and takes it back', () => answerCheck(department, form, sheet));

    test('it takes a filled sheet in, shown first', async () => {
      const [, text] = texts();
      const label = form.byAddress.get(text)?.label ?? '';
      const filled = `${form.identity.number.label}\t1-1\n${label}\t読み込んだ文章\n`;
      const file = await department.host.upload('記入済み.txt', Buffer.from(filled));
      const before = department.host.stamp();
      const preview = await department.ask('intake.preview', { file, sheet });
      expect(department.host.stamp()).toBe(before);
      expect(preview.matched).toContainEqual(expect.objectContaining({ address: text, value: '読み込んだ文章' }));
      await department.ask('intake.apply', { file, sheet });
      expect(await valueAt(department, text)).toBe('読み込んだ文章');
      const survey = await department.ask('intake.survey', { file });
      expect(survey).toMatchObject({
        layout: 'sheets',
        parts: [{ number: '1-1', counts: { changed: 0 }, problem: null }],
      });
      const parts = survey.parts.map(({ part }) => ({ part }));
      const { taken } = await department.ask('intake.gather', { file, parts });
      expect(taken).toMatchObject([{ sheet: { number: '1-1' }, changed: 0 }]);
    });

    test('it hands in: refused while something is missing, unless it says so', async () => {
      const folder = await department.host.place({ for: 'output-folder' });
      expect((await department.problem('package.submit', { folder })).code).toBe('sheet.incomplete');
      expect(await department.host.written(folder)).toEqual([]);
      const { revision } = await department.ask('sheet.commit', { sheet });
      expect(revision).toMatch(/^[0-9a-f]{64}$/);
      expect((await department.ask('sheet.commit', { sheet })).revision).toBeNull();
      submission = await submit();
      expect((await department.ask('sheet.list', {})).sheets[0]).toMatchObject({ state: 'submitted', draft: false });
    });

    test('the office sets aside what an unknown key has signed', async () => {
      print = await setAside(office, submission, DEPARTMENT);
      await watchAndHold(office, submission);
      expect(await valueAt(office, texts()[0])).toBeUndefined();
    });

    test('it accepts the key by its digits, and takes in what was set aside', async () => {
      const wrong = { print: '0'.repeat(30), unit: DEPARTMENT };
      expect((await office.problem('signer.accept', wrong)).code).toBe('signer.unseen');
      const accepted = await office.ask('signer.accept', { print, unit: DEPARTMENT });
      expect(accepted.state).toBe('trusted');
      expect(outcomes(accepted.taken)).toEqual(['applied']);
      expect(accepted.taken[0]?.sheets.map((row) => row.outcome)).toEqual(['new']);
      expect(await valueAt(office, texts()[0])).toBe('令和3年度の方針');
      const again = await office.ask('package.merge', { files: [await give(office, submission)] });
      expect(outcomes(again.packages)).toEqual(['duplicate']);
      const foreign = await office.host.upload('別物.json', Buffer.from('{"a":1}'));
      expect(outcomes((await office.ask('package.merge', { files: [foreign] })).packages)).toEqual(['refused']);
    });

    test('both change one cell: a person chooses', async () => {
      const [text] = texts();
      await type(office, text, '事務局の文章');
      await office.ask('sheet.commit', { sheet });
      await type(department, text, '担当課の文章');
      const second = await submit();
      const merged = await office.ask('package.merge', { files: [await give(office, second)] });
      expect(merged.packages[0]?.sheets[0]).toMatchObject({
        outcome: 'conflict',
        cells: [{ address: text, outcome: 'conflict' }],
      });
      await decideClash(office, sheet, text, '担当課の文章');
      await putBackLoss(office, sheet, text, '事務局の文章', '担当課の文章');
    });

    test('the section head confirms, the office moves the round', () => confirmAndMove(office, department, sheet));

    test('the office asks beside a cell, the department answers, the office closes', async () => {
      const [address] = texts();
      const opening = { sheet, address, text: '根拠を書いてください。', reply: null };
      expect((await department.problem('remark.add', opening)).code).toBe('remark.unfit');
      const { remark } = await office.ask('remark.add', opening);
      const folder = await office.host.place({ for: 'output-folder' });
      const { packages } = await office.ask('package.distribute', { folder });
      const own = packages.find(({ unit }) => unit === DEPARTMENT);
      const written = (await office.host.written(folder)).find(({ name: file }) => file === own?.file);
      const merged = await department.ask('package.merge', {
        files: [await give(department, written ?? distribution)],
      });
      expect(merged.packages[0]?.sheets[0]?.outcome).toBe('updated');
      expect((await department.ask('remark.list', { sheet })).threads).toMatchObject([{ id: remark, state: 'open' }]);
      await department.ask('remark.add', { sheet, address: '', text: '統計によります。', reply: remark });
      expect((await department.ask('sheet.list', {})).sheets[0]).toMatchObject({ state: 'editing', answered: 1 });
      await office.ask('package.merge', { files: [await give(office, await submit())] });
      expect((await office.ask('sheet.show', { sheet })).remarks).toMatchObject([{ address, state: 'answered' }]);
      const closing = { sheet, address: '', text: '', reply: remark, closes: true };
      expect((await office.ask('remark.add', closing)).threads).toMatchObject([{ state: 'closed' }]);
      const { said } = await office.ask('remark.spread', { sheets: [sheet], address, text: '全シートへ' });
      const { changed } = await office.ask('sheet.reassign', { changes: [{ sheet, units: [DEPARTMENT] }] });
      expect([said.length, changed]).toEqual([1, []]);
    });

    test('a plan that is no longer true is not carried out', async () => {
      await type(department, texts()[1], '三度目');
      const file = await give(office, await submit());
      const { digest } = await office.ask('package.plan', { files: [file] });
      await office.ask('package.merge', { files: [file] });
      expect((await office.problem('package.merge', { files: [file], digest })).code).toBe('plan.changed');
    });

    test('a sheet is sent back with a receipt; an intake is taken back and done again', () =>
      decideSheet(office, department, sheet, DEPARTMENT));

    test('the result goes out, and everything stored is what it was', async () => {
      for (const format of ['json', 'csv'] as const) {
        const file = await office.host.place({ for: 'save-export', suggested: `一覧.${format}` });
        expect(await office.ask('export.write', { file, format })).toEqual({ file: `一覧.${format}`, sheets: 2 });
        const [written] = await office.host.written(file);
        expect(written?.name).toBe(`一覧.${format}`);
        expect(written?.bytes.toString()).toContain('担当課の文章');
      }
      expect((await office.ask('export.losses', {})).characters).toEqual([]);
      const { sheets, total } = await office.ask('figures.show', {});
      expect({ read: sheets.length, total }).toEqual({ read: 2, total: 2 });
      expect((await office.ask('quality.check', {})).read).toHaveLength(2);
      const lists = [{ kind: 'word' as const, words: ['子ども', '子供'], isChecked: true }];
      await office.ask('spelling.keep', { lists });
      const { own, others } = await office.ask('spelling.list', {});
      expect(own).toEqual(lists);
      expect(others.filter(({ words }) => words.includes('子供'))).toEqual([]);
      const drawing = await office.host.place({ for: 'save-export', suggested: '図.svg' });
      await office.ask('picture.write', { file: drawing, picture: { kind: 'svg', text: '<svg />' } });
      expect((await office.host.written(drawing))[0]?.bytes.toString()).toBe('<svg />');
      const file = await office.host.upload('よその年度.json', Buffer.from('{"format":"x"}'));
      expect((await office.problem('previous.import', { file })).code).toBe('previous.foreign');
      const { artifacts, findings } = await office.ask('store.verify', {});
      expect(artifacts).toBeGreaterThan(3);
      expect(findings).toEqual([]);
    });

    test('it is published, corrected, and made again as it was', () => publishTwice(office, sheet, texts()[0]));

    test('a question writes nothing and is told to nobody', async () => {
      const { form: used } = await office.ask('workspace.view', {});
      const before = { stamp: office.host.stamp(), changes: office.host.changes.length };
      for (let round = 0; round < 2; round += 1) {
        await office.ask('workspace.view', {});
        await office.ask('form.show', { form: used.hash });
        await office.ask('sheet.list', {});
        await office.ask('sheet.show', { sheet });
        await office.ask('signer.list', {});
        await office.ask('store.verify', {});
      }
      expect({ stamp: office.host.stamp(), changes: office.host.changes.length }).toEqual(before);
    });

    test('a task that is cancelled answers so and has done nothing', async () => {
      const file = await give(office, submission);
      const before = office.host.stamp();
      const control = new AbortController();
      const input = { files: new Array<string>(2_000).fill(file) };
      const progress: number[] = [];
      const problem = await office.problem('package.plan', input, {
        signal: control.signal,
        onProgress: ({ done }) => {
          progress.push(done);
          control.abort();
        },
      });
      expect(problem.code).toBe('task.cancelled');
      expect(progress[0]).toBe(0);
      expect(office.host.stamp()).toBe(before);
      expect((await office.ask('package.plan', { files: [file] })).packages).toHaveLength(1);
    });

    test('what went out is registered, written again byte for byte, erased, and kept as a table', () =>
      tellOutgoing(office, department));

    test('a key that is revoked merges nothing more', async () => {
      expect((await office.ask('signer.revoke', { print })).signer.state).toBe('revoked');
      await type(department, texts()[1], '四度目');
      const merged = await office.ask('package.merge', { files: [await give(office, await submit())] });
      expect(merged.packages[0]?.reason?.code).toBe('signer.revoked');
      expect(await valueAt(office, texts()[1])).toBe('三度目');
    });

    test('keys are protected, rotated and brought back', () => tellKeys(office, department, print));

    fileStory(() => ({ office, department, sheet, address: texts()[0] }));

    test('the story has asked every method', () => {
      const answered = new Set([...office.answered, ...department.answered]);
      expect(methods.filter((method) => !answered.has(method))).toEqual(NEED_MORE);
    });
  });
}
