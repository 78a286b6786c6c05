/** A text as a CSS string: nothing in it ends the string or the style element around it. */
export const escapedForCss = (text: string): string =>
  `"${text.replace(/[^\p{L}\p{N} ]/gu, (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `)}"`;
