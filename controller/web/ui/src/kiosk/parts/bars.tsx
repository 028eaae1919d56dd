// Speed of each rep, in a test its force: one slot a rep up to the top of the range, last time's as a cut in the bar or a line above it.
import type { Rep } from '../../../gen/sheave/v1/session_pb';

const MARGIN = 1.05; // the highest bar does not touch the frame

interface BarsProps {
  reps: readonly Rep[];
  before?: readonly Rep[];
  /** Empty slots up to so many. */
  slots?: number;
  /** The last bar is the rep under way. */
  marksLast?: boolean;
  of?: Measure;
  /** A full bar; the highest here where absent. */
  full?: number;
}

/** What the height of a bar is. */
export interface Measure {
  value: (rep: Rep) => number | undefined;
  /** No scale is finer. */
  least: number;
}

export const MEAN_SPEED: Measure = { value: (rep) => rep.meanVelocityMps, least: 0.1 };
export const PEAK_FORCE: Measure = { value: (rep) => rep.peakForceN, least: 10 };

/** The highest; undefined where none is known. */
export function most(reps: readonly Rep[], of: Measure): number | undefined {
  const known = reps.map(of.value).filter((value) => value !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

export function fullBar(of: Measure, ...lists: (readonly Rep[])[]): number {
  return Math.max(of.least, most(lists.flat(), of) ?? 0) * MARGIN;
}

export function Bars({ reps, before = [], slots = 0, marksLast = false, of = MEAN_SPEED, full = fullBar(of, reps, before) }: BarsProps) {
  const share = (rep: Rep | undefined) => {
    const value = rep && of.value(rep);
    return value === undefined ? undefined : (value / full) * 100;
  };
  return (
    <div class="bars" aria-hidden="true">
      {Array.from({ length: Math.max(reps.length, slots) }, (_, i) => {
        const bar = share(reps[i]);
        const mark = share(before[i]);
        const look = [
          i >= reps.length ? 'empty' : '',
          marksLast && i === reps.length - 1 ? 'now' : '',
          mark !== undefined ? 'marked' : '',
          bar !== undefined && mark !== undefined && bar >= mark ? 'beat' : '',
        ].join(' ');
        return <i key={i} class={look} style={{ '--v': bar ?? 0, '--g': mark ?? 0 }} />;
      })}
    </div>
  );
}
