// Problems of taking filled sheets in, each produced by a file that has it.
import { makeXlsx, sheetOf, xlsxParts, zipped } from '../intake/book.ts';
import type { Workspace, World } from './world.ts';

const FILLED = '施策番号 2-2\t施策名 移住の相談\n\t基本目標\t人の流れ\n';
const compound = (stream: string) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(stream, 'utf16le')]);

export function intakeProblems(scene: () => { world: World; tourism: Workspace }) {
  const intake = async (content: string | Buffer, sheet?: string) => {
    const file = scene().tourism.offer(await scene().world.write('filled.txt', content));
    return scene().tourism.problem('intake.preview', { file, ...(sheet ? { sheet } : {}) });
  };
  return {
    'intake.unreadable': () => intake(Buffer.from([137, 80, 78, 71, 0, 0, 1, 2])),
    'intake.foreign': () => intake('まったく関係のない文章です。\n'),
    'intake.unnumbered': () => intake(FILLED.replace('施策番号 2-2\t', '').replace('移住の相談', '別の施策')),
    'intake.mismatched': () => intake(FILLED, '2-1'),
    'intake.mistimed': () => intake(`${FILLED}\n2. 施策の事業費\n\t2017年度決算\t2018年度決算\t2019年度決算\n`),
    'intake.several': async () => {
      const sheet = (number: string) =>
        sheetOf(number, [
          ['施策番号', number],
          ['基本目標', '人の流れ'],
        ]);
      const file = scene().tourism.offer(
        await scene().world.write('several.xlsx', makeXlsx([sheet('2-1'), sheet('2-2')])),
      );
      return scene().tourism.problem('intake.preview', { file });
    },
    'intake.doubled': async () => {
      const sheet = (name: string) =>
        sheetOf(name, [
          ['施策番号', '2-2'],
          ['基本目標', '人の流れ'],
        ]);
      const file = scene().tourism.offer(
        await scene().world.write('doubled.xlsx', makeXlsx([sheet('一'), sheet('二')])),
      );
      return scene().tourism.problem('intake.gather', { file, parts: [{ part: 0 }, { part: 1 }] });
    },
    'intake.columnless': async () => {
      const file = scene().tourism.offer(await scene().world.write('columnless.txt', FILLED));
      return scene().tourism.problem('intake.survey', { file, layout: 'rows' });
    },
    'workbook.damaged': () => intake(Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(100)])),
    'workbook.oversized': () => {
      const cells = '<c t="s"><v>0</v></c>'.repeat(2_000);
      const parts = xlsxParts([{ name: '表', cells: [{ at: 'A1', text: '長'.repeat(30_000) }] }]);
      const rows = `<worksheet><sheetData><row>${cells}</row></sheetData></worksheet>`;
      return intake(zipped({ ...parts, 'xl/worksheets/sheet1.xml': rows }));
    },
    'workbook.protected': () => intake(compound('EncryptedPackage')),
    'workbook.legacy': () => intake(compound('Workbook')),
  };
}
