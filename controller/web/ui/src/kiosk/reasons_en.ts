// Why the next weight is what it is, by the reason code of the progression. One sentence: what happened, then what follows.
import { count, type ReasonNumbers, type Reasons } from './words';

const reps = (n: number) => count(n, 'rep', 'reps');

/** The last choice is "5+". */
const MOST_ASKED = 5;

/** How many reps were left, and how that is known. */
const reserve = (n: ReasonNumbers) => {
  const done = reps(n.evidence('best_reps') ?? n.reps);
  if (n.evidence('helped')) return n.evidence('best_reps') ? `${done} before the machine had to help` : 'Not one rep was possible';
  const left = n.evidence('reserve_reps');
  if (left === undefined) return `${done}, and what you did before`;
  return n.evidence('answer_reps') !== undefined ? `${done}, and you said ${left >= MOST_ASKED ? '5 or' : left} more were left` : `${done}, and by your speed about ${Math.round(left)} more were left`;
};

export const REASONS: Reasons = {
  TOP_OF_RANGE_REACHED: (n) =>
    n.forecast > 0
      ? `You reached ${n.reps}, the top of ${n.range}, and ${n.load} should still give you ${n.forecast}.`
      : `You reached ${n.reps}, the top of ${n.range}.`,
  HOLD_IN_RANGE: (n) => `${reps(n.reps)} is inside ${n.range}, so the weight stays.`,
  BELOW_RANGE: (n) => `${reps(n.reps)} is below ${n.range}, so the weight goes down.`,
  HOLD_ANSWER_ZERO: () => 'You said that not one more was left, so the weight stays.',
  HOLD_SPOTTER: () => 'The machine had to help, so the weight stays.',
  HOLD_PAUSED: (n) => `${reps(n.reps)}, but with a long pause, so the weight stays.`,
  FORECAST_BELOW_RANGE: (n) =>
    n.forecast > 0
      ? `You did ${n.reps}; with more weight the next set would give about ${n.forecast}, below ${n.range}, so it stays.`
      : `You did ${n.reps}; with more weight the next set would fall below ${n.range}, so it stays.`,
  ADD_REPS: (n) => (n.goal > 0 ? `One step up would be too much, so go for ${reps(n.goal)}.` : 'One step up would be too much, so add reps.'),
  PAIN_STOP: () => 'You felt pain, so there is no further set. If it stays, ask a doctor.',
  SET_NOT_JUDGED: () => 'The last set was cut short and says nothing about the weight, so it stays.',
  PROBE: (n) => `A trial set to find your weight: ${n.goal > 0 ? n.goal : 'a few'} easy reps.`,
  PROBE_RAISE: () => 'The trial set was light, so try a bit more.',
  PROBE_TOO_HEAVY: (n) => `${reps(n.reps)} in the trial set is too heavy, so the weight goes down.`,
  PROBE_DONE: () => 'That is a weight to work with.',
  ANSWER_MORE_REPS: (n) => `You had more left, so the weight stays: go on to ${n.top}.`,
  ANSWER_TWO_STEPS: () => 'You had five or more left, so the weight goes up by two steps.',
  START_FROM_HISTORY: (n) => `Same as last time: ${n.load} was inside your ${n.range}.`,
  START_ABOVE_HISTORY: (n) => `Last time you reached the top of ${n.range}, so it begins higher.`,
  START_BELOW_HISTORY: (n) => `Your last visits stayed below ${n.range}, so it begins lower.`,
  START_LOAD: () => 'A light first set to begin with.',
  PROGRESSION_LATE: () => 'The next weight could not be worked out in time, so it stays.',
  PROGRESSION_FAILED: () => 'The next weight could not be worked out, so it stays.',
  HOLD_TIRED: (n) => `${reps(n.reps)} is below ${n.range}, but these muscles had worked before today, so the weight stays this once.`,
  PROBE_AFTER_ABSENCE: (n) => `You were away for ${n.evidence('days_away') ?? 0} days: a few easy reps to find your weight again.`,
  START_AFTER_ABSENCE: (n) => `You were away for ${n.evidence('days_away') ?? 0} days, so it begins lower.`,
  THREE_VISITS_BELOW: (n) => `Three visits in a row stayed below ${n.range}, so it begins lower.`,
  SET_ONE_RAISES: (n) => `Your first set last time reached ${n.top}, so it begins higher.`,
  HOLD_FOR_NEXT_VISIT: (n) => `You reached ${n.reps}, the top of ${n.range}; your first set decides the next visit, so today the weight stays.`,
  TWO_FOR_TWO: (n) => `Two visits in a row went two reps past ${n.top}, so it begins higher.`,
  HOLD_SPEED_LOST: (n) => `${reps(n.reps)}, but you lost ${Math.round(100 * (n.evidence('speed_loss_share') ?? 0))} % of your speed, so the weight stays.`,
  HOLD_SPEED: (n) => `Your best rep moved at ${n.speed('peak_mps')}, the goal is ${n.speed('goal_mps')}, so the weight stays.`,
  HOLD_SPEED_UNKNOWN: () => 'The speed of that set is not known, so the weight stays.',
  SPEED_BELOW_GOAL: (n) => `Your best rep moved at ${n.speed('peak_mps')}, below the goal of ${n.speed('goal_mps')}, so the weight goes down.`,
  SPEED_GOAL_BEATEN: (n) => `Twice faster than the goal of ${n.speed('goal_mps')}, so the weight goes up.`,
  SPEED_HELD: (n) => `${reps(n.reps)}, the last as fast as the first, so the weight goes up.`,
  RESERVE_GOAL: (n) => `${reserve(n)}: about ${n.forecast} should leave one or two.`,
  RESERVE_RAISE: (n) => `${reserve(n)}, so the weight goes up: about ${n.forecast} should leave one or two.`,
  RESERVE_UNTOLD: (n) => `${reps(n.reps)}, slower at the end, and nobody said what was left: it may have been all, so the weight goes down.`,
  RESERVE_LIMIT: () => 'To learn your limit: go on until no rep is left. The machine takes the weight off then.',
  RESERVE_LIGHTER: (n) => `The last set went on lighter, so that you reach ${n.range}. ${reserve(n)}: about ${n.forecast} should leave one or two.`,
  RESERVE_LOWER: (n) => `${reserve(n)}, so the weight goes down: about ${n.forecast} should leave one or two.`,
};
