// A town whose sheets hold things that no reader may ever find, for the tests of what is published.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { makeOffice, resources, type Workspace, type World } from '../core/world.ts';

/** Everything that is internal, each a text that stands nowhere else. */
export const SECRETS = {
  chief: '秘匿　課長太郎',
  extension: '9081',
  reason: '理由の文は公表しない',
  remark: '指摘の文は公表しない',
  note: '版の覚え書きは公表しない',
  person: '公表係の氏名',
};

const SHEETS = `施策番号,施策名,主管課,基本目標
3-1,みどりの暮らし移住応援,くらし移住課,移り住む人と住み続ける人を増やす
3-2,"空き家と<古民家>の活用 ""試行""",くらし移住課、まちなみ整備課,移り住む人と住み続ける人を増やす
総-３,駅前広場のにぎわいづくり,まちなみ整備課,にぎわいをつくる
`;

/** An office whose sheet 3-1 is filled, with secrets in every place that is internal. */
export async function makeSecretive(world: World, name = 'secretive.hyoka'): Promise<Workspace> {
  const office = await makeOffice(world, name, 'memuro-shisaku', SHEETS);
  const sample = path.join(resources, 'samples/memuro-sample.txt');
  await office.ask('intake.apply', { file: office.offer(sample), sheet: '3-1' });
  await office.ask('cell.set', {
    sheet: '3-1',
    cells: [
      { cell: '課長名', raw: SECRETS.chief },
      { cell: '内線', raw: SECRETS.extension },
      { cell: '人工数(業務量) 2020年度決算', raw: '1.8000' },
    ],
  });
  const { questions } = await office.ask('sheet.show', { sheet: '3-1' });
  const asked = questions.find(({ check }) => check !== null);
  if (!asked?.check) throw new Error('no check asks for a reason');
  const { address, check } = asked;
  await office.ask('check.answer', { sheet: '3-1', address, check, reason: SECRETS.reason });
  await office.ask('remark.add', { sheet: '3-1', address: '', text: SECRETS.remark, reply: null });
  await office.ask('sheet.commit', { sheet: '3-1', note: SECRETS.note });
  return office;
}

const TEXTS = {
  publisher: '花見沢町',
  source: '花見沢町「施策評価シート」\nを加工して作成',
  licence: 'クリエイティブ・コモンズ 表示 4.0 国際',
  note: '施策の<評価>です。',
};

/** Publishes everything as it stands and gives the number. */
export async function publishAll(
  office: Workspace,
  what: { edition?: 'internal' | 'public'; years?: 'western' | 'era'; sheets?: string[] } = {},
): Promise<number> {
  const { digest } = await office.ask('publication.plan', what);
  const made = await office.ask('publication.make', { ...what, digest, person: SECRETS.person, texts: TEXTS });
  return made.number;
}

/** Every file of a folder by its path in it. */
export function filesIn(folder: string): Map<string, Buffer> {
  const names = readdirSync(folder, { recursive: true }).map(String);
  const found = names.filter((name) => statSync(path.join(folder, name)).isFile());
  return new Map(
    found.sort().map((name) => [name.split(path.sep).join('/'), readFileSync(path.join(folder, name))] as const),
  );
}
