// The result: what was moved, how fast, set by set, and a way to take it home. It clears by itself: nothing personal stays on the screen.
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { fixed, loadNumber, unit } from '../../shared/units';
import { Bars, fastest_mps } from '../parts/bars';
import { Frame } from '../parts/frame';
import { Press } from '../parts/press';
import { Refusal } from '../parts/refusal';
import { exerciseName, language, loadText, m, memberName } from '../phrases';
import { sessionCsv } from '../csv';
import { choose } from '../state/machine';
import { disown, memberHandle, present } from '../state/member';
import { countedOf, machine, partsDone, programs, sessionName, sets, volume_kg, type Part } from '../state/store';

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
    const began_ms = performance.now();
    const timer = setInterval(() => {
      const left = SHOWN_S - Math.floor((performance.now() - began_ms) / 1000);
      setLeft(left);
      if (left <= 0) dismiss();
    }, 250);
    return () => clearInterval(timer);
  }, []);
  const program = programs.value.find((p) => p.name === shownProgram.value);
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
              <Press class="btn small" onPress={() => void disown(sessionName.value).then((done) => done && dismiss())} data-disown>
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
        <Facts exercise={exerciseName(program)} />
        <SpeedBySet />
        <LoadBySet />
        <section class="card take">
          <div>
            <h2>{m().finish.take}</h2>
            <p class="label">{note || m().finish.takeText}</p>
          </div>
          <Press class="btn" onPress={() => download(exerciseName(program))} data-csv>
            {m().finish.download}
          </Press>
        </section>
      </main>
    </Frame>
  );
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

function best(): Best | undefined {
  let found: Best | undefined;
  for (const set of sets.value) {
    for (const rep of countedOf(set.index)) {
      const mps = rep.meanVelocityMps;
      if (mps !== undefined && mps > (found?.mps ?? 0)) found = { set: set.index, rep: rep.index, mps };
    }
  }
  return found;
}

function Facts({ exercise }: { exercise: string }) {
  const parts = partsDone.value.parts;
  const total = (own: number, of: (part: Part) => number) => parts.reduce((sum, part) => sum + of(part), own);
  const reps = total(sets.value.reduce((sum, set) => sum + countedOf(set.index).length, 0), (part) => part.reps);
  const setsDone = total(sets.value.length, (part) => part.sets);
  const moved_kg = total(volume_kg(), (part) => part.volume_kg);
  const fastest = best();
  return (
    <section class="card facts">
      <div>
        <div class="num" data-reps={reps}>
          {reps}
        </div>
        <p class="label">{m().finish.moved(parts.length > 0 ? m().finish.exercises(parts.length + 1) : exercise, setsDone)}</p>
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

function SpeedBySet() {
  const lists = sets.value.map((set) => countedOf(set.index));
  const full = fastest_mps(...lists);
  return (
    <section class="card reps">
      <div class="head">
        <span class="label">
          <b>{m().finish.speed}</b>
        </span>
      </div>
      <div class="groups" style={{ gridTemplateColumns: lists.map((reps) => `${Math.max(3, reps.length)}fr`).join(' ') }}>
        {sets.value.map((set, i) => (
          <div key={set.index} data-set={set.index} data-set-reps={lists[i]!.length} data-set-load-kg={set.loadTotalKg}>
            <Bars reps={lists[i]!} full_mps={full} />
            <p class="label below-bars">
              <b>{loadText(set.loadTotalKg)}</b> × {lists[i]!.length}
            </p>
          </div>
        ))}
      </div>
    </section>
  );
}

const WIDTH = 880;
const HEIGHT = 230;

function LoadBySet() {
  const loads = sets.value.map((set) => set.loadTotalKg);
  if (loads.length === 0) return <section class="card trend">{m().finish.noSets}</section>;
  const low = Math.min(...loads);
  const span = Math.max(1, Math.max(...loads) - low);
  const x = (i: number) => (loads.length === 1 ? WIDTH / 2 : 40 + (i * (WIDTH - 80)) / (loads.length - 1));
  const y = (kg: number) => 180 - ((kg - low) / span) * 150;
  return (
    <section class="card trend">
      <div class="head">
        <span class="label">
          <b>{m().finish.trend}</b>
        </span>
      </div>
      <svg class="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={loads.map(loadText).join(', ')}>
        <path class="base" d={`M0 ${HEIGHT - 6}H${WIDTH}`} />
        <path class="this thin" d={loads.map((kg, i) => `${i === 0 ? 'M' : 'L'}${x(i)} ${y(kg)}`).join('')} />
        {loads.map((kg, i) => (
          <circle key={i} class={i === loads.length - 1 ? 'dot' : 'ring'} cx={x(i)} cy={y(kg)} r={i === loads.length - 1 ? 15 : 10} />
        ))}
      </svg>
      <div class="ends label">
        <span>{m().finish.from(loadText(loads[0]!))}</span>
        <b>{m().finish.to(loadText(loads.at(-1)!))}</b>
      </div>
    </section>
  );
}

function download(exercise: string) {
  const csv = sessionCsv(sets.value, countedOf, exercise, machine.value?.displayName ?? '');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }));
  const began = sets.value[0]?.startTime;
  const day = began ? new Date(Number(began.seconds) * 1000) : new Date();
  link.download = `sheave-${day.toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
