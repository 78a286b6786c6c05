// What kind of place a folder lies on, told from what the system says of it. Pure: the reading is the Files port's.
import type { PlaceView } from '../../shared/contract/outgoingviews.ts';

export type Mount = { source: string; at: string; type: string };

/** Network file systems of Linux, where SQLite's locks cannot be trusted. */
const REMOTE_TYPES = /^(nfs4?|cifs|smb3?|smbfs|afs|ncpfs|fuse\.sshfs|fuse\.rclone|davfs|fuse\.davfs2?)$/;
/** Where desktops put what is plugged in. */
const PLUGGED_IN = /^\/(run\/)?media\//;
/** Where people put it by hand, and where Windows drives stand under Linux. */
const BY_HAND = /^\/mnt\//;

const lastOf = (path: string): string | null => path.split(/[\\/]/).filter(Boolean).at(-1) ?? null;

/** The mount in the table of /proc/mounts that a folder lies on. */
export function mountOf(folder: string, table: string): Mount | undefined {
  const plain = (text: string) =>
    text.replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(parseInt(digits, 8)));
  const mounts = table.split('\n').flatMap((line) => {
    const [source, at, type] = line.split(' ');
    return source && at && type ? [{ source: plain(source), at: plain(at), type }] : [];
  });
  return mounts
    .filter(({ at }) => folder === at || folder.startsWith(at.endsWith('/') ? at : `${at}/`))
    .reduce<Mount | undefined>((best, one) => (best && best.at.length > one.at.length ? best : one), undefined);
}

/** Whether a mount is a network file system; one that is not known counts as none. */
export const isRemote = (mount: Mount | undefined): boolean => REMOTE_TYPES.test(mount?.type ?? '');

/** `isPlugged`: the device under the mount says that it can be taken out. */
export function placeOnLinux(mount: Mount | undefined, isPlugged: boolean): PlaceView {
  if (!mount) return { kind: 'unknown', volume: null };
  const volume = mount.at === '/' ? null : lastOf(mount.at);
  if (isRemote(mount)) return { kind: 'network', volume };
  if (isPlugged || PLUGGED_IN.test(`${mount.at}/`)) return { kind: 'removable', volume };
  return BY_HAND.test(`${mount.at}/`) ? { kind: 'unknown', volume } : { kind: 'fixed', volume: null };
}

/** Volumes other than the system's own stand under /Volumes; which of them are sticks cannot be told. */
export function placeOnMac(real: string): PlaceView {
  const volume = /^\/Volumes\/([^/]+)/.exec(real)?.[1];
  return volume === undefined ? { kind: 'fixed', volume: null } : { kind: 'unknown', volume };
}

/** `real`: after mapped letters became shares. A letter other than the system's may be a second disk or a stick. */
export function placeOnWindows(real: string, systemDrive: string): PlaceView {
  const plain = real.replace(/^\\\\\?\\(UNC\\)?/, (_, unc) => (unc ? '\\\\' : ''));
  const share = /^\\\\([^\\]+\\[^\\]+)/.exec(plain)?.[1];
  if (share !== undefined) return { kind: 'network', volume: `\\\\${share}` };
  const drive = /^[A-Za-z]:/.exec(plain)?.[0].toUpperCase();
  if (drive === undefined) return { kind: 'unknown', volume: null };
  return drive === systemDrive.toUpperCase() ? { kind: 'fixed', volume: null } : { kind: 'unknown', volume: drive };
}
