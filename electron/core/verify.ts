// Whether everything kept is what its name says, and everything derived follows from it.
import { verifyArtifacts } from './store/artifacts.ts';
import { derivedFindings } from './store/derived.ts';
import { schemaFindings } from './store/schema.ts';
import { referenceFindings } from './store/sheets.ts';
import type { Task } from './task.ts';

/** Re-hashes every artifact, checks the tables against the program's, the references, and the derived rows. */
export async function verifyStore(task: Task): Promise<{ artifacts: number; findings: string[] }> {
  await task.step({ done: 0, total: 1, name: task.session().name });
  return task.read((db) => {
    const { artifacts, findings } = verifyArtifacts(db);
    return {
      artifacts,
      findings: [...findings, ...schemaFindings(db), ...referenceFindings(db), ...derivedFindings(db)],
    };
  });
}
