// Why the next weight is what it is, in one sentence, from the reason code and its evidence: the numbers that the person saw. A code that this
// page does not know keeps the controller's own sentence.
import type { Proposal } from '../../gen/sheave/v1/session_pb';
import { fixed, withUnit } from '../shared/units';
import { language, loadText, m, repRange } from './phrases';
import { countedOf, program, sets, snapshot } from './state/store';
import type { ReasonNumbers } from './words';

const EPSILON_KG = 1e-6;

function numbers(proposal: Proposal): ReasonNumbers {
  const last = sets.value.at(-1);
  return {
    reps: last ? countedOf(last.index).length : 0,
    range: repRange(program.value),
    top: program.value?.prescription?.repTop ?? 0,
    load: loadText(proposal.loadTotalKg),
    step: loadText(proposal.evidence['step_kg'] ?? 0),
    goal: proposal.repGoal,
    forecast: Math.round(proposal.evidence['forecast_reps'] ?? 0),
    evidence: (name) => proposal.evidence[name],
    speed: (name) => withUnit(fixed(proposal.evidence[name] ?? 0, language(), 2), 'm/s'),
  };
}

/** Of a warm-up: what it leads to, whose reason is told when it comes. Empty: it is none. */
export function warmUpText(): string {
  const working_kg = snapshot.value?.workingLoadTotalKg ?? 0;
  return working_kg > 0 ? m().warmUpFor(loadText(working_kg)) : '';
}

export function reasonText(proposal: Proposal): string {
  if (proposal.changed) return m().chosenByYou;
  const words = m().reasons[proposal.reason];
  const text = words ? words(numbers(proposal)) : proposal.text;
  const taken_kg = snapshot.value?.loadTotalKg ?? proposal.loadTotalKg;
  const moreThanAStep = !proposal.accepted && !proposal.stop && taken_kg < proposal.loadTotalKg - EPSILON_KG;
  return moreThanAStep && words ? `${text} ${m().moreThanAStep(loadText(taken_kg))}` : text;
}
