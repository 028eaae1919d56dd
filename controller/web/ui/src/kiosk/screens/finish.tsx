// The result: what was moved, how fast, set by set, and a way to take it home. It clears by itself: nothing personal stays on the screen.
import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Program } from '../../../gen/sheave/v1/program_pb';
import { SetKind, type Set as TrainingSet } from '../../../gen/sheave/v1/session_pb';
import { fixed, loadNumber, setLoad, unit } from '../../shared/units';
import { Bars, fullBar, MEAN_SPEED, most, PEAK_FORCE } from '../parts/bars';
import { ForceOverRange } from '../parts/force_range';
import { Frame } from '../parts/frame';
import { useIdle } from '../parts/idle';
import { Press } from '../parts/press';
import { Refusal } from '../parts/refusal';
import { catalogText, exerciseName, isTest, language, m, memberName, programName, setName } from '../phrases';
import { plannedPlace, sameSetAtLastVisit } from '../state/comparison';
import { choose } from '../state/machine';
import { disown, memberHandle, present } from '../state/member';
import { doneSets, partsDone, programs, sessionName, sessionOf, workouts, type DoneSet } from '../state/store';
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

function programOf(name: string): Program | undefined {
  return programs.value.find((p) => p.name === name);
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

function placeOf(set: TrainingSet, done: readonly DoneSet[]): number {
  return plannedPlace(
    set,
    done.map((one) => one.set),
  );
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

function exercisesOf(done: readonly DoneSet[]): string[] {
  return [...new Set(done.map((set) => programName(programOf(set.program))))];
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

/** Rep by rep: the speed, of a test the force. */
function BySet({ done, tests }: OfSets & { tests: boolean }) {
  const all = done.map(({ set }) => set);
  const before = new Map(all.map((set) => [set, sameSetAtLastVisit(set, all)]));
  const tried = all.some((set) => set.kind !== SetKind.WORKING);
  const compared = [...before.values()].some(Boolean);
  const of = tests ? PEAK_FORCE : MEAN_SPEED;
  const full = fullBar(of, ...done.map((set) => set.reps), ...[...before.values()].map((known) => known?.reps ?? []));
  return (
    <section class="card reps">
      <div class="head">
        <span class="label">
          <b>{tests ? m().test.force : m().finish.speed}</b>
        </span>
        {compared && (
          <span class="label key" data-last-visit>
            {m().lastTime}
          </span>
        )}
      </div>
      <div class="groups" style={{ gridTemplateColumns: done.map(({ reps }) => `${Math.max(3, reps.length)}fr`).join(' ') }}>
        {done.map(({ set, reps }) => (
          <div key={set.name} data-set={set.index} data-set-reps={reps.length} data-set-load-kg={set.loadTotalKg}>
            <Bars reps={reps} before={before.get(set)?.reps ?? []} of={of} full={full} />
            <p class="label below-bars">
              <b>{tests ? m().setUp.setToCome(set.index) : setLoad(set, language())}</b> × {reps.length}
              {tried && <small>{setName(set, placeOf(set, done))}</small>}
            </p>
          </div>
        ))}
      </div>
    </section>
  );
}
