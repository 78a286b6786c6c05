// An office in the middle of receiving from long-named departments: one department works on a copied file, one package is
// missing, one waits for its sender. Files as they lie on disks, nothing open.
import { copyFile, readFile } from 'node:fs/promises';
import { distributeAll, joinDepartment, makeOffice, makeWorld, merge, submitSheets, trust } from '../core/world.ts';

const LONG = '企画総務部地域づくり推進室移住定住・関係人口創出担当課';
const OTHER = '教育委員会事務局生涯学習・文化財保護課';
const SHEETS = `施策番号,施策名,主管課
1-1,誰もが学び続けられる環境づくりと地域の文化財の次世代への継承,${OTHER}
2-2,移住・定住の相談体制の充実と関係人口の創出による地域の活力の向上,${LONG}
`;
const TEXT =
  '・相談の窓口を一つにまとめ、住まいと仕事と子育ての相談を一度に受けられるようにする\n・来てもらい、話を聞き、また来てもらう\n'.repeat(
    3,
  );

export type Share = {
  office: string;
  /** A whole package, one cut off, and one that a gateway has made a PDF of, by file name. */
  files: Record<string, Buffer>;
  close(): Promise<void>;
};

export async function makeShare(): Promise<Share> {
  const world = await makeWorld();
  const office = await makeOffice(world, '2022年度評価_企画財政課.hyoka', 'memuro-shisaku', SHEETS);
  const handed = await distributeAll(world, office, 'handed');
  const own = await joinDepartment(world, handed[LONG] ?? '', 'own.hyoka');
  const other = await joinDepartment(world, handed[OTHER] ?? '', 'other.hyoka');
  const write = (who: typeof own, sheet: string, cell: string, raw: string) =>
    who.ask('cell.set', { sheet, cells: [{ cell, raw }] });
  const hand = (who: typeof own, folder: string) => submitSheets(world, who, folder);

  await write(own, '2-2', '対象', '移住を考えている人');
  await merge(office, await hand(own, 's1'));
  await trust(office, own);
  await own.app.close();
  await copyFile(own.file, world.at('copy.hyoka'));
  await own.ask('workspace.open', { file: own.offer(own.file) });
  const copy = world.host();
  await copy.ask('workspace.open', { file: copy.offer(world.at('copy.hyoka')) });
  await write(own, '2-2', '結果', '相談する人が増える。');
  await write(copy, '2-2', '意図', 'ほかの端末で書いた意図');
  await merge(office, await hand(own, 's2'), await hand(copy, 's2c'));
  await hand(own, 's3');
  await write(own, '2-2', '対象', '移住を考えている人、二地域に住む人');
  await merge(office, await hand(own, 's4'));
  await write(other, '1-1', '意図', '・学ぶ人を増やす');
  await merge(office, await hand(other, 'o1'));
  await write(own, '2-2', '意図', TEXT);
  await write(own, '2-2', '施策関係課', '建設課、子育て支援課');
  const next = await readFile(await hand(own, 's5'));
  await Promise.all([office, own, other, copy].map(({ app }) => app.close()));
  return {
    office: office.file,
    files: {
      'S0001-提出.hyoka.json': next,
      'S0002-コピー中.hyoka.json': next.subarray(0, 900),
      'S0003-提出.hyoka.json': Buffer.from('%PDF-1.7\n'),
    },
    close: () => world.close(),
  };
}
