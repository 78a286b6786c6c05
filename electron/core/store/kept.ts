// Reading back what the program itself wrote into its tables as JSON.
import { fail } from '../../../shared/kernel/problem.ts';

/**
 * The value behind a stored JSON text; `what` names it for a person. Raises workspace.damaged when the text is none any
 * more: then something other than this program has written into the file.
 */
export function readKept(text: unknown, what: string): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return fail('workspace.damaged', { name: '開いているファイル', findings: [`${what}を読めない`] });
  }
}
