// What people call this workstation: told apart by it where a department has several.
import { Field } from '../ui/Field.tsx';

export function StationField({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  return (
    <Field label="この端末の呼び名" help="「窓口1番」のように、このパソコンを見分ける名前です。なくてもかまいません。">
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
