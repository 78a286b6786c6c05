// How packages leave this machine: to what kind of place, sealed for whom, proved after writing, and entered in the
// export register.
import path from 'node:path';
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import type { OutlookView, PlaceKind, PlaceView, WrittenPackage } from '../../../shared/contract/outgoingviews.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import { type Session, signingKey } from '../session.ts';
import { addCarried } from '../store/carried.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { listSheets } from '../store/derived.ts';
import { allSent, markDelivered } from '../store/ledger.ts';
import { sealsOf } from '../store/seals.ts';
import { setSetting, settingOf } from '../store/settings.ts';
import { signersOf } from '../store/signers.ts';
import type { Task } from '../task.ts';
import type { Sealed } from './compose.ts';
import { provePackage, proving } from './proof.ts';
import { recipientOf, type SealFor, seal, unseal } from './secrecy.ts';

export type Carriage = {
  folder: string;
  place: PlaceView;
  person: string;
  medium: string;
  /** For whom a package to this unit is sealed; undefined: it goes out as it is. */
  sealFor(unit: string): SealFor | undefined;
};

/** The other side's units: those that have or had one of the sheets; to a department, the office. */
export function unitsServed(db: ReadDb, { meta }: Session, isMeant: (sheet: string) => boolean = () => true): string[] {
  if (meta.role === 'department') return [meta.office];
  const assigned = listSheets(db).flatMap(({ id, units }) => (isMeant(id) ? units : []));
  // A department that has nothing left is told so too.
  const given = allSent(db).flatMap(({ heads, recipient }) => (Object.keys(heads).some(isMeant) ? [recipient] : []));
  return [...new Set([...assigned, ...given])];
}

/** Whether packages are sealed at such a place when nobody says otherwise. */
function isSealedAt(db: ReadDb, kind: PlaceKind): boolean {
  if (kind === 'removable' || kind === 'unknown') return true;
  return settingOf(db, 'sealing')[kind] ?? kind === 'network';
}

/** The recipients of a unit's registered keys, and how many of those keys have announced theirs. */
function keysOf(db: ReadDb, unit: string) {
  const trusted = signersOf(db).filter((signer) => signer.unit === unit && signer.state === 'trusted');
  const seals = trusted.map(({ print }) => sealsOf(db, print));
  const ready = seals.filter((recipients) => recipients.length > 0).length;
  return { recipients: seals.flat(), ready, missing: seals.length - ready };
}

/** What writing to a folder would be like. */
export async function prepare(task: Task, input: ParsedInput<'package.prepare'>): Promise<OutlookView> {
  const place = await task.ports.files.placeOf(task.pathOf(input.folder));
  return task.read((db, session) => ({
    place,
    seal: isSealedAt(db, place.kind),
    person: settingOf(db, 'person'),
    medium: settingOf(db, 'medium'),
    recipients: unitsServed(db, session).map((unit) => {
      const { ready, missing } = keysOf(db, unit);
      return { unit, ready, missing };
    }),
  }));
}

function remember(db: WriteDb, carry: ParsedInput<'package.submit'>['carry'], kind: PlaceKind): void {
  for (const name of ['person', 'medium'] as const) {
    const said = carry[name]?.normalize('NFC').trim();
    if (said !== undefined && said !== settingOf(db, name)) setSetting(db, name, said);
  }
  if (carry.seal !== undefined && (kind === 'fixed' || kind === 'network')) {
    setSetting(db, 'sealing', { ...settingOf(db, 'sealing'), [kind]: carry.seal });
  }
}

/**
 * Settles how packages to these units go to a folder, and makes the folder. Raises seal.unknown when they are to be
 * sealed and there is no key, no passphrase and no leave to go open; key.locked; file.unwritable.
 */
export async function carriageTo(
  task: Task,
  folder: string,
  carry: ParsedInput<'package.submit'>['carry'],
  units: readonly string[],
): Promise<Carriage> {
  const own = recipientOf(signingKey(task.session()).privateKey);
  const place = await task.ports.files.placeOf(folder);
  const settled = task.write((db) => {
    const isSealed = carry.seal ?? isSealedAt(db, place.kind);
    const keys = new Map(isSealed ? units.map((unit) => [unit, keysOf(db, unit).recipients] as const) : []);
    const unknown = [...keys].flatMap(([unit, recipients]) => (recipients.length === 0 ? [unit] : []));
    if (unknown.length > 0 && carry.passphrase === undefined && !carry.open) fail('seal.unknown', { units: unknown });
    remember(db, carry, place.kind);
    return { keys, person: settingOf(db, 'person'), medium: settingOf(db, 'medium') };
  });
  await task.ports.files.makeFolder(folder);
  const { passphrase } = carry;
  return {
    ...{ folder, place, person: settled.person, medium: settled.medium },
    sealFor(unit) {
      const recipients = settled.keys.get(unit);
      if (!recipients) return undefined;
      // The own key too, so that the sender can read again what went out.
      if (recipients.length > 0) return { recipients: [...recipients, own] };
      return passphrase === undefined ? undefined : { passphrase };
    },
  };
}

/**
 * Writes a signed package, sealed as the carriage says, and proves it by reading it as its receiver will. Only then it
 * counts as written and stands in the register. `replace`: an older copy of this very package may lie there.
 * Raises package.unproved, file.exists, file.unwritable; then nothing stands under the file's name.
 */
export async function deliver(
  task: Task,
  carriage: Carriage,
  sealed: Sealed,
  replace = false,
): Promise<WrittenPackage> {
  const { payload, hash } = sealed;
  const whom = carriage.sealFor(payload.recipient.unit);
  const file = whom ? sealed.name.replace(/\.json$/, '.age') : sealed.name;
  const openers = {
    keys: [signingKey(task.session())],
    isLocked: false,
    passphrase: whom && 'passphrase' in whom ? whom.passphrase : undefined,
  };
  await task.ports.files.write(path.join(carriage.folder, file), whom ? await seal(sealed.bytes, whom) : sealed.bytes, {
    replace,
    check: (written) =>
      proving(file, async () => {
        const bytes = await unseal(written, openers);
        task.read((db) => provePackage(db, bytes, hash));
      }),
  });
  const sheets = payload.kind === 'receipt' ? [] : payload.sheets.map(({ number }) => number);
  task.write((db) => {
    markDelivered(db, hash);
    addCarried(db, {
      at: task.ports.clock.now(),
      person: carriage.person,
      medium: carriage.medium,
      place: carriage.place.kind,
      kind: payload.kind,
      recipient: payload.recipient.unit,
      sequence: payload.sequence,
      payload: hash,
      file,
      sheets: sheets.length,
      sealed: whom !== undefined,
    });
  });
  return {
    file,
    unit: payload.kind === 'submission' ? payload.sender.unit : payload.recipient.unit,
    sequence: payload.sequence,
    hash,
    sheets,
    sealed: !whom ? 'open' : 'passphrase' in whom ? 'passphrase' : 'keys',
  };
}
