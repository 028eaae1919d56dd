// The sets of a result side by side, rep by rep.
import { SetKind } from '../../../gen/sheave/v1/session_pb';
import { loadNumber, setLoad, unit } from '../../shared/units';
import { exerciseName, isTest, language, m, setName } from '../phrases';
import { sameSetAtLastVisit } from '../state/comparison';
import { exercisesOf, placeOf, programOf } from '../state/result';
import type { DoneSet } from '../state/store';
import { Bars, fullBar, MEAN_SPEED, PEAK_FORCE } from './bars';

/** As many have the width of their reps; more stand in rows, all as wide, and say less. */
const IN_A_ROW = 4;
const FEWEST_SLOTS = 3;

/** Its exercise where there are several, said once; else what it was where not all were planned. */
function caption({ set, program }: DoneSet, i: number, done: readonly DoneSet[]): string {
  if (done.length > IN_A_ROW) return '';
  if (exercisesOf(done).length > 1) return program === done[i - 1]?.program ? '\u00a0' : exerciseName(programOf(program));
  return done.some((one) => one.set.kind !== SetKind.WORKING) ? setName(set, placeOf(set, done)) : '';
}

/** Its weight, of a test its number; what the weight is in stands above all. */
function briefly({ set, program }: DoneSet): string {
  return isTest(programOf(program)) ? String(set.index) : loadNumber(set.loadTotalKg, language());
}

/** The speed of each rep, of a test the force. */
export function BySet({ done, tests }: { done: readonly DoneSet[]; tests: boolean }) {
  const all = done.map(({ set }) => set);
  const before = new Map(all.map((set) => [set, sameSetAtLastVisit(set, all)]));
  const compared = [...before.values()].some(Boolean);
  const of = tests ? PEAK_FORCE : MEAN_SPEED;
  const full = fullBar(of, ...done.map((set) => set.reps), ...[...before.values()].map((known) => known?.reps ?? []));
  const many = done.length > IN_A_ROW;
  const widths = done.map(({ reps }) => `minmax(130px, ${Math.max(FEWEST_SLOTS, reps.length)}fr)`).join(' ');
  return (
    <section class="card reps">
      <div class="head">
        <span class="label">
          <b>{tests ? m().test.force : m().finish.speed}</b> {many && !tests && `· ${unit.value}`}
        </span>
        {compared && (
          <span class="label key" data-last-visit>
            {m().lastTime}
          </span>
        )}
      </div>
      <div class={`groups ${many ? 'many' : ''}`} style={many ? {} : { gridTemplateColumns: widths }}>
        {done.map((one, i) => (
          <div key={one.set.name} data-set={one.set.index} data-set-reps={one.reps.length} data-set-load-kg={one.set.loadTotalKg}>
            <Bars reps={one.reps} before={before.get(one.set)?.reps ?? []} of={of} full={full} />
            <p class="label below-bars">
              <b>{many ? briefly(one) : tests ? m().setUp.setToCome(one.set.index) : setLoad(one.set, language())}</b>{' '}
              {`×\u00a0${one.reps.length}${many && one.set.lightened.length > 0 ? '\u00a0↓' : ''}`}
              {caption(one, i, done) && <small>{caption(one, i, done)}</small>}
            </p>
          </div>
        ))}
      </div>
    </section>
  );
}
