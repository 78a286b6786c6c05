// A block of cells on its way out: as tab-separated text, and as the HTML that spreadsheets take. Pure.

export type CopiedCell = { text: string; isText: boolean };

/** Fields with tabs, quotes or line breaks are quoted, as spreadsheets write and read them. */
export const toTsv = (rows: readonly (readonly CopiedCell[])[]): string =>
  rows.map((row) => row.map(({ text }) => quoted(text)).join('\t')).join('\r\n');

const quoted = (text: string): string => (/["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Words are marked as text, so that 「2-2」 stays what it is and nothing is taken for a formula. */
export function toHtml(rows: readonly (readonly CopiedCell[])[]): string {
  const body = rows.map((row) => `<tr>${row.map(cellHtml).join('')}</tr>`).join('');
  return `<html><head><meta charset="utf-8"></head><body><table>${body}</table></body></html>`;
}

function cellHtml({ text, isText }: CopiedCell): string {
  const style = isText ? ` style="mso-number-format:'\\@'"` : '';
  return `<td${style}>${escaped(text).replaceAll('\n', '<br style="mso-data-placement:same-cell">')}</td>`;
}

const escaped = (text: string): string =>
  text
    .replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`)
    .replace(/ {2,}|^ | $/gm, (run) => '&nbsp;'.repeat(run.length));
