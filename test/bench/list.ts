// sheet.list: the office's main screen, before anything was decided and after every sheet was returned four times. The
// floor reads the same rows and parses their JSON.
import { systemPorts } from '../../electron/core/ports.ts';
import { openSession } from '../../electron/core/session.ts';
import { listSheets } from '../../electron/core/store/derived.ts';
import { addDecisions } from '../../electron/core/store/fates.ts';
import { addSent, markDelivered } from '../../electron/core/store/ledger.ts';
import { openBare } from './bare.ts';
import { type Line, race } from './measure.ts';
import { openAsker, removeWorkspace, type Town } from './town.ts';

const RETURNS = 4;
const REMARKED = 20;

export async function list(town: Town, rounds: number): Promise<Line[]> {
  const plain = await town.copyOf(town.full);
  const decided = await town.copyOf(town.full);
  await decide(decided, town.handed);
  const rows = `${town.sheets} rows`;
  return [
    await listing(plain, 'sheet.list', `SELECT and JSON.parse of the same ${rows}`, rounds),
    await listing(
      decided,
      'sheet.list, decided',
      `the same ${rows}, with ${town.sheets * RETURNS} decisions beside them`,
      rounds,
    ),
  ];
}

async function listing(file: string, name: string, note: string, rounds: number): Promise<Line> {
  const asker = await openAsker(file);
  const db = openBare(file);
  const select = db.prepare(
    `SELECT d.sheet, d.number, d.name, d.heads, d.shown FROM derived_sheet d JOIN ref r ON r.sheet = d.sheet
     ORDER BY r.position`,
  );
  const lineOf = (row: unknown) => {
    const { heads, shown, ...line } = row as { heads: string; shown: string };
    return { ...line, heads: JSON.parse(heads), ...JSON.parse(shown) };
  };
  const raced = await race({ run: () => asker.ask('sheet.list', {}) }, { run: () => select.all().map(lineOf) }, rounds);
  db.close();
  await asker.close();
  await removeWorkspace(file);
  return { name, unit: 'ms', ...raced, note };
}

/** Enters returns of every sheet, as many as `handed` in each, with remarks on some cells. */
async function decide(file: string, handed: number): Promise<void> {
  const session = await openSession(systemPorts(), file, undefined);
  session.store.write((db) => {
    const sheets = listSheets(db);
    for (let from = 0; from < sheets.length * RETURNS; from += handed) {
      const own = sheets.slice(from % sheets.length, (from % sheets.length) + handed);
      const payload = String(from).padStart(64, '0');
      const place = { print: '1'.repeat(30), epoch: 'e'.repeat(16), sequence: from + 1, payload };
      const sent = { ...place, recipient: `第${from % sheets.length}課`, kind: 'return', heads: {}, at: '' };
      addSent(db, { ...sent, delivered: false }, new Uint8Array(0));
      markDelivered(db, payload);
      const cells = Array.from({ length: REMARKED }, (_, at) => ({ address: `c${at}`, verdict: 'remarked' as const }));
      const decisions = own.map(({ id, heads }) => ({
        sheet: id,
        decision: 'returned' as const,
        heads: [...heads],
        cells,
      }));
      addDecisions(db, payload, { decisions, seen: [place] }, '');
    }
  });
  session.store.close();
}
