// The contract's methods of publishing: what a public edition hides, what is still open, the record of what was
// published, and what changed between two publications.
import { z } from 'zod';
import { publicationTextsSchema } from '../revision/publication.ts';
import { type Method, method, nothing, SHEET, sheet } from './method.ts';

const count = z.number().int().min(0);
const chosen = { sheets: z.array(sheet).max(5_000).optional() };

export const edition = z.enum(['internal', 'public']);
export const years = z.enum(['western', 'era']);
/** The number of a publication. */
export const snapshot = z.number().int().min(1);

const line = { id: z.string(), number: z.string(), name: z.string() };

/** What the public edition leaves out of each sheet, and how often each label is left out. */
export const previewView = z.strictObject({
  sheets: z.array(
    z.strictObject({ ...line, hidden: z.array(z.strictObject({ label: z.string(), text: z.string() })) }),
  ),
  labels: z.array(z.strictObject({ label: z.string(), sheets: count })),
});
export type EditionPreview = z.output<typeof previewView>;

/**
 * What is open before publishing. conflict: undecided; question: asked and neither answered nor given a reason;
 * missing: required and blank; draft: typed and not in a revision, so not published; remark: waiting for an answer;
 * unconfirmed: the form asks for the section head's word, and it is not there or fell.
 */
export const MATTERS = ['conflict', 'question', 'missing', 'draft', 'remark', 'unconfirmed'] as const;
export const matterView = z.strictObject({
  ...line,
  kind: z.enum(MATTERS),
  /** Labels of the cells concerned; none where it is about the sheet. */
  labels: z.array(z.string()),
});
export type Matter = z.output<typeof matterView>;

/** As typed: what is wrong with a name is said in words. */
const typedTexts = publicationTextsSchema.extend({ publisher: z.string().max(200) });

const what = { ...chosen, edition: edition.default('public'), years: years.default('era') };

export const publicationView = z.strictObject({
  number: snapshot,
  at: z.string(),
  person: z.string(),
  edition,
  years,
  sheets: count,
  /** Short spelling of its hash, to compare by eye. */
  digest: z.string(),
});
export type PublicationView = z.output<typeof publicationView>;

export const errataView = z.strictObject({
  before: snapshot,
  after: snapshot,
  sheets: z.array(
    z.strictObject({
      number: z.string(),
      name: z.string(),
      /** added, withdrawn: the sheet stands in one of the two alone. */
      kind: z.enum(['changed', 'added', 'withdrawn']),
      cells: z.array(z.strictObject({ label: z.string(), before: z.string(), after: z.string() })),
    }),
  ),
});
export type ErrataView = z.output<typeof errataView>;

export const publicationMethods = {
  /** What the public edition hides of the sheets as they stand, or of those of a publication. */
  'edition.preview': method('task', z.strictObject({ ...chosen, snapshot: snapshot.optional() }), previewView, [
    ...SHEET,
    'sheet.none',
    'publication.unknown',
  ]),
  /** What publishing would be like now. `digest` is what the person has seen. */
  'publication.plan': method(
    'task',
    z.strictObject(what),
    z.strictObject({
      number: snapshot,
      sheets: count,
      matters: z.array(matterView),
      /** As said last. */
      person: z.string(),
      texts: publicationTextsSchema,
      digest: z.string(),
    }),
    [...SHEET, 'role.wrong', 'sheet.none'],
  ),
  /** Keeps the record of a publication. What is typed and not committed is not part of it. */
  'publication.make': method(
    'task',
    z.strictObject({ ...what, digest: z.string(), person: z.string().max(100), texts: typedTexts }),
    publicationView,
    [...SHEET, 'role.wrong', 'sheet.none', 'publication.changed', 'publication.unfit'],
  ),
  /** Newest first. */
  'publication.list': method('query', nothing, z.strictObject({ publications: z.array(publicationView) }), [
    'workspace.closed',
  ]),
  /** What readers of one publication find otherwise in another, in the edition of the later one. */
  'publication.errata': method('task', z.strictObject({ before: snapshot, after: snapshot }), errataView, [
    'workspace.closed',
    'publication.unknown',
  ]),
} as const satisfies Record<string, Method>;
