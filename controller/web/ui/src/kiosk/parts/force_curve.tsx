// Force over the pull: this rep as a line, the best rep of the set dotted. Drawn from the samples, frame by frame.
import { useEffect, useRef } from 'preact/hooks';
import { withUnit } from '../../shared/units';
import { m } from '../phrases';
import { onFrame } from '../state/frames';
import { live, type CurvePoint } from '../state/live';

const WIDTH = 360;
const HEIGHT = 92;
const FLOOR = 90;
const HEADROOM = 1.15;

function path(points: CurvePoint[], full_n: number): string {
  return points.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point)} ${y(point, full_n)}`).join('');
}

const x = (point: CurvePoint) => (Math.max(0, Math.min(1, point.share)) * (WIDTH - 24) + 4).toFixed(1);
const y = (point: CurvePoint, full_n: number) => (FLOOR - (Math.max(0, point.force_n) / full_n) * (FLOOR - 6)).toFixed(1);

export function ForceCurve() {
  const now = useRef<SVGPathElement>(null);
  const best = useRef<SVGPathElement>(null);
  const dot = useRef<SVGCircleElement>(null);
  const value = useRef<HTMLElement>(null);
  useEffect(() => {
    let full_n = 1;
    return onFrame(() => {
      const curve = live.movement.curve;
      full_n = Math.max(1, ...curve.map((p) => p.force_n), ...live.bestCurve.map((p) => p.force_n)) * HEADROOM;
      now.current?.setAttribute('d', path(curve, full_n));
      best.current?.setAttribute('d', path(live.bestCurve, full_n));
      const last = curve.at(-1);
      dot.current?.setAttribute('visibility', last ? 'visible' : 'hidden');
      if (last) {
        dot.current?.setAttribute('cx', x(last));
        dot.current?.setAttribute('cy', y(last, full_n));
      }
      const text = last ? withUnit(String(Math.round(last.force_n)), 'N') : '';
      if (value.current && value.current.textContent !== text) value.current.textContent = text;
    });
  }, []);
  return (
    <div>
      <div class="head">
        <span class="label">{m().live.force}</span>
        <span class="label">
          <b ref={value} />
        </span>
      </div>
      <svg class="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={m().live.forceCurve}>
        <path class="base" d={`M2 ${FLOOR}H${WIDTH - 2}`} />
        <path class="best" ref={best} />
        <path class="this" ref={now} />
        <circle class="dot" ref={dot} r="11" visibility="hidden" />
      </svg>
    </div>
  );
}
