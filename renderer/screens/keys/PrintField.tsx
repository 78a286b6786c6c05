// The box for 30 digits that somebody reads out or that stand on paper. They are typed, never copied from a screen.
import { typedPrint } from '../../../shared/package/trust.ts';
import { Field } from '../../ui/Field.tsx';
import { groupPrint } from '../words.ts';

/** What is wrong with digits as they were typed, or undefined. */
export function printFault(typed: string): string | undefined {
  const digits = typedPrint(typed);
  if (/^\d{30}$/.test(digits)) return undefined;
  return /^\d*$/.test(digits)
    ? `数字30桁を入れてください（今は${digits.length}桁）。`
    : '数字だけを入れてください。空白とハイフンは入っていてもかまいません。';
}

type Props = { label: string; value: string; onChange: (typed: string) => void; error: string | undefined };

export function PrintField({ label, value, onChange, error }: Props) {
  const digits = typedPrint(value);
  return (
    <Field
      label={label}
      required
      help={
        <>
          30桁。5桁ごとに空白を入れても、続けて打ってもかまいません。
          {/^\d+$/.test(digits) && (
            <span className="typed-print">
              入力：{groupPrint(digits)}（{digits.length}桁）
            </span>
          )}
        </>
      }
      error={error}
    >
      {(control) => (
        <input
          {...control}
          className="input"
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
