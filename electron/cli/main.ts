// Entry of the command line. Standard output carries the answer alone; problems, warnings and usage go to standard error.
import { ProblemError } from '../../shared/kernel/problem.ts';
import { readCall, UsageError, usage } from './arguments.ts';
import { makeCommandHost } from './host.ts';
import { asText, problemAsText } from './print.ts';
import { runCommand } from './run.ts';

const argv = process.argv.slice(2);
const isJson = argv.includes('--json');

async function main(): Promise<number> {
  if (argv.length === 0 || argv[0] === '--help' || argv[0] === '-h') {
    (argv.length === 0 ? process.stderr : process.stdout).write(`${usage()}\n`);
    return argv.length === 0 ? 2 : 0;
  }
  try {
    const call = readCall(argv);
    const { exit, value, warnings = [] } = await runCommand(makeCommandHost(), call);
    for (const warning of warnings) process.stderr.write(`${warning}\n`);
    process.stdout.write(call.json ? `${JSON.stringify({ ok: exit === 0, ...value })}\n` : `${asText(call, value)}\n`);
    return exit;
  } catch (error) {
    if (error instanceof UsageError) {
      if (isJson) process.stdout.write(`${JSON.stringify({ ok: false, usage: error.message })}\n`);
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
    if (!(error instanceof ProblemError)) throw error;
    if (isJson) process.stdout.write(`${JSON.stringify({ ok: false, problem: error.problem })}\n`);
    process.stderr.write(`${problemAsText(error.problem)}\n`);
    return 1;
  }
}

process.exitCode = await main();
