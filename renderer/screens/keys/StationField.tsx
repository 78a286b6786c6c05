// What people call workstations and departments.
import { Field } from '../../ui/Field.tsx';

type Props = { label?: string; value: string; onChange: (name: string) => void };

/** A workstation's name: told apart by it where a department has several. */
export function StationField({ label = 'この端末の呼び名', value, onChange }: Props) {
  return (
    <Field label={label} help="「窓口1番」のように、パソコンを見分ける名前です。なくてもかまいません。">
      {(control) => (
        <input
          {...control}
          className="input"
          autoComplete="off"
          maxLength={60}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

export const unitFault = (unit: string): string | undefined =>
  unit.trim() === '' ? '課の名前を入れてください。' : undefined;

/** The department that uses a workstation. */
export function UnitField({ value, onChange, error }: Props & { error: string | undefined }) {
  return (
    <Field label="課の名前" required help="この端末を使う課を、割り当てのとおりに書きます。" error={error}>
      {(control) => (
        <input
          {...control}
          className="input"
          autoComplete="off"
          maxLength={100}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
