// A choice among few, with its label before it.
import { type ReactNode, useId } from 'react';

type Props = { label: string; value: string; onChange: (value: string) => void; children: ReactNode };

export function Select({ label, value, onChange, children }: Props) {
  const id = useId();
  return (
    <span className="density no-print">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input toolbar-size" value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
    </span>
  );
}
