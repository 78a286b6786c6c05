// A choice among very many, in a list of such choices: its options are drawn when somebody goes to it, since all of them
// in every row would be tens of thousands.
import { type ReactNode, useState } from 'react';

type Props = {
  label: string;
  value: string;
  /** What is chosen now, in words. */
  shown: string;
  onChange: (value: string) => void;
  children: () => ReactNode;
};

export function LateSelect({ label, value, shown, onChange, children }: Props) {
  const [isMet, setMet] = useState(false);
  const meet = () => setMet(true);
  return (
    <select
      className="input toolbar-size"
      aria-label={label}
      value={value}
      // Both come before the list opens: one by keys, the other by the mouse.
      onFocus={meet}
      onPointerDown={meet}
      onChange={(event) => onChange(event.target.value)}
    >
      {isMet ? children() : <option value={value}>{shown}</option>}
    </select>
  );
}
