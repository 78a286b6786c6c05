// Problems of what is published: the record of it, and the folder that a web site is written to.
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
} as const;
