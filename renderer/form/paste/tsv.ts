// Tab-separated text as spreadsheets write it: fields with line breaks or tabs in quotes, quotes doubled inside. Pure.

/** A quote that does not close before a tab or a line's end is a character like any other. */
const FIELD = /"((?:[^"]|"")*)"(?=\t|\r?\n|\r|$)|([^\t\r\n]*)/y;

export function readTsv(text: string): string[][] {
  const rows: string[][] = [[]];
  // Spreadsheets end the last row too.
  const whole = text.replace(/(?:\r\n|\r|\n)$/, '');
  for (let at = 0; ; ) {
    FIELD.lastIndex = at;
    const [all = '', quoted, plain = ''] = FIELD.exec(whole) ?? [];
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"').replace(/\r\n?/g, '\n'));
    at += all.length;
    if (at >= whole.length) return rows;
    if (whole[at] === '\t') at += 1;
    else {
      at += whole.startsWith('\r\n', at) ? 2 : 1;
      rows.push([]);
    }
  }
}
