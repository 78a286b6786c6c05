// The words at the foot of a sheet's pages, on paper, in the preview and wherever it is printed.
import { bothYears, eraYear } from '../kernel/fiscal.ts';
import type { PaperOptions } from './content.ts';

/** Which edition this is, in the office's words. */
export const EDITIONS = { internal: '庁内用', public: '公表用' } as const;

/** A fiscal year of the edition at first mention. */
export const yearIn = (year: number, { years }: PaperOptions): string =>
  years === 'era' ? eraYear(year) : bothYears(year);

/**
 * The evaluation's year, the edition, the revision (`draft`: with typing that is in none yet) and the digest that a section
 * head confirms. `heads` are hashes; `publication` is the number under which it was published.
 */
export function footOf(
  {
    year,
    heads,
    draft,
    digest,
    publication,
  }: { year: number; heads: readonly string[]; draft: boolean; digest: string; publication?: number | undefined },
  options: PaperOptions,
): string {
  const revision = heads.length === 0 ? '改訂なし' : `改訂 ${heads.map((head) => head.slice(0, 8)).join('・')}`;
  return [
    `${yearIn(year, options)}評価`,
    ...(publication === undefined ? [] : [`第${publication}号`]),
    EDITIONS[options.edition],
    draft ? `${revision}＋確定前の入力` : revision,
    `内容コード ${digest}`,
  ].join('　');
}
