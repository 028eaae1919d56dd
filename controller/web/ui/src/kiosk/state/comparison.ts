// What a set is compared with: the same set of the member's last visit, or for a guest the set before.
import { computed, effect, signal } from '@preact/signals';
import { Phase } from '../../../gen/sheave/v1/common_pb';
import { Stage, type Rep } from '../../../gen/sheave/v1/session_pb';
import type { Recording } from '../../../gen/sheave/v1/telemetry_pb';
import { api } from './machine';
import { countedOf, setIndex, sets, stage } from './store';

export interface Comparison {
  /** False: the set before in this session. */
  lastVisit: boolean;
  load_kg: number;
  reps: readonly Rep[];
  /** Its name, for the recording. */
  name: string;
}

const NS_PER_S = 1e9;

export const comparison = computed<Comparison | undefined>(() => {
  const before = sets.value.filter((set) => set.index < setIndex.value).at(-1);
  if (!before) return undefined;
  return { lastVisit: false, load_kg: before.loadTotalKg, reps: countedOf(before.index), name: before.name };
});

/** One movement of the set that is compared with: the handle's place over the time since it began. */
interface Trace {
  t_s: number[];
  share: number[];
}

const traces = signal<{ of: string; movements: Trace[] }>({ of: '', movements: [] });

/** Where the handle was at this moment of this movement last time. */
export function ghostAt(movement: number, since_s: number): number | undefined {
  const trace = traces.value.movements[movement - 1];
  if (!trace || traces.value.of !== comparison.value?.name) return undefined;
  let at = trace.t_s.findIndex((t_s) => t_s >= since_s);
  if (at < 0) at = trace.t_s.length - 1;
  return trace.share[at];
}

function cut(recording: Recording): Trace[] {
  const movements: Trace[] = [];
  let phase = Phase.UNSPECIFIED;
  let began_s = 0;
  for (const sample of recording.samples) {
    const axis = sample.axes[0];
    if (!axis) continue;
    const time_s = Number(sample.timeNs) / NS_PER_S;
    if (axis.phase === Phase.CONCENTRIC && phase !== Phase.CONCENTRIC && phase !== Phase.PEAK) {
      movements.push({ t_s: [], share: [] });
      began_s = time_s;
    }
    phase = axis.phase;
    const trace = movements.at(-1);
    if (!trace || axis.romShare === undefined) continue;
    trace.t_s.push(time_s - began_s);
    trace.share.push(axis.romShare);
  }
  return movements;
}

/** Fetched while the person rests or takes the handle, not in the set. */
export function followComparison() {
  effect(() => {
    const name = comparison.value?.name;
    const early = stage.value === Stage.RESTING || stage.value === Stage.ARMED || stage.value === Stage.ENGAGING;
    if (!name || !early || traces.value.of === name) return;
    api.telemetry.getRecording({ name }).then(
      (recording) => (traces.value = { of: name, movements: cut(recording) }),
      () => {}, // no ghost is drawn where there is no recording
    );
  });
}

