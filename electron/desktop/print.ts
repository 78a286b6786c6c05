// Paper: the system's own print dialog for what the window shows.
import type { WebContents } from 'electron';
import { PLAIN_PAGE, type PrintPage } from '../../shared/contract/host.ts';

/** Prints the window's content on paper of this size. That the person changes their mind is no failure. */
export function printWindow(contents: WebContents, { size, orientation }: PrintPage = PLAIN_PAGE): Promise<void> {
  const landscape = orientation === 'landscape';
  return new Promise((resolve) => {
    contents.print({ silent: false, printBackground: true, pageSize: size, landscape }, () => resolve());
  });
}
