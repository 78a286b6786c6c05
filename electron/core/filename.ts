// Names of files from what people and other programs wrote.
import path from 'node:path';

const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i;
/** Most file systems end at 255 bytes; a folder may add `.part` or a number. */
const NAME_BYTES = 200;

/**
 * A file name that means the same on every system: no separators, no control or invisible characters, no reserved
 * device names, no leading dot, short enough. What a person or another program wrote becomes a name, never a path.
 */
export function safeName(text: string, fallback: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '_')
    .replace(/^[.\s]+|[.\s]+$/gu, '');
  const ending = path.extname(plain);
  const extension = ending.length <= 20 ? ending : '';
  let stem = plain.slice(0, plain.length - extension.length);
  while (Buffer.byteLength(stem + extension) > NAME_BYTES) stem = [...stem].slice(0, -1).join('');
  const name = `${stem}${extension}`.replace(/[.\s]+$/u, '');
  if (!stem) return fallback;
  return RESERVED.test(name) ? `_${name}` : name;
}
