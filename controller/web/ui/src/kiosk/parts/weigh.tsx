// The weight, with minus and plus. The step is stated; the number changes at once and the machine's answer decides.
import { useEffect, useState } from 'preact/hooks';
import { loadStep_kg, loadText, m } from '../phrases';
import { language } from '../phrases';
import { chooseLoad } from '../state/machine';
import { machine } from '../state/store';
import { loadNumber, unit } from '../../shared/units';
import { MinusIcon, PlusIcon } from './icons';
import { Press } from './press';

const LIGHTEST_KG = 0.5;

export function Weigh({ load_kg }: { load_kg: number }) {
  const [wished_kg, wish] = useState<number | undefined>(undefined);
  useEffect(() => wish(undefined), [load_kg]);
  const increment_kg = machine.value?.incrementKg ?? 0.25;
  const step_kg = loadStep_kg(increment_kg);
  const shown_kg = wished_kg ?? load_kg;
  const change = (by_kg: number) => {
    const heaviest_kg = machine.value?.loadMaxTotalKg ?? Infinity;
    const next_kg = Math.min(heaviest_kg, Math.max(LIGHTEST_KG, Math.round((shown_kg + by_kg) / increment_kg) * increment_kg));
    if (next_kg === shown_kg) return;
    wish(next_kg);
    void chooseLoad(next_kg).then((taken) => taken || wish(undefined));
  };
  const step = loadText(step_kg);
  const digits = loadNumber(shown_kg, language());
  const wide = digits.replace(/\D/g, '').length + (/\D/.test(digits) ? 0.5 : 0);
  return (
    <div class="weigh">
      <Press class="btn round" aria-label={m().lighter(step)} onPress={() => change(-step_kg)}>
        <MinusIcon />
      </Press>
      <div class="num" role="status" style={{ '--chars': wide }} data-load-kg={shown_kg}>
        {digits}
        <span class="unit">{unit.value}</span>
      </div>
      <Press class="btn round" aria-label={m().heavier(step)} onPress={() => change(step_kg)}>
        <PlusIcon />
      </Press>
    </div>
  );
}
