// Where in the program a person is. Simple state: no addresses, no router.
export type Place =
  | { at: 'welcome' }
  | { at: 'create' }
  | { at: 'join' }
  | { at: 'sheets' }
  | { at: 'sheet'; sheet: string; cell?: string }
  | { at: 'intake'; sheet?: string }
  /** `sheets`: those already chosen; all of them without. */
  | { at: 'handin'; sheets?: readonly string[] }
  | { at: 'distribute' }
  | { at: 'receive' }
  | { at: 'export' }
  | { at: 'signers' }
  /** `from`: where the screen leads back to. */
  | { at: 'help'; from: Place }
  | { at: 'search'; text: string; from: Place };

export type Go = (place: Place) => void;
