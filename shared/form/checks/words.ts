// Rule `words-against-grade`: a text says one step of a scale, the mark another.
import { z } from 'zod';
import type { Option } from '../cell.ts';
import { foldLabel } from '../label.ts';
import { showOption } from '../reading.ts';
import { addressFaults, checkSpec, expand, type Finding, type LaidOut, type Sight, textAt } from './rule.ts';

export const spec = z.strictObject({
  ...checkSpec,
  rule: z.literal('words-against-grade'),
  grade: z.string(),
  texts: z.array(z.string()).min(1),
});
type Check = z.output<typeof spec>;

export const message = '文章は{said}、○は {mark} です。どちらが正しいか確かめてください。';
export const facts = ['said', 'mark'];

/** A grade or texts that are not there. */
export const faults = ({ grade, texts }: Check, form: LaidOut): string[] => [
  ...addressFaults(form, [grade], 'code'),
  ...addressFaults(form, texts, 'text'),
];

/** Asks when the texts say some step (and do not deny it) and none of those is marked. */
export function ask(check: Check, { form, values }: Sight): Finding[] {
  const address = expand(form, check.grade);
  const cell = form.byAddress.get(address);
  const chosen = values[address];
  if (cell?.type !== 'code' || typeof chosen !== 'string') return [];
  const texts = check.texts.map((template) => textAt(values, expand(form, template)));
  const said = saidOptions(cell.options, texts.join('\n'));
  if (said.size === 0 || [...said.keys()].some((option) => option.code === chosen)) return [];
  const options = cell.options.filter((option) => said.has(option) || option.code === chosen);
  return [
    {
      address,
      raw: chosen,
      facts: { said: [...said].map(([option, word]) => `「${word}」（${option.code}）`).join('と'), mark: chosen },
      candidates: options.map((option) => ({ label: showOption(option), value: option.code })),
    },
  ];
}

/** Which options a text says, with the wording; of wordings that overlap the longest counts (大きく前進, not 前進). */
function saidOptions(options: readonly Option[], text: string): Map<Option, string> {
  // Line by line, because folding takes line breaks away and a new line is a new sentence.
  const sentences = text.split(/[。！？!?]|\n(?=[・①-⑳●○])/).map(foldLabel);
  const words = options
    .flatMap((option) => option.words.map((word) => ({ option, word, key: foldLabel(word) })))
    .sort((a, b) => b.key.length - a.key.length);
  const said = new Map<Option, string>();
  for (const sentence of sentences) {
    let at = 0;
    while (at < sentence.length) {
      const found = words.find(({ key }) => sentence.startsWith(key, at));
      const end = at + (found?.key.length ?? 1);
      if (found && !said.has(found.option) && !isDenied(sentence.slice(end))) said.set(found.option, found.word);
      at = end;
    }
  }
  return said;
}

const DENYING = '(?:ない|なかった|なく|ません|ず(?!に)|難い|難しい|がたい|にくい|づらい)';
// 言わざるを得ない, 言えなくもない and the like affirm after all.
const AFFIRMING = /ざるを得|ざるをえ|なくもな|ないこともな|に違いな|に相違な|間違いな|他なら|ほかなら/;
const DENIED = new RegExp(
  `^[」』)"、]*(?:(?:した|し|する)?(?:とは|とまでは|とも|と|わけでは|もので|ものと?は|ことには|には|かは|かどうかは|のでは)、?[^、]{0,14}?${DENYING}|し?(?:ていない|てはいない|ておらず|なかった|ない|ません))`,
);

/** Whether what follows a wording takes it back: 前進した「とは言えない」, 大きく前進「していない」. */
const isDenied = (rest: string): boolean => DENIED.test(rest) && !AFFIRMING.test(rest.slice(0, 20));
