// The whole loop with two invented departments, by the same commands that an office types. It prints each step and
// leaves the files to look at.
import path from 'node:path';
import { systemPorts } from '../core/ports.ts';
import { readCall } from './arguments.ts';
import { makeCommandHost } from './host.ts';
import { asText } from './print.ts';
import { runCommand } from './run.ts';

const samples = path.join(import.meta.dirname, '../../resources/samples');
const folder = await systemPorts().files.tempFolder('hyoka-demo');
const at = (...names: string[]) => path.join(folder, ...names);
const say = (text: string) => process.stdout.write(`${text}\n`);

/** Runs one command as if typed, prints it and its answer, and gives the answer. */
async function step(why: string, ...argv: string[]) {
  const shown = argv.map((word) => (/[\s=]/.test(word) ? `'${word}'` : word)).join(' ');
  say(`\n■ ${why}\n$ npm run -s hyoka -- ${shown.replaceAll(folder, '.').replaceAll(samples, 'resources/samples')}`);
  const call = readCall(argv);
  const { value } = await runCommand(makeCommandHost(), call);
  say(asText(call, value));
  return value;
}

/** `claimed`: what the sender of a package that came in calls itself, before anybody has registered it. */
type Package = { file: string; unit: string; print: string; claimed: string };
const packagesIn = (value: Record<string, unknown>) => value.packages as Package[];
const fileFor = (packages: readonly Package[], unit: string): string =>
  packages.find((p) => p.unit === unit)?.file ?? '';

const MOVING = 'くらし移住課';
const TOWNSCAPE = 'まちなみ整備課';
const LABOUR = '人工数(業務量)';

say(`見本の作業フォルダー：${folder}`);
const { print: office } = await step(
  '事務局が、2022年度評価のファイルを作る',
  'create',
  at('office'),
  '--role',
  'office',
  '--office',
  '企画財政課',
  '--form',
  'memuro-shisaku',
  '--year',
  '2022',
);
await step('シートを割り当てる', 'assign', at('office'), path.join(samples, 'memuro-sheets.csv'));
const handed = packagesIn(await step('課ごとに配布する', 'distribute', at('office'), '--out', at('配布')));
await step(
  `${MOVING}が、電話で聞いた事務局の30桁を打ち込み、配布を受け取る`,
  'join',
  at('moving'),
  fileFor(handed, MOVING),
  '--office-print',
  String(office),
);
await step(
  `${TOWNSCAPE}が、電話で聞いた事務局の30桁を打ち込み、配布を受け取る`,
  'join',
  at('townscape'),
  fileFor(handed, TOWNSCAPE),
  '--office-print',
  String(office),
);
await step(
  '記入済みのシートを読み込む（読み方に迷う値は尋ねられる）',
  'fill',
  at('moving'),
  path.join(samples, 'memuro-sample.txt'),
);
const { asked } = await step('何が尋ねられているかを見る', 'show', at('moving'), '--sheet', '3-1');
const readings = (asked as { kind: string; label: string; candidates: { value: string }[] }[]).filter(
  (q) => q.kind === 'reading',
);
await step(
  '尋ねられた値に答える',
  'set',
  at('moving'),
  '--sheet',
  '3-1',
  ...readings.map((question) => `${question.label}=${question.candidates[0]?.value ?? ''}`),
);
await step(
  '共有のシートに、二つの課がそれぞれ書く',
  'set',
  at('moving'),
  '--sheet',
  '3-2',
  '意図=・空き家を移住の住まいにする',
  '対象=空き家の持ち主と移住を望む人',
);
await step(
  '　もう一方の課',
  'set',
  at('townscape'),
  '--sheet',
  '3-2',
  '意図=・古民家の町並みを残す',
  `${LABOUR} 2021年度決算=0.4500`,
);
const first = packagesIn(
  await step(`${MOVING}が提出する`, 'submit', at('moving'), '--out', at('提出'), '--incomplete'),
);
const second = packagesIn(
  await step(`${TOWNSCAPE}が提出する`, 'submit', at('townscape'), '--out', at('提出'), '--incomplete'),
);
const aside = packagesIn(
  await step('事務局が受け取る：知らない端末のものは取り置かれる', 'merge', at('office'), at('提出')),
);
for (const { print, claimed } of aside) {
  const why = `電話で30桁を確かめて、${claimed}の端末を登録する`;
  await step(why, 'trust', at('office'), '--accept', print, '--unit', claimed);
}
await step('取り込むとどうなるかを先に見る', 'merge', at('office'), at('提出'), '--plan');
await step('取り込む', 'merge', at('office'), at('提出'));
await step('同じものをもう一度：何も変わらない', 'merge', at('office'), fileFor([...first, ...second], MOVING));
await step('共有のシートには、人が決める欄が残る', 'status', at('office'));
await step('事務局が決める', 'set', at('office'), '--sheet', '3-2', '意図=・空き家と古民家を住まいとして残す');
await step('結果を書き出す', 'export', at('office'), '--format', 'csv', '--out', at('結果.csv'));
await step('　データとしても', 'export', at('office'), '--format', 'json', '--out', at('結果.json'));
await step('公表する前に、未解決のものを見る', 'publish', at('office'), '--plan');
await step(
  '第1号として公表する',
  'publish',
  at('office'),
  '--name',
  '企画係　甲野',
  '--as-is',
  '--publisher',
  '花見沢町',
);
await step(
  '第1号をホームページのフォルダーに書き出す',
  'export',
  at('office'),
  ...['--format', 'html', '--out', at('ホームページ'), '--snapshot', '1'],
);
await step('ファイルが壊れていないか調べる', 'verify', at('office'));
say(`\n終わりました。ファイルはここに残してあります：${folder}`);
