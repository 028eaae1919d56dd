// Rows to choose from, a page of them at a time: nothing scrolls.
import type { Signal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import type { Workout } from '../../../gen/sheave/v1/program_pb';
import { exerciseName, m } from '../phrases';
import { Foot } from '../screens/foot';
import { Press } from './press';
import { Refusal } from './refusal';

const PER_PAGE = 6;

interface ListProps {
  label: string;
  /** Over the rows; absent: the screen's own title says it. */
  heading?: ComponentChildren;
  rows: readonly VNode[];
  page: Signal<number>;
  back: () => void;
}

export function List({ label, heading, rows, page, back }: ListProps) {
  const pages = Math.max(1, Math.ceil(rows.length / PER_PAGE));
  return (
    <>
      <main class={`list ${heading ? 'headed' : ''}`} aria-label={label}>
        {heading}
        {rows.slice(page.value * PER_PAGE, (page.value + 1) * PER_PAGE)}
      </main>
      <Refusal />
      <Foot class="pages">
        <Press class="btn" onPress={back} data-back>
          {m().back}
        </Press>
        <div class="now">{pages > 1 && m().walkUp.page(page.value + 1, pages)}</div>
        {pages > 1 && (
          <Press class="btn" onPress={() => (page.value = (page.value + 1) % pages)} data-next-page>
            {m().walkUp.nextPage}
          </Press>
        )}
      </Foot>
    </>
  );
}

export function RowText({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <span class="grow">
      <h2>{title}</h2>
      <p>{children}</p>
    </span>
  );
}

/** "Rack pull, T-bar row, Face pull": a line ends between two of them, never inside a name. */
export function Exercises({ workout }: { workout: Workout }) {
  return (
    <>
      {workout.parts.flatMap((part, i) => [
        i > 0 && ' ',
        <span key={i} class="whole">
          {exerciseName(part.program)}
          {i + 1 < workout.parts.length && ','}
        </span>,
      ])}
    </>
  );
}
