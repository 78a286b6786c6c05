// Commands of publications and of what changed between them.
import type { Input, Output } from '../../shared/contract/contract.ts';
import { type Answer, done, type Run } from './answer.ts';
import { type Call, needed, UsageError } from './arguments.ts';
import type { CommandHost } from './host.ts';

const EDITIONS = ['internal', 'public'] as const;
const YEARS = ['western', 'era'] as const;

/** One of a few words; left out where it may be. Raises UsageError. */
function among<W extends string, N extends string>(
  { texts }: Call,
  name: N,
  words: readonly W[],
): Partial<Record<N, W>> {
  const said = texts[name];
  if (said === undefined) return {};
  const found = words.find((word) => word === said);
  if (found === undefined) throw new UsageError(`--${name} は ${words.join('・')} のどれかです。`);
  return { [name]: found } as Partial<Record<N, W>>;
}

/** The number of a publication. Raises UsageError. */
export function numberIn(said: string, name: string): number {
  const number = Number(said);
  if (!Number.isSafeInteger(number) || number < 1) throw new UsageError(`${name} は、公表の号の番号（1、2 …）です。`);
  return number;
}

const sheetsIn = ({ lists }: Call) => (lists.sheet ? { sheets: lists.sheet } : {});

/** `publish`: tells what is open, and records the publication unless something is (--as-is: all the same). Raises UsageError. */
export const publish: Run = async (host, call) => {
  const isPlan = call.flags.has('plan');
  const person = isPlan ? '' : needed(call, 'name');
  const what = { ...sheetsIn(call), ...among(call, 'edition', EDITIONS), ...among(call, 'years', YEARS) };
  const plan = await host.ask('publication.plan', what);
  const { number, sheets, matters } = plan;
  if (isPlan) return done({ plan: true, number, sheets, matters });
  if (matters.length > 0 && !call.flags.has('as-is')) {
    return { exit: 1, value: { plan: true, number, sheets, matters } };
  }
  return record(host, call, { ...what, person, plan });
};

async function record(
  host: CommandHost,
  { texts: said }: Call,
  { plan, person, ...what }: { plan: Output<'publication.plan'>; person: string } & Input<'publication.plan'>,
): Promise<Answer> {
  const { publisher, source, licence, note } = { ...plan.texts, ...said };
  const texts = { publisher, source, licence, note };
  const made = await host.ask('publication.make', { ...what, person, texts, digest: plan.digest });
  return done({ ...made, matters: plan.matters });
}

/** `snapshots`: the publications, or with --errata what changed between two. Raises UsageError. */
export const showSnapshots: Run = async (host, call) => {
  const [, before, after, ...rest] = call.words;
  if (!call.flags.has('errata')) {
    if (before !== undefined) throw new UsageError('二つの号の正誤表を見るには、--errata を付けてください。');
    return done(await host.ask('publication.list', {}));
  }
  if (before === undefined || after === undefined || rest.length > 0)
    throw new UsageError('--errata には、二つの号の番号を続けてください（例：--errata 1 2）。');
  return done(
    await host.ask('publication.errata', {
      before: numberIn(before, '--errata'),
      after: numberIn(after, '--errata'),
    }),
  );
};
