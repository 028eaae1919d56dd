// Where the weight goes: over the member's last visits with this exercise, or for a guest from set to set.
import { useEffect, useState } from 'preact/hooks';
import type { LastTime } from '../../../gen/sheave/v1/member_pb';
import type { Program } from '../../../gen/sheave/v1/program_pb';
import { exerciseName, language, loadText, m } from '../phrases';
import { api } from '../state/machine';
import { memberHandle } from '../state/member';
import { programs, type DoneSet } from '../state/store';

const VISITS = 6;
const WIDTH = 880;
const HEIGHT = 230;
const DAY_MS = 86_400_000;

interface Visit {
  at_ms: number;
  load_kg: number;
}

export function Trend({ done }: { done: readonly DoneSet[] }) {
  const last = done.at(-1)?.program;
  const program = programs.value.find((one) => one.name === last);
  const visits = useVisits(program);
  if (visits.length > 1) return <ByVisit visits={visits} exercise={exerciseName(program)} />;
  // A row's weight says nothing beside a face pull's: of a workout the last exercise.
  const ofProgram = done.filter((one) => one.program === last);
  const title = ofProgram.length < done.length ? `${exerciseName(program)}: ${m().finish.trend}` : m().finish.trend;
  return <BySet title={title} loads={ofProgram.map(({ set }) => set.loadTotalKg)} />;
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
  return first ? [{ at_ms: Number(time?.seconds ?? 0n) * 1000, load_kg: first.loadTotalKg }] : [];
}

/** "5 weeks ago", "3 days ago", "today". */
function ago(at_ms: number): string {
  const days = Math.round((Date.now() - at_ms) / DAY_MS);
  const [count, unit]: [number, 'day' | 'week' | 'month'] = days < 14 ? [days, 'day'] : days < 70 ? [days / 7, 'week'] : [days / 30.4, 'month'];
  return new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(-Math.round(count), unit);
}

function ByVisit({ visits, exercise }: { visits: readonly Visit[]; exercise: string }) {
  const loads = visits.map((visit) => visit.load_kg);
  const first = visits[0]!;
  return (
    <section class="card trend" data-visits={loads.join(' ')}>
      <Head text={m().finish.visits(exercise, visits.length)} />
      <Curve loads={loads} />
      <Ends from={m().finish.ago(loadText(first.load_kg), ago(first.at_ms))} to={m().finish.today(loadText(loads.at(-1)!))} />
    </section>
  );
}

function BySet({ title, loads }: { title: string; loads: readonly number[] }) {
  if (loads.length === 0) return <section class="card trend">{m().finish.noSets}</section>;
  return (
    <section class="card trend">
      <Head text={title} />
      <Curve loads={loads} />
      {loads.length > 1 ? <Ends from={m().finish.from(loadText(loads[0]!))} to={m().finish.to(loadText(loads.at(-1)!))} /> : <Ends from="" to={loadText(loads[0]!)} />}
    </section>
  );
}

function Head({ text }: { text: string }) {
  return (
    <div class="head">
      <span class="label">
        <b>{text}</b>
      </span>
    </div>
  );
}

function Ends({ from, to }: { from: string; to: string }) {
  return (
    <div class="ends label">
      <span>{from}</span>
      <b>{to}</b>
    </div>
  );
}

function Curve({ loads }: { loads: readonly number[] }) {
  const low = Math.min(...loads);
  const span = Math.max(1, Math.max(...loads) - low);
  const last = loads.length - 1;
  const x = (i: number) => (last === 0 ? WIDTH / 2 : 40 + (i * (WIDTH - 80)) / last);
  const y = (kg: number) => 180 - ((kg - low) / span) * 150;
  return (
    <svg class="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={loads.map(loadText).join(', ')}>
      <path class="base" d={`M0 ${HEIGHT - 6}H${WIDTH}`} />
      <path class="this thin" d={loads.map((kg, i) => `${i === 0 ? 'M' : 'L'}${x(i)} ${y(kg)}`).join('')} />
      {loads.map((kg, i) => (
        <circle key={i} class={i === last ? 'dot' : 'ring'} cx={x(i)} cy={y(kg)} r={i === last ? 15 : 10} />
      ))}
    </svg>
  );
}
