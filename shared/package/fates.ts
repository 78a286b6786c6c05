// Why a package waits at the receiver's, in the words of those who wait for it.

const REASONS: Record<string, string> = {
  'signer.unknown': '端末がまだ登録されていない',
  'signer.unproven': '登録を取り消した端末のもので、続きが確かめられていない',
  'base.missing': 'もとになる版がまだ届いていない',
  'sheets.refused': '受け取る側のファイルが、どのシートも今は取り込めない状態になっている',
  'sheets.unfit': 'どのシートも取り込めない内容だった',
  'package.inconsistent': '中身のつじつまが合わない',
  dropped: '受け取る側で、取り込まないことにした',
};

/** The code of a problem for which a package was set aside, in words. */
export const waitingReason = (code: string): string =>
  Object.hasOwn(REASONS, code) ? (REASONS[code] ?? '') : '受け取る側で確かめている';

/** For these, nothing that arrives later helps: only a person's word, or another package of the sender. */
export const lastingReasons: readonly string[] = ['sheets.unfit', 'package.inconsistent', 'dropped'];
