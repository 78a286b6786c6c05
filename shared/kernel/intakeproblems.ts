// Problems of taking filled sheets in, from text files, the clipboard and workbooks.
import { z } from 'zod';
import { entry, labels, list, name, reason } from './entry.ts';

export const intakeProblems = {
  'intake.unreadable': entry(
    { ...name, ...reason },
    (d) => `「${d.name}」を、記入済みのシートとして読めません（${d.reason}）。`,
    '表計算のブック（.xlsx・.ods）か、タブ区切りの文字ファイル（.txt・.tsv）かどうかを確かめてください。何も変更していません。',
  ),
  'intake.foreign': entry(
    name,
    (d) => `「${d.name}」には、この様式の見出しが見当たりません。`,
    '様式が合っているかどうかを確かめてください。何も変更していません。',
  ),
  'intake.unnumbered': entry(
    name,
    (d) => `「${d.name}」から、どのシートのものかを読み取れません。`,
    'シートを選んで（--sheet で番号を指定して）、もう一度読み込んでください。',
  ),
  'intake.mismatched': entry(
    { ...name, found: z.string(), wanted: z.string() },
    (d) => `「${d.name}」はシート「${d.found}」のものです。選んだのは「${d.wanted}」です。`,
    '読み込み先のシートを確かめてください。何も変更していません。',
  ),
  'intake.mistimed': entry(
    { ...name, found: z.number().int(), wanted: z.number().int() },
    (d) => `「${d.name}」は${d.found}年度評価のシートのようです（このファイルは${d.wanted}年度評価）。`,
    '見出しの年度を確かめ、評価年度の合うファイルを開いて読み込んでください。前の年度の値を横に並べて見るだけなら、事務局のシート一覧の「前年度を読み込む」で読み込めます。何も変更していません。',
  ),
  'intake.several': entry(
    { ...name, parts: labels },
    (d) => `「${d.name}」には、シートになりうるものがいくつもあります：${list(d.parts)}`,
    'どれを読み込むかを選んでください（コマンドでは、--sheet を付けずにまとめて読み込めます）。何も変更していません。',
  ),
  'intake.doubled': entry(
    { ...name, sheet: z.string(), parts: labels },
    (d) => `「${d.name}」には、シート「${d.sheet}」のものがいくつもあります：${list(d.parts)}`,
    'そのうちの一つだけを選んでください。何も変更していません。',
  ),
  'intake.columnless': entry(
    name,
    (d) => `「${d.name}」を一行が一枚の表として読めません（番号の列が見つからない）。`,
    '見出しの行に、シートの番号の列があるかどうかを確かめてください。何も変更していません。',
  ),
  'workbook.damaged': entry(
    { ...name, ...reason },
    (d) => `「${d.name}」を、表計算のブックとして読めません（${d.reason}）。`,
    '表計算ソフトで開けるかどうかを確かめ、「名前を付けて保存」で .xlsx に保存し直してから、もう一度選んでください。何も変更していません。',
  ),
  'workbook.oversized': entry(
    { ...name, what: z.string(), limit: z.number().int() },
    (d) =>
      `「${d.name}」は大きすぎて読めません（${d.what}が、上限の${d.limit.toLocaleString('ja-JP')}を超えています）。`,
    '要らないシートや行を除いたブックを別に保存して、もう一度選んでください。何も変更していません。',
  ),
  'workbook.protected': entry(
    name,
    (d) => `「${d.name}」には、開くためのパスワードが付いています。`,
    '表計算ソフトでパスワードを入れて開き、パスワードを外して保存したものを選んでください。何も変更していません。',
  ),
  'workbook.legacy': entry(
    { ...name, format: z.string() },
    (d) => `「${d.name}」は ${d.format} の形式で、このプログラムでは読めません。`,
    '表計算ソフトで開き、「名前を付けて保存」で「Excel ブック（.xlsx）」として保存したものを選んでください。何も変更していません。',
  ),
} as const;
