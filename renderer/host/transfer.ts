// Files by way of the browser: its own chooser for what is read, its downloads for what is written.
import type { FilePurpose } from '../../shared/contract/host.ts';
import { later } from '../ui/timing.ts';

const CHOSEN: Partial<Record<FilePurpose['for'], { accept: string; multiple: boolean }>> = {
  'open-packages': { accept: '.json,.age', multiple: true },
  'open-filled-sheet': { accept: '.xlsx,.xlsm,.ods,.txt,.tsv,.csv,.html,.htm,.xls', multiple: false },
  'open-assignment': { accept: '.xlsx,.xlsm,.ods,.csv', multiple: false },
  'open-form': { accept: '.json', multiple: false },
  'open-previous': { accept: '.hyoka,.json,.xlsx,.xlsm,.ods', multiple: false },
  'open-recovery': { accept: '.json', multiple: false },
};

/** How to get the files of a purpose from the person, or undefined where the host picks the place itself. */
export function uploadable(purpose: FilePurpose): (() => Promise<File[]>) | undefined {
  const kind = CHOSEN[purpose.for];
  return kind && (() => askForFiles(kind.accept, kind.multiple));
}

function askForFiles(accept: string, multiple: boolean): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    Object.assign(input, { type: 'file', accept, multiple, hidden: true });
    const end = () => {
      input.remove();
      resolve([...(input.files ?? [])]);
    };
    input.addEventListener('change', end);
    input.addEventListener('cancel', end);
    // In the document, so that it is not swept away while the person is choosing.
    document.body.append(input);
    input.click();
  });
}

/** Saves a response that carries a file, and says so; a folder's list of files is left to the caller. */
export async function saveDownload(response: Response): Promise<boolean> {
  const disposition = response.headers.get('Content-Disposition');
  if (disposition === null) return false;
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = encoded ? decodeURIComponent(encoded) : (/filename="([^"]+)"/.exec(disposition)?.[1] ?? 'download');
  link.click();
  later(60_000, () => URL.revokeObjectURL(link.href));
  return true;
}
