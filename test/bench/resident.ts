// Memory as the kernel counts it: the most that this process ever had, and what all processes below it have now.
import { readdirSync, readFileSync } from 'node:fs';
import { resourceUsage } from 'node:process';

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Not Linux, or a process that has ended meanwhile.
    return '';
  }
};

/** Linux hands the parent's peak down in resourceUsage; the kernel's own table tells the child's. */
export function peakMegabytes(): number {
  const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(textOf('/proc/self/status')) ?? [];
  return Number(kilobytes ?? resourceUsage().maxRSS) / 1024;
}

/** What processes share is counted once. Nothing where it is not Linux. */
export function childrenMegabytes(): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    parents.set(Number(name), Number(/^PPid:\s*(\d+)$/m.exec(textOf(`/proc/${name}/status`))?.[1] ?? 0));
  }
  const isBelow = (id: number | undefined): boolean =>
    id !== undefined && id > 1 && (id === process.pid || isBelow(parents.get(id)));
  const children = [...parents].filter(([id, parent]) => id !== process.pid && isBelow(parent)).map(([id]) => id);
  const kilobytes = children.map((id) =>
    Number(/^Pss:\s*(\d+) kB$/m.exec(textOf(`/proc/${id}/smaps_rollup`))?.[1] ?? 0),
  );
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
}
