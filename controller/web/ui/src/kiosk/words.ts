// Every word the kiosk says, as a shape that each language fills. The compiler refuses a language that lacks one.

/** The numbers a reason may cite; loads as text in the person's unit. */
export interface ReasonNumbers {
  reps: number;
  range: string;
  top: number;
  load: string;
  step: string;
  goal: number;
  forecast: number;
  /** What the progression gave as evidence; undefined where it did not. */
  evidence(name: string): number | undefined;
  /** A speed of the evidence, with its unit. */
  speed(name: string): string;
}

/** What a refusal may cite. */
export interface RefusalFacts {
  /** The standing fault with its remedy; undefined: none stands. */
  fault: string | undefined;
  heaviest: string;
  /** Why it is out of order; may be empty. */
  order: string;
  /** How long until the same may succeed: "27 s"; empty: it may now. Undefined: the machine did not say. */
  wait: string | undefined;
}

export type Refusals = Record<string, (n: RefusalFacts) => string>;

export type Reasons = Record<string, (n: ReasonNumbers) => string>;

/** What a note of the controller may cite. */
export interface NoteFacts {
  /** A number of the note, SI; a centimetre is nothing to a person in metres. */
  number(name: string): number;
  day(name: string): string;
  fault: string | undefined;
  /** The strength test of the exercise; empty: this machine has none. */
  test: string;
}

export type Notes = Record<string, (n: NoteFacts) => string>;

/** A strength test while it is done: forces, no weights. */
export interface TestWords {
  title: string;
  task(pulls: number): string;
  hold: string;
  taskText: string;
  holdText: string;
  hard: string;
  enough: string;
  best(force: string): string;
  none: string;
  force: string;
  forceOfSet(n: number): string;
  setWas(n: number, force: string): string;
  lastTime(pulls: string): string;
  strongest: string;
  mean: string;
}

/** What the sets say of a member's strength. */
export interface StrengthWords {
  title: string;
  once: string;
  range(low: string, high: string): string;
  unknown: string;
  /** By the controller's reason why a number is not known. */
  why: Record<string, string>;
  from(sets: number): string;
  overRange: string;
  tested(when: string): string;
  testedBefore: string;
  noTest(test: string): string;
  noTestHere: string;
  reachStart: string;
  reachEnd: string;
  failed: string;
  sticking: string;
  stickingAt(percent: number, reps: number, of: number): string;
  stickingNowhere(of: number): string;
  noReps: string;
  sides: string;
  even: string;
  ahead: { left(percent: number): string; right(percent: number): string };
  faster: { left(percent: number): string; right(percent: number): string };
  oneCable: string;
  form: string;
  formOf(percent: number): string;
  drift: string;
  left: string;
  lastRep: string;
}

export interface Messages {
  language: string;
  unit: string;
  unitStep(step: string): string;
  stop: string;
  stopping: string;
  stopGone: string;
  back: string;
  end: string;
  done: string;
  more: string;
  lighter(step: string): string;
  heavier(step: string): string;
  set(n: number, of: number): string;
  sets(sets: number, range: string): string;
  reps(n: number): string;
  lastTime: string;
  setBefore: string;
  walkUp: {
    justPull: string;
    justPullText(load: string): string;
    moreText(exercises: number, workouts: number): string;
    morePrograms: string;
    programs(n: number, goals: string): string;
    page(n: number, of: number): string;
    nextPage: string;
    guest: string;
    guestText: string;
    member(who: string): string;
    unavailable: string;
    sound: string;
    theme: string;
    workout: string;
    startsAt(load: string): string;
    dose(reps: string): string;
    goal(goal: string): string;
  };
  /** The way from what somebody notices in their lifts to a workout. */
  weak: {
    title: string;
    tile: string;
    hint: string;
  };
  signIn: {
    open: string;
    title: string;
    number: string;
    pin: string;
    tag: string;
    ofMember(number: string): string;
    digits(n: number): string;
    erase: string;
    next: string;
    enter: string;
  };
  member: {
    clears: string;
    notMe: string;
    mySets: string;
    nothingYet: string;
    someone: string;
    again: string;
    lastTime(sets: string): string;
    sets(load: string, reps: readonly number[]): string;
    notch(n: number): string;
    notchUnknown: string;
    notchLower: string;
    notchHigher: string;
  };
  lanes: {
    title: string;
    join: string;
    guest(n: number): string;
    here: string;
    next: string;
    waits: string;
    rests(left: string): string;
  };
  between: {
    place(n: number, of: number): string;
    confirm: string;
    confirmNote: string;
    walkOut: string;
    walkOutNote: string;
  };
  setUp: {
    start: string;
    finish: string;
    finishHold(seconds: string): string;
    pulley: string;
    attachment: string;
    setToCome(set: number): string;
    weightFor(set: string): string;
    measureFirst: string;
    waiting: string;
    go: string;
    goNote: string;
    goMeasure: string;
    goMeasureNote: string;
    how: string;
    pictures: string;
    picture(exercise: string, part: string): string;
  };
  calibrate: {
    title: string;
    takeOut: string;
    pull: string;
    back: string;
    goHome: string;
    of(n: number): string;
    pullNumber(n: number): string;
    light: string;
    startOver: string;
    rail(cm: number): string;
  };
  live: {
    takeHandle: string;
    holdStill: string;
    bringHome: string;
    thisRep: string;
    speed: string;
    tempo: string;
    pull: string;
    hold: string;
    back: string;
    force: string;
    forceCurve: string;
    oneOrTwo: string;
    lastOne: string;
    untilNone: string;
    easingOff: string;
    noRaise: string;
    rail(percent: number): string;
    railUnknown: string;
    setBefore(load: string, n: number): string;
    lastTime(load: string, n: number): string;
    firstSet: string;
  };
  /** By the cue ids of the exercises; one that is missing is not shown. */
  cues: Record<string, string>;
  sides: { left: string; right: string };
  warmUp: string;
  warmUpFor(load: string): string;
  /** While the weight is looked for, and what such a set is called afterwards. */
  probe: string;
  trialSet: string;
  rest: {
    title: string;
    next(exercise: string, set: number, of: number): string;
    of(total: string): string;
    ready: string;
    weightOff: string;
    weightGoing: string;
    nextSet: string;
    keep(load: string): string;
    take(load: string): string;
    same: string;
    goal(n: number): string;
    question: string;
    early: string;
    tired: string;
    interrupted: string;
    pain: string;
    setSpeed(set: string): string;
    setWas(n: number, load: string): string;
    start(n: number): string;
    startNote: string;
    wait: string;
    rail(left: string, total: string): string;
    paused: string;
  };
  /** By the reason codes of the progressions; one that is missing shows the controller's own sentence. */
  reasons: Reasons;
  /** By the reasons of the controller's errors; one that is missing shows the controller's own sentence. */
  refusals: Refusals;
  /** What the controller says beside the plan, by its reason; one that is missing shows the controller's own sentence. */
  notes: Notes;
  test: TestWords;
  strength: StrengthWords;
  moreThanAStep(load: string): string;
  chosenByYou: string;
  finish: {
    title: string;
    clears(seconds: number): string;
    moved(exercise: string, sets: number): string;
    volume: string;
    best(set: string, rep: number): string;
    bestUnknown: string;
    speed: string;
    trend: string;
    visits(exercise: string, n: number): string;
    take: string;
    takeText: string;
    scan: string;
    qr: string;
    download: string;
    again: string;
    noSets: string;
    oneSet(load: string): string;
    exercises(n: number): string;
    restarted: string;
  };
  lost: {
    title: string;
    lower: string;
    lowerText: string;
    noRaise: string;
    noRaiseText(load: string): string;
    off: string;
    saved(n: number): string;
    savedText: string;
    atRest: string;
    atRestText: string;
    setsSaved(n: number): string;
    again: string;
    againText: string;
    idle: string;
    idleText: string;
    connecting: string;
  };
  fault: {
    off: string;
    boot: string;
    outOfOrder: string;
    another: string;
    weightOff: string;
    weightMayBeOn: string;
    service: string;
    serviced: string;
    keepAway: string;
    code(code: number): string;
    reset: string;
  };
  /** Faults by code: meaning and remedy. One that is missing shows the controller's own words. */
  faults: Record<number, [meaning: string, remedy: string]>;
  still: {
    title: string;
    text(seconds: number): string;
    yes: string;
    no: string;
  };
  spoken: {
    rep(n: number): string;
    oneLeft: string;
    rest: string;
    ready: string;
  };
  /** What the catalog's data says, in this language: English text to this language's. Empty in English. */
  catalog: Record<string, string>;
}

export function count(n: number, one: string, many: string): string {
  return `${n}\u00a0${n === 1 ? one : many}`;
}
