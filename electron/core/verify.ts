// Whether everything kept is what its name says, and everything derived follows from it.
import { ProblemError } from '../../shared/kernel/problem.ts';
import { verifyArtifacts } from './store/artifacts.ts';
import type { ReadDb } from './store/database.ts';
import { derivedFindings } from './store/derived.ts';
import { publicationFindings } from './store/publications.ts';
import { schemaFindings } from './store/schema.ts';
import { referenceFindings } from './store/sheets.ts';
import type { Task } from './task.ts';

/** What a step finds; that it cannot even read what it looks at is a finding too. */
function findingsOf(step: (db: ReadDb) => string[], db: ReadDb): string[] {
  try {
    return step(db);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { findings } = error.problem.details;
    return Array.isArray(findings) ? findings.map(String) : [error.problem.message];
  }
}

/** Re-hashes every artifact, checks the tables against the program's, the references, the derived rows and what was published. */
export async function verifyStore(task: Task): Promise<{ artifacts: number; findings: string[] }> {
  await task.step({ done: 0, total: 1, name: task.session().name });
  return task.read((db) => {
    const { artifacts, findings } = verifyArtifacts(db);
    const steps = [schemaFindings, referenceFindings, derivedFindings, publicationFindings];
    return { artifacts, findings: [...findings, ...steps.flatMap((step) => findingsOf(step, db))] };
  });
}
