// A box to type in, with a list under it of what the words could mean: arrows choose, Enter takes, the mouse too.
// Promise: the Enter that confirms a word being composed takes nothing.
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';

export type Pick = { key: string; content: ReactNode };
type Props = {
  label: string;
  help: string;
  text: string;
  picks: readonly Pick[];
  /** Said when the words lead nowhere. */
  empty: string;
  /** It appears because the person wants to type in it now. */
  takesFocus?: boolean;
  onText: (text: string) => void;
  onPick: (key: string) => void;
};

export function PickList({ label, help, text, picks, empty, takesFocus = true, onText, onPick }: Props) {
  const id = useId();
  const [at, setAt] = useState(0);
  const chosen = Math.min(at, picks.length - 1);
  const activeId = picks[chosen] ? `${id}-${chosen}` : undefined;
  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const move = moves[event.key];
    if (move !== undefined) setAt(Math.max(0, Math.min(chosen + move, picks.length - 1)));
    else if (event.key === 'Enter' && picks[chosen]) onPick(picks[chosen].key);
    else return;
    event.preventDefault();
  }

  return (
    <div className="stack-close">
      <label className="field-label" htmlFor={`${id}-input`}>
        {label}
      </label>
      <p className="field-help" id={`${id}-help`}>
        {help}
      </p>
      <input
        id={`${id}-input`}
        className="input"
        role="combobox"
        aria-expanded={picks.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={activeId}
        aria-autocomplete="list"
        aria-describedby={`${id}-help`}
        autoComplete="off"
        value={text}
        // biome-ignore lint/a11y/noAutofocus: the person has asked for this box by a key
        autoFocus={takesFocus}
        onChange={(event) => {
          setAt(0);
          onText(event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} className="picks" role="listbox" aria-label={label}>
        {picks.map((pick, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the keys are the box's, which names the option in hand
          <div
            key={pick.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => onPick(pick.key)}
          >
            {pick.content}
          </div>
        ))}
      </div>
      <p role="status" className="quiet">
        {text !== '' && (picks.length === 0 ? empty : `${picks.length}件`)}
      </p>
    </div>
  );
}
