// Force over the pull: this rep as a line, the best rep of the set dotted. Drawn from the samples, frame by frame.
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { withUnit } from '../../shared/units';
import { m } from '../phrases';
import { onFrame } from '../state/frames';
import { live, type CurvePoint } from '../state/live';

const WIDTH = 360;
const HEIGHT = 92;
const FLOOR = 90;
const HEADROOM = 1.15;

/** What is drawn for one curve: points are added to it as they come, and it begins anew with another curve or scale. */
class Drawn {
  private of: CurvePoint[] | undefined;
  private full_n = 0;
  private points = 0;
  private path = '';

  constructor(private readonly element: RefObject<SVGPathElement | null>) {}

  show(curve: CurvePoint[], full_n: number) {
    if (curve !== this.of || full_n !== this.full_n) Object.assign(this, { of: curve, full_n, points: 0, path: '' });
    else if (curve.length === this.points) return;
    for (; this.points < curve.length; ++this.points) {
      const point = curve[this.points]!;
      this.path += `${this.points === 0 ? 'M' : 'L'}${x(point)} ${y(point, full_n)}`;
    }
    this.element.current?.setAttribute('d', this.path);
  }
}

/** The scale grows in steps, so that not every newton draws the curve anew. */
const SCALE_STEP_N = 25;

function highest_n(curve: CurvePoint[]): number {
  return curve.reduce((most_n, point) => Math.max(most_n, point.force_n), 0);
}

const x = (point: CurvePoint) => (Math.max(0, Math.min(1, point.share)) * (WIDTH - 24) + 4).toFixed(1);
const y = (point: CurvePoint, full_n: number) => (FLOOR - (Math.max(0, point.force_n) / full_n) * (FLOOR - 6)).toFixed(1);

export function ForceCurve() {
  const now = useRef<SVGPathElement>(null);
  const best = useRef<SVGPathElement>(null);
  const dot = useRef<SVGCircleElement>(null);
  const value = useRef<HTMLElement>(null);
  useEffect(() => {
    const [drawnNow, drawnBest] = [new Drawn(now), new Drawn(best)];
    let shown: CurvePoint | undefined;
    return onFrame(() => {
      const curve = live.movement.curve;
      const last = curve.at(-1);
      if (last && last === shown) return;
      shown = last;
      const most_n = HEADROOM * Math.max(1, highest_n(curve), highest_n(live.bestCurve));
      const full_n = Math.ceil(most_n / SCALE_STEP_N) * SCALE_STEP_N;
      drawnNow.show(curve, full_n);
      drawnBest.show(live.bestCurve, full_n);
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
