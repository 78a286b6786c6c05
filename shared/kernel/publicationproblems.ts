// Problems of what is published: the record of it, the folder that a web site is written to, and the lists of spellings by
// which texts are checked before.
import { z } from 'zod';
import { entry, list, name, reason } from './entry.ts';

export const publicationProblems = {
  'publication.unknown': entry(
    { number: z.number().int(), known: z.array(z.number().int()) },
    (d) => `公表第${d.number}号の記録は、このファイルにありません。`,
    (d) =>
      d.known.length
        ? `あるのは ${list(d.known.map((number) => `第${number}号`))} です。`
        : 'まだ何も公表していません。先に「公表する」で公表の記録を作ってください。',
  ),
  'publication.changed': entry(
    {},
    '確かめた後に、公表する内容が変わりました。',
    '公表する前の確認をもう一度見てから、進めてください。何も記録していません。',
  ),
  'publication.unfit': entry(
    reason,
    (d) => `公表を記録できません（${d.reason}）。`,
    '入力を直して、もう一度公表してください。何も記録していません。',
  ),
  'folder.occupied': entry(
    name,
    (d) => `「${d.name}」には、ほかのファイルがあります。上書きはしません。`,
    '空のフォルダーか、前にここで書き出したホームページのフォルダーを選んでください。何も変更していません。',
  ),
  'spelling.single': entry(
    { word: z.string() },
    (d) => (d.word === '' ? '書き方が入っていません。' : `「${d.word}」だけでは、書き方の組になりません。`),
    '使う書き方を先頭に、ほかの書き方を「、」で区切って続けてください（例：子ども、子供、こども）。',
  ),
  'spelling.twice': entry(
    { word: z.string() },
    (d) => `「${d.word}」が、二度出てきます。`,
    '一つの書き方は、一つの組に一度だけ入れられます。今ある組に加えるときは、その組の「変える」を使ってください。',
  ),
} as const;
