// Entry of the command line.
import { answerTo } from './call.ts';

process.exitCode = await answerTo(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
