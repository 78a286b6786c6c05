// Texts in a CSV that a spreadsheet would take for formulas (OWASP CSV injection), and the way back.

const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/;

/** Text that a spreadsheet would take for a formula, also behind full-width signs, is made inert. */
export const inert = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** The text behind what `inert` made of it. */
export const asWritten = (text: string): string => (text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text);
