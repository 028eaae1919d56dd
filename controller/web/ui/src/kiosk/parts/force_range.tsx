// How strong somebody is at each place of the range: the newest strength test, the one before it behind, and where a pull gets stuck.
import type { ComponentChildren } from 'preact';
import type { ForceAtPlace, StrengthTest } from '../../../gen/sheave/v1/telemetry_pb';
import { forceText, m, whenText } from '../phrases';
import { Plot } from './plot';

const HEADROOM = 1.1;

interface KnownForce {
  share: number;
  force_n: number;
}

function known(curve: readonly ForceAtPlace[]): KnownForce[] {
  return curve.flatMap(({ romShare, forceN }) => (forceN === undefined ? [] : [{ share: romShare, force_n: forceN }]));
}

interface ForceOverRangeProps {
  /** Newest first. */
  tests: readonly StrengthTest[];
  sticking?: number | undefined;
  /** Beside the heading. */
  children?: ComponentChildren;
}

export function ForceOverRange({ tests, sticking, children }: ForceOverRangeProps) {
  const [newest, before] = tests;
  if (!newest) return null;
  const forces = known(newest.curve);
  const forcesBefore = known(before?.curve ?? []);
  const full_n = HEADROOM * Math.max(1, ...[...forces, ...forcesBefore].map((one) => one.force_n));
  const point = ({ share, force_n }: KnownForce) => ({ x: share, y: force_n / full_n });
  return (
    <>
      <div class="head">
        <span class="label">
          <b>{m().strength.overRange}</b>
        </span>
        {children ?? <span class="label">{m().strength.tested(whenText(newest.time))}</span>}
      </div>
      {newest.unknownReason && <p class="why">{m().strength.why[newest.unknownReason] ?? newest.unknownReason}</p>}
      {forces.length > 0 && (
        <>
          <Plot
            points={forces.map((one) => ({ ...point(one), text: forceText(one.force_n) }))}
            before={forcesBefore.map(point)}
            at={sticking}
            label={forces.map((one) => `${Math.round(100 * one.share)}\u00a0%: ${forceText(one.force_n)}`).join(', ')}
          />
          <div class="ends label">
            <span>{m().strength.reachStart}</span>
            {forcesBefore.length > 0 && <span class="before">{m().strength.testedBefore}</span>}
            <span>{m().strength.reachEnd}</span>
          </div>
        </>
      )}
    </>
  );
}
