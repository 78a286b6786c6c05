// Where in the program a person is. Simple state: no addresses, no router.
import type { Format } from './export/formats.ts';
import type { FigureLook } from './figures/look.ts';

export type Place =
  | { at: 'welcome' }
  | { at: 'create' }
  | { at: 'join' }
  | { at: 'sheets' }
  /** `from`: where the sheet leads back to, when that is not the list. */
  | { at: 'sheet'; sheet: string; cell?: string; conflict?: string; from?: Place }
  | { at: 'figures'; look?: FigureLook }
  | { at: 'quality'; sheets?: readonly string[] }
  /** `words`: spellings of the list to begin with. `sheets`: those whose texts were checked. */
  | { at: 'spellings'; words?: readonly string[]; sheets?: readonly string[] }
  | { at: 'intake'; sheet?: string }
  /** `sheets`: those already chosen; all of them without. */
  | { at: 'handin'; sheets?: readonly string[] }
  | { at: 'distribute'; sheets?: readonly string[] }
  | { at: 'remark'; sheets: readonly string[] }
  | { at: 'reassign'; sheets: readonly string[] }
  | { at: 'round'; sheets: readonly string[] }
  | { at: 'conflicts' }
  /** `sheet`: only what that sheet lost. */
  | { at: 'losses'; sheet?: string }
  | { at: 'receive' }
  | { at: 'return'; sheets?: readonly string[] }
  | { at: 'record' }
  | { at: 'receipts' }
  /** `first`: a publication to begin with, and the format for it. */
  | { at: 'export'; sheets?: readonly string[]; first?: { snapshot: number; format: Format } }
  | { at: 'publications' }
  | { at: 'publish'; sheets?: readonly string[] }
  | { at: 'register' }
  | { at: 'signers' }
  | { at: 'card' }
  /** `first`: the second step after a file was made. */
  | { at: 'recovery'; first?: true }
  /** `from`: where the screen leads back to. */
  | { at: 'help'; from: Place }
  | { at: 'search'; text: string; from: Place };

export type Go = (place: Place) => void;
