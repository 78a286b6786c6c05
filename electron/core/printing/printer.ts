// What the program asks of whatever prints: an HTML document in, a PDF out. Each host has its own.

export type PrintOptions = {
  /** Only pages and places are wanted: no tags, no bookmarks. */
  isDraft?: boolean;
};

/** A printer made ready. */
export type Press = {
  /**
   * The document as a PDF with tags, bookmarks and the fonts that it uses. It runs no script and reaches no address.
   * Raises printer.failed.
   */
  print(html: string, options?: PrintOptions): Promise<Buffer>;
  /** Ends it at once, also in the middle of a page; nothing is left behind. Never rejects. */
  close(): Promise<void>;
};

export type Printer = {
  /** Raises printer.missing, printer.failed. */
  open(): Promise<Press>;
};

/**
 * Asked of a page, resolves when it has every font that it brings. A page that is laid out before looks for a stand-in in
 * the whole system for every one of its characters, which takes many times as long as all the rest.
 */
export const FONTS_LOADED = 'Promise.all([...document.fonts].map((face) => face.load())).then(() => true)';
