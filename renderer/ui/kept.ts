// Small choices of how the screen looks, kept on this computer for the next time. Never anything of a sheet.

/** Storage may be turned off by a policy: then a choice lasts as long as the window. */
export function readKept(name: string): string | null {
  try {
    return localStorage.getItem(`hyoka.${name}`);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`hyoka.${name}`, value);
  } catch {
    // It holds for this window only.
  }
}
