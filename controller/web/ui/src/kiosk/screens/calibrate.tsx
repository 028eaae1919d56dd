// The range: three light pulls, drawn as they are made.
import { useEffect, useRef } from 'preact/hooks';
import { signal } from '@preact/signals';
import { MachineState, Phase } from '../../../gen/sheave/v1/common_pb';
import { Frame } from '../parts/frame';
import { LiveText } from '../parts/live_text';
import { Press } from '../parts/press';
import { Rail } from '../parts/rail';
import { Refusal } from '../parts/refusal';
import { noteText } from '../note';
import { loadText, m, programName } from '../phrases';
import { onFrame } from '../state/frames';
import { live } from '../state/live';
import { calibrateAgain } from '../state/machine';
import { program, snapshot } from '../state/store';

const PULLS_MOST = 3;
/** It began with a known range: one pull shows that it still fits. Where it does not, three measure it anew. */
const asksOne = signal(false);
const fits = () => asksOne.value && !snapshot.value?.walkOut && snapshot.value?.calibrationReps === PULLS_MOST;
const pulls = () => (snapshot.value?.walkOut || fits() ? 1 : PULLS_MOST);
/** Those that the machine took; a range that is known already is none of them. */
const taken = () => (snapshot.value?.walkOut ? 0 : fits() ? 1 : (snapshot.value?.calibrationReps ?? 0));
/** The rail's full height before a pull showed how far the person reaches. */
const USUAL_REACH_M = 0.6;
const HEADROOM = 1.2;
const OUT_M = 0.05;
const GRAVITY_MPS2 = 9.80665;
/** What is wrong with the pulls so far; any other note is no guidance. */
const OF_PULLS = ['PULLS_SHORT', 'PULLS_DIFFER', 'RANGE_CHANGED'];

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
  const done = taken();
  useEffect(() => {
    reached_m.value = [];
    asksOne.value = snapshot.peek()?.walkOut ?? false;
    return onFrame(() => {
      if (snapshot.value?.noteReason === 'RANGE_CHANGED') asksOne.value = false;
      const axis = live.axes[0];
      if (axis) meter.current!.step(axis.extensionM, axis.phase, taken());
    });
  }, []);
  const full_m = Math.max(USUAL_REACH_M, ...reached_m.value) * HEADROOM;
  const measuring = snapshot.value?.machineState === MachineState.CALIBRATE;
  const pull = Math.min(pulls(), done + 1);
  return (
    <Frame
      screen="calibrate"
      title={m().calibrate.title}
      end={<span>{programName(program.value)}</span>}
      dock={
        <div class="readout">
          <LiveText class="num small" text={commandedText} />
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
            {guidance(measuring, done)}
          </div>
          <div class="count">
            <div class="num" data-count={pull}>
              {pull}
            </div>
            <span>{m().calibrate.of(pulls())}</span>
          </div>
          <div class="spans card">
            {Array.from({ length: pulls() }, (_, i) => (
              <Span key={i} index={i} now={i === done} full_m={full_m} />
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
  if (OF_PULLS.includes(snapshot.value?.noteReason ?? '')) return noteText();
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
function commandedText(): string {
  return live.axes.length > 0 ? loadText(Math.round((live.total((axis) => axis.commandedN) / GRAVITY_MPS2) * 2) / 2) : '';
}
