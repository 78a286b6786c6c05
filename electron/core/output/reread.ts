// Reads back what export.ts wrote as JSON. Promise: what does not fit is refused as a whole, with the reason.
import { z } from 'zod';
import { NUMBER_STATES, type Scalar } from '../../../shared/form/cell.ts';
import { contentEntries } from '../../../shared/form/merge.ts';
import { JsonFault, parseStrict } from '../../../shared/kernel/json.ts';
import { hashSchema, scalarSchema } from '../../../shared/revision/revision.ts';

// Members that nobody needs here may come and go with the program's versions.
const exportSchema = z.object({
  format: z.literal('hyoka-export/1'),
  year: z.number().int(),
  forms: z.array(z.record(z.string(), z.unknown())).max(100).default([]),
  sheets: z
    .array(
      z.object({
        number: z.string(),
        name: z.string(),
        units: z.array(z.string()),
        heads: z.array(hashSchema).default([]),
        form: z.object({ hash: hashSchema }),
        cells: z.array(
          z.object({
            address: z.string().regex(/^\w{1,200}$/),
            value: scalarSchema.nullable(),
            state: z.string().optional(),
            raw: z.string().optional(),
          }),
        ),
      }),
    )
    .max(5_000),
});

export type Exported = z.output<typeof exportSchema>;

/** The export in these bytes, or why they hold none. */
export function readExport(bytes: Buffer): Exported | { reason: string } {
  try {
    const parsed = exportSchema.safeParse(parseStrict(bytes.toString('utf8').replace(/^\uFEFF/, '')));
    return parsed.success ? parsed.data : { reason: 'このプログラムの書き出しではない' };
  } catch (error) {
    if (error instanceof JsonFault) return { reason: error.message };
    throw error;
  }
}

/** The cells of an exported sheet as stored values; states are exported by their words. */
export function exportedValues(cells: Exported['sheets'][number]['cells']): Record<string, Scalar> {
  return Object.fromEntries(
    cells.flatMap(({ address, value, state, raw }) =>
      contentEntries(address, {
        value,
        state: NUMBER_STATES.find(({ label }) => label === state)?.code ?? null,
        raw: raw ?? null,
      }),
    ),
  );
}
