/** Text that a spreadsheet would take for a formula, also behind full-width signs, is made inert (OWASP CSV injection). */
export const inert = (text: string): string => (/^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text);
