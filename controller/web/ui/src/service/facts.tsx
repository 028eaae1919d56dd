// What was measured, a line each.
import { fixed } from '../shared/units';
import { language } from '../operator/model/format';

export type Rows = [label: string, value: string][];

export function Facts({ rows }: { rows: Rows }) {
  return (
    <dl class="facts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export const measure = (value: number, decimals: number, unit: string) => `${fixed(value, language(), decimals)}\u00a0${unit}`;
