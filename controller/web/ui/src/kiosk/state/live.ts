// The handle, as the samples of the stream tell: read by what draws each frame, not by what renders. Nothing here is a signal, because
// 120 times a second is a drawing's pace, not a page's.
import { Phase } from '../../../gen/sheave/v1/common_pb';
import type { AxisSample, Sample, SampleBatch } from '../../../gen/sheave/v1/watch_pb';

const NS_PER_S = 1e9;
/** Faster than this the handle moves; slower is still, whatever the sensor's noise. */
const MOVING_MPS = 0.03;
const CURVE_POINTS = 240; // a pull of 2 s at 120 Hz

export interface CurvePoint {
  /** Share of the range, 0 to 1. */
  share: number;
  force_n: number;
}

/** One movement of the handle, from its beginning. */
export interface Movement {
  began_s: number;
  concentric_s: number;
  hold_s: number;
  eccentric_s: number;
  curve: CurvePoint[];
}

export class Live {
  /** Newest state by cable; left first. Empty: not known. */
  axes: readonly AxisSample[] = [];
  time_s = 0;
  phase = Phase.UNSPECIFIED;
  /** The running movement, or the last one. */
  movement: Movement = emptyMovement(0);
  /** How many movements began in this set. */
  movements = 0;
  /** The pull with the highest mean force of this set so far. */
  bestCurve: CurvePoint[] = [];
  /** When the handle was last seen moving, by the page's clock. */
  moved_ms = 0;
  private tellEverySample: ((sample: Sample) => void) | undefined;

  /** Also hands each sample on, for the sound of a phase and the like. */
  onSample(tell: (sample: Sample) => void) {
    this.tellEverySample = tell;
  }

  take(batch: SampleBatch, now_ms: number) {
    for (const sample of batch.samples) this.takeOne(sample, now_ms);
  }

  beginSet() {
    this.movements = 0;
    this.bestCurve = [];
    this.movement = emptyMovement(this.time_s);
  }

  /** Of all cables together. */
  total(of: (axis: AxisSample) => number): number {
    return this.axes.reduce((sum, axis) => sum + of(axis), 0);
  }

  /** Position unknown. */
  lose() {
    this.axes = [];
    this.phase = Phase.UNSPECIFIED;
  }

  private takeOne(sample: Sample, now_ms: number) {
    const time_s = Number(sample.timeNs) / NS_PER_S;
    const dt_s = Math.max(0, Math.min(0.1, time_s - this.time_s));
    this.axes = sample.axes;
    this.time_s = time_s;
    const first = sample.axes[0];
    if (!first) return;
    if (sample.axes.some((axis) => Math.abs(axis.velocityMps) > MOVING_MPS)) this.moved_ms = now_ms;
    this.follow(first, dt_s);
    this.tellEverySample?.(sample);
  }

  private follow(axis: AxisSample, dt_s: number) {
    if (axis.phase === Phase.CONCENTRIC && this.phase !== Phase.CONCENTRIC && this.phase !== Phase.PEAK) this.beginMovement();
    this.phase = axis.phase;
    switch (axis.phase) {
      case Phase.CONCENTRIC:
        this.movement.concentric_s += dt_s;
        if (this.movement.curve.length < CURVE_POINTS && axis.romShare !== undefined) {
          this.movement.curve.push({ share: axis.romShare, force_n: axis.tensionN });
        }
        break;
      case Phase.PEAK:
        this.movement.hold_s += dt_s;
        break;
      case Phase.ECCENTRIC:
        this.movement.eccentric_s += dt_s;
        break;
    }
  }

  private beginMovement() {
    if (meanForce(this.movement.curve) > meanForce(this.bestCurve)) this.bestCurve = this.movement.curve;
    this.movement = emptyMovement(this.time_s);
    this.movements += 1;
  }
}

function emptyMovement(began_s: number): Movement {
  return { began_s, concentric_s: 0, hold_s: 0, eccentric_s: 0, curve: [] };
}

function meanForce(curve: CurvePoint[]): number {
  return curve.length === 0 ? 0 : curve.reduce((sum, point) => sum + point.force_n, 0) / curve.length;
}

export const live = new Live();
