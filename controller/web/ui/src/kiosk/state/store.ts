// What this screen knows, as signals. The watch stream alone writes here; screens only read.
import { batch, computed, signal } from '@preact/signals';
import { MachineState, Reaction } from '../../../gen/sheave/v1/common_pb';
import type { Machine } from '../../../gen/sheave/v1/machine_pb';
import { StrengthTestKind, type Program, type Workout } from '../../../gen/sheave/v1/program_pb';
import { RepVerdict, SessionState, Stage, type Rep, type Session, type Set as TrainingSet } from '../../../gen/sheave/v1/session_pb';
import type { Snapshot, WatchResponse } from '../../../gen/sheave/v1/watch_pb';

export type Link = 'looking' | 'linked' | 'lost';

export const link = signal<Link>('looking');
export const snapshot = signal<Snapshot | undefined>(undefined);
/** The same, as of the running set until its load is off: while that goes off, the machine speaks of the set to come already. */
export const ofSet = signal<Snapshot | undefined>(undefined);
export const machine = signal<Machine | undefined>(undefined);
export const programs = signal<Program[]>([]);
export const workouts = signal<Workout[]>([]);
/** Members, and several people taking turns. */
export const membersKept = signal(false);
/** The session whose sets and reps stand below; the present one, or the last one this screen showed. */
export const sessionName = signal('');
/** The walk through a workout that it is part of; changes with sessionName. */
let sessionRun = '';
/** When the snapshot came, by this page's clock: the rest counts on between snapshots. */
export const snapshotAt_ms = signal(0);
/** When the standing proposal was first shown. */
export const proposalAt_ms = signal(0);

const repsBySet = signal<ReadonlyMap<number, readonly Rep[]>>(new Map());
const setsByIndex = signal<ReadonlyMap<number, TrainingSet>>(new Map());

/** Ended sets of the session, in order. */
export const sets = computed(() => [...setsByIndex.value.values()].sort((a, b) => a.index - b.index));

/** "machines/m1/sessions/{s}/sets/3/reps/5" -> session, 3. */
function placeOf(name: string): { session: string; set: number } | undefined {
  const match = /^(machines\/[^/]+\/sessions\/[^/]+)\/sets\/(\d+)/.exec(name);
  return match ? { session: match[1]!, set: Number(match[2]) } : undefined;
}

/** The session that a set is of. */
export function sessionOf(set: TrainingSet): string {
  return placeOf(set.name)?.session ?? '';
}

/** All movements of a set that were stored, in order. */
export function repsOf(set: number): readonly Rep[] {
  return repsBySet.value.get(set) ?? [];
}

export function countedOf(set: number): readonly Rep[] {
  return repsOf(set).filter((rep) => rep.verdict === RepVerdict.COUNTED);
}

/** Reps asked for in the running set or the one to come, where it is not the program's range. */
export const repGoal = computed(() => ofSet.value?.repGoal);

/** Somebody trains: an ended session may stand in the snapshot for a while. */
export const sessionOpen = computed(() => {
  const session = snapshot.value?.session;
  const open = session?.state === SessionState.ACTIVE || session?.state === SessionState.PAUSED;
  return open && stage.value !== Stage.FINISHED;
});

/** What was proposed last, and for which set: while a set runs its proposal stands no more. */
const proposed = signal<{ session: string; set: number; reason: string } | undefined>(undefined);
/** The running set is to go on until no rep is left: nothing counts down to its end. */
export const toLimit = computed(() => {
  const of = proposed.value;
  return of?.reason === 'RESERVE_LIMIT' && of.session === sessionName.value && of.set === setIndex.value;
});

/** Of the running set, or of the one to come. */
export const setIndex = computed(() => ofSet.value?.setIndex ?? 0);
/** The same among the planned ones. */
export const workingSet = computed(() => ofSet.value?.workingSet || setIndex.value);
export const stage = computed(() => snapshot.value?.stage ?? Stage.UNSPECIFIED);
export const program = computed(() => programs.value.find((p) => p.name === snapshot.value?.session?.program));
/** What measures the strength that an exercise asks for; at a set speed where there are several. */
export function testFor(of: Program | undefined): Program | undefined {
  const kinds = [StrengthTestKind.ISOKINETIC, StrengthTestKind.ISOMETRIC];
  const tests = programs.value.filter((one) => one.exerciseName === of?.exerciseName && kinds.includes(one.test) && !one.unavailableReason);
  return tests.sort((a, b) => a.test - b.test)[0];
}

export const cables = computed(() => machine.value?.cableCount ?? 1);

/** The motor may pull: STOP is filled. */
export const underLoad = computed(() => {
  switch (snapshot.value?.machineState) {
    case MachineState.READY:
    case MachineState.CALIBRATE:
    case MachineState.ENGAGE:
    case MachineState.ACTIVE:
    case MachineState.SPOT:
    case MachineState.UNLOAD:
    case MachineState.SERVICE:
      return true;
    default:
      return false;
  }
});

/** A person has taken it out of use, and no set runs any more. */
export const outOfOrder = computed(() => {
  const order = snapshot.value?.outOfOrder;
  return order && !order.pending ? order : undefined;
});

/** A technician moves a cable, or did so moments ago: nothing is to be begun, and the handle may move. */
export const serviced = computed(() => snapshot.value?.beingServiced ?? false);

/** Of the faults that stand, those in which the motor was seen to pull although told not to: STOP_NOT_CONFIRMED, TENSION_WITHOUT_COMMAND. */
const PULLS_ON = [310, 306];
export const weightMayBeOn = computed(() => snapshot.value?.activeFaults.some((fault) => PULLS_ON.includes(fault.code)) ?? false);

/** Off until somebody resets it. */
export const machineOff = computed(() => {
  switch (snapshot.value?.machineState) {
    case MachineState.BOOT:
    case MachineState.SAFE_OFF:
    case MachineState.FAULT_STOP:
    case MachineState.ESTOP:
      return true;
    default:
      return false;
  }
});

/** Nothing can be begun here now. */
export const outOfService = computed(() => outOfOrder.value !== undefined || serviced.value || machineOff.value);

export const spotting = computed(() => snapshot.value?.machineState === MachineState.SPOT);
export const limited = computed(() => snapshot.value?.reaction === Reaction.NO_RAISE);

/** A set with the reps that counted. */
export interface DoneSet {
  set: TrainingSet;
  reps: readonly Rep[];
  program: string;
}

/** An exercise of a workout that is behind the person. */
export interface Part {
  session: string;
  sets: readonly DoneSet[];
}

/** Of the walk through a workout that is under way. */
export const partsDone = signal<{ run: string; parts: readonly Part[] }>({ run: '', parts: [] });

function doneHere(program: string): DoneSet[] {
  return sets.value.map((set) => ({ set, reps: countedOf(set.index), program }));
}

/** Exercises of the workout before the one that is shown. */
export function partsBefore(): readonly Part[] {
  return partsDone.value.run !== '' && partsDone.value.run === sessionRun ? partsDone.value.parts : [];
}

/** Every set of the walk through a workout, or of the one program. @param program of the session that is shown */
export function doneSets(program: string): DoneSet[] {
  return [...partsBefore().flatMap((part) => part.sets), ...doneHere(program)];
}

/** A weight of one's own is no answer to what was asked. */
function remember({ session, setIndex: set, proposal }: Snapshot) {
  if (session && proposal) proposed.value = { session: session.name, set, reason: proposal.changed ? '' : proposal.reason };
}

function keepPart(next: Session) {
  const before = snapshot.value?.session;
  if (!before?.workoutRun || before.name !== sessionName.value) return;
  const known = partsDone.value.run === before.workoutRun ? partsDone.value.parts : [];
  if (before.workoutRun !== next.workoutRun) return;
  const part = { session: before.name, sets: doneHere(before.program) };
  partsDone.value = { run: before.workoutRun, parts: [...known.filter((other) => other.session !== before.name), part] };
}

/** Another session: what was collected belongs to somebody else. */
function turnTo(session: Session) {
  const { name } = session;
  if (name === '' || name === sessionName.value) return;
  keepPart(session);
  sessionName.value = name;
  sessionRun = session.workoutRun;
  repsBySet.value = new Map();
  setsByIndex.value = new Map();
}

/** Once each: the same movement may come from the stream and from the store. */
export function addRep(rep: Rep) {
  const place = placeOf(rep.name);
  if (!place || place.session !== sessionName.value) return;
  const known = repsOf(place.set);
  if (known.some((other) => other.candidate === rep.candidate)) return;
  const next = [...known, rep].sort((a, b) => a.candidate - b.candidate);
  repsBySet.value = new Map(repsBySet.value).set(place.set, next);
}

export function addSet(set: TrainingSet) {
  const place = placeOf(set.name);
  if (!place || place.session !== sessionName.value) return;
  batch(() => {
    setsByIndex.value = new Map(setsByIndex.value).set(set.index, set);
    for (const rep of set.reps) addRep(rep);
  });
}

/** What the stream told. Samples go elsewhere: they are drawn, not kept. */
export function take(response: WatchResponse, now_ms: number) {
  const event = response.event;
  batch(() => {
    switch (event.case) {
      case 'snapshot':
        if (event.value.session) turnTo(event.value.session);
        remember(event.value);
        if (event.value.proposal?.etag !== snapshot.value?.proposal?.etag) proposalAt_ms.value = now_ms;
        snapshot.value = event.value;
        if (event.value.stage !== Stage.UNLOADING || !ofSet.value) ofSet.value = event.value;
        snapshotAt_ms.value = now_ms;
        break;
      case 'rep':
        addRep(event.value);
        break;
      case 'set':
        addSet(event.value);
        break;
    }
  });
}

/** The log is another one: nothing collected can be trusted. */
export function forget() {
  batch(() => {
    sessionName.value = '';
    repsBySet.value = new Map();
    setsByIndex.value = new Map();
    snapshot.value = ofSet.value = undefined;
  });
}
