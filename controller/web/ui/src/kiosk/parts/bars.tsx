// Speed of each rep: one slot a rep up to the top of the range, last time's speed as a cut in the bar or a line above it.
import type { Rep } from '../../../gen/sheave/v1/session_pb';

const MARGIN = 1.05; // the fastest bar does not touch the frame

interface BarsProps {
  reps: readonly Rep[];
  before?: readonly Rep[];
  /** Empty slots up to so many. */
  slots?: number;
  /** The last bar is the rep under way. */
  marksLast?: boolean;
  height?: string;
  /** Speed of a full bar; its own fastest where absent. */
  full_mps?: number;
}

export function fastest_mps(...lists: (readonly Rep[])[]): number {
  return Math.max(0.1, ...lists.flat().map((rep) => rep.meanVelocityMps ?? 0)) * MARGIN;
}

export function Bars({ reps, before = [], slots = 0, marksLast = false, height, full_mps }: BarsProps) {
  const full = full_mps ?? fastest_mps(reps, before);
  const share = (rep: Rep | undefined) => (rep?.meanVelocityMps === undefined ? undefined : (rep.meanVelocityMps / full) * 100);
  const style = height ? { '--bars-h': height } : {};
  return (
    <div class="bars" style={style} aria-hidden="true">
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
