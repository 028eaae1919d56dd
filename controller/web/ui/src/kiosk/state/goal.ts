// How many reps a proposal asks for. Where a person's own speed tells when one or two are left, its goal is only the most that the set may have.
import type { Proposal } from '../../../gen/sheave/v1/session_pb';

export interface Goal {
  from: number;
  to: number;
}

/** Reasons that say themselves how many reps are expected. */
const EXPECTING = 'RESERVE_';

/** Undefined: the program's range. */
export function goalOf(proposal: Proposal): Goal | undefined {
  const { repGoal: to, reason, evidence } = proposal;
  if (to <= 0) return undefined;
  const expected = reason.startsWith(EXPECTING) ? Math.round(evidence['forecast_reps'] ?? to) : to;
  return { from: Math.max(1, Math.min(to, expected)), to };
}
