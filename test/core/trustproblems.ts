// Problems of keys, of their digits and of recovery files, each produced by really doing what it is about.
import { readFile } from 'node:fs/promises';
import { newKeyPair, printOf } from '../../electron/core/exchange/crypto.ts';
import { openEnvelope, sealEnvelope } from '../../electron/core/exchange/envelope.ts';
import { signRotation } from '../../electron/core/exchange/lineage.ts';
import { applyPackage } from '../../electron/core/exchange/receive.ts';
import { type Ports, systemPorts } from '../../electron/core/ports.ts';
import { openSession, type Session } from '../../electron/core/session.ts';
import { setSigner } from '../../electron/core/store/signers.ts';
import { type Problem, ProblemError } from '../../shared/kernel/problem.ts';
import type { Submission } from '../../shared/package/payload.ts';
import type { Rotation } from '../../shared/package/trust.ts';
import type { Workspace, World } from './world.ts';

type Scene = { world: World; office: Workspace; package: string; submission: string };
type Change = Partial<Rotation['statement']>;

const AT = '2022-07-01T00:00:00.000Z';
const PHRASE = 'ながい合い言葉です';
const keeper = {
  backend: 'test',
  wrap: (text: string) => Buffer.from(text).toString('base64'),
  unwrap: () => undefined,
};

/** How each is produced; `scene` gives a town as it stands when it is asked. */
export function trustProblems(scene: () => Scene) {
  const joinWith = (print: string): Promise<Problem> => {
    const { world, ...at } = scene();
    const who = world.host();
    return who.problem('workspace.join', {
      file: who.offer(world.at('never.hyoka')),
      package: who.offer(at.package),
      print,
    });
  };

  async function inOffice<T>(work: (session: Session, payload: Submission) => T): Promise<T> {
    const { office, submission } = scene();
    await office.app.close();
    const session = await openSession(systemPorts(), office.file, undefined);
    try {
      return work(session, openEnvelope(await readFile(submission)).payload as Submission);
    } finally {
      session.store.close();
      await office.ask('workspace.open', { file: office.offer(office.file) });
    }
  }

  /** A package with these statements (from one fresh key to the next), of which the first key is trusted or as given. */
  const withLineage = (count: number, change: Change, last = count, state: 'trusted' | 'revoked' = 'trusted') =>
    inOffice((session, payload) => {
      const keys = Array.from({ length: count + 2 }, newKeyPair);
      const key = (index: number) => keys[index] ?? newKeyPair();
      const statement = (from: number, to: number, more: Change) =>
        signRotation(
          {
            format: 'hyoka-rotation/1',
            office: payload.office.print,
            unit: payload.sender.unit,
            from: key(from).publicKey,
            to: key(to).publicKey,
            limit: [],
            at: AT,
            ...more,
          },
          key(from),
        );
      const lineage = Array.from({ length: count }, (_, index) => statement(index, index + 1, change));
      const bytesOf = (signer: number, carried: Rotation[], place: number) => {
        const sender = { ...payload.sender, publicKey: key(signer).publicKey, print: printOf(key(signer).publicKey) };
        const said = { ...payload, sender, lineage: carried, sequence: place, previous: null, epoch: 'e'.repeat(16) };
        return sealEnvelope('submission', said, key(signer));
      };
      return session.store.rehearse((db) => {
        const entry = {
          unit: payload.sender.unit,
          station: '',
          bound: [{ epoch: 'e'.repeat(16), sequence: 1 }],
          follows: null,
        };
        setSigner(db, { ...entry, print: printOf(key(0).publicKey), publicKey: key(0).publicKey, state }, AT);
        const { reason } = applyPackage(db, session, 'x', bytesOf(last, lineage, 1), AT);
        if (reason) return reason;
        const again = last === 0 ? bytesOf(0, [], 2) : bytesOf(count + 1, [statement(0, count + 1, {})], 1);
        const old = applyPackage(db, session, 'y', bytesOf(0, [], 9), AT).reason;
        return { redated: applyPackage(db, session, 'z', again, AT).reason, old };
      });
    });
  const reasonOf = (found: Awaited<ReturnType<typeof withLineage>>): Problem | null => ('code' in found ? found : null);
  const later = (found: Awaited<ReturnType<typeof withLineage>>, which: 'redated' | 'old'): Problem | null =>
    'code' in found ? null : found[which];

  /** A recovery file of the office, written properly. */
  async function recoveryFile(): Promise<string> {
    const { world, office } = scene();
    const file = world.at(`recovery-${Math.random()}.json`);
    await office.ask('recovery.write', { file: office.offer(file), passphrase: PHRASE, again: PHRASE });
    return file;
  }
  const openChanged = async (change: (text: string) => string): Promise<Problem> => {
    const { world, office } = scene();
    const file = await world.write('changed-recovery.json', change(await readFile(await recoveryFile(), 'utf8')));
    return office.problem('recovery.open', { file: office.offer(file), passphrase: PHRASE });
  };
  const writeWith = (passphrase: string, again: string): Promise<Problem> => {
    const { world, office } = scene();
    return office.problem('recovery.write', { file: office.offer(world.at('none.json')), passphrase, again });
  };
  const another = async (ports?: Ports): Promise<Workspace> => {
    const { world } = scene();
    const who = world.host(ports ? { ports } : {});
    who.file = world.at(`another-${Math.random()}.hyoka`);
    const input = { office: '企画課', form: { id: 'memuro-shisaku' }, year: 2022 };
    await who.ask('workspace.create', { file: who.offer(who.file), ...input });
    return who;
  };

  return {
    'print.incomplete': () => joinWith('12345 67890'),
    'print.mismatched': () => joinWith('0'.repeat(30)),
    'key.unsound': () =>
      inOffice((session) => {
        try {
          const publicKey = Buffer.alloc(32).toString('base64');
          const entry = { unit: 'x', station: '', state: 'trusted', bound: null, follows: null } as const;
          session.store.write((db) => setSigner(db, { ...entry, print: '1'.repeat(30), publicKey }, AT));
          return null;
        } catch (error) {
          if (error instanceof ProblemError) return error.problem;
          throw error;
        }
      }),
    'signer.retired': async () => later(await withLineage(1, {}), 'old'),
    'signer.unproven': async () => reasonOf(await withLineage(0, {}, 0, 'revoked')),
    'lineage.broken': async () => reasonOf(await withLineage(2, {}, 1)),
    'lineage.foreign': async () => reasonOf(await withLineage(1, { unit: '別の課' })),
    'lineage.circular': async () => {
      const { publicKey } = newKeyPair();
      return reasonOf(await withLineage(2, { to: publicKey }));
    },
    'lineage.long': async () => reasonOf(await withLineage(21, {})),
    'lineage.redated': async () => later(await withLineage(1, {}), 'redated'),
    'key.lost': async () => {
      const { world } = scene();
      const who = await another({ ...systemPorts(), keeper });
      await who.ask('workspace.open', { file: who.offer(who.file) });
      return who.problem('package.distribute', { folder: who.offer(world.at('nowhere')) }).then((found) => found);
    },
    'recovery.foreign': () => openChanged(() => '{"a":1}'),
    'recovery.damaged': () => openChanged((text) => text.slice(0, -200)),
    'recovery.weak': () => openChanged((text) => text.replace('"n":131072', '"n":16384')),
    'recovery.mismatched': async () => {
      const file = await recoveryFile();
      const who = await another();
      return who.problem('recovery.open', { file: who.offer(file), passphrase: PHRASE });
    },
    'recovery.unproven': () => writeWith(PHRASE, `${PHRASE}！`),
    'passphrase.short': () => writeWith('みじかい', 'みじかい'),
  };
}
