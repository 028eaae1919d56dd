// Where the weight goes: over the member's last visits with this exercise, or for a guest from set to set.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { LastTime } from '../../../gen/sheave/v1/member_pb';
import type { Program } from '../../../gen/sheave/v1/program_pb';
import type { Set as TrainingSet } from '../../../gen/sheave/v1/session_pb';
import { Plot } from '../parts/plot';
import { exerciseName, loadText, m, setName, whenText } from '../phrases';
import { plannedPlace } from '../state/comparison';
import { api } from '../state/machine';
import { memberHandle, present } from '../state/member';
import { programs, sessionOf, type DoneSet } from '../state/store';
import { StrengthButton } from './strength';

const VISITS = 6;
/** Of more points only those are named where the weight changed. */
const NAMED_MOST = 6;
/** Of the highest weight, the picture's height at the least: a small step is no mountain, and the same all along a line in the middle. */
const LEAST_SPAN = 0.1;

interface Visit {
  time: LastTime['time'];
  load_kg: number;
}

export function Trend({ done }: { done: readonly DoneSet[] }) {
  const last = done.at(-1);
  const program = programs.value.find((one) => one.name === last?.program);
  const visits = useVisits(program);
  if (!last) return <section class="card trend">{m().finish.noSets}</section>;
  const strength = present.value && <StrengthButton session={sessionOf(last.set)} program={last.program} />;
  if (visits.length > 1) return <ByVisit visits={visits} exercise={exerciseName(program)} strength={strength} />;
  // A row's weight says nothing beside a face pull's: of a workout the last exercise.
  const ofProgram = done.filter((one) => one.program === last.program);
  const title = ofProgram.length < done.length ? `${exerciseName(program)}: ${m().finish.trend}` : m().finish.trend;
  return <BySet title={title} sets={ofProgram.map(({ set }) => set)} strength={strength} />;
}

/** Weights of the first working sets, oldest first; this visit is the last. Empty for a guest. */
function useVisits(program: Program | undefined): readonly Visit[] {
  const [visits, setVisits] = useState<readonly Visit[]>([]);
  useEffect(() => {
    const member = memberHandle();
    if (!member || !program) return;
    api.member.listLastTimes({ member, program: program.name, visits: VISITS }).then(
      ({ lastTimes }) => setVisits(lastTimes.flatMap(visitOf).reverse()),
      () => {}, // the sets of this visit are shown
    );
  }, [program?.name]);
  return visits;
}

function visitOf({ sets, time }: LastTime): Visit[] {
  const first = sets[0];
  return first ? [{ time, load_kg: first.loadTotalKg }] : [];
}

interface Shown {
  strength: ComponentChildren;
}

function ByVisit({ visits, exercise, strength }: Shown & { visits: readonly Visit[]; exercise: string }) {
  const loads = visits.map((visit) => visit.load_kg);
  return (
    <section class="card trend" data-visits={loads.join(' ')}>
      <Head text={m().finish.visits(exercise, visits.length)} strength={strength} />
      <Loads loads={loads} />
      <Ends from={whenText(visits[0]!.time)} to={whenText(visits.at(-1)!.time)} />
    </section>
  );
}

function BySet({ title, sets, strength }: Shown & { title: string; sets: readonly TrainingSet[] }) {
  const loads = sets.map((set) => set.loadTotalKg);
  const name = (set: TrainingSet) => setName(set, plannedPlace(set, sets));
  return (
    <section class="card trend">
      <Head text={title} strength={strength} />
      {loads.length > 1 ? (
        <>
          <Loads loads={loads} />
          <Ends from={name(sets[0]!)} to={name(sets.at(-1)!)} />
        </>
      ) : (
        <p class="why">{m().finish.oneSet(loadText(loads[0] ?? 0))}</p>
      )}
    </section>
  );
}

function Head({ text, strength }: Shown & { text: string }) {
  return (
    <div class="head">
      <span class="label wrap">
        <b>{text}</b>
      </span>
      {strength}
    </div>
  );
}

function Ends({ from, to }: { from: string; to: string }) {
  return (
    <div class="ends label">
      <span>{from}</span>
      <span>{to}</span>
    </div>
  );
}

function Loads({ loads }: { loads: readonly number[] }) {
  const low = Math.min(...loads);
  const high = Math.max(...loads);
  const span = Math.max(high - low, LEAST_SPAN * high);
  const foot = 0.5 * (low + high - span);
  const named = (i: number) => loads.length <= NAMED_MOST || i === 0 || loads[i] !== loads[i - 1];
  const points = loads.map((load_kg, i) => ({
    x: i / (loads.length - 1),
    y: span > 0 ? (load_kg - foot) / span : 0.5,
    text: named(i) ? loadText(load_kg) : undefined,
  }));
  return <Plot points={points} label={loads.map(loadText).join(', ')} />;
}
