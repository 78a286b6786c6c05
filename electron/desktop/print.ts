// Paper: the system's own print dialog for what the window shows.
import type { WebContents } from 'electron';

/** Prints the page on A4. That the person changes their mind is no failure. */
export function printPage(contents: WebContents): Promise<void> {
  return new Promise((resolve) => {
    contents.print({ silent: false, printBackground: true, pageSize: 'A4' }, () => resolve());
  });
}
