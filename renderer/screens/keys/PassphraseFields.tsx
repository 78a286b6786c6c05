// A passphrase that is decided on, typed twice.
import { Field } from '../../ui/Field.tsx';

export type Phrases = { first: string; again: string };

/** What is wrong with them, or undefined. `least`: how many characters it needs. */
export function phraseFault({ first, again }: Phrases, least = 1): string | undefined {
  if (first === '') return '合い言葉を入れてください。';
  if ([...first.normalize('NFKC')].length < least) return `${least}文字以上の合い言葉を入れてください。`;
  return first === again ? undefined : '同じ合い言葉を2回入れてください。';
}

type Props = {
  label: string;
  help?: string;
  value: Phrases;
  onChange: (phrases: Phrases) => void;
  error: string | undefined;
};

export function PassphraseFields({ label, help, value, onChange, error }: Props) {
  return (
    <>
      <SecretField
        label={label}
        required
        help={help}
        value={value.first}
        onChange={(first) => onChange({ ...value, first })}
        error={error}
      />
      <SecretField
        label={`${label}をもう一度`}
        required
        value={value.again}
        onChange={(again) => onChange({ ...value, again })}
      />
    </>
  );
}

type SecretProps = {
  label: string;
  required?: boolean;
  help?: string | undefined;
  value: string;
  onChange: (text: string) => void;
  error?: string | undefined;
};

/** One secret, hidden while it is typed. */
export function SecretField({ label, required = false, help, value, onChange, error }: SecretProps) {
  return (
    <Field label={label} required={required} help={help} error={error}>
      {(control) => (
        <input
          {...control}
          className="input"
          type="password"
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
