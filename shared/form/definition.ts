// The form definition: the JSON from which everything else follows. See resources/forms and shared/form/SPEC.md.
import { z } from 'zod';
import { type Check, checkSchema } from './checks.ts';
import * as choice from './kinds/choice.ts';
import * as computed from './kinds/computed.ts';
import * as grade from './kinds/grade.ts';
import * as list from './kinds/list.ts';
import * as matrix from './kinds/matrix.ts';
import * as multichoice from './kinds/multichoice.ts';
import * as note from './kinds/note.ts';
import * as number from './kinds/number.ts';
import * as table from './kinds/table.ts';
import * as text from './kinds/text.ts';
import * as year from './kinds/year.ts';
import { fiscalYearSpec, keySpec, yearSpec } from './spec.ts';

export type { Check };

const fieldSchema = z.discriminatedUnion('kind', [
  text.spec,
  number.spec,
  year.spec,
  choice.spec,
  grade.spec,
  multichoice.spec,
  list.spec,
  table.spec,
  matrix.spec,
  computed.spec,
  note.spec,
]);
export type Field = z.output<typeof fieldSchema>;

const scaleSchema = z.strictObject({
  label: z.string(),
  /** What the scale compares with, such as 総合戦略策定時. */
  base: z.string().optional(),
  items: z
    .array(
      z.strictObject({
        code: z.string().regex(/^\w+$/).max(20),
        label: z.string().min(1),
        goodness: z.number().int().optional(),
        words: z.array(z.string().min(1)).default([]),
      }),
    )
    .min(1)
    .max(40),
});

/**
 * A group is one box of the paper. `rows`: a label stands left of its value. `columns`: labels stand in a row above
 * their values. `body`: the one value stands below the section's title without a label of its own.
 */
const groupSchema = z.strictObject({
  key: keySpec,
  label: z.string().default(''),
  path: z.string().optional(),
  flow: z.enum(['rows', 'columns', 'body']).default('rows'),
  writer: z.string().optional(),
  /**
   * Which fields stand side by side on paper, as CSS's grid-template-areas: one text a row, keys with spaces between. A
   * field named twice spans. Tables and crosses are not named: they stand where they are, across the page.
   */
  areas: z
    .array(z.string().regex(/^\w+(?: \w+)*$/))
    .min(1)
    .max(100)
    .optional(),
  fields: z.array(fieldSchema).min(1),
});

/** What the pictures of the whole need to be told, because no block says it. */
const figuresSchema = z.strictObject({
  /** Address of the text or choice by which sheets are grouped, such as 基本目標. */
  goal: z.string().optional(),
  /** Rows of tables that say what a measure costs, year by year; `columns` are keys as written, all year columns without. */
  costs: z
    .array(z.strictObject({ table: keySpec, row: keySpec, columns: z.array(z.string()).min(1).optional() }))
    .max(20)
    .default([]),
  /** Choices that answer one question, one a rater, in the raters' order; without it they follow from grades and writers. */
  ratings: z
    .array(z.strictObject({ label: z.string().trim().min(1).max(60), cells: z.array(z.string()).min(1).max(10) }))
    .max(20)
    .optional(),
});

const sectionSchema = z.strictObject({
  key: keySpec,
  title: z.string(),
  path: z.string().optional(),
  writer: z.string().optional(),
  groups: z.array(groupSchema).min(1),
});

export const definitionSchema = z.strictObject({
  format: z.literal('hyoka-form/1'),
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/)
    .max(60),
  version: z.number().int().min(1),
  title: z.string().min(1),
  /** The plan that the form belongs to; its ends may stand in year columns and labels. */
  plan: z
    .strictObject({ label: z.string(), start: fiscalYearSpec, end: fiscalYearSpec })
    .refine((plan) => plan.start <= plan.end, { message: '計画の終わりが始まりより前になっている' }),
  /** The year that is judged. */
  subject: yearSpec.default({ evaluation: -1 }),
  /** Who fills cells, and on which side of the exchange they sit. */
  writers: z.record(keySpec, z.strictObject({ label: z.string(), role: z.enum(['office', 'department']) })),
  /** The rounds of an evaluation in their order, and who fills cells in each. Without any, all may always write. */
  rounds: z
    .array(
      z.strictObject({
        key: keySpec,
        label: z.string().trim().min(1).max(60),
        writers: z.array(keySpec).min(1).max(40),
      }),
    )
    .max(20)
    .default([]),
  /** The section head is to confirm a sheet before it is handed in. */
  confirmation: z.boolean().default(false),
  /** Addresses of the cells that say which sheet this is. */
  identity: z.strictObject({ number: z.string(), name: z.string(), unit: z.string() }),
  scales: z.record(z.string(), scaleSchema).default({}),
  sections: z.array(sectionSchema).min(1),
  checks: z.array(checkSchema).default([]),
  figures: figuresSchema.default({ costs: [] }),
  /** Words that a town spells in more than one way, for the check of all texts before publication. */
  spellings: z
    .array(z.array(z.string().trim().min(1).max(40)).min(2).max(20))
    .max(200)
    .default([]),
});
/** As an author may write it; canonical JSON of this is what gets hashed. */
export type DefinitionSource = z.input<typeof definitionSchema>;
/** With every default filled in. */
export type FormDefinition = z.output<typeof definitionSchema>;

const KINDS = { text, number, year, choice, grade, multichoice, list, table, matrix, computed, note };
export type BlockMaker = (field: Field, context: import('./spec.ts').Context) => import('./block.ts').Block;

/** The block that a field stands for. */
export const blockOf: BlockMaker = (field, context) =>
  // Each kind's `block` takes the field that its own `spec` produced; the key `kind` ties the two.
  (KINDS[field.kind].block as BlockMaker)(field, context);
