// The range: three light pulls, drawn as they are made.
import { useEffect, useRef } from 'preact/hooks';
import { signal } from '@preact/signals';
import { MachineState, Phase } from '../../../gen/sheave/v1/common_pb';
import { Frame } from '../parts/frame';
import { Press } from '../parts/press';
import { Rail } from '../parts/rail';
import { Refusal } from '../parts/refusal';
import { exerciseName, loadText, m, noteText } from '../phrases';
import { onFrame } from '../state/frames';
import { live } from '../state/live';
import { calibrateAgain } from '../state/machine';
import { program, snapshot } from '../state/store';

const PULLS_MOST = 3;
/** One shows that a known range still fits. */
const pulls = () => (snapshot.value?.walkOut ? 1 : PULLS_MOST);
/** The rail's full height before a pull showed how far the person reaches. */
const USUAL_REACH_M = 0.6;
const HEADROOM = 1.2;
const OUT_M = 0.05;

/** How far the pulls of this calibration reached, in metres from home; the last one may be under way. */
const reached_m = signal<number[]>([]);
const phaseNow = signal(Phase.UNSPECIFIED);

class PullMeter {
  private peak_m = 0;
  private counted = 0;

  /** @param counted pulls that the machine took. */
  step(extension_m: number, phase: Phase, counted: number) {
    if (counted < this.counted) {
      this.counted = counted;
      reached_m.value = [];
    }
    if (phase === Phase.CONCENTRIC || phase === Phase.PEAK) this.peak_m = Math.max(this.peak_m, extension_m);
    const before = reached_m.value.slice(0, this.counted);
    if (counted > this.counted) {
      before.push(this.peak_m);
      this.counted = counted;
      this.peak_m = 0;
    }
    const running = phase === Phase.CONCENTRIC || phase === Phase.PEAK || phase === Phase.ECCENTRIC ? [this.peak_m] : [];
    const next = [...before, ...running].slice(0, PULLS_MOST).map((value) => Math.round(value * 100) / 100);
    if (next.join() !== reached_m.value.join()) reached_m.value = next;
    if (phase !== phaseNow.value) phaseNow.value = phase;
  }
}

export function Calibrate() {
  const meter = useRef<PullMeter | undefined>(undefined);
  meter.current ??= new PullMeter();
  const { calibrationReps = 0, machineState } = snapshot.value ?? {};
  useEffect(() => {
    reached_m.value = [];
    return onFrame(() => {
      const axis = live.axes[0];
      if (axis) meter.current!.step(axis.extensionM, axis.phase, snapshot.value?.calibrationReps ?? 0);
    });
  }, []);
  const full_m = Math.max(USUAL_REACH_M, ...reached_m.value) * HEADROOM;
  const measuring = machineState === MachineState.CALIBRATE;
  const pull = Math.min(pulls(), calibrationReps + 1);
  return (
    <Frame
      screen="calibrate"
      title={m().calibrate.title}
      end={<span>{exerciseName(program.value)}</span>}
      dock={
        <div class="readout">
          <LightForce />
          <div class="label lines">{m().calibrate.light}</div>
        </div>
      }
    >
      <main class="with-rail">
        <Rail
          label={() => m().calibrate.rail(Math.round((live.axes[0]?.extensionM ?? 0) * 100))}
          frame={() => ({
            rings: live.axes.map((axis) => axis.extensionM / full_m),
            span: reached_m.value.length > 0 ? Math.max(...reached_m.value) / full_m : undefined,
          })}
        />
        <div class="calib">
          <div class="cue" role="status">
            {guidance(measuring, calibrationReps)}
          </div>
          <div class="count">
            <div class="num" data-count={pull}>
              {pull}
            </div>
            <span>{m().calibrate.of(pulls())}</span>
          </div>
          <div class="spans card">
            {Array.from({ length: pulls() }, (_, i) => (
              <Span key={i} index={i} now={i === calibrationReps} full_m={full_m} />
            ))}
          </div>
          <Refusal />
          <div class="choices">
            <Press class="btn" onPress={() => void calibrateAgain()}>
              {m().calibrate.startOver}
            </Press>
          </div>
        </div>
      </main>
    </Frame>
  );
}

function guidance(measuring: boolean, done: number): string {
  if (done >= pulls() || !measuring) return done >= pulls() ? m().calibrate.goHome : m().calibrate.takeOut;
  if (snapshot.value?.note) return noteText(snapshot.value.note);
  if (phaseNow.value === Phase.ECCENTRIC) return m().calibrate.back;
  return (live.axes[0]?.extensionM ?? 0) > OUT_M ? m().calibrate.pull : m().calibrate.takeOut;
}

function Span({ index, now, full_m }: { index: number; now: boolean; full_m: number }) {
  const value = reached_m.value[index] || undefined; // a pull from before this page looked on is not known
  return (
    <div class={now ? 'now' : ''}>
      <span>{m().calibrate.pullNumber(index + 1)}</span>
      <i style={{ '--v': value === undefined ? 0 : (value / full_m) * 100 }} />
      <b>{value === undefined ? '' : `${Math.round(value * 100)}\u00a0cm`}</b>
    </div>
  );
}

/** What the motor is asked to pull with, as weight. */
function LightForce() {
  const shown = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      onFrame(() => {
        const total_n = live.axes.reduce((sum, axis) => sum + axis.commandedN, 0);
        const text = live.axes.length > 0 ? loadText(Math.round((total_n / 9.80665) * 2) / 2) : '';
        if (shown.current && shown.current.textContent !== text) shown.current.textContent = text;
      }),
    [],
  );
  return <div class="num small" ref={shown} />;
}
