// Why a package waits at the receiver's, in the words of those who wait for it.

const REASONS: Record<string, string> = {
  'signer.unknown': '端末がまだ登録されていない',
  'base.missing': 'もとになる版がまだ届いていない',
};

/** The code of a problem for which a package was set aside, in words. */
export const waitingReason = (code: string): string =>
  Object.hasOwn(REASONS, code) ? (REASONS[code] ?? '') : '受け取る側で確かめている';
