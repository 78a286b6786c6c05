// Reads from a PDF on which page each named place stands, and how many pages there are. It knows what Chromium writes
// (objects in the open, as PDF 1.4 has them) and says so where it meets anything else.
import { fail } from '../../../shared/kernel/problem.ts';

export type Places = {
  pages: number;
  /** The page of a named place, counted from 1. Raises printer.failed where there is none. */
  pageOf(name: string): number;
};

const unread = (what: string): never => fail('printer.failed', { reason: `PDFの${what}を読めない` });

/** The pages and places of a PDF that a press made. Raises printer.failed. */
export function placesIn(pdf: Buffer): Places {
  const text = pdf.toString('latin1');
  const objects = new Map<string, string>();
  // Only dictionaries are looked at; what is inside of streams begins at no line with a number.
  for (const [, number = '', body = ''] of text.matchAll(/\n(\d+) 0 obj\n(<<[\s\S]*?)\n(?:endobj|stream\n)/g)) {
    objects.set(number, body);
  }
  const catalog = [...objects.values()].find((body) => /^<<\/Type \/Catalog\b/.test(body)) ?? unread('目録');
  const objectAt = (name: string) => objects.get(new RegExp(`/${name} (\\d+) 0 R`).exec(catalog)?.[1] ?? '') ?? '';
  const order = new Map<string, number>();
  const walk = (body: string): void => {
    const kids = /\/Kids \[([^\]]*)\]/.exec(body)?.[1] ?? '';
    for (const [, number = ''] of kids.matchAll(/(\d+) 0 R/g)) {
      const kid = objects.get(number) ?? '';
      if (/\/Type \/Pages\b/.test(kid)) walk(kid);
      else order.set(number, order.size + 1);
    }
  };
  walk(objectAt('Pages'));
  if (order.size === 0) unread('ページ');
  const places = new Map<string, number>();
  for (const [, name = '', page = ''] of objectAt('Dests').matchAll(/\/(\S+) \[(\d+) 0 R /g)) {
    places.set(name, order.get(page) ?? unread('ページ'));
  }
  return { pages: order.size, pageOf: (name) => places.get(name) ?? unread('行き先') };
}
