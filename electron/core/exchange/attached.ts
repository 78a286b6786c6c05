// What travels beside the revisions of a sheet: remarks and last year's sheet. Checked like everything that comes from
// outside, then kept: remarks are only ever added, of last year's sheet the newest word of the office counts.
import { type Form, layOut, readDefinition } from '../../../shared/form/form.ts';
import { findFaults } from '../../../shared/form/validate.ts';
import { fail } from '../../../shared/kernel/problem.ts';
import type { Carrier } from '../../../shared/package/payload.ts';
import type { Confirmation } from '../../../shared/revision/confirmation.ts';
import type { Previous } from '../../../shared/revision/previous.ts';
import { type Remark, remarkFault } from '../../../shared/revision/remark.ts';
import { formOf, hasArtifact, hashOf, putArtifact } from '../store/artifacts.ts';
import { addConfirmation, hasConfirmation } from '../store/confirmations.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { previousOf, setPrevious } from '../store/previous.ts';
import { addRemark, hasRemark } from '../store/remarks.ts';

/** What is new of it for one sheet. */
export type Attached = {
  remarks: readonly Remark[];
  confirmations: readonly Confirmation[];
  previous: Previous | undefined;
};

export const NOTHING_ATTACHED: Attached = { remarks: [], confirmations: [], previous: undefined };

const inconsistent = (reason: string) => fail('package.inconsistent', { reason });

/** Raises package.inconsistent for what a package of this sender may not hold at all. */
export function assertAttached(db: ReadDb, payload: Carrier): void {
  const sheets = new Set(payload.sheets.map(({ sheet }) => sheet));
  for (const remark of payload.remarks) {
    const { role, unit } = remark.author;
    if (!sheets.has(remark.sheet)) inconsistent('一覧にないシートへの指摘がある');
    if (payload.kind === 'submission' && (role !== 'department' || unit !== payload.sender.unit)) {
      inconsistent('送り手でない課の指摘がある');
    }
    const fault = remarkFault(remark);
    if (fault !== undefined) inconsistent(fault);
  }
  for (const { sheet, author } of payload.confirmations) {
    if (!sheets.has(sheet)) inconsistent('一覧にないシートの確認がある');
    if (author.role !== 'department') inconsistent('担当課でない確認がある');
    if (payload.kind === 'submission' && author.unit !== payload.sender.unit)
      inconsistent('送り手でない課の確認がある');
  }
  if (payload.kind !== 'distribution') return;
  const sources = new Map([...payload.forms, ...payload.lastYear.forms].map((form) => [hashOf(form), form] as const));
  const forms = new Map<string, Form>();
  const formAt = (hash: string, year: number): Form => {
    const source = sources.get(hash);
    const known = forms.get(`${hash}:${year}`) ?? (hasArtifact(db, hash) ? formOf(db, hash, year) : undefined);
    if (!known && !source) return inconsistent('前年度のシートの様式がない');
    const form = known ?? layOut(readDefinition(source, hash.slice(0, 8)), year);
    forms.set(`${hash}:${year}`, form);
    return form;
  };
  for (const { sheet, previous } of payload.lastYear.sheets) {
    if (!sheets.has(sheet)) inconsistent('一覧にないシートの前年度がある');
    if (previous.year >= payload.year) inconsistent('前年度のシートの年度が正しくない');
    const [fault] = previous.form === null ? [] : findFaults(formAt(previous.form, previous.year), previous.values);
    if (fault !== undefined) inconsistent(`前年度のシートが様式に合わない（${fault}）`);
  }
}

/** Why a remark of a package does not fit a sheet of this form, in words, or undefined. */
export const attachedFault = (payload: Carrier, sheet: string, form: Form): string | undefined =>
  remarksOn(payload, sheet).every(({ address }) => address === '' || form.byAddress.has(address))
    ? undefined
    : '様式にない欄への指摘がある';

/** What a package brings for a sheet and is not here yet. `isOld`: a newer package of this sender was taken in before. */
export function attachedIn(db: ReadDb, payload: Carrier, sheet: string, isOld: boolean): Attached {
  const remarks = remarksOn(payload, sheet).filter((remark) => !hasRemark(db, hashOf(remark)));
  const sent =
    payload.kind === 'distribution' ? payload.lastYear.sheets.find((one) => one.sheet === sheet)?.previous : undefined;
  const known = previousOf(db, sheet);
  const isNews = sent !== undefined && (!known || (!isOld && hashOf(sent) !== hashOf(known)));
  const confirmations = payload.confirmations.filter(
    (confirmation) => confirmation.sheet === sheet && !hasConfirmation(db, hashOf(confirmation)),
  );
  return { remarks, confirmations, previous: isNews ? sent : undefined };
}

const remarksOn = (payload: Carrier, sheet: string): Remark[] =>
  payload.remarks.filter((remark) => remark.sheet === sheet);

/** Keeps the definitions in which a package's last year's sheets are filled. */
export function keepPreviousForms(db: WriteDb, payload: Carrier): void {
  if (payload.kind !== 'distribution') return;
  for (const source of payload.lastYear.forms) putArtifact(db, 'form', source);
}

/** Keeps what is new for a sheet. */
export function keepAttached(db: WriteDb, sheet: string, { remarks, confirmations, previous }: Attached): void {
  for (const confirmation of confirmations) addConfirmation(db, confirmation, false);
  for (const remark of remarks) addRemark(db, remark, false);
  if (previous) setPrevious(db, sheet, previous);
}
