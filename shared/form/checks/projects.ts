// Rule `project-not-listed`: a text names 「…事業」, and the lists of projects do not.
import { z } from 'zod';
import { foldLabel } from '../label.ts';
import { addressFaults, checkSpec, expand, type Finding, type LaidOut, type Sight, textAt } from './rule.ts';

export const spec = z.strictObject({
  ...checkSpec,
  rule: z.literal('project-not-listed'),
  texts: z.array(z.string()).min(1),
  /** Keys of lists. */
  lists: z.array(z.string()).min(1),
});
type Check = z.output<typeof spec>;

export const message =
  '文章にある{projects}が、事務事業の一覧にありません。書きもれか、名前の違いか、確かめてください。';
export const facts = ['projects'];

/** Texts and lists that are not there. */
export const faults = ({ texts, lists }: Check, form: LaidOut): string[] => [
  ...addressFaults(form, texts, 'text'),
  ...lists.filter((key) => entriesOf(form, key).length === 0).map((key) => `一覧 ${key} を指しているが、ない`),
];

/** Only names in brackets count: without them nobody can say where a name begins. Width and blanks do not count. */
export function ask({ texts, lists }: Check, { form, values }: Sight): Finding[] {
  const listed = lists
    .flatMap((key) => entriesOf(form, key))
    .map((address) => foldLabel(textAt(values, address)))
    .filter((name) => name !== '');
  return texts.flatMap((template): Finding[] => {
    const address = expand(form, template);
    const named = [...textAt(values, address).matchAll(/[「『]([^「」『』\n]{1,60}事業)[」』]/g)].map(
      ([, name = '']) => name,
    );
    const missing = [...new Set(named)].filter((name) => !listed.includes(foldLabel(name)));
    if (missing.length === 0) return [];
    const projects = missing.map((name) => `「${name}」`).join('');
    return [{ address, raw: projects, facts: { projects } }];
  });
}

const entriesOf = (form: LaidOut, key: string): string[] =>
  form.sections
    .flatMap((section) => section.groups.flatMap((group) => group.blocks))
    .flatMap((block) =>
      block.layout === 'list' && block.key === key ? block.cells.map(({ address }) => address) : [],
    );
