// Every question that a user interface may ask: input, output, reads or writes, how it may fail.
// Types are derived from this table and written nowhere else.
import { z } from 'zod';
import type { ProblemCode } from '../kernel/problem.ts';
import { REMARK_LIMIT } from '../revision/remark.ts';
import { assignmentMethods } from './assignmentmethods.ts';
import { exchangeMethods } from './exchangemethods.ts';
import { packageResult } from './exchangeviews.ts';
import { figureMethods } from './figuremethods.ts';
import { intakeMethods } from './intakemethods.ts';
import { keyMethods } from './keymethods.ts';
import {
  CELL,
  FORM,
  file,
  type Method,
  method,
  type Nature,
  nothing,
  OPENING,
  PACKAGE,
  passphrase,
  print,
  READING,
  RECOVERY,
  recovery,
  SHEET,
  sealPassphrase,
  sheet,
  station,
  typed,
  UNSEALING,
} from './method.ts';
import { outgoingMethods } from './outgoingmethods.ts';
import { edition, publicationMethods, snapshot, years } from './publicationmethods.ts';
import { recordMethods } from './recordmethods.ts';
import * as v from './views.ts';

export type { Method, Nature } from './method.ts';

/** What every format is made of. `sheets`: only these, in the order of the list. */
const exported = {
  sheets: z.array(sheet).max(5_000).optional(),
  edition: edition.default('internal'),
  /** How fiscal years are written in the form's own words; tables for machines know western years only. */
  years: years.default('western'),
  /** A publication instead of what stands now, in its own edition and with its own years. */
  snapshot: snapshot.optional(),
};
/** xlsx, ods: as the official sheet looks, or tables for machines. */
const workbook = { view: z.enum(['form', 'machine']).default('machine') };
/** csv. `rows`: one row a sheet, or one a cell. `standIns`: what is written for characters that CP932 lacks. */
const table = {
  rows: z.enum(['sheets', 'cells']).default('sheets'),
  encoding: z.enum(['utf-8', 'cp932']).default('utf-8'),
  standIns: z.enum(['none', 'usual', 'geta']).default('none'),
};

export const contract = {
  'app.about': method('task', nothing, v.aboutView),
  /** The manual: Markdown pages in their order. */
  'help.show': method(
    'task',
    nothing,
    z.strictObject({ pages: z.array(z.strictObject({ id: z.string(), title: z.string(), body: z.string() })) }),
  ),
  'workspace.create': method(
    'task',
    z.strictObject({
      file,
      office: z.string().min(1).max(100),
      /** Id of a form that comes with the program, or a chosen form file. */
      form: z.union([z.strictObject({ id: z.string() }), z.strictObject({ file })]),
      year: z.number().int().min(1950).max(2200),
      passphrase,
      station,
      /** On a new PC: the office's key goes on. */
      recovery: recovery.optional(),
    }),
    v.workspaceView,
    [
      'workspace.exists',
      'workspace.busy',
      'workspace.unsafe',
      'file.unwritable',
      'input.invalid',
      'key.wrong',
      ...RECOVERY,
      ...READING,
      ...FORM,
    ],
  ),
  'workspace.open': method('task', z.strictObject({ file, passphrase }), v.workspaceView, OPENING),
  /** `print`: the office's digits, typed from paper or the telephone. A file that exists has heard them already. */
  'workspace.join': method(
    'task',
    z.strictObject({
      file,
      package: file,
      passphrase,
      sealPassphrase,
      print: print.default(''),
      station,
      /** On a new PC: the workstation's key goes on. */
      recovery: recovery.optional(),
    }),
    z.strictObject({ workspace: v.workspaceView, result: packageResult }),
    [
      'role.wrong',
      'print.incomplete',
      'print.mismatched',
      ...RECOVERY,
      ...OPENING,
      ...READING,
      ...PACKAGE,
      ...UNSEALING,
      ...FORM,
    ],
  ),
  'workspace.sample': method('task', z.strictObject({ file }), v.workspaceView, [
    'workspace.exists',
    'workspace.busy',
    'workspace.unsafe',
    'file.unwritable',
    'handle.unknown',
  ]),
  'workspace.unlock': method('task', z.strictObject({ passphrase: z.string().min(1).max(1_000) }), v.workspaceView, [
    'workspace.closed',
    'key.wrong',
    'key.damaged',
  ]),
  'workspace.close': method('task', nothing, nothing),
  'workspace.view': method('query', nothing, v.workspaceView, ['workspace.closed']),
  'form.show': method(
    'query',
    z.strictObject({ form: z.string() }),
    z.strictObject({ definition: z.record(z.string(), z.unknown()) }),
    ['workspace.closed', 'form.unknown'],
  ),
  'sheet.list': method(
    'query',
    nothing,
    z.strictObject({ sheets: z.array(v.sheetRow), departments: z.array(v.departmentRow) }),
    ['workspace.closed'],
  ),
  'sheet.show': method('query', z.strictObject({ sheet }), v.sheetView, SHEET),
  ...assignmentMethods,
  /** Types values as a person would; each `cell` is an address or a label. In the draft, saved when it returns. */
  'cell.set': method('command', z.strictObject({ sheet, cells: z.array(typed).min(1).max(5_000) }), v.stepResult, [
    ...SHEET,
    ...CELL,
    'cell.long',
  ]),
  /** Takes the last step of typing back, or does it again. A step is one `cell.set`, intake or choice. */
  'cell.undo': method('command', z.strictObject({ sheet }), v.stepResult, SHEET),
  'cell.redo': method('command', z.strictObject({ sheet }), v.stepResult, SHEET),
  /** Every change of a cell, newest first; what a merge did not take is there too. */
  'cell.history': method(
    'query',
    z.strictObject({ sheet, address: z.string().min(1).max(500) }),
    z.strictObject({ entries: z.array(v.historyEntry) }),
    [...SHEET, 'cell.unknown'],
  ),
  /** Finds text in all sheets as they stand with their drafts. Words apart by blanks must all be in one cell. */
  'sheet.search': method(
    'query',
    z.strictObject({ text: z.string().max(200), limit: z.number().int().min(1).max(200).default(50) }),
    z.strictObject({ hits: z.array(v.searchHit), total: z.number().int().min(0) }),
    ['workspace.closed'],
  ),
  'remark.list': method(
    'query',
    z.strictObject({ sheet }),
    z.strictObject({ threads: z.array(v.remarkThread) }),
    SHEET,
  ),
  /**
   * Says something about a cell (or, with a blank address, about the sheet). `reply` is any remark of the thread that
   * it continues. The office opens and closes threads; a department answers.
   */
  'remark.add': method(
    'command',
    z.strictObject({
      sheet,
      address: z.string().max(200),
      text: z.string().max(REMARK_LIMIT),
      reply: z.string().nullable(),
      closes: z.boolean().default(false),
    }),
    z.strictObject({ remark: z.string(), threads: z.array(v.remarkThread) }),
    [...SHEET, 'cell.unknown', 'remark.unknown', 'remark.unfit'],
  ),
  /**
   * Opens a thread with the same words on each sheet. `said`: numbers of the sheets on which it did not stand already;
   * `left`: sheets to which a stop in between did not come.
   */
  'remark.spread': method(
    'task',
    z.strictObject({
      sheets: z.array(sheet).max(5_000),
      /** An address or a label of a cell; blank for the sheets as a whole. */
      address: z.string().max(500),
      text: z.string().max(REMARK_LIMIT),
    }),
    z.strictObject({ said: z.array(z.string()), left: z.number().int().min(0) }),
    [...SHEET, 'role.wrong', 'sheet.none', 'cell.unknown', 'remark.unfit'],
  ),
  /** Gives the reason that a check asks for, beside the cell; '' takes it back. It travels with the sheet. */
  'check.answer': method(
    'command',
    z.strictObject({
      sheet,
      address: z.string().min(1).max(500),
      check: z.string().min(1).max(60),
      reason: z.string().max(20_000),
    }),
    v.sheetView,
    [...SHEET, ...CELL],
  ),
  /** Takes one side of a conflict; it stands in the draft until the sheet is committed. */
  'conflict.choose': method(
    'command',
    z.strictObject({ sheet, address: z.string(), revision: z.string() }),
    v.sheetView,
    [...SHEET, ...CELL],
  ),
  /** All conflicts of all sheets that nobody has decided. */
  'conflict.list': method('query', nothing, z.strictObject({ conflicts: z.array(v.openConflict) }), [
    'workspace.closed',
  ]),
  /** Values that lost and do not stand, of one sheet or of all. */
  'loss.list': method(
    'query',
    z.strictObject({ sheet: sheet.optional() }),
    z.strictObject({ losses: z.array(v.lossView) }),
    SHEET,
  ),
  /** Puts a value that lost back as if it were typed: one step in the draft. */
  'loss.restore': method(
    'command',
    z.strictObject({ sheet, address: z.string().min(1).max(500), revision: z.string() }),
    v.sheetView,
    [...SHEET, ...CELL],
  ),
  /** Commits sheets and keeps the section head's word (課長確認) on what then stands. All of them or none. */
  'sheet.confirm': method(
    'command',
    z.strictObject({ sheets: z.array(sheet).min(1).max(5_000), name: z.string().max(100) }),
    z.strictObject({ sheets: z.array(z.strictObject({ number: z.string(), digest: z.string() })) }),
    [...SHEET, 'role.wrong', 'sheet.conflicted', 'confirmation.unfit'],
  ),
  /** Makes the draft a revision. Nothing typed: nothing is made. */
  'sheet.commit': method(
    'command',
    z.strictObject({ sheet, note: z.string().max(2_000).default('') }),
    z.strictObject({ revision: z.string().nullable() }),
    [...SHEET, 'sheet.conflicted'],
  ),
  ...intakeMethods,
  ...exchangeMethods,
  ...keyMethods,
  ...outgoingMethods,
  ...publicationMethods,
  ...recordMethods,
  ...figureMethods,
  'export.write': method(
    'task',
    /** `sheets`: only these, in the order of the list. `each`: a file for each sheet; `file` is a folder then, as for html. */
    z.strictObject({
      file,
      format: z.enum(['json', 'csv', 'xlsx', 'ods', 'pdf', 'html']),
      ...exported,
      ...workbook,
      ...table,
      page: z
        .strictObject({ size: z.enum(['A4', 'A3']), orientation: z.enum(['portrait', 'landscape']) })
        .default({ size: 'A4', orientation: 'portrait' }),
      each: z.boolean().default(false),
    }),
    z.strictObject({ file: z.string(), sheets: z.number().int() }),
    [
      ...SHEET,
      'sheet.none',
      'publication.unknown',
      'folder.occupied',
      'handle.unknown',
      'file.unwritable',
      'file.exists',
      'file.missing',
      'file.unreadable',
      'printer.missing',
      'printer.failed',
      'text.unencodable',
    ],
  ),
  /** What a CSV in CP932 would lose, before it is written. */
  'export.losses': method('task', z.strictObject({ ...exported, ...table }), v.encodingLosses, [
    ...SHEET,
    'sheet.none',
    'publication.unknown',
  ]),
  'store.verify': method(
    'task',
    nothing,
    z.strictObject({ artifacts: z.number().int(), findings: z.array(z.string()) }),
    ['workspace.closed'],
  ),
} as const satisfies Record<string, Method>;

export type Contract = typeof contract;
export type MethodName = keyof Contract;
export type NatureOf<M extends MethodName> = Contract[M]['nature'];
/** What a caller may leave out is left out here. */
export type Input<M extends MethodName> = z.input<Contract[M]['input']>;
export type ParsedInput<M extends MethodName> = z.output<Contract[M]['input']>;
export type Output<M extends MethodName> = z.output<Contract[M]['output']>;
export type MethodsOf<N extends Nature> = { [M in MethodName]: NatureOf<M> extends N ? M : never }[MethodName];

/**
 * The problems that a method may answer with: its own, those of any question, and those of the file and the
 * disk under the workspace. Anything else is a bug and is answered as `internal`.
 */
export function problemsOf(name: MethodName): readonly ProblemCode[] {
  const { nature, problems } = contract[name];
  const writing: ProblemCode[] = nature === 'query' ? [] : ['file.unwritable'];
  return ['input.invalid', 'task.cancelled', 'workspace.damaged', 'internal', ...writing, ...problems];
}

/** Topics of the one event `changed`. cells: what is typed into sheets, and nothing else about them. */
export type Topic = 'workspace' | 'sheets' | 'cells' | 'signers';
/** How far a task has come: `done` of `total`, and what it has in hand. */
export type Progress = { done: number; total: number; name: string };
