// This screen's part in steering: following the stream, the lease, and what a touch asks for. All requests go through `ask`, so that a
// refusal is shown as a sentence and a lost link as a lost link.
import { effect, signal } from '@preact/signals';
import { WatchKind } from '../../../gen/sheave/v1/watch_pb';
import { SessionState, SetKind, Stage, type StopAnswer } from '../../../gen/sheave/v1/session_pb';
import { THIS_MACHINE, createApi, isLinkTrouble, isMissing, isUnknown } from '../../shared/api';
import { followWatch } from '../../shared/watch';
import type { Refused } from '../refusals';
import { Lease } from './lease';
import { live } from './live';
import * as store from './store';

export const api = createApi();
export const lease = new Lease(api);

const SAMPLE_RATE_HZ = 120;
/** Samples come every few milliseconds; a second without one is a lost link, although the connection stands. */
const SILENCE_MS = 1000;

/** What the machine would not do, and why; shown until the next touch. */
export const refusal = signal<Refused | undefined>(undefined);
/** STOP was pressed and the load is not known to be off yet. */
export const stopping = signal(false);
/** The last STOP did not reach the machine. */
export const stopFailed = signal(false);
/** Newest cue of the exercise, with the time it came. */
export const cue = signal<{ id: string; at_ms: number } | undefined>(undefined);

/** A member that no machine has: numbers begin at 1. */
const NOBODY = 'members/0';
const STEERED = 'sheave.steered';
/** Four lanes, each in a workout, and what was before them. */
const STEERED_MOST = 16;
const KINDS = [WatchKind.SAMPLES, WatchKind.REPS, WatchKind.SETS, WatchKind.STATE, WatchKind.PROPOSALS, WatchKind.FAULTS, WatchKind.CUES];

export function follow() {
  followWatch(
    api,
    { kinds: KINDS, sampleRateHz: SAMPLE_RATE_HZ, silenceMs: SILENCE_MS },
    {
      event(response) {
        const now_ms = performance.now();
        if (response.event.case === 'samples') live.take(response.event.value, now_ms);
        else if (response.event.case === 'cue') cue.value = { id: response.event.value.id, at_ms: now_ms };
        else store.take(response, now_ms);
      },
      linked() {
        store.link.value = 'linked';
        stopFailed.value = false;
        void learn();
        void keepSteering();
      },
      lost() {
        store.link.value = 'lost';
        live.lose();
      },
      restarted: store.forget,
    },
  );
  // A session that this screen has not seen from its beginning: what was done before is in the store.
  effect(() => {
    if (store.sessionName.value) void recall(store.sessionName.value);
  });
  effect(() => {
    const { session, stage } = store.snapshot.value ?? {};
    if (lease.held && (!session || stage === Stage.FINISHED)) void lease.release();
    else if (session && store.link.value === 'linked') void keepSteering();
  });
}

/** Ended sessions are nobody's to steer; then the machine has the lease again. */
function steers(): boolean {
  const session = store.snapshot.value?.session;
  const open = session?.state === SessionState.ACTIVE || session?.state === SessionState.PAUSED;
  return open && (steered().includes(session.name) || (session.workoutRun !== '' && steered().includes(session.workoutRun)));
}

/** After a lost link or a reload this screen steers on what it steered before. */
async function keepSteering() {
  if (!steers() || lease.held) return;
  try {
    await lease.take();
  } catch (error) {
    refuse(error);
  }
}

/** The sessions and walks through workouts that this screen steers, over a reload of the page. */
function steered(): string[] {
  return (sessionStorage.getItem(STEERED) ?? '').split(' ').filter(Boolean);
}

/** A lost link is no refusal: the stream notices it by itself. */
function refuse(error: unknown) {
  if (!isLinkTrouble(error)) refusal.value = { error, at_ms: performance.now() };
}

/** What does not change while the controller runs. */
async function learn() {
  try {
    const [machine, catalog, { workouts }] = await Promise.all([
      api.machine.getMachine({ name: THIS_MACHINE }),
      api.program.listPrograms({ pageSize: 200 }),
      api.program.listWorkouts({}).catch(() => ({ workouts: [] })),
    ]);
    store.machine.value = machine;
    store.programs.value = catalog.programs;
    store.workouts.value = workouts;
    // A controller without members says so; what cannot be done is not drawn.
    store.membersKept.value = await api.member.getMember({ name: NOBODY }).then(() => true, (error: unknown) => !isMissing(error));
    if (store.sessionName.value) await recall(store.sessionName.value);
  } catch (error) {
    refuse(error);
  }
}

/** Sets and reps of a session from the store; what is known already is not doubled. */
async function recall(name: string) {
  try {
    const { sets } = await api.session.listSets({ parent: name });
    for (const set of sets) store.addSet(set);
    let pageToken = '';
    do {
      const page = await api.telemetry.listReps({ parent: `${name}/sets/-`, pageSize: 200, pageToken });
      for (const rep of page.reps) store.addRep(rep);
      pageToken = page.nextPageToken;
    } while (pageToken);
  } catch (error) {
    if (!isUnknown(error)) refuse(error); // a session too new to be stored has nothing to recall
  }
}

/** True when the controller did it. */
export async function ask(request: () => Promise<unknown>): Promise<boolean> {
  refusal.value = undefined;
  try {
    await request();
    return true;
  } catch (error) {
    refuse(error);
    return false;
  }
}

/** One id per wish: a repeated request after a lost answer returns the same session. */
function requestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What somebody walks up to: one program, or a workout of several. */
export interface Wish {
  program?: string;
  workout?: string;
  /** As requests name a member; empty: a guest. */
  member?: string;
}

/** Walks up: from now on this screen steers. Where somebody trains already, the two take turns. */
export function choose(wish: Wish): Promise<boolean> {
  return ask(async () => {
    const join = store.sessionOpen.value;
    const session = await api.session.createSession({ parent: THIS_MACHINE, requestId: requestId(), ...wish });
    await steer(session.name, session.workoutRun);
    await api.session.activateSession({ name: session.name, join });
  });
}

/** Gives the machine to one of those who take turns. */
export function turnTo(session: string): Promise<boolean> {
  return ask(async () => {
    await api.session.activateSession({ name: session, join: true });
    await steer(session);
  });
}

/** Pulley and attachment are as they should be. */
export function confirmSetUp(notch?: number): Promise<boolean> {
  return ask(() => api.session.confirmSetUp({ name: present(), notch }));
}

/** @param names of a session, and of the walk through a workout that it is part of. */
async function steer(...names: string[]) {
  const known = steered().filter((name) => !names.includes(name));
  sessionStorage.setItem(STEERED, [...known, ...names].filter(Boolean).slice(-STEERED_MOST).join(' '));
  await lease.take();
}

function present(): string {
  return store.snapshot.value?.session?.name ?? '';
}

/** A tap on Start: arms the calibration or the set, and takes the weight that is shown. */
export function start(): Promise<boolean> {
  return ask(async () => {
    await steer(present());
    await api.session.armSet({ name: present() });
  });
}

/** One at a time and in order: of several quick taps the last one decides. Of a warm-up it is that set's alone. */
let weighing: Promise<unknown> = Promise.resolve();

export function chooseLoad(load_kg: number): Promise<boolean> {
  const asked = weighing.then(() =>
    ask(() =>
      store.snapshot.value?.setKind === SetKind.WARM_UP
        ? api.session.setLoad({ name: present(), loadTotalKg: load_kg })
        : api.session.acceptProposal({ name: present(), loadTotalKg: load_kg }),
    ),
  );
  weighing = asked;
  return asked;
}

export function answerEffort(setIndex: number, repsInReserve: number): Promise<boolean> {
  return ask(() => api.session.reportEffort({ name: present(), setIndex, repsInReserve }));
}

export function answerEarlyEnd(setIndex: number, answer: StopAnswer): Promise<boolean> {
  return ask(() => api.session.reportStopReason({ name: present(), setIndex, answer }));
}

export function calibrateAgain(): Promise<boolean> {
  return ask(() => api.machine.calibrateRom({ session: present() }));
}

/** Ends the session. The lease goes back to the machine once it has ended. */
export function finish(): Promise<boolean> {
  return ask(() => api.session.finishSession({ name: present() }));
}

export function acknowledge(): Promise<boolean> {
  return ask(() => api.machine.acknowledgeFault({ name: THIS_MACHINE }));
}

/** Takes the load off now. Tells at once that it was pressed; tells as loudly when it did not arrive. */
export async function stop(): Promise<void> {
  stopping.value = true;
  try {
    const answer = await api.control.stop({ machine: THIS_MACHINE });
    stopFailed.value = false;
    stopping.value = !answer.confirmed && store.underLoad.value; // the state may have come before the answer
  } catch {
    stopFailed.value = true;
    stopping.value = false;
  }
}

/** The machine says itself that the load is off. */
effect(() => {
  if (!store.underLoad.value) stopping.value = false;
});
