// The lists of spellings by which texts are checked, by command: seen, added, left unchecked, removed.
import type { Output } from '../../shared/contract/contract.ts';
import { type OwnList, type SpellingKind, withList, wordsOf } from '../../shared/quality/spellings.ts';
import { done, type Run } from './answer.ts';
import { UsageError } from './arguments.ts';

type Lists = Output<'spelling.list'>;

const holding = <L extends OwnList>(lists: readonly L[], word: string): L | undefined =>
  lists.find(({ words }) => words.includes(word));

/** `spellings`: changes what is kept as the options say, one after another, and tells what counts then. */
export const keepSpellings: Run = async (host, call) => {
  const before = await host.ask('spelling.list', {});
  let own = before.own;
  const known = (word: string): OwnList => {
    const found = holding([...own, ...before.others], word);
    if (!found) throw new UsageError(`「${word}」を含む組がありません。`);
    return found;
  };
  for (const word of call.lists.remove ?? []) {
    const gone = holding(own, word);
    if (!gone) throw new UsageError(`このファイルの書き方に「${word}」を含む組がありません。`);
    own = own.filter((list) => list !== gone);
  }
  for (const word of call.lists.skip ?? []) {
    const { kind, words } = known(word);
    own = withList(own, { kind, words, isChecked: false }, holding(own, word));
  }
  for (const kind of ['word', 'unit'] as const satisfies readonly SpellingKind[]) {
    for (const line of call.lists[kind] ?? []) own = withList(own, { kind, words: wordsOf(line), isChecked: true });
  }
  if (own !== before.own) await host.ask('spelling.keep', { lists: own });
  return done(await host.ask('spelling.list', {}));
};

const KINDS: Record<SpellingKind, string> = { word: '言葉', unit: '単位' };

/** The answer of `spellings` in words: lines that --word and --unit take again. */
export function spellingLines(value: Record<string, unknown>): string[] {
  const { own, others } = value as Lists;
  const lineOf = ({ kind, words, isChecked }: OwnList) =>
    `  ${KINDS[kind]}　${words.join('、')}${isChecked ? '' : '（調べない）'}`;
  return [
    '■ このファイルの書き方（先頭が使う書き方）',
    ...(own.length === 0 ? ['  ありません。'] : own.map(lineOf)),
    '■ プログラムと様式の書き方',
    ...others.map(lineOf),
  ];
}
