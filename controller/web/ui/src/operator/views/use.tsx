// By exercise, by day, and as shares of opening time.
import type { DayUse, ProgramUse } from '../../../gen/sheave/v1/usage_pb';
import { catalogText, grouped, language, liftedText, m, percent, span } from '../model/format';
import type { MachineModel } from '../model/machine';
import { Panel } from '../parts/panel';

const SHOWN = 8;

interface ExerciseUse {
  name: string;
  sets: number;
  volumeKg: number;
}

/** Programs of the same exercise together, most sets first. */
function byExercise(programs: readonly ProgramUse[]): ExerciseUse[] {
  const found = new Map<string, ExerciseUse>();
  for (const { exerciseName: name, sets, volumeKg } of programs) {
    const use = found.get(name) ?? { name, sets: 0, volumeKg: 0 };
    found.set(name, { name, sets: use.sets + Number(sets), volumeKg: use.volumeKg + volumeKg });
  }
  return [...found.values()].sort((a, b) => b.sets - a.sets);
}

export function ExercisePanel({ machine }: { machine: MachineModel }) {
  const words = m().machine;
  const summary = machine.summary.value;
  const exercises = byExercise(summary?.programs ?? []);
  const most = Math.max(1, ...exercises.map((use) => use.sets));
  return (
    <Panel title={words.exercises} note={exercises.length > 0 ? words.lastDays(summary!.days.length) : undefined} span="c5" id="exercises">
      {exercises.length === 0 && <p class="quiet">{words.noSets}</p>}
      {exercises.slice(0, SHOWN).map((use, i) => (
        <div class="ex" key={use.name} data-exercise={use.name}>
          <span>{catalogText(use.name)}</span>
          <span aria-hidden="true">
            <i class={i === 0 ? 'most' : ''} style={{ width: `${(use.sets / most) * 100}%` }} />
          </span>
          <b class="r">{grouped(use.sets)}</b>
          <span class="r vol">{liftedText(use.volumeKg)}</span>
        </div>
      ))}
    </Panel>
  );
}

function dayLabel(date: string, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language(), { ...style, timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));
}

const FEWEST_DAYS = 14;

function Days({ days }: { days: readonly DayUse[] }) {
  const most = Math.max(1, ...days.map((day) => Number(day.sets)));
  const width = 14;
  const slots = Math.max(FEWEST_DAYS, days.length); // one day is a bar, not a wall
  return (
    <figure class="days">
      <svg viewBox={`0 0 ${slots * width} 96`} preserveAspectRatio="none" role="img" aria-label={m().machine.days}>
        {days.map((day, i) => {
          const height = day.sets > 0n ? Math.max(3, (Number(day.sets) / most) * 92) : 2;
          return (
            <rect key={day.date} class={i === days.length - 1 ? 'now' : day.sets > 0n ? '' : 'zero'} x={(slots - days.length + i) * width + 1} y={96 - height} width={width - 3} height={height} rx="2">
              <title>{m().machine.dayCell(dayLabel(day.date, { weekday: 'short', day: 'numeric', month: 'short' }), m().sets(Number(day.sets)), liftedText(day.volumeKg))}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption class="quiet small between">
        <span>{days.length === slots && dayLabel(days[0]!.date, { day: 'numeric', month: 'short' })}</span>
        <span>
          0–{grouped(most)} {m().setsWord}
        </span>
        <span>{dayLabel(days.at(-1)!.date, { day: 'numeric', month: 'short' })}</span>
      </figcaption>
    </figure>
  );
}

export function SharesPanel({ machine }: { machine: MachineModel }) {
  const words = m().machine;
  const summary = machine.summary.value;
  const rows: [string, number | undefined][] = [
    [words.utilisation, summary?.utilisation],
    [words.availability, summary?.availability],
    [words.peakAvailability, summary?.peakAvailability],
    [words.peakFree, summary?.peakFree],
  ];
  const known = rows.filter((row): row is [string, number] => row[1] !== undefined);
  return (
    <Panel title={words.days} note={summary && summary.days.length > 0 ? words.lastDays(summary.days.length) : undefined} span="c7" id="days">
      {summary && summary.days.length > 0 ? <Days days={summary.days} /> : <p class="quiet">{words.noUse}</p>}
      {known.length > 0 ? (
        <dl class="shares" aria-label={words.shares}>
          {known.map(([label, share]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd class="num">{percent(share)}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p class="quiet small">{words.sharesNeedHours}</p>
      )}
      {summary && summary.idleOpenS > 3600 && <p class="quiet small">{words.idle(span(summary.idleOpenS))}</p>}
    </Panel>
  );
}
