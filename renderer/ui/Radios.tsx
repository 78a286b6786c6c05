// A question with a few answers of which one holds, each with what it means.
import { useId } from 'react';
import { Choice } from './Field.tsx';

type Option<T extends string> = { value: T; label: string; help?: string };
type Props<T extends string> = {
  legend: string;
  options: readonly Option<T>[];
  value: T;
  onChange: (value: T) => void;
};

export function Radios<T extends string>({ legend, options, value, onChange }: Props<T>) {
  const name = useId();
  return (
    <fieldset className="stack-close">
      <legend className="field-label">{legend}</legend>
      {options.map((option) => (
        <Choice
          key={option.value}
          type="radio"
          name={name}
          checked={value === option.value}
          onChange={() => onChange(option.value)}
        >
          {option.label}
          {option.help && <span className="choice-help">{option.help}</span>}
        </Choice>
      ))}
    </fieldset>
  );
}
