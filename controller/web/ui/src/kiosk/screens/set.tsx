// The live set: one number to read from three metres, the handle on the rail, and detail that may be ignored.
import { useEffect } from 'preact/hooks';
import { MachineState } from '../../../gen/sheave/v1/common_pb';
import { Stage, type Rep } from '../../../gen/sheave/v1/session_pb';
import { fixed, loadNumber, unit, withUnit } from '../../shared/units';
import { Bars, MEAN_SPEED, most, PEAK_FORCE } from '../parts/bars';
import { CueBand } from '../parts/cue';
import { ForceCurve } from '../parts/force_curve';
import { Frame, SetPlace } from '../parts/frame';
import { LiveText } from '../parts/live_text';
import { Rail } from '../parts/rail';
import { Tempo } from '../parts/tempo';
import { forceText, isTest, language, loadText, m, rangeText, screenTitle } from '../phrases';
import { comparison, ghostAt } from '../state/comparison';
import { live } from '../state/live';
import { countedOf, ofSet, program, repGoal, setIndex, snapshot, stage, toLimit } from '../state/store';

/** From here on a rep counts, where the exercise says nothing else. */
const COUNTING_SHARE = 0.8;
/** A force that moves with every newton is not read. */
const FORCE_STEP_N = 5;

export function LiveSet() {
  const { loadTotalKg = 0 } = ofSet.value ?? {};
  const set = setIndex.value;
  const reps = countedOf(set);
  const works = stage.value === Stage.WORKING;
  useEffect(() => live.beginSet(), [works, set]); // anew once it engages: the way out to the start is no rep
  return (
    <Frame
      screen="set"
      title={screenTitle(program.value)}
      end={<SetPlace />}
      dock={isTest(program.value) ? <ForceReadout reps={reps} /> : <LoadReadout load_kg={loadTotalKg} />}
    >
      <main class="with-rail">
        <Rail
          label={() => (live.axes[0]?.romShare === undefined ? m().live.railUnknown : m().live.rail(Math.round(live.axes[0].romShare * 100)))}
          zone={COUNTING_SHARE}
          zoneLabel={`80\u00a0%`}
          frame={() => ({
            rings: live.axes.flatMap((axis) => axis.romShare ?? []),
            ghost: stage.value === Stage.WORKING ? ghostAt(live.movements, live.time_s - live.movement.began_s) : undefined,
          })}
        />
        <div class="live">
          <CueBand />
          <div class="count">
            <div class={`num ${reps.length > 9 ? 'two' : ''}`} role="status" aria-label={m().reps(reps.length)} data-count={reps.length}>
              {reps.length}
            </div>
          </div>
          <Speeds />
          <section class="below">
            <Tempo />
            <ForceCurve />
          </section>
        </div>
      </main>
    </Frame>
  );
}

function LoadReadout({ load_kg }: { load_kg: number }) {
  const before = comparison.value;
  return (
    <div class="readout">
      <div class="num" data-load-kg={load_kg}>
        {loadNumber(load_kg, language())}
        <span class="unit">{unit.value}</span>
      </div>
      <div class="label lines">
        {before ? (before.lastVisit ? m().live.lastTime : m().live.setBefore)(loadText(before.load_kg), before.reps.length) : m().live.firstSet}
      </div>
    </div>
  );
}

/** Of a test: what the hand pulls with now, and the strongest of this set. */
function ForceReadout({ reps }: { reps: readonly Rep[] }) {
  const best_n = most(reps, PEAK_FORCE);
  return (
    <div class="readout">
      <LiveText class="num" text={() => (live.axes.length > 0 ? forceText(Math.round(live.total((axis) => axis.tensionN) / FORCE_STEP_N) * FORCE_STEP_N) : '')} />
      <div class="label lines" data-peak-n={best_n}>
        {best_n === undefined ? m().test.none : m().test.best(forceText(best_n))}
      </div>
    </div>
  );
}

/** Places past the reps to expect, where a set goes on as long as it can. */
const OPEN_REPS = 6;

/** One bar a rep: its speed, in a test its force. */
function Speeds() {
  const reps = countedOf(setIndex.value);
  const before = comparison.value?.reps ?? [];
  const prescription = program.value?.prescription;
  const goal = repGoal.value;
  const bottom = goal?.from ?? prescription?.repBottom ?? 0;
  const open = toLimit.value; // as many as there are: its goal is nobody's
  const top = open ? bottom + OPEN_REPS : (goal?.to ?? prescription?.repTop ?? 0);
  const slots = Math.max(top, reps.length);
  const tests = isTest(program.value);
  const last = reps.at(-1);
  const of = tests ? PEAK_FORCE : MEAN_SPEED;
  const value = last && of.value(last);
  const underWay = snapshot.value?.machineState === MachineState.ACTIVE;
  return (
    <section aria-label={tests ? m().test.force : m().live.speed}>
      <div class="head">
        <span class="label">
          {value !== undefined && (
            <>
              <b>{tests ? forceText(value) : withUnit(fixed(value, language(), 2), 'm/s')}</b> {m().live.thisRep}
            </>
          )}
        </span>
        {before.length > 0 && <span class="label key">{comparison.value?.lastVisit ? m().lastTime : m().setBefore}</span>}
      </div>
      <Bars reps={reps} before={before} slots={slots} marksLast={underWay} of={of} />
      {top > 0 && (
        <div class="slots" aria-hidden="true" style={{ '--slots': slots }}>
          <div class="goal" style={{ gridColumn: `${bottom} / ${top + 1}` }} />
          <div class="name" style={{ gridColumn: `${bottom} / ${top + 1}` }}>
            {open ? `${bottom}+` : rangeText(bottom, top)}
          </div>
        </div>
      )}
    </section>
  );
}
