// The commands of what comes after an intake: returns, receipts, and the record of receiving with its undo.
import type { Dependents } from '../../shared/contract/recordviews.ts';
import { showMoment } from '../../shared/kernel/moment.ts';
import { KINDS } from '../../shared/package/envelope.ts';
import { waitingReason } from '../../shared/package/fates.ts';
import { type Answer, done } from './answer.ts';
import { type Call, needed, UsageError } from './arguments.ts';
import type { CommandHost } from './host.ts';
import { carryOf, packagesIn } from './outgoing.ts';

type Value = Record<string, unknown>;

/** `return`: the named sheets are accepted or sent back. */
export async function returnSheets(host: CommandHost, call: Call): Promise<Answer> {
  const [accepts, sendsBack] = [call.flags.has('accept'), call.flags.has('send-back')];
  if (accepts === sendsBack) throw new UsageError('--accept（受理）か --send-back（差戻し）の一方を指定してください。');
  const sheets = call.lists.sheet ?? [];
  if (sheets.length === 0) throw new UsageError('--sheet を指定してください。');
  const out = needed(call, 'out');
  const decision = accepts ? ('accepted' as const) : ('returned' as const);
  const { packages } = await host.ask('package.return', {
    folder: host.file(out),
    sheets: sheets.map((sheet) => ({ sheet, decision })),
    carry: await carryOf(host, call),
  });
  return done({ decision, packages: packagesIn(out, packages) });
}

/** `receipt`: one for each department from which something has come. */
export async function writeReceipts(host: CommandHost, call: Call): Promise<Answer> {
  const out = needed(call, 'out');
  const { packages } = await host.ask('package.acknowledge', {
    folder: host.file(out),
    carry: await carryOf(host, call),
  });
  return done({ packages: packagesIn(out, packages) });
}

/** `received`: the record; what an undo would take, and only with --yes does it; or a package once more. */
export async function showReceived(host: CommandHost, call: Call): Promise<Answer> {
  const { undo, redo } = call.texts;
  if (undo !== undefined && redo !== undefined) throw new UsageError('--undo と --redo は一度に一方だけです。');
  if (undo === undefined && call.flags.has('yes')) throw new UsageError('--yes は --undo と一緒に使います。');
  const { packages } = await host.ask('package.received', {});
  const wanted = (part: string): string => {
    const found = packages.filter(({ hash }) => hash.startsWith(part));
    if (found.length === 1) return found[0]?.hash ?? '';
    throw new UsageError(
      found.length === 0 ? `「${part}」で始まるパッケージはありません。` : `「${part}」で始まるものが複数あります。`,
    );
  };
  if (redo !== undefined) return done({ redone: await host.ask('package.redo', { package: wanted(redo) }) });
  if (undo !== undefined) {
    const hash = wanted(undo);
    const dependents = await host.ask('package.dependents', { package: hash });
    if (!call.flags.has('yes')) return done({ undone: false, dependents });
    await host.ask('package.undo', { package: hash, digest: dependents.digest });
    return done({ undone: true, dependents });
  }
  const { missing } = await host.ask('package.missing', {});
  return done({ packages, missing });
}

const OUTCOMES: Record<string, string> = { applied: '取り込み済み', quarantined: '取り置き', undone: '取り消し済み' };
const list = (value: unknown): Value[] => (Array.isArray(value) ? (value as Value[]) : []);
const kindWord = (kind: unknown): string => (KINDS as Record<string, string>)[String(kind)] ?? '';
const moment = (at: unknown): string => showMoment(String(at));

const receivedLine = (p: Value): string =>
  [
    String(p.hash).slice(0, 12),
    `${String(p.unit)}${p.known === true ? '' : '（名乗り）'}`,
    `${kindWord(p.kind)} 第${String(p.sequence)}号`,
    `${OUTCOMES[String(p.outcome)] ?? ''}${p.reason ? `（${waitingReason(String(p.reason))}）` : ''}`,
    list(p.refused).length > 0 ? `取り込めなかったシート${list(p.refused).length}枚` : '',
    `${moment(p.receivedAt)} 受け取り`,
    list(p.sheets)
      .map(({ number }) => String(number))
      .join('、'),
  ]
    .filter(Boolean)
    .join('　');

function dependentLines({ sheets, made, packages }: Dependents): string[] {
  return [
    ...sheets.map(
      (s) =>
        `  シート ${s.number} ${s.name}：版${s.revisions}件、指摘など${s.remarks}件${s.leaves ? '、一覧からなくなる' : ''}${
          s.blocked ? '（入力があるので取り消せない）' : s.drafted ? '（入力中の内容は残る）' : ''
        }`,
    ),
    ...made.map(
      (m) =>
        `  この上に作った版も取り消す：${m.number}　${m.unit}　${moment(m.at)}${
          m.decided.length > 0 ? `（競合の決定：${m.decided.join('、')}）` : ''
        }`,
    ),
    ...packages.map((p) => `  もう一度取り置く：${p.unit} ${kindWord(p.kind)} 第${p.sequence}号`),
  ];
}

/** The answer of `received` in words. */
export function receivedLines(v: Value): string[] {
  if (v.redone) return ['もう一度取り込みました。', receivedLine(v.redone as Value)];
  if (v.dependents) {
    const head =
      v.undone === true
        ? '取り込みを取り消しました。'
        : '取り消すと、次のものが失われます（まだ何も変えていません。進めるには --yes を付けます）。';
    return [head, ...dependentLines(v.dependents as Dependents)];
  }
  const packages = list(v.packages);
  return [
    ...(packages.length === 0 ? ['まだ何も受け取っていません。'] : packages.map(receivedLine)),
    ...list(v.missing).map((m) => `第${String(m.sequence)}号が事務局に届いていません。もう一度書き出してください。`),
  ];
}
