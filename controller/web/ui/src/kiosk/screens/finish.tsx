// The result: what was moved, how fast, set by set, and a way to take it home. It clears by itself: nothing personal stays on the screen.
import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { fixed, loadNumber, unit } from '../../shared/units';
import { most, PEAK_FORCE } from '../parts/bars';
import { BySet } from '../parts/by_set';
import { ForceOverRange } from '../parts/force_range';
import { Frame } from '../parts/frame';
import { useIdle } from '../parts/idle';
import { Press } from '../parts/press';
import { Refusal } from '../parts/refusal';
import { catalogText, exerciseName, isTest, language, m, memberName, programName, setName } from '../phrases';
import { choose } from '../state/machine';
import { disown, memberHandle, present } from '../state/member';
import { doneSets, partsDone, sessionName, sessionOf, workouts, type DoneSet } from '../state/store';
import { exercisesOf, placeOf, programOf } from '../state/result';
import { useStrength } from '../state/strength';
import { StrengthButton } from './strength';
import { Take } from './take';
import { Trend } from './trend';

const SHOWN_S = 30;

/** Sessions whose result has been seen, or that this screen only heard of after they had ended. */
export const dismissed = signal('');
/** The session ended without its own end: the controller was restarted in the middle of it. */
export const cutShort = signal(false);
/** Program of the session that is shown, kept beyond a restart of the controller. */
export const shownProgram = signal('');
/** The workout that it was part of; empty: none. */
export const shownWorkout = signal('');
/** More is said in whole kilograms: nobody reads the quarter of a ton's kilogram. */
const WHOLE_FROM_KG = 100;

export function dismiss() {
  partsDone.value = { run: '', parts: [] };
  dismissed.value = sessionName.value;
  cutShort.value = false;
}

export function Finish() {
  const left_s = useIdle(SHOWN_S, dismiss);
  const done = doneSets(shownProgram.value);
  const tests = done.length > 0 && done.every((one) => isTest(programOf(one.program)));
  const note = cutShort.value ? m().finish.restarted : '';
  return (
    <Frame
      screen="finish"
      title={m().finish.title}
      end={
        <>
          <span>{m().finish.clears(left_s)}</span>
          {present.value && (
            <>
              <span>{memberName(present.value.member.alias, present.value.member.number)}</span>
              <Press class="btn small" onPress={() => void disown(...sessionsOf(done)).then((done) => done && dismiss())} data-disown>
                {m().member.notMe}
              </Press>
            </>
          )}
        </>
      }
      dockClass="three"
      dock={
        <>
          <Press class="btn" onPress={dismiss} data-done>
            {m().done}
          </Press>
          <Press class="btn main" onPress={() => void again()}>
            <span>
              {m().finish.again}
              <small>{againName()}</small>
            </span>
          </Press>
        </>
      }
    >
      <main class="finish">
        <Refusal />
        {tests ? (
          <TestResult done={done} />
        ) : (
          <>
            <Facts done={done} />
            <BySet done={done} tests={false} />
            <Trend done={done} />
          </>
        )}
        <Take sessions={sessionsOf(done)} note={note} />
      </main>
    </Frame>
  );
}

/** Those with a set, in order. */
function sessionsOf(done: readonly DoneSet[]): string[] {
  return [...new Set(done.map(({ set }) => sessionOf(set)))];
}

/** Of a workout all of it, not the exercise it ended with. */
function againName(): string {
  const workout = workouts.value.find((one) => one.name === shownWorkout.value);
  return workout ? catalogText(workout.displayName) : programName(programOf(shownProgram.value));
}

async function again() {
  const wish = shownWorkout.value ? { workout: shownWorkout.value } : { program: shownProgram.value };
  dismiss();
  await choose({ ...wish, member: memberHandle() });
}

interface Best {
  of: DoneSet;
  rep: number;
  mps: number;
}

function best(done: readonly DoneSet[]): Best | undefined {
  let found: Best | undefined;
  for (const of of done) {
    for (const rep of of.reps) {
      const mps = rep.meanVelocityMps;
      if (mps !== undefined && mps > (found?.mps ?? 0)) found = { of, rep: rep.index, mps };
    }
  }
  return found;
}

/** Whose best it is: of several exercises also which one. */
function bestText({ of, rep }: Best, done: readonly DoneSet[]): string {
  const set = setName(of.set, placeOf(of.set, done));
  return m().finish.best(exercisesOf(done).length > 1 ? `${exerciseName(programOf(of.program))}, ${set}` : set, rep);
}

interface OfSets {
  done: readonly DoneSet[];
}

function Facts({ done }: OfSets) {
  const moved_kg = done.filter((one) => !isTest(programOf(one.program))).reduce((sum, { set }) => sum + set.volumeKg, 0);
  const fastest = best(done);
  return (
    <section class="card facts">
      <RepsFact done={done} />
      <Fact label={m().finish.volume} unit={unit.value}>
        <span data-volume-kg={moved_kg}>{loadNumber(moved_kg >= WHOLE_FROM_KG ? Math.round(moved_kg) : moved_kg, language())}</span>
      </Fact>
      <Fact label={fastest ? bestText(fastest, done) : m().finish.bestUnknown} unit={fastest && 'm/s'}>
        <span data-best-mps={fastest?.mps}>{fastest ? fixed(fastest.mps, language(), 2) : ''}</span>
      </Fact>
    </section>
  );
}

function RepsFact({ done }: OfSets) {
  const reps = done.reduce((sum, set) => sum + set.reps.length, 0);
  const exercises = exercisesOf(done);
  return (
    <Fact label={m().finish.moved(exercises.length > 1 ? m().finish.exercises(exercises.length) : (exercises[0] ?? ''), done.length)}>
      <span data-reps={reps}>{reps}</span>
    </Fact>
  );
}

interface FactProps {
  label: string;
  unit?: string | undefined;
  children: ComponentChildren;
}

function Fact({ label, unit, children }: FactProps) {
  return (
    <div>
      <div class="num">
        {children}
        {unit && <span class="unit">{unit}</span>}
      </div>
      <p class="label">{label}</p>
    </div>
  );
}

/** Forces instead of weights, and how they lie over the range. */
function TestResult({ done }: OfSets) {
  const last = done.at(-1)!;
  const session = sessionOf(last.set);
  const { strength } = useStrength(session);
  const here = strength?.tests.find((test) => test.session === session);
  const strongest_n = here?.peakForceN ?? most(done.flatMap((one) => one.reps), PEAK_FORCE);
  return (
    <>
      <section class="card facts">
        <RepsFact done={done} />
        {strongest_n !== undefined && (
          <Fact label={m().test.strongest} unit="N">
            <span data-peak-n={strongest_n}>{Math.round(strongest_n)}</span>
          </Fact>
        )}
        {here?.meanForceN !== undefined && (
          <Fact label={m().test.mean} unit="N">
            <span data-mean-n={here.meanForceN}>{Math.round(here.meanForceN)}</span>
          </Fact>
        )}
      </section>
      <BySet done={done} tests />
      <section class="card trend" data-tests={strength?.tests.length}>
        {strength && (
          <ForceOverRange tests={here ? [here, ...strength.tests.filter((test) => test !== here)] : strength.tests}>
            {present.value && <StrengthButton session={session} program={last.program} />}
          </ForceOverRange>
        )}
      </section>
    </>
  );
}
