// Files written object by object: whatever was put in, in whatever order and however often bytes were taken meanwhile, another
// reader finds under its number.
import { PDFParser, type PDFRawStream } from '@cantoo/pdf-lib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openPdfFile } from '../../electron/core/printing/pdffile.ts';

const object = fc.oneof(
  fc.record({ text: fc.integer({ min: 0, max: 1_000_000 }).map((number) => `<</Held ${number}>>`) }),
  fc.record({ bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }) }),
  // A number that is reserved and never used.
  fc.constant({}),
);

test('every object is found under its number, and as many bytes as were put', async () => {
  const objects = fc.array(fc.record({ object, isTaken: fc.boolean() }), { minLength: 1, maxLength: 700 });
  await fc.assert(
    fc.asyncProperty(objects, fc.integer({ min: 1, max: 5 }), async (all, stride) => {
      const file = openPdfFile();
      const pieces: Buffer[] = [];
      const [root, info] = [file.reserve(), file.reserve()];
      const first = file.reserve(all.length);
      const numbered = all.map((one, at) => ({ ...one, number: first + at }));
      // Put out of order, as a book puts its pages.
      for (const { object, number, isTaken } of numbered.toSorted(
        (a, b) => (a.number % stride) - (b.number % stride),
      )) {
        if ('text' in object) file.put(number, object.text);
        else if ('bytes' in object) file.putStream(number, '/Own true', object.bytes);
        if (isTaken) pieces.push(file.take());
      }
      file.put(root, '<</Type/Catalog>>');
      file.put(info, '<<>>');
      const context = await PDFParser.forBytesWithOptions(
        Buffer.concat([...pieces, file.end(root, info)]),
        1_000,
        true,
      ).parseDocument();
      const found = new Map(context.enumerateIndirectObjects().map(([ref, one]) => [ref.objectNumber, one]));
      expect(String(context.trailerInfo.Root)).toBe(`${root} 0 R`);
      for (const { object, number } of numbered) {
        const one = found.get(number);
        if ('text' in object) expect(String(one).replace(/\s+/g, '')).toBe(object.text.replace(/\s+/g, ''));
        else if ('bytes' in object) expect([...(one as PDFRawStream).getContents()]).toEqual([...object.bytes]);
        else expect(one).toBeUndefined();
      }
    }),
    { numRuns: 40 },
  );
});
