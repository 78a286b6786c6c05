// A small town for tests: workspaces in a temporary folder, driven through the dispatcher like any host drives it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type App, type AppOptions, openApp } from '../../electron/core/app.ts';
import { systemPorts } from '../../electron/core/ports.ts';
import type { Input, MethodName, Output } from '../../shared/contract/contract.ts';
import { contract } from '../../shared/contract/contract.ts';
import { type Problem, ProblemError } from '../../shared/kernel/problem.ts';

export const resources = path.join(import.meta.dirname, '../../resources');

export type Workspace = {
  app: App;
  file: string;
  ask<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>>;
  /** The problem that a question ends in; fails when it is answered. */
  problem<M extends MethodName>(method: M, input: Input<M>): Promise<Problem>;
  offer(file: string): string;
};

export type World = {
  folder: string;
  at(...names: string[]): string;
  /** An application with nothing open. Undeclared problems and bugs make the test fail. */
  host(options?: Partial<AppOptions>): Workspace;
  write(name: string, content: string | Uint8Array): Promise<string>;
  close(): Promise<void>;
};

/** A fresh folder; close removes it with everything that was opened in it. */
export async function makeWorld(): Promise<World> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hyoka-test-'));
  const apps: App[] = [];
  const at = (...names: string[]) => path.join(folder, ...names);
  return {
    folder,
    at,
    host(options = {}) {
      const incidents: unknown[] = [];
      const app = openApp({
        ports: systemPorts(),
        resources,
        report: (_, method, error) =>
          incidents.push(`${method}: ${error instanceof Error ? error.stack : String(error)}`),
        ...options,
      });
      apps.push(app);
      const call = async (method: MethodName, input: unknown) => {
        const reply = await app.call(method, input);
        if (incidents.length > 0) throw new Error(`incident in ${method}: ${incidents.join('\n')}`);
        return reply;
      };
      return {
        app,
        file: '',
        offer: app.offer,
        async ask<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>> {
          const reply = await call(method, input);
          if (!reply.ok) throw new ProblemError(reply.problem);
          return contract[method].output.parse(reply.value) as Output<M>;
        },
        async problem(method, input) {
          const reply = await call(method, input);
          if (reply.ok) throw new Error(`${method} answered ${JSON.stringify(reply.value).slice(0, 500)}`);
          return reply.problem;
        },
      };
    },
    async write(name, content) {
      await writeFile(at(name), content);
      return at(name);
    },
    async close() {
      await Promise.all(apps.map((app) => app.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Sheets of two departments; 2-1 is shared. */
export const SHEETS =
  '施策番号,施策名,主管課,基本目標\n1-1,図書館の活用,社会教育課,学びのまち\n2-1,道の駅のにぎわい,商工観光課、社会教育課,人の流れ\n2-2,移住の相談,商工観光課,人の流れ\n';

/** An office with SHEETS assigned, of the measure form, judged in 2022. */
export async function makeOffice(
  world: World,
  name = 'office.hyoka',
  form = 'memuro-shisaku',
  sheets = SHEETS,
): Promise<Workspace> {
  const office = world.host();
  office.file = world.at(name);
  await office.ask('workspace.create', {
    file: office.offer(office.file),
    office: '企画財政課',
    form: { id: form },
    year: 2022,
  });
  await office.ask('assignment.import', { file: office.offer(await world.write(`${name}.csv`, sheets)) });
  return office;
}

/** Distributes into a new folder; gives the package of each department. */
export async function distributeAll(world: World, office: Workspace, folder: string): Promise<Record<string, string>> {
  const { packages } = await office.ask('package.distribute', { folder: office.offer(world.at(folder)) });
  return Object.fromEntries(packages.map((p) => [p.unit, world.at(folder, p.file)]));
}

/**
 * A department's workspace made from its distribution. `print`: what the office reads out on the telephone; where no
 * test is about it, the digits of the key that signed.
 */
export async function joinDepartment(
  world: World,
  packageFile: string,
  name: string,
  print?: string,
): Promise<Workspace> {
  const department = world.host();
  department.file = world.at(name);
  const { sender } = await department.ask('package.inspect', { file: department.offer(packageFile) });
  await department.ask('workspace.join', {
    file: department.offer(department.file),
    package: department.offer(packageFile),
    print: print ?? sender?.print ?? '',
  });
  return department;
}

/** Hands sheets in as they are and gives the package's path. */
export async function submitSheets(
  world: World,
  department: Workspace,
  folder: string,
  sheets?: string[],
): Promise<string> {
  const { packages } = await department.ask('package.submit', {
    folder: department.offer(world.at(folder)),
    incomplete: true,
    ...(sheets ? { sheets } : {}),
  });
  return world.at(folder, packages[0]?.file ?? '');
}

/** The office registers the department's key by the print that the department reads out. */
export async function trust(office: Workspace, department: Workspace): Promise<void> {
  const { print, unit } = await department.ask('workspace.view', {});
  await office.ask('signer.accept', { print, unit });
}

/** Takes packages in and gives their results. */
export const merge = async (office: Workspace, ...files: string[]) =>
  (await office.ask('package.merge', { files: files.map((file) => office.offer(file)) })).packages;
