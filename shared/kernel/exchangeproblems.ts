// Problems of packages, keys and the registry of senders.
import { z } from 'zod';
import { askSender, entry, labels, list, name, reason } from './entry.ts';

/** Files of this program that are no packages. */
const OTHERS = {
  workspace: {
    name: '評価のファイル（.hyoka）',
    advice: 'はじめの画面の「ファイルを開く」で開いてください。',
  },
  form: { name: '様式の定義', advice: '新しい年度を作るときに選ぶファイルです。' },
  export: {
    name: '書き出した結果（JSON）',
    advice: '前年度の内容としては「前年度を読み込む」で読めます。',
  },
  key: { name: '鍵の控え', advice: '人に渡さず、しまっておいてください。' },
} as const;

export const exchangeProblems = {
  'package.foreign': entry({}, '評価のパッケージではないファイルです。', '選んだファイルを確かめてください。'),
  'package.truncated': entry({}, 'ファイルが途中で切れています（コピーが終わっていない可能性があります）。', askSender),
  'package.emptied': entry(
    {},
    '中身が空（0バイト）のファイルです。コピーが終わっていないか、無害化などで中身が除かれています。',
    askSender,
  ),
  'package.reencoded': entry(
    { how: z.string() },
    (d) => `ファイルの文字や改行が、途中で書き換えられています（${d.how}）。`,
    'ファイルを開いて保存し直したり、メールの本文に貼ったりせず、そのまま渡すように送り元に頼んでください。届いたファイルは変更していません。',
  ),
  'package.stripped': entry(
    { parts: labels },
    (d) => `パッケージの一部（${list(d.parts)}）が、途中で取り除かれています（無害化の処理などで起きます）。`,
    '無害化の対象から外してもらうか、別の渡し方（共有フォルダー、USBメモリなど）で受け取ってください。届いたファイルは変更していません。',
  ),
  'package.sanitised': entry(
    { what: z.string() },
    (d) => `途中で別の形式（${d.what}）に変えられています（無害化の処理などで起きます）。`,
    '無害化の対象から外してもらうか、別の渡し方（共有フォルダー、USBメモリなど）で受け取ってください。届いたファイルは変更していません。',
  ),
  'package.wrapped': entry(
    { what: z.string() },
    (d) => `パッケージが、別の入れ物（${d.what}）に入っています。`,
    '中のファイルをフォルダーに取り出してから、取り出したほうを選んでください。',
  ),
  'package.other': entry(
    { what: z.enum(['workspace', 'form', 'export', 'key']) },
    (d) => `パッケージではなく、${OTHERS[d.what].name}です。`,
    (d) => OTHERS[d.what].advice,
  ),
  'package.shortcut': entry(
    {},
    'ショートカットです。パッケージそのものは入っていません。',
    'ショートカットの指す先のファイルをコピーして渡すように、送り元に頼んでください。',
  ),
  'package.malformed': entry(reason, (d) => `パッケージの形が正しくありません（${d.reason}）。`, askSender),
  'package.tampered': entry({}, '署名が合いません。作られた後に中身が変わっています。', askSender),
  'package.oversized': entry({}, 'パッケージが大きすぎます（上限 20 MB）。', askSender),
  'package.newer': entry(
    {},
    '新しい版のプログラムで作られたパッケージです。',
    'このパソコンのプログラムを新しい版に替えてください。',
  ),
  'package.miskinded': entry(
    { found: z.string(), wanted: z.string() },
    (d) => `${d.wanted}ではなく、${d.found}のパッケージです。`,
    '選んだファイルを確かめてください。',
  ),
  'package.misdirected': entry(
    { found: z.string(), wanted: z.string() },
    (d) => `「${d.found}」あてのパッケージです（ここは「${d.wanted}」）。`,
    'あて先の課または事務局に渡してください。',
  ),
  'package.outdated': entry(
    { found: z.number(), wanted: z.number() },
    (d) => `${d.found}年度評価のパッケージです（このファイルは${d.wanted}年度評価）。`,
    '評価年度の合うファイルを開いて受け取ってください。',
  ),
  'package.inconsistent': entry(
    reason,
    (d) => `パッケージの中身が、つじつまの合わないものです（${d.reason}）。`,
    askSender,
  ),
  'package.sealed': entry(
    {},
    '封をしたファイルで、この端末の鍵では開けません。',
    'だれが開けられるかは、封からは分かりません。あて先の課または事務局に渡すか、送り元に、この端末あてに封をし直してもらってください。',
  ),
  'seal.locked': entry(
    {},
    '合い言葉で封をしたファイルです。',
    '送り元が決めた合い言葉を電話などで聞き、入れてください（コマンドでは --seal-passphrase-file）。',
  ),
  'seal.wrong': entry(
    {},
    '封の合い言葉が違います。',
    '送り元に合い言葉を確かめて、もう一度入れてください。ファイルは変更していません。',
  ),
  'seal.broken': entry(reason, (d) => `封が破れています（${d.reason}）。`, askSender),
  'seal.unknown': entry(
    { units: labels },
    (d) => `${list(d.units)} の端末の鍵がまだ届いていないため、その課だけが開けられる封はできません。`,
    '合い言葉で封をするか、封をせずに書き出すことを選んでください（コマンドでは --seal-passphrase-file か --open）。まだ何も書き出していません。',
  ),
  'package.unproved': entry(
    { name: z.string(), ...reason },
    (d) => `「${d.name}」を、受け取る側と同じ手順で読み直せません（${d.reason}）。`,
    '別の媒体に、もう一度書き出してください。繰り返すときは、管理の担当に伝えてください。途中のファイルは残していません。',
  ),
  'package.unkept': entry(
    {},
    'このパッケージは、もう一度書き出すことができません（相手が受け取ったか、この版より前に作られたものです）。',
    '必要なときは、新しく提出または配布してください。',
  ),
  'register.unknown': entry(
    {},
    '持ち出し記録に、その番号はありません。',
    '持ち出し記録を開き直して、番号を確かめてください。何も変更していません。',
  ),
  'base.missing': entry(
    { sheets: labels },
    (d) => `もとになる版が、このファイルにありません（シート ${list(d.sheets)}）。`,
    '先に出された、または失われた版のパッケージを受け取ると、続きを取り込めます。それまで、取り込まずに取り置きます。',
  ),
  'sheets.refused': entry(
    { reasons: labels },
    (d) => `どのシートも、今のこのファイルには取り込めません（${list(d.reasons)}）。`,
    '届いたファイルをそのまま取り置きます。担当課の割り当てなどが変わって取り込めるようになれば、自動で取り込みます。送り手には、受領書で理由が伝わります。',
  ),
  'sheets.unfit': entry(
    { reasons: labels },
    (d) => `どのシートも、取り込めない内容です（${list(d.reasons)}）。`,
    '届いたファイルをそのまま取り置きますが、待っても取り込めません。受領書で理由を知らせ、もう一度出してもらってください。',
  ),
  'print.incomplete': entry(
    { digits: z.number().int() },
    (d) => `確認番号は、数字30桁です（入力は${d.digits}桁）。`,
    '事務局から紙または電話で受け取った30桁を、そのまま入れてください。何も作っていません。',
  ),
  'print.mismatched': entry(
    {},
    '入れた確認番号は、このパッケージに署名した鍵のものではありません。',
    '番号を打ち間違えていないか確かめてください。正しく打っても合わないときは、パッケージが本物でないおそれがあります。事務局に電話で確かめてください。何も作っていません。',
  ),
  'signer.unknown': entry(
    { print: z.string(), unit: z.string() },
    (d) => `まだ登録していない端末の署名です（名乗り「${d.unit}」）。`,
    '登録カードか電話で相手から30桁の確認番号を受け取り、「送り手を登録する」（trust --accept）で打ち込んでください。登録するまで、取り込まずに取り置きます。',
  ),
  'signer.unseen': entry(
    { print: z.string() },
    (d) => `確認番号 ${d.print} の端末からは、まだ何も届いていません。`,
    '番号を打ち間違えていないか確かめてください。まだ何も届いていない端末は、「届く前に登録する」（trust --expect）で登録できます。',
  ),
  'unit.unknown': entry(
    { unit: z.string(), known: labels },
    (d) => `「${d.unit}」は、送り手として登録できる課の名前ではありません。`,
    (d) => `課の名前を確かめてください。登録できるのは ${list(d.known)} です。`,
  ),
  'key.unsound': entry(
    { print: z.string() },
    (d) => `確認番号 ${d.print} の鍵は、使えない値か、番号に合わない値です。`,
    '登録していません。送り元に電話で確かめてください。',
  ),
  'signer.revoked': entry(
    { print: z.string(), unit: z.string() },
    (d) => `「${d.unit}」の、登録を取り消した端末（確認番号 ${d.print}）の署名です。`,
    '送り元に確かめてください。新しい端末であれば、改めて登録します。',
  ),
  'signer.retired': entry(
    { print: z.string(), unit: z.string() },
    (d) => `「${d.unit}」の、鍵を替えた後に前の鍵（確認番号 ${d.print}）で作られたパッケージです。`,
    '送り元に、新しい鍵のファイルから書き出してもらってください。',
  ),
  'signer.unproven': entry(
    { print: z.string(), unit: z.string() },
    (d) =>
      `「${d.unit}」の、登録を取り消した端末（確認番号 ${d.print}）のパッケージです。番号は取り消しより前ですが、信用できる続きからたどれません。`,
    '同じ端末の、これより後で取り消しより前のパッケージを受け取ると、取り込めます。それまで、取り込まずに取り置きます。',
  ),
  'lineage.broken': entry(
    reason,
    (d) => `鍵の交替の記録がつながりません（${d.reason}）。`,
    '送り元に電話で確かめてください。新しい鍵は、確認番号を打ち込めば登録できます。何も変更していません。',
  ),
  'lineage.foreign': entry(
    {},
    '鍵の交替の記録が、別の事務局または別の課のものです。',
    '送り元に電話で確かめてください。何も変更していません。',
  ),
  'lineage.circular': entry(
    {},
    '鍵の交替の記録が、前に使った鍵に戻っています。',
    '送り元に電話で確かめてください。何も変更していません。',
  ),
  'lineage.long': entry(
    { limit: z.number().int() },
    (d) => `鍵の交替の記録が長すぎます（上限 ${d.limit}回）。`,
    '送り元に電話で確かめてください。何も変更していません。',
  ),
  'lineage.redated': entry(
    { print: z.string() },
    (d) => `同じ鍵（確認番号 ${d.print}）が、前に届いたものと違う鍵の交替を述べています。`,
    '鍵が二か所で使われているおそれがあります。送り元に電話で確かめてください。何も変更していません。',
  ),
  'signer.mismatched': entry(
    { claimed: z.string(), registered: z.string() },
    (d) => `「${d.registered}」として登録した端末が、「${d.claimed}」を名乗っています。`,
    '送り元に確かめてください。',
  ),
  'signer.changed': entry(
    { print: z.string() },
    (d) => `事務局の鍵が、前に受け取ったものと違います（確認番号 ${d.print}）。`,
    '事務局に電話などで確かめてください。事務局が鍵を作り直したのであれば、「送り手の登録」で新しい確認番号を打ち込んでから、もう一度受け取ってください。',
  ),
  'key.locked': entry(
    {},
    '鍵が合い言葉で守られています。',
    '合い言葉を入れてください（コマンドでは --passphrase-file）。',
  ),
  'key.lost': entry(
    {},
    'この端末の鍵を、このパソコンから取り出せません（別のパソコンか、別の利用者で作られたファイルです）。',
    '回復ファイルを開いて、鍵を戻してください。鍵を作り直すことはしません。',
  ),
  'recovery.foreign': entry(
    name,
    (d) => `「${d.name}」は、回復ファイルではありません。`,
    '選んだファイルを確かめてください。何も変更していません。',
  ),
  'recovery.damaged': entry(
    name,
    (d) => `回復ファイル「${d.name}」が壊れているか、この版では扱えない形です。`,
    'もう一つの控えがあれば、そちらを選んでください。何も変更していません。',
  ),
  'recovery.weak': entry(
    name,
    (d) => `回復ファイル「${d.name}」の守り方が、この版の決まりより弱くなっています。`,
    '別の人が作り替えたおそれがあります。もう一つの控えを選んでください。何も変更していません。',
  ),
  'recovery.mismatched': entry(
    { ...name, found: z.string(), wanted: z.string() },
    (d) => `回復ファイル「${d.name}」は「${d.found}」のものです（ここで要るのは「${d.wanted}」）。`,
    '選んだファイルを確かめてください。何も変更していません。',
  ),
  'recovery.unproven': entry(
    name,
    (d) => `書いた回復ファイル「${d.name}」を、二度目に打った合い言葉で開けませんでした。`,
    '同じ合い言葉を二度打ってください。書いたファイルは残していません。',
  ),
  'passphrase.short': entry(
    { least: z.number().int() },
    (d) => `合い言葉が短すぎます（${d.least}文字以上）。`,
    '長い合い言葉を決めてください。何も書いていません。',
  ),
  'key.wrong': entry({}, '合い言葉が違います。', '合い言葉を確かめて、もう一度入れてください。'),
  'key.damaged': entry(
    {},
    '鍵の記録が壊れているか、この版では扱えない守り方になっています。',
    '回復ファイルか、控え（バックアップ）のファイルから戻してください。鍵を作り直すことはしません。',
  ),
  'undo.impossible': entry(
    {},
    '取り消しも、もう一度の取り込みもできないパッケージです。',
    '「受け取りの記録」を見て、取り込み済みまたは取り消し済みのものを選んでください。控えを取らない古い版で取り込んだものは、取り消せません。',
  ),
  'package.none': entry(
    {},
    '登録した課の端末から、まだ何も届いていません。',
    '先に課のパッケージを受け取ってください。',
  ),
  'undo.changed': entry(
    {},
    '確かめた後に、このパッケージの上で作業が進みました。',
    '取り消しで失われるものをもう一度見てから、進めてください。何も変更していません。',
  ),
  'undo.blocked': entry(
    { sheets: labels },
    (d) => `入力のあるシート（${list(d.sheets)}）がなくなるため、取り消せません。`,
    '事務局に確かめてください。正しい配布を受け取れば、入力を残したまま新しい内容になります。',
  ),
  'sheet.unreceived': entry(
    { sheets: labels },
    (d) => `まだ届いていないシートは、受理も差戻しもできません（${list(d.sheets)}）。`,
    '課から提出されたシートを選んでください。',
  ),
  'plan.changed': entry(
    { done: z.number().int() },
    '確かめた内容と、今取り込もうとする内容が変わっています。',
    (d) =>
      `取り込みの内容をもう一度見てから、進めてください。${
        d.done === 0 ? '何も変更していません。' : `先の${d.done}件は、確かめたとおりに取り込んであります。`
      }`,
  ),
  'held.full': entry(
    { unit: z.string().nullable(), packages: z.number().int() },
    (d) =>
      `取り置く場所がいっぱいです（${d.unit === null ? '登録していない端末のもの' : `「${d.unit}」の端末のもの`} ${d.packages}件）。`,
    '「受け取る」の取り置きの一覧で、要らないものの取り置きをやめ、そのファイルを消すと、受け取れます。このファイルは取り込まず、届いたまま残しています。',
  ),
  'package.crowded': entry(
    { left: z.number().int() },
    (d) => `一度に受け取れる量を超えたので、${d.left}件のファイルを見ていません。`,
    '先に見たものを受け取ってから、残りをもう一度選んでください。パッケージでないものが多いフォルダーでは、パッケージだけを別のフォルダーに移してください。',
  ),
  'held.kept': entry(
    {},
    '取り置いているパッケージのファイルは消せません。',
    '先に「取り置きをやめる」を選んでください。何も消していません。',
  ),
  'held.unknown': entry(
    {},
    'そのパッケージは、もう取り置いていません。',
    '一覧を見直してください。すでに取り込まれていることがあります。',
  ),
  'alarm.unknown': entry({}, 'その知らせは、もうありません。', '一覧を見直してください。'),
} as const;
