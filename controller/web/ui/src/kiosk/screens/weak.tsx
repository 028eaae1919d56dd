// "Where are you weak?": what a person notices in their training, in their own words. Each sign leads to the workout that the catalog has for it.
import { computed, signal } from '@preact/signals';
import { NextIcon } from '../parts/icons';
import { Exercises, List, RowText } from '../parts/list';
import { Press } from '../parts/press';
import { catalogText, m } from '../phrases';
import type { Wish } from '../state/machine';
import { workouts } from '../state/store';

export const weakOpen = signal(false);
const page = signal(0);

export function openWeak(open: boolean) {
  page.value = 0;
  weakOpen.value = open;
}

/** What can be done about here: what cannot is not drawn. */
export const signs = computed(() =>
  workouts.value.filter((workout) => !workout.unavailableReason).flatMap((workout) => workout.signs.map((sign) => ({ sign, workout }))),
);

export function Weak({ take }: { take: (wish: Wish) => void }) {
  const rows = signs.value.map(({ sign, workout }) => (
    <Press key={`${workout.name} ${sign}`} class="tile row" onPress={() => take({ workout: workout.name })} data-sign={sign}>
      <RowText title={catalogText(sign)}>
        <Exercises workout={workout} />
      </RowText>
      <NextIcon />
    </Press>
  ));
  const heading = (
    <div class="asked">
      <h2>{m().weak.title}</h2>
      <p>{m().weak.hint}</p>
    </div>
  );
  return <List label={m().weak.title} heading={heading} rows={rows} page={page} back={() => openWeak(false)} />;
}
