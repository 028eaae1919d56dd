// Sets by hour and weekday: a real table, the number in each cell, so that it can be read, heard and copied.
import type { HourUse } from '../../../gen/sheave/v1/usage_pb';
import { number } from '../../shared/units';
import { language, m } from '../model/format';
import type { MachineModel } from '../model/machine';
import { Panel } from '../parts/panel';

const STEPS = 5;
const DAY_H = 24;
/** One hour of use is a cell of a day, not a wall. */
const FEWEST_COLUMNS = 12;

/** The hours that are worth a column: open on some day, or used on some day; and those around them. */
export function columns(hours: readonly HourUse[]): number[] {
  const worth = Array.from({ length: DAY_H }, (_, hour) => hour).filter((hour) => hours.some((of) => of.hour === hour && (of.open || of.meanSets > 0)));
  if (worth.length === 0) return [];
  const needed = worth.at(-1)! - worth[0]! + 1;
  const length = Math.max(FEWEST_COLUMNS, needed);
  const first = Math.max(0, Math.min(DAY_H - length, worth[0]! - Math.floor((length - needed) / 2)));
  return Array.from({ length }, (_, i) => first + i);
}

function level(value: number, most: number): number {
  return most <= 0 ? 0 : Math.min(STEPS, Math.ceil((value / most) * STEPS));
}

/** A mean of sets: whole where it is large, a tenth where it is small; 0 is 0. */
function meanText(value: number): string {
  return number(value, language(), value > 0 && value < 2 ? 1 : 0);
}

function Cell({ hour, most, anyOpen }: { hour: HourUse; most: number; anyOpen: boolean }) {
  if (anyOpen && !hour.open && hour.meanSets === 0) {
    return (
      <td>
        <span class="shut">
          <span class="sr">{m().machine.closed}</span>
        </span>
      </td>
    );
  }
  return (
    <td>
      <span class={`l${level(hour.meanSets, most)}`}>{meanText(hour.meanSets)}</span>
    </td>
  );
}

export function HeatPanel({ machine }: { machine: MachineModel }) {
  const words = m().machine;
  const summary = machine.summary.value;
  const hours = summary?.hours ?? [];
  const shown = columns(hours);
  const most = Math.max(0, ...hours.map((hour) => hour.meanSets));
  const anyOpen = hours.some((hour) => hour.open);
  const busiest = hours.find((hour) => hour.meanSets === most);
  const open = hours.filter((hour) => hour.open);
  const quietest = [...open].sort((a, b) => a.meanSets - b.meanSets || Math.abs(a.hour - 11) - Math.abs(b.hour - 11))[0];
  return (
    <Panel title={words.heat} note={summary && shown.length > 0 ? words.meanOf(words.lastDays(summary.days.length)) : undefined} span="c8" id="heat">
      {shown.length === 0 ? (
        <p class="quiet">{words.noUse}</p>
      ) : (
        <>
          <div class="heat-wrap" tabIndex={0} role="region" aria-label={words.heat}>
            <table class="heat">
              <thead>
                <tr>
                  <td />
                  {shown.map((hour) => (
                    <th key={hour} scope="col">
                      {String(hour).padStart(2, '0')}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {m().weekdays.map((name, day) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    {shown.map((hour) => (
                      <Cell key={hour} hour={hours[day * DAY_H + hour]!} most={most} anyOpen={anyOpen} />
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p class="quiet small between">
            <span>
              {busiest && most > 0 && words.busiest(m().weekdaysLong[busiest.weekday - 1]!, String(busiest.hour), most === 1 ? m().sets(1) : `${meanText(most)}\u00a0${m().setsWord}`)}{' '}
              {quietest && words.quietest(m().weekdaysLong[quietest.weekday - 1]!, String(quietest.hour))}
            </span>
            <span class="scale" role="img" aria-label={words.heatScale}>
              <b>0</b>
              {Array.from({ length: STEPS + 1 }, (_, i) => (
                <i key={i} class={`l${i}`} />
              ))}
              <b>{meanText(most)}</b>
            </span>
          </p>
        </>
      )}
    </Panel>
  );
}
