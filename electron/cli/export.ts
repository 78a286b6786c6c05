// The command that writes sheets out, in every format and with every choice that the contract knows.
import { contract } from '../../shared/contract/contract.ts';
import { type Call, needed, UsageError } from './arguments.ts';
import type { CommandHost } from './host.ts';
import { numberIn } from './publication.ts';

const { shape } = contract['export.write'].input;

/** The word given for an option, if it is one that the contract knows. Raises UsageError with the words there are. */
function wordOf<T extends string>(call: Call, option: string, known: { options: T[] }): T | undefined {
  const given = call.texts[option];
  const word = known.options.find((one) => one === given);
  if (given !== undefined && word === undefined)
    throw new UsageError(`--${option} は ${known.options.join(' か ')} です。`);
  return word;
}

/** Writes sheets out, or says what a CSV in CP932 would lose. Raises UsageError, and what export.write does. */
export async function exportSheets(host: CommandHost, call: Call): Promise<Record<string, unknown>> {
  const { snapshot } = call.texts;
  if (snapshot !== undefined && (call.texts.edition !== undefined || call.texts.years !== undefined)) {
    throw new UsageError('--snapshot は公表した版のまま書き出すので、--edition・--years と一緒には使えません。');
  }
  const table = given({
    snapshot: snapshot === undefined ? undefined : numberIn(snapshot, '--snapshot'),
    sheets: call.lists.sheet,
    edition: wordOf(call, 'edition', shape.edition.unwrap()),
    years: wordOf(call, 'years', shape.years.unwrap()),
    rows: wordOf(call, 'rows', shape.rows.unwrap()),
    encoding: wordOf(call, 'encoding', shape.encoding.unwrap()),
    standIns: wordOf(call, 'stand-ins', shape.standIns.unwrap()),
  });
  if (call.flags.has('losses')) return host.ask('export.losses', table);
  const format = wordOf(call, 'format', shape.format);
  if (format === undefined) throw new UsageError(`--format は ${shape.format.options.join(' か ')} です。`);
  const out = needed(call, 'out');
  const view = wordOf(call, 'view', shape.view.unwrap());
  const isBook = format === 'xlsx' || format === 'ods';
  if (call.flags.has('each') && format !== 'pdf' && !(isBook && view === 'form')) {
    throw new UsageError('--each は、--format pdf か、--view form の xlsx・ods で使えます。');
  }
  const input = {
    file: host.file(out),
    format,
    ...table,
    ...given({ view }),
    page: {
      size: wordOf(call, 'page', shape.page.unwrap().shape.size) ?? 'A4',
      orientation: call.flags.has('landscape') ? ('landscape' as const) : ('portrait' as const),
    },
    each: call.flags.has('each'),
  };
  const written = await host.ask('export.write', input);
  return { file: out, format, sheets: written.sheets };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what was not said, so that the contract's own choice holds. */
const given = <T extends Record<string, unknown>>(options: T): Given<T> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>;
