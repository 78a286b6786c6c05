// Packages on their way out: what goes to whom, sealed, written and proved. A sequence number is taken together with
// the revisions it covers; only a file that was read back and opened again counts as delivered.
import path from 'node:path';
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import type { WrittenPackage } from '../../../shared/contract/views.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import type { Distribution, Payload, Submission } from '../../../shared/package/payload.ts';
import { ancestorsOf } from '../../../shared/revision/ancestry.ts';
import type { Remark } from '../../../shared/revision/remark.ts';
import type { Revision } from '../../../shared/revision/revision.ts';
import { assertDecided, commitSheet, lackOf } from '../commit.ts';
import { assertRole, type Session, signingKey } from '../session.ts';
import { isOwn } from '../sheet.ts';
import { definitionSourceOf } from '../store/artifacts.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { addSent, allSent, markDelivered } from '../store/ledger.ts';
import { previousOf } from '../store/previous.ts';
import { markRemarksSent, remarksOf } from '../store/remarks.ts';
import { historyOf, loadSheet, loadSheets, type Sheet } from '../store/sheets.ts';
import type { Task } from '../task.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';

type Sealed = { name: string; bytes: Buffer; payload: Payload; hash: string };

/** A name that says nothing about the content: letter and sender's station, year, sequence, eight digits of the hash. */
const fileName = (payload: Payload, hash: string): string =>
  [
    `${payload.kind === 'distribution' ? 'D' : 'S'}${payload.sender.print.slice(0, 4)}`,
    payload.year,
    String(payload.sequence).padStart(4, '0'),
    `${hash.slice(0, 8)}.hyoka.json`,
  ].join('-');

/** A sheet with the heads that go out: as they stand, or as they were when the receiver last had the sheet. */
type Outgoing = { sheet: Sheet; heads: readonly string[] };

const asItStands = (sheet: Sheet): Outgoing => ({ sheet, heads: sheet.standing.heads });

/** Sheets that this department was given once and that are others' now: it is told so with the next distribution. */
function withdrawnFrom(db: ReadDb, unit: string): Outgoing[] {
  const given = new Map(
    allSent(db)
      .filter((sent) => sent.recipient === unit)
      .flatMap(({ heads }) => Object.entries(heads)),
  );
  return loadSheets(db)
    .filter((sheet) => given.has(sheet.id) && !sheet.assignment.units.includes(unit))
    .map((sheet) => ({ sheet, heads: given.get(sheet.id) ?? [] }));
}

function headerFor(db: ReadDb, session: Session, recipient: string, sheets: readonly Outgoing[], at: string) {
  const { meta } = session;
  const before = allSent(db).filter((sent) => sent.epoch === meta.epoch);
  return {
    format: 'hyoka-package/1' as const,
    office: { unit: meta.office, print: meta.officePrint },
    year: meta.year,
    sender: { unit: meta.unit, print: meta.print, publicKey: meta.publicKey },
    recipient: { unit: recipient },
    epoch: meta.epoch,
    sequence: (allSent(db).at(-1)?.sequence ?? 0) + 1,
    previous: before.at(-1)?.payload ?? null,
    at,
    sheets: sheets.map(({ sheet, heads }) => ({ sheet: sheet.id, number: sheet.number, heads: [...heads] })),
  };
}

/** The revisions behind the outgoing heads of a sheet that `wanted` picks, oldest first. */
function revisionsOf(db: ReadDb, { sheet, heads }: Outgoing, wanted: (revision: Revision) => boolean): Revision[] {
  const history = historyOf(db, sheet.id);
  const ids = new Set(heads.flatMap((head) => [...ancestorsOf(history, head)]));
  const depth = (id: string) => ancestorsOf(history, id).size;
  return [...ids]
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
    .flatMap((id) => history.get(id)?.revision ?? [])
    .filter(wanted);
}

/** Remarks travel in full each time, like revisions; a sheet on which nothing was said adds nothing. */
function remarksFor(
  db: ReadDb,
  sheets: readonly Sheet[],
  wanted: (remark: Remark) => boolean,
): Pick<Payload, 'remarks'> {
  const remarks = sheets.flatMap((sheet) => [...remarksOf(db, sheet.id).values()].filter(wanted));
  return remarks.length > 0 ? { remarks } : {};
}

function previousFor(db: ReadDb, sheets: readonly Sheet[], carried: readonly string[]): Pick<Distribution, 'lastYear'> {
  const found = sheets.flatMap((sheet) => {
    const previous = previousOf(db, sheet.id);
    return previous ? [{ sheet: sheet.id, previous }] : [];
  });
  const forms = new Set(found.flatMap(({ previous }) => previous.form ?? []).filter((hash) => !carried.includes(hash)));
  if (found.length === 0) return {};
  return { lastYear: { forms: [...forms].map((hash) => definitionSourceOf(db, hash)), sheets: found } };
}

function seal(db: WriteDb, session: Session, payload: Payload): Sealed {
  const bytes = sealEnvelope(payload.kind, payload, signingKey(session));
  const hash = openEnvelope(bytes).payloadHash;
  addSent(db, {
    sequence: payload.sequence,
    epoch: payload.epoch,
    payload: hash,
    kind: payload.kind,
    recipient: payload.recipient.unit,
    heads: Object.fromEntries(payload.sheets.map(({ sheet, heads }) => [sheet, heads])),
    at: payload.at,
    delivered: false,
  });
  for (const { sheet } of payload.sheets) markRemarksSent(db, sheet, payload.sequence);
  return { name: fileName(payload, hash), bytes, payload, hash };
}

function sealDistribution(db: WriteDb, session: Session, unit: string, sheets: readonly Sheet[], at: string): Sealed {
  const outgoing = [...sheets.map(asItStands), ...withdrawnFrom(db, unit)];
  const forms = [...new Set(outgoing.map(({ sheet }) => sheet.assignment.form))];
  const payload: Distribution = {
    ...headerFor(db, session, unit, outgoing, at),
    ...remarksFor(db, sheets, () => true),
    ...previousFor(db, sheets, forms),
    kind: 'distribution',
    forms: forms.map((hash) => definitionSourceOf(db, hash)),
    assignments: outgoing.map(({ sheet }) => sheet.assignment),
    revisions: outgoing.flatMap((out) => revisionsOf(db, out, () => true)),
  };
  return seal(db, session, payload);
}

function sealSubmission(db: WriteDb, session: Session, sheets: readonly Sheet[], at: string): Sealed {
  const payload: Submission = {
    ...headerFor(db, session, session.meta.office, sheets.map(asItStands), at),
    ...remarksFor(db, sheets, ({ author }) => author.role === 'department' && author.unit === session.meta.unit),
    kind: 'submission',
    forms: [...new Set(sheets.map((sheet) => sheet.assignment.form))],
    // The office's own revisions are in its file; everything that departments wrote travels in full each time, so
    // that a lost or late package never holds up the next one.
    revisions: sheets.flatMap((sheet) =>
      revisionsOf(db, asItStands(sheet), (revision) => revision.author.role === 'department'),
    ),
    incomplete: sheets.flatMap((sheet) => {
      const { labels, asked } = lackOf(sheet);
      return labels.length + asked.length > 0 ? [{ sheet: sheet.id, missing: [...labels, ...asked] }] : [];
    }),
  };
  return seal(db, session, payload);
}

/** Writes a sealed package and opens the written file again before it counts as delivered. */
async function deliver(task: Task, folder: string, sealed: Sealed): Promise<WrittenPackage> {
  const file = path.join(folder, sealed.name);
  await task.ports.files.write(file, sealed.bytes, {
    check: (written) => {
      if (openEnvelope(written).payloadHash !== sealed.hash) {
        fail('file.unwritable', { name: sealed.name, reason: '書いた内容を読み戻すと違っている' });
      }
    },
  });
  task.write((db) => markDelivered(db, sealed.payload.sequence));
  const { payload } = sealed;
  return {
    file: sealed.name,
    unit: payload.kind === 'distribution' ? payload.recipient.unit : payload.sender.unit,
    sequence: payload.sequence,
    hash: sealed.hash,
    sheets: payload.sheets.map(({ number }) => number),
  };
}

/**
 * One package for each department, with its sheets, their form and all that stands in them.
 * Raises sheet.none, sheet.conflicted, key.locked and the problems of writing.
 */
export async function distribute(task: Task, input: ParsedInput<'package.distribute'>) {
  const folder = task.pathOf(input.folder);
  assertRole(task.session(), 'office');
  signingKey(task.session());
  const units = task.read((db) => {
    const sheets = loadSheets(db);
    if (sheets.length === 0) fail('sheet.none', {});
    assertDecided(sheets);
    // A department that has nothing left is told so too.
    const given = allSent(db).map((sent) => sent.recipient);
    return [...new Set([...sheets.flatMap((sheet) => sheet.assignment.units), ...given])];
  });
  await task.ports.files.makeFolder(folder);
  const packages: WrittenPackage[] = [];
  for (const [index, unit] of units.entries()) {
    await task.step({ done: index, total: units.length, name: unit });
    const at = task.ports.clock.now();
    const sealed = task.write((db, session) => {
      const own = loadSheets(db).filter((sheet) => sheet.assignment.units.includes(unit));
      for (const sheet of own) commitSheet(db, session, sheet.id, at, '');
      return sealDistribution(
        db,
        session,
        unit,
        own.map((sheet) => loadSheet(db, sheet.id)),
        at,
      );
    });
    packages.push(await deliver(task, folder, sealed));
  }
  return { packages };
}

/**
 * One package with the chosen sheets (all of them when none is named).
 * Raises sheet.incomplete with all missing labels unless `incomplete`, sheet.conflicted, sheet.none, sheet.unknown,
 * key.locked and the problems of writing.
 */
export async function submit(task: Task, input: ParsedInput<'package.submit'>) {
  const folder = task.pathOf(input.folder);
  assertRole(task.session(), 'department');
  signingKey(task.session());
  const chosen = task.read((db) => {
    const own = loadSheets(db).filter((sheet) => isOwn(task.session().meta, sheet));
    const named = input.sheets?.map((sheet) => loadSheet(db, sheet));
    const sheets = named ? own.filter((sheet) => named.some((wanted) => wanted.id === sheet.id)) : own;
    if (sheets.length === 0) fail('sheet.none', {});
    assertDecided(sheets);
    const missing = sheets
      .map((sheet) => ({ sheet: sheet.number, ...lackOf(sheet) }))
      .filter(({ labels, asked }) => labels.length + asked.length > 0);
    if (missing.length > 0 && !input.incomplete) fail('sheet.incomplete', { missing });
    return {
      ids: [...new Set(sheets.map((sheet) => sheet.id))],
      incomplete: missing.map(({ sheet, labels, asked }) => ({ sheet, missing: [...labels, ...asked] })),
    };
  });
  await task.step({ done: 0, total: 1, name: task.session().meta.office });
  await task.ports.files.makeFolder(folder);
  const at = task.ports.clock.now();
  const sealed = task.write((db, session) => {
    for (const id of chosen.ids) commitSheet(db, session, id, at, '');
    return sealSubmission(
      db,
      session,
      chosen.ids.map((id) => loadSheet(db, id)),
      at,
    );
  });
  return { packages: [await deliver(task, folder, sealed)], incomplete: chosen.incomplete };
}
