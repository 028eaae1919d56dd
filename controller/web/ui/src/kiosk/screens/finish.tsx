// The result: what was moved, how fast, set by set, and a way to take it home. It clears by itself: nothing personal stays on the screen.
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { fixed, loadNumber, unit } from '../../shared/units';
import { Bars, fastest_mps } from '../parts/bars';
import { Frame } from '../parts/frame';
import { Press } from '../parts/press';
import { Refusal } from '../parts/refusal';
import { exerciseName, language, loadText, m, memberName } from '../phrases';
import { sameSetAtLastVisit } from '../state/comparison';
import { choose } from '../state/machine';
import { disown, memberHandle, present } from '../state/member';
import { doneSets, partsDone, programs, sessionName, sessionOf, type DoneSet } from '../state/store';
import { Take } from './take';
import { Trend } from './trend';

const SHOWN_S = 30;

/** Sessions whose result has been seen, or that this screen only heard of after they had ended. */
export const dismissed = signal('');
/** The session ended without its own end: the controller was restarted in the middle of it. */
export const cutShort = signal(false);
/** Program of the session that is shown, kept beyond a restart of the controller. */
export const shownProgram = signal('');

export function dismiss() {
  partsDone.value = { run: '', parts: [] };
  dismissed.value = sessionName.value;
  cutShort.value = false;
}

export function Finish() {
  const [left_s, setLeft] = useState(SHOWN_S);
  useEffect(() => {
    let began_ms = performance.now();
    const touched = () => (began_ms = performance.now()); // somebody reads it, or gets a phone out
    addEventListener('pointerdown', touched);
    const timer = setInterval(() => {
      const left = SHOWN_S - Math.floor((performance.now() - began_ms) / 1000);
      setLeft(left);
      if (left <= 0) dismiss();
    }, 250);
    return () => {
      clearInterval(timer);
      removeEventListener('pointerdown', touched);
    };
  }, []);
  const program = programs.value.find((p) => p.name === shownProgram.value);
  const done = doneSets(shownProgram.value);
  const note = cutShort.value ? m().finish.restarted : '';
  return (
    <Frame
      screen="finish"
      title={m().finish.title}
      end={
        <>
          <span>{m().finish.clears(Math.max(0, left_s))}</span>
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
              <small>{exerciseName(program)}</small>
            </span>
          </Press>
        </>
      }
    >
      <main class="finish">
        <Refusal />
        <Facts done={done} />
        <SpeedBySet done={done} />
        <Trend done={done} />
        <Take sessions={sessionsOf(done)} note={note} />
      </main>
    </Frame>
  );
}

/** Those with a set, in order. */
function sessionsOf(done: readonly DoneSet[]): string[] {
  return [...new Set(done.map(({ set }) => sessionOf(set)))];
}

function nameOf(program: string): string {
  return exerciseName(programs.value.find((p) => p.name === program));
}

async function again() {
  const program = shownProgram.value;
  dismiss();
  await choose({ program, member: memberHandle() });
}

interface Best {
  set: number;
  rep: number;
  mps: number;
}

function best(done: readonly DoneSet[]): Best | undefined {
  let found: Best | undefined;
  for (const [i, { reps }] of done.entries()) {
    for (const rep of reps) {
      const mps = rep.meanVelocityMps;
      if (mps !== undefined && mps > (found?.mps ?? 0)) found = { set: i + 1, rep: rep.index, mps };
    }
  }
  return found;
}

interface OfSets {
  done: readonly DoneSet[];
}

function Facts({ done }: OfSets) {
  const reps = done.reduce((sum, set) => sum + set.reps.length, 0);
  const moved_kg = done.reduce((sum, { set, reps }) => sum + set.loadTotalKg * reps.length, 0);
  const exercises = [...new Set(done.map((set) => nameOf(set.program)))];
  const fastest = best(done);
  return (
    <section class="card facts">
      <div>
        <div class="num" data-reps={reps}>
          {reps}
        </div>
        <p class="label">{m().finish.moved(exercises.length > 1 ? m().finish.exercises(exercises.length) : (exercises[0] ?? ''), done.length)}</p>
      </div>
      <div>
        <div class="num" data-volume-kg={moved_kg}>
          {loadNumber(moved_kg, language())}
          <span class="unit">{unit.value}</span>
        </div>
        <p class="label">{m().finish.volume}</p>
      </div>
      <div>
        <div class="num">
          {fastest ? fixed(fastest.mps, language(), 2) : ''}
          {fastest && <span class="unit">m/s</span>}
        </div>
        <p class="label">{fastest ? m().finish.best(fastest.set, fastest.rep) : m().finish.bestUnknown}</p>
      </div>
    </section>
  );
}

function SpeedBySet({ done }: OfSets) {
  const all = done.map(({ set }) => set);
  const before = new Map(all.map((set) => [set, sameSetAtLastVisit(set, all)]));
  const compared = [...before.values()].some(Boolean);
  const full = fastest_mps(...done.map((set) => set.reps), ...[...before.values()].map((known) => known?.reps ?? []));
  return (
    <section class="card reps">
      <div class="head">
        <span class="label">
          <b>{m().finish.speed}</b>
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
            <Bars reps={reps} before={before.get(set)?.reps ?? []} full_mps={full} />
            <p class="label below-bars">
              <b>{loadText(set.loadTotalKg)}</b> × {reps.length}
            </p>
          </div>
        ))}
      </div>
    </section>
  );
}
