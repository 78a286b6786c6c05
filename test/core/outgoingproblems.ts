// Problems of seals, of proofs and of the export register, each produced by really doing what it is about.
import { readdir, readFile } from 'node:fs/promises';
import { systemPorts } from '../../electron/core/ports.ts';
import type { Carry } from '../../shared/contract/outgoingviews.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { merge, type Workspace, type World } from './world.ts';

type Scene = { world: World; office: Workspace; department: Workspace; fresh: (unit: string) => Promise<Workspace> };

const PASSPHRASE = 'ながい封の合い言葉です';

/** How each is produced; `scene` gives a town as it stands when it is asked. */
export function outgoingProblems(scene: () => Scene) {
  let count = 0;
  /** The department's newest package once more, carried so. */
  async function again(carry: Carry): Promise<string> {
    const { world, department } = scene();
    count += 1;
    const folder = world.at(`again${count}`);
    const { entries } = await department.ask('register.list', {});
    const hash = entries[0]?.hash ?? '';
    const { packages } = await department.ask('package.rewrite', { hash, folder: department.offer(folder), carry });
    return world.at(`again${count}`, packages[0]?.file ?? '');
  }

  async function distributed(carry: Carry): Promise<{ problem: Problem | null; file: string }> {
    const { world, fresh } = scene();
    count += 1;
    const who = await fresh(`封の課${count}`);
    const table = await world.write('封.csv', '施策番号,施策名,主管課\n1-1,図書館,社会教育課\n');
    await who.ask('assignment.import', { file: who.offer(table) });
    const folder = world.at(`封${count}`);
    const reply = await who.app.call('package.distribute', { folder: who.offer(folder), carry });
    await who.app.close();
    if (!reply.ok) return { problem: reply.problem, file: '' };
    return { problem: null, file: world.at(`封${count}`, (await readdir(folder))[0] ?? '') };
  }

  return {
    'package.sealed': async () => {
      const file = await again({ seal: true });
      const stranger = scene().world.host();
      return (await stranger.ask('package.inspect', { file: stranger.offer(file) })).problem;
    },
    'seal.unknown': async () => (await distributed({ seal: true })).problem,
    'seal.locked': async () => {
      const { file } = await distributed({ seal: true, passphrase: PASSPHRASE });
      const { office } = scene();
      return office.problem('package.plan', { files: [office.offer(file)] });
    },
    'seal.wrong': async () => {
      const { file } = await distributed({ seal: true, passphrase: PASSPHRASE });
      const { office } = scene();
      const input = { files: [office.offer(file)], sealPassphrase: 'ちがう合い言葉' };
      return (await office.ask('package.plan', input)).packages[0]?.reason ?? null;
    },
    'seal.broken': async () => {
      const { world, office } = scene();
      const bytes = await readFile(await again({ seal: true }));
      bytes[bytes.length - 40] = (bytes.at(-40) ?? 0) ^ 1;
      return (await merge(office, await world.write('破れた封.hyoka.age', bytes)))[0]?.reason ?? null;
    },
    'package.unproved': async () => {
      const { world, department } = scene();
      const ports = systemPorts();
      const { write } = ports.files;
      // A medium that gives back the bytes as they were in the comparison, and others in the reading.
      ports.files.write = (file, bytes, options) =>
        write(file, bytes, { ...options, check: (written) => options?.check?.(written.subarray(0, -2)) });
      const who = world.host({ ports });
      await department.app.close();
      await who.ask('workspace.open', { file: who.offer(department.file) });
      const folder = who.offer(world.at('unproved'));
      const problem = await who.problem('package.submit', { folder, incomplete: true });
      await who.app.close();
      await department.ask('workspace.open', { file: department.offer(department.file) });
      return problem;
    },
    'package.unkept': () => {
      const { world, department } = scene();
      return department.problem('package.rewrite', { hash: 'a'.repeat(64), folder: department.offer(world.at('x')) });
    },
    'register.unknown': () => scene().department.problem('register.erase', { ids: [999_999], person: '夏川 葵' }),
  };
}
