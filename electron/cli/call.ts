// What one call of the command line comes to: its words go out, its exit status comes back. Standard output carries the
// answer alone; problems, warnings and usage go to standard error.
import { ProblemError } from '../../shared/kernel/problem.ts';
import { readCall, UsageError, usage } from './arguments.ts';
import { makeCommandHost } from './host.ts';
import { asText, problemAsText } from './print.ts';
import { runCommand } from './run.ts';

/** Where words go: standard output and standard error, each with its line breaks. */
export type Outlets = { out(text: string): void; err(text: string): void };

/** Does what the words say and gives the exit status: 0 done, 1 refused, 2 wrong usage. Raises bugs only. */
export async function answerTo(argv: readonly string[], { out, err }: Outlets): Promise<number> {
  const isJson = argv.includes('--json');
  if (argv.length === 0 || argv[0] === '--help' || argv[0] === '-h') {
    (argv.length === 0 ? err : out)(`${usage()}\n`);
    return argv.length === 0 ? 2 : 0;
  }
  try {
    const call = readCall(argv);
    const { exit, value, warnings = [] } = await runCommand(makeCommandHost(), call);
    for (const warning of warnings) err(`${warning}\n`);
    out(call.json ? `${JSON.stringify({ ok: exit === 0, ...value })}\n` : `${asText(call, value)}\n`);
    return exit;
  } catch (error) {
    if (error instanceof UsageError) {
      if (isJson) out(`${JSON.stringify({ ok: false, usage: error.message })}\n`);
      err(`${error.message}\n`);
      return 2;
    }
    if (!(error instanceof ProblemError)) throw error;
    if (isJson) out(`${JSON.stringify({ ok: false, problem: error.problem })}\n`);
    err(`${problemAsText(error.problem)}\n`);
    return 1;
  }
}
