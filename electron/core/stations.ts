// What people call workstations: by the registry's names, and by the first digits of the key where nobody gave one a name.
import type { Session } from './session.ts';
import type { ReadDb } from './store/database.ts';
import { signersOf } from './store/signers.ts';

/** Gives the name of the workstation with a key of this print; blank where the print says nothing. */
export function stationNames(db: ReadDb, { meta }: Session): (print: string) => string {
  const names = new Map(signersOf(db).map(({ print, station }) => [print, station] as const));
  names.set(meta.print, meta.station);
  return (print) => names.get(print) || (print === '' ? '' : `端末 ${print.slice(0, 5)}`);
}
