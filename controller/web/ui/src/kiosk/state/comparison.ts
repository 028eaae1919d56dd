// What a set is compared with: the same set of the member's last visit, or for a guest the set before.
import { computed, effect, signal } from '@preact/signals';
import { Phase } from '../../../gen/sheave/v1/common_pb';
import { RepVerdict, SetKind, SetSide, Stage, type Rep, type Set as TrainingSet } from '../../../gen/sheave/v1/session_pb';
import type { Recording } from '../../../gen/sheave/v1/telemetry_pb';
import { api } from './machine';
import { lastTimeOf, present } from './member';
import { countedOf, ofSet, sessionName, sessionOf, setIndex, sets, snapshot, stage } from './store';

export interface Comparison {
  /** False: the set before in this session. */
  lastVisit: boolean;
  load_kg: number;
  reps: readonly Rep[];
  /** Its name, for the recording. */
  name: string;
}

const NS_PER_S = 1e9;

/** Working sets of the member's visit before, by the session that is compared with it. */
const visitsBefore = signal<ReadonlyMap<string, readonly TrainingSet[]>>(new Map());

/** The set that was the n-th working set of the member's last visit with the program of `session`. */
function lastVisit(session: string, n: number): Comparison | undefined {
  const set = visitsBefore.value.get(session)?.[n - 1];
  return set && { lastVisit: true, load_kg: set.loadTotalKg, reps: set.reps.filter((rep) => rep.verdict === RepVerdict.COUNTED), name: set.name };
}

function setBefore(index: number): Comparison | undefined {
  const before = sets.value.filter((set) => set.index < index).at(-1);
  return before && { lastVisit: false, load_kg: before.loadTotalKg, reps: countedOf(before.index), name: before.name };
}

/** What an ended set is compared with. */
export function comparisonOf(set: TrainingSet): Comparison | undefined {
  return sameSetAtLastVisit(set, sets.value) || setBefore(set.index);
}

/** Of the planned sets, from 1, as the screen announced it: the search for a weight is one, and both sides together are one.
 * @param all sets of its session, and of others */
export function plannedPlace(set: TrainingSet, all: readonly TrainingSet[]): number {
  const before = all.filter((other) => other.index < set.index && sessionOf(other) === sessionOf(set));
  const done = before.filter((other) => other.kind === SetKind.WORKING && other.side !== SetSide.LEFT).length;
  return done + (before.some((other) => other.kind === SetKind.PROBE) ? 1 : 0) + 1;
}

/** @param all sets of its session, and of others */
export function sameSetAtLastVisit(set: TrainingSet, all: readonly TrainingSet[]): Comparison | undefined {
  const session = sessionOf(set);
  const working = all.filter((other) => other.kind === SetKind.WORKING && other.index <= set.index && sessionOf(other) === session);
  return set.kind === SetKind.WORKING ? lastVisit(session, working.length) : undefined;
}

/** What the running set, or the one to come, is compared with. */
export const comparison = computed<Comparison | undefined>(() => {
  const counts = ofSet.value?.setKind === SetKind.WORKING;
  const before = sets.value.filter((set) => set.kind === SetKind.WORKING && set.index < setIndex.value);
  return (counts && lastVisit(sessionName.value, before.length + 1)) || setBefore(setIndex.value);
});

/** Read when the member comes to the machine; kept until they leave, for their result. */
function followLastVisit() {
  effect(() => {
    const who = present.value?.member.name;
    if (!who) {
      if (visitsBefore.peek().size > 0) visitsBefore.value = new Map();
      return;
    }
    const { session } = snapshot.value ?? {};
    const last = session && session.member === who ? lastTimeOf(session.program) : undefined;
    if (!session || !last || last.session === session.name || visitsBefore.peek().has(session.name)) return;
    visitsBefore.value = new Map(visitsBefore.peek()).set(session.name, []);
    api.session.listSets({ parent: last.session }).then(
      ({ sets: all }) => {
        const working = all.filter((set) => set.kind === SetKind.WORKING);
        if (present.peek()?.member.name === who) visitsBefore.value = new Map(visitsBefore.peek()).set(session.name, working);
      },
      () => {}, // it is compared with the set before
    );
  });
}

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
  followLastVisit();
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

