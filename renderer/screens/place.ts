// Where in the program a person is. Simple state: no addresses, no router.
export type Place =
  | { at: 'welcome' }
  | { at: 'create' }
  | { at: 'join' }
  | { at: 'sheets' }
  | { at: 'sheet'; sheet: string; cell?: string }
  | { at: 'intake'; sheet?: string }
  | { at: 'handin' }
  | { at: 'distribute' }
  | { at: 'receive' }
  | { at: 'export' }
  | { at: 'signers' }
  /** `from`: where the manual leads back to. */
  | { at: 'help'; from: Place };

export type Go = (place: Place) => void;
