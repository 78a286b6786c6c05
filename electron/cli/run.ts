// What each command asks and in which shape it answers: one JSON object, and the exit status that goes with it.
import type { PackageResult } from '../../shared/contract/exchangeviews.ts';
import type { ConflictView, SheetView } from '../../shared/contract/views.ts';
import { NUMBER_STATES, stateAddress } from '../../shared/form/cell.ts';
import { reasonsIn } from '../../shared/form/checks.ts';
import { withComputed } from '../../shared/form/compute.ts';
import { type Form, layOut, readDefinition } from '../../shared/form/form.ts';
import { showContent, showValue } from '../../shared/form/reading.ts';
import { type Answer, done, type Run } from './answer.ts';
import { type Call, type CommandName, needed, readPair, UsageError } from './arguments.ts';
import { exportSheets } from './export.ts';
import { showFigures } from './figures.ts';
import { fillWith } from './fill.ts';
import type { CommandHost } from './host.ts';
import { recoveryFrom, runKey, runRecovery, runTrust } from './keys.ts';
import { carryOf, packagesIn, rewriteEntry, sealPassphraseOf, showRegister, unsealingOf } from './outgoing.ts';
import { packageAsData } from './packages.ts';
import { publish, showSnapshots } from './publication.ts';
import { checkTexts } from './quality.ts';
import { returnSheets, showReceived, writeReceipts } from './record.ts';
import { keepSpellings } from './spellings.ts';

const UNPROTECTED = '注意：署名の鍵は合い言葉で守られていません（--passphrase-file で守れます）。';

const named = ({ texts }: Call) => (texts.station === undefined ? {} : { station: texts.station });
const optional = <K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> =>
  value === undefined ? {} : ({ [name]: value } as Partial<Record<K, string>>);

const locked = (passphrase: string | undefined) => (passphrase === undefined ? {} : { passphrase });

/** The office has no hand-in: what it types on the command line stands at once. An undecided conflict leaves it typed. */
async function commitForOffice(host: CommandHost, sheet: string): Promise<string | null> {
  const { role } = await host.ask('workspace.view', {});
  const { conflicts } = await host.ask('sheet.show', { sheet });
  if (role !== 'office' || conflicts.length > 0) return null;
  return (await host.ask('sheet.commit', { sheet })).revision;
}

function exitOf(packages: readonly PackageResult[]): 0 | 1 {
  const isTaken = (p: PackageResult) =>
    p.outcome !== 'refused' && p.outcome !== 'quarantined' && p.sheets.every((sheet) => sheet.outcome !== 'refused');
  return packages.every(isTaken) ? 0 : 1;
}

/** A content as a person reads it. */
const contentText = (form: Form, address: string, content: ConflictView['base']): string =>
  showContent(form, address, content) || '（空欄）';

async function formFor(host: CommandHost, hash: string, year: number): Promise<Form> {
  const { definition } = await host.ask('form.show', { form: hash });
  return layOut(readDefinition(definition, hash.slice(0, 8)), year);
}

async function sheetAsData(host: CommandHost, view: SheetView) {
  const form = await formFor(host, view.form, view.year);
  const values = withComputed(form, view.values);
  const cells = form.cells.map((cell) => {
    const value = values[cell.address] ?? null;
    const state = NUMBER_STATES.find((s) => s.code === values[stateAddress(cell.address)])?.label;
    const text = showValue(cell, values);
    return { address: cell.address, label: cell.label, value, ...(state ? { state } : {}), ...(text ? { text } : {}) };
  });
  return {
    number: view.number,
    name: view.name,
    units: view.units,
    state: view.state,
    head: view.head,
    draft: view.draft,
    digest: view.digest,
    confirmation: view.confirmation,
    round: view.round,
    cells,
    asked: view.questions.filter(({ answer }) => answer === null),
    reasons: reasonsIn(form, view.values),
    unmatched: view.unmatched.map(({ text }) => text),
    unmatchedReasons: view.unmatched,
    conflicts: view.conflicts.map((conflict) => ({
      ...conflict,
      sides: conflict.sides.map((side) => ({ ...side, text: contentText(form, conflict.address, side.content) })),
    })),
    locked: view.locks,
  };
}

/** How often a watched folder is looked into. */
const LOOK_MS = 20_000;

export const runs: Record<CommandName, Run> = {
  create: async (host, call, passphrase) => {
    const role = call.texts.role ?? 'office';
    if (role !== 'office')
      throw new UsageError('課のファイルは、配布から「hyoka join」で作ります（--role は office だけ）。');
    const form = needed(call, 'form');
    const year = Number(needed(call, 'year'));
    if (!Number.isInteger(year) || year < 1950 || year > 2200) {
      throw new UsageError('--year は西暦の年度で指定してください（例：2022）。');
    }
    const view = await host.ask('workspace.create', {
      file: host.workspace(call.words[0] ?? ''),
      office: needed(call, 'office'),
      form: /[\\/]|\.json$/.test(form) ? { file: host.file(form) } : { id: form },
      year,
      ...named(call),
      ...(await recoveryFrom(host, call)),
      ...locked(passphrase),
    });
    return { ...done(view), warnings: passphrase === undefined ? [UNPROTECTED] : [] };
  },
  assign: async (host, call) => done(await host.ask('assignment.import', { file: host.file(call.words[1] ?? '') })),
  distribute: async (host, call) => {
    const out = needed(call, 'out');
    const { packages } = await host.ask('package.distribute', {
      folder: host.file(out),
      carry: await carryOf(host, call),
    });
    return done({ packages: packagesIn(out, packages) });
  },
  join: async (host, call, passphrase) => {
    const { workspace, result } = await host.ask('workspace.join', {
      file: host.workspace(call.words[0] ?? ''),
      package: host.file(call.words[1] ?? ''),
      print: call.texts['office-print'] ?? '',
      ...(await sealPassphraseOf(host, call)),
      ...named(call),
      ...(await recoveryFrom(host, call)),
      ...locked(passphrase),
    });
    const value = { ...workspace, packages: [packageAsData(result)] };
    return { exit: exitOf([result]), value, warnings: workspace.key === 'none' ? [UNPROTECTED] : [] };
  },
  fill: fillWith(commitForOffice),
  set: async (host, call) => {
    const sheet = needed(call, 'sheet');
    const { cells, savedAt } = await host.ask('cell.set', { sheet, cells: call.words.slice(1).map(readPair) });
    const asked = cells.flatMap((cell) => cell.question ?? []);
    return done({ cells, asked, savedAt, revision: await commitForOffice(host, sheet) });
  },
  show: async (host, call) =>
    done(await sheetAsData(host, await host.ask('sheet.show', { sheet: needed(call, 'sheet') }))),
  submit: async (host, call) => {
    const out = needed(call, 'out');
    const { packages, incomplete } = await host.ask('package.submit', {
      folder: host.file(out),
      incomplete: call.flags.has('incomplete'),
      ...(call.lists.sheet ? { sheets: call.lists.sheet } : {}),
      carry: await carryOf(host, call),
    });
    const written = packagesIn(out, packages);
    return done({ file: written[0]?.file, packages: written, incomplete });
  },
  rewrite: async (host, call) => done(await rewriteEntry(host, call)),
  register: async (host, call) => done(await showRegister(host, call)),
  inspect: async (host, call) => {
    const file = host.file(call.words[0] ?? '');
    const { problem, ...view } = await host.ask('package.inspect', { file, ...(await unsealingOf(host, call)) });
    const reason = problem ? { reason: problem.code, message: problem.message, hint: problem.hint } : {};
    return { exit: view.verified ? 0 : 1, value: { ...view, ...reason } };
  },
  trust: runTrust,
  key: runKey,
  recovery: runRecovery,
  merge: async (host, call) => {
    const files = call.words.slice(1).map((word) => host.file(word));
    const isPlan = call.flags.has('plan');
    const input = { files, ...(await unsealingOf(host, call)) };
    const { packages } = isPlan ? await host.ask('package.plan', input) : await host.ask('package.merge', input);
    return { exit: exitOf(packages), value: { plan: isPlan, packages: packages.map(packageAsData) } };
  },
  return: returnSheets,
  receipt: writeReceipts,
  received: showReceived,
  confirm: async (host, call) => {
    const sheets = call.lists.sheet;
    if (!sheets) throw new UsageError('--sheet で、確認するシートを指定してください。');
    return done(await host.ask('sheet.confirm', { sheets, name: needed(call, 'name') }));
  },
  round: async (host, call) => {
    const key = needed(call, 'round');
    const sheets = call.lists.sheet ?? (await host.ask('sheet.list', {})).sheets.map(({ id }) => id);
    if (sheets.length === 0) return done({ sheets: [] });
    return done(await host.ask('sheet.round', { sheets, round: key === 'none' ? null : key }));
  },
  conflicts: async (host) => {
    const { conflicts } = await host.ask('conflict.list', {});
    const forms = new Map<string, Form>();
    for (const { form, year } of conflicts) forms.set(form, forms.get(form) ?? (await formFor(host, form, year)));
    return done({
      conflicts: conflicts.map(({ number, name, form, conflict }) => {
        const laidOut = forms.get(form);
        const told = (content: ConflictView['base']) =>
          laidOut ? contentText(laidOut, conflict.address, content) : '';
        const { address, label, base, sides, earlier } = conflict;
        return {
          sheet: number,
          name,
          address,
          label,
          base: told(base),
          sides: sides.map(({ content, ...side }) => ({ ...side, text: told(content) })),
          earlier: earlier && { unit: earlier.unit, at: earlier.at, text: told(earlier.content) },
        };
      }),
    });
  },
  losses: async (host, call) => done(await host.ask('loss.list', optional('sheet', call.texts.sheet))),
  inbox: async (host, call) => {
    const { folder } = call.texts;
    let view =
      folder === undefined
        ? await host.ask('inbox.look', {})
        : await host.ask('inbox.set', { folder: host.file(folder) });
    if (view.folder === null) throw new UsageError('--folder で、受け箱のフォルダーを指定してください。');
    while (!call.flags.has('once') && view.fresh.length === 0) {
      await host.wait(LOOK_MS);
      view = await host.ask('inbox.look', {});
    }
    const { problem, fresh, spoiled, ...rest } = view;
    const value = {
      ...rest,
      fresh: fresh.map(({ name }) => name),
      spoiled: spoiled.map(({ name, problem: why }) => ({
        name,
        reason: why.code,
        message: why.message,
        hint: why.hint,
      })),
      ...(problem ? { reason: problem.code, message: problem.message, hint: problem.hint } : {}),
    };
    return { exit: problem || spoiled.length > 0 ? 1 : 0, value };
  },
  status: async (host) => {
    const workspace = await host.ask('workspace.view', {});
    const { sheets, departments } = await host.ask('sheet.list', {});
    const rows = sheets.map(({ filled, required, ...row }) => ({
      ...row,
      unit: row.units[0],
      completeness: { filled, required, percent: required === 0 ? 100 : Math.floor((100 * filled) / required) },
    }));
    return done({ workspace, sheets: rows, departments });
  },
  export: async (host, call) => done(await exportSheets(host, call)),
  figures: showFigures,
  quality: checkTexts,
  spellings: keepSpellings,
  publish,
  snapshots: showSnapshots,
  verify: async (host) => {
    const result = await host.ask('store.verify', {});
    return { exit: result.findings.length === 0 ? 0 : 1, value: result };
  },
};

/** Commands that work without an open workspace, or open it themselves. */
const STANDALONE: readonly CommandName[] = ['create', 'join', 'inspect'];

/** Runs one command. Raises UsageError, ProblemError. */
export async function runCommand(host: CommandHost, call: Call): Promise<Answer> {
  const passphrase = await host.passphrase(call.passphraseFile);
  // What a recovery file brings back is put under the passphrase only then.
  const under = call.texts.open === undefined ? passphrase : undefined;
  if (!STANDALONE.includes(call.command)) await host.open(call.words[0] ?? '', under);
  try {
    return await runs[call.command](host, call, passphrase);
  } finally {
    await host.app.close();
  }
}
