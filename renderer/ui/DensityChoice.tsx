// The choice of how close the lines stand.
import { useId } from 'react';
import { chooseDensity, DENSITIES, type Density, useDensity } from './density.ts';

export function DensityChoice() {
  const id = useId();
  const density = useDensity();
  return (
    <span className="density no-print">
      <label htmlFor={id}>行の間</label>
      <select
        id={id}
        className="input toolbar-size"
        value={density}
        onChange={(event) => chooseDensity(event.target.value as Density)}
      >
        {DENSITIES.map(({ code, label }) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </select>
    </span>
  );
}
