// What a task says of itself: how far it has come, or what went wrong.
import type { ReactNode } from 'react';
import type { Task } from '../host/useTask.ts';
import { ProblemNotice } from '../ui/Notice.tsx';
import { RunningTask } from '../ui/Progress.tsx';

export function TaskReport({ task, children }: { task: Task; children?: ReactNode }) {
  return (
    <>
      <RunningTask running={task.running} name={task.name} progress={task.progress} onCancel={task.cancel} />
      {task.problem && <ProblemNotice problem={task.problem}>{children}</ProblemNotice>}
    </>
  );
}
