// What the numbered, chained sequence of each key says: what is missing, where a key speaks with two tongues, and where it
// has gone back. Derived from what was received and sent, never stored; alarms stand until a person has noted them.
import type { AlarmView, ChainView } from '../../../shared/contract/exchangeviews.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { unknownPlaces } from '../store/fates.ts';
import { allReceived, type ReceivedHead, readMeta } from '../store/ledger.ts';
import { allNoted, setNoted } from '../store/noted.ts';
import { signersOf } from '../store/signers.ts';

/** Of each key, so many ranges and alarms are told one by one; more are counted. */
const TOLD = 20;

/** The missing numbers of a sorted list that counts from 1, as ranges: never as long as the numbers themselves. */
export function missingIn(sequences: readonly number[]): { from: number; to: number }[] {
  let next = 1;
  return sequences.flatMap((sequence) => {
    const range = sequence > next ? [{ from: next, to: sequence - 1 }] : [];
    next = Math.max(next, sequence + 1);
    return range;
  });
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Numbers of one epoch at which two packages stand, or one that does not follow from what stands before it. */
function forksIn(epoch: readonly ReceivedHead[]): number[] {
  const places = grouped(epoch, ({ sequence }) => String(sequence));
  const doubled = [...places].filter(([, here]) => here.length > 1).map(([sequence]) => Number(sequence));
  const torn = epoch
    .filter(({ sequence, previous }) => {
      if (sequence === 1) return previous !== null;
      const before = places.get(String(sequence - 1));
      return previous === null || before?.every(({ payload }) => payload !== previous) === true;
    })
    .map(({ sequence }) => sequence);
  return [...new Set([...doubled, ...torn])].sort((a, b) => a - b);
}

/** Epochs of packages, in the order of arrival, that went on after a newer one had begun: they came later, with a higher number than all before. */
function returnsIn(packages: readonly ReceivedHead[]): string[] {
  const highest = new Map<string, number>();
  const back = new Set<string>();
  let current: string | undefined;
  for (const { epoch, sequence } of packages) {
    const before = highest.get(epoch);
    if (before !== undefined && epoch !== current && sequence > before) back.add(epoch);
    else if (before === undefined) current = epoch;
    highest.set(epoch, Math.max(before ?? 0, sequence));
  }
  return [...back];
}

/** The chain of every key from which something has arrived, and the alarms, those that nobody has noted first. */
export function listChains(db: ReadDb): { chains: ChainView[]; alarms: AlarmView[] } {
  const signers = new Map(signersOf(db).map((signer) => [signer.print, signer] as const));
  const noted = allNoted(db);
  const alarms: AlarmView[] = [];
  const alarm = (id: string, about: Omit<AlarmView, 'id' | 'noted'>) => {
    const found = noted.get(id);
    alarms.push({ id, ...about, noted: found ? { at: found.at, person: found.person } : null });
  };
  const chains = [...grouped(allReceived(db, 'arrival'), ({ print }) => print)].map(([print, packages]): ChainView => {
    const unit = signers.get(print)?.unit ?? null;
    const station = signers.get(print)?.station ?? '';
    const about = { print, unit, station };
    const epochs = [...grouped(packages, ({ epoch }) => epoch)];
    const missing = epochs.flatMap(([, own]) => missingIn(own.map(({ sequence }) => sequence).sort((a, b) => a - b)));
    const forks = epochs.flatMap(([epoch, own]) => forksIn(own).map((sequence) => ({ epoch, sequence })));
    for (const { epoch, sequence } of forks.slice(0, TOLD)) {
      alarm(`fork ${print} ${epoch} ${sequence}`, { kind: 'fork', ...about, sequence });
    }
    for (const epoch of returnsIn(packages).slice(0, TOLD)) {
      alarm(`return ${print} ${epoch}`, { kind: 'return', ...about, sequence: null });
    }
    const received = packages.map(({ receivedAt }) => receivedAt);
    return {
      ...about,
      claimed: packages[0]?.unit ?? '',
      packages: packages.length,
      held: packages.filter(({ outcome }) => outcome === 'quarantined').length,
      epochs: epochs.length,
      missing: missing.slice(0, TOLD),
      missingCount: missing.reduce((sum, { from, to }) => sum + to - from + 1, 0),
      forks: forks.length,
      lastSeen: received.reduce((latest, at) => (at > latest ? at : latest), ''),
    };
  });
  const { print, unit, station } = readMeta(db);
  for (const { payload, sequence } of unknownPlaces(db).slice(0, TOLD)) {
    alarm(`cloned ${payload}`, { kind: 'cloned', print, unit, station, sequence });
  }
  return { chains, alarms: alarms.sort((a, b) => Number(a.noted !== null) - Number(b.noted !== null)) };
}

/** A person has seen an alarm. Raises alarm.unknown. */
export function noteAlarm(db: WriteDb, alarm: string, person: string, at: string) {
  if (!listChains(db).alarms.some(({ id }) => id === alarm)) fail('alarm.unknown', {});
  setNoted(db, { alarm, at, person });
  return listChains(db);
}
