// One handler for each method of the contract: composition only.
import { answerCheck } from './answer.ts';
import { assignRows, importAssignment } from './assign.ts';
import { departmentsOf } from './board.ts';
import { reassignSheets, spreadRemark } from './bulk.ts';
import { commitSheet } from './commit.ts';
import { confirmSheets } from './confirm.ts';
import { listConflicts } from './conflicts.ts';
import type { Handlers } from './dispatch.ts';
import { showErrata } from './errata.ts';
import { prepare } from './exchange/carriage.ts';
import { listChains, noteAlarm } from './exchange/chain.ts';
import { discardHeld, dropHeld, exportHeld, listHeld, takeHeldWithin } from './exchange/held.ts';
import { inspectPackage, mergeArrivals, planArrivals } from './exchange/inbox.ts';
import { acknowledge, missingThere } from './exchange/receipts.ts';
import { listReceived } from './exchange/record.ts';
import { eraseInRegister, exportRegister, listRegister } from './exchange/register.ts';
import { listDecisions, returnSheets } from './exchange/returns.ts';
import { distribute, rewrite, submit } from './exchange/send.ts';
import { enrol, listSigners, packagesOf, previewRevocation, revokeSigner, stationsOf } from './exchange/signers.ts';
import { dependentsOf, redoPackage, undoPackage } from './exchange/undo.ts';
import { lookIntoInbox, setInbox } from './exchange/watch.ts';
import { showFigures, writePicture } from './figures.ts';
import { applyIntake, gatherIntake, previewIntake, surveyIntake } from './fill.ts';
import { showHelp } from './help.ts';
import { cellHistory } from './history.ts';
import { makeRecovery, protectKey, recoverKey, rotateKey } from './keys.ts';
import { listLosses, restoreLoss } from './losses.ts';
import { showLosses, writeExport } from './output/export.ts';
import { previewEdition } from './output/preview.ts';
import { importPrevious, showPrevious } from './previous.ts';
import { makePublication, planPublication, showPublications } from './publish.ts';
import { checkQuality } from './quality.ts';
import { sayRemark, threadViews } from './remarks.ts';
import { setRound } from './rounds.ts';
import { makeSample } from './sample.ts';
import { searchSheets } from './search.ts';
import { viewSession } from './session.ts';
import { rowOf, viewSheet } from './sheet.ts';
import { keepSpellings, listSpellings } from './spellings.ts';
import { definitionSourceOf } from './store/artifacts.ts';
import { listSheets } from './store/derived.ts';
import { loadSheet } from './store/sheets.ts';
import { travelsOf } from './travels.ts';
import { chooseSide, stepThrough, typeCells } from './typing.ts';
import { verifyStore } from './verify.ts';
import { about, createWorkspace, joinWorkspace, openWorkspace, unlockWorkspace } from './workspace.ts';

export const handlers: Handlers = {
  'app.about': about,
  'help.show': showHelp,
  'workspace.create': createWorkspace,
  'workspace.open': openWorkspace,
  'workspace.join': joinWorkspace,
  'workspace.sample': makeSample,
  'workspace.unlock': unlockWorkspace,
  'workspace.close': async (task) => {
    task.closeSession();
    return {};
  },
  'workspace.view': (db, _, { session }) => viewSession(db, session),
  'form.show': (db, { form }) => ({ definition: definitionSourceOf(db, form) }),
  'sheet.list': (db, _, { session }) => {
    const travels = travelsOf(db, session);
    const sheets = listSheets(db).map((sheet) => rowOf(session, sheet, travels));
    return { sheets, departments: departmentsOf(db, session, sheets, travels) };
  },
  'sheet.show': (db, { sheet }, { session }) => viewSheet(db, session, loadSheet(db, sheet)),
  'sheet.assign': (db, { rows }, { session, ports }) => ({
    ...assignRows(db, session, ports, rows, ports.clock.now()),
    taken: takeHeldWithin(db, session, ports.clock.now()),
  }),
  'assignment.import': importAssignment,
  'sheet.reassign': reassignSheets,
  'cell.set': (db, { sheet, cells }, { session, ports }) => typeCells(db, session, sheet, cells, ports.clock.now()),
  'cell.undo': (db, { sheet }, { ports }) => stepThrough(db, sheet, 'undo', ports.clock.now()),
  'cell.redo': (db, { sheet }, { ports }) => stepThrough(db, sheet, 'redo', ports.clock.now()),
  'cell.history': (db, { sheet, address }, { session }) => ({ entries: cellHistory(db, session, sheet, address) }),
  'sheet.search': (db, input) => searchSheets(db, input),
  'sheet.previous': (db, { sheet }) => ({ previous: showPrevious(db, sheet) }),
  'previous.import': importPrevious,
  'remark.list': (db, { sheet }) => ({ threads: threadViews(db, loadSheet(db, sheet)) }),
  'remark.add': (db, input, { session, ports }) => sayRemark(db, session, input, ports.clock.now()),
  'remark.spread': spreadRemark,
  'check.answer': (db, input, { session, ports }) => answerCheck(db, session, input, ports.clock.now()),
  'conflict.choose': (db, { sheet, address, revision }, { session, ports }) =>
    chooseSide(db, session, sheet, address, revision, ports.clock.now()),
  'conflict.list': (db, _, { session }) => ({ conflicts: listConflicts(db, session) }),
  'loss.list': (db, { sheet }, { session }) => ({ losses: listLosses(db, session, sheet) }),
  'loss.restore': (db, input, { session, ports }) => restoreLoss(db, session, input, ports.clock.now()),
  'sheet.confirm': (db, input, { session, ports }) => confirmSheets(db, session, input, ports.clock.now()),
  'sheet.round': (db, input, { session }) => setRound(db, session, input),
  'sheet.commit': (db, { sheet, note }, { session, ports }) => ({
    revision: commitSheet(db, session, sheet, ports.clock.now(), note),
  }),
  'intake.preview': previewIntake,
  'intake.apply': applyIntake,
  'intake.gather': gatherIntake,
  'intake.survey': surveyIntake,
  'package.prepare': prepare,
  'package.distribute': distribute,
  'package.submit': submit,
  'package.rewrite': rewrite,
  'register.list': (db) => listRegister(db),
  'register.erase': (db, input, { ports }) => eraseInRegister(db, input, ports.clock.now()),
  'register.export': exportRegister,
  'package.inspect': inspectPackage,
  'package.plan': planArrivals,
  'package.merge': mergeArrivals,
  'package.received': (db) => ({ packages: listReceived(db) }),
  'package.dependents': (db, input, { session }) => dependentsOf(db, session, input.package),
  'package.undo': (db, input, { session }) => undoPackage(db, session, input),
  'package.redo': (db, input, { session }) => redoPackage(db, session, input),
  'package.missing': (db) => ({ missing: missingThere(db) }),
  'package.return': returnSheets,
  'package.acknowledge': acknowledge,
  'decision.list': (db, input, { session }) => ({ decisions: listDecisions(db, session, input.sheet) }),
  'key.rotate': rotateKey,
  'key.protect': protectKey,
  'recovery.write': makeRecovery,
  'recovery.open': recoverKey,
  'signer.list': (db, _, { session }) => ({ signers: listSigners(db), stations: stationsOf(db, session) }),
  'signer.accept': (db, input, { session, ports }) => ({
    ...enrol(db, session, input, ports.clock.now(), false),
    taken: takeHeldWithin(db, session, ports.clock.now()),
  }),
  'signer.expect': (db, input, { session, ports }) => ({
    ...enrol(db, session, input, ports.clock.now(), true),
    taken: takeHeldWithin(db, session, ports.clock.now()),
  }),
  'signer.packages': (db, { print }) => ({ packages: packagesOf(db, print) }),
  'signer.after': (db, { print, from }) => ({ packages: previewRevocation(db, print, from) }),
  'signer.revoke': (db, { print, from }, { ports }) => revokeSigner(db, print, from, ports.clock.now()),
  'held.list': (db, _, { session }) => ({ packages: listHeld(db, session) }),
  'held.drop': (db, input, { session }) => ({ packages: dropHeld(db, session, input) }),
  'held.discard': (db, input, { session }) => ({ packages: discardHeld(db, session, input) }),
  'held.export': exportHeld,
  'chain.list': listChains,
  'alarm.note': (db, { alarm, person }, { ports }) => noteAlarm(db, alarm, person, ports.clock.now()),
  'inbox.set': setInbox,
  'inbox.look': lookIntoInbox,
  'figures.show': (db, input) => showFigures(db, input),
  'picture.write': writePicture,
  'quality.check': checkQuality,
  'spelling.list': listSpellings,
  'spelling.keep': keepSpellings,
  'edition.preview': previewEdition,
  'publication.plan': planPublication,
  'publication.make': makePublication,
  'publication.list': (db) => showPublications(db),
  'publication.errata': showErrata,
  'export.write': writeExport,
  'export.losses': showLosses,
  'store.verify': verifyStore,
};
