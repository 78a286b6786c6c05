// The system's keeping of secrets (DPAPI, Keychain, a Linux keyring), by Electron's safeStorage. Promise: a system that
// only scrambles, as Linux does without a keyring, counts as none.
import { safeStorage } from 'electron';
import type { Keeper } from '../core/ports.ts';

/** What Electron itself calls unprotected, or does not know yet. */
const NO_KEEPING = ['basic_text', 'unknown'];

/** The keeper of this machine; null where secrets would not be kept. Electron has to be ready. */
export function systemKeeper(platform: NodeJS.Platform = process.platform): Keeper | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  const backend = platform === 'linux' ? safeStorage.getSelectedStorageBackend() : platform;
  if (NO_KEEPING.includes(backend)) return null;
  return {
    backend,
    wrap: (text) => safeStorage.encryptString(text).toString('base64'),
    unwrap(wrapped) {
      try {
        return safeStorage.decryptString(Buffer.from(wrapped, 'base64'));
      } catch {
        return undefined;
      }
    },
  };
}
