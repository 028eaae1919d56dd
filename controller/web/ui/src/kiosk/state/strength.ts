// What a member's sets say of their strength, as of one session: the controller's estimates, and from that session's own reps where a pull got
// stuck and which side was ahead.
import { useEffect, useState } from 'preact/hooks';
import { RepVerdict, SetSide, type Rep, type Set as TrainingSet } from '../../../gen/sheave/v1/session_pb';
import type { Strength } from '../../../gen/sheave/v1/telemetry_pb';
import { api } from './machine';

export interface StrengthTold {
  strength?: Strength;
  sets: readonly TrainingSet[];
  failed: boolean;
}

const NOTHING: StrengthTold = { sets: [], failed: false };

/** Asked once for each session. @param session empty: nothing is asked */
export function useStrength(session: string): StrengthTold {
  const [told, tell] = useState<StrengthTold>(NOTHING);
  useEffect(() => {
    if (session === '') return undefined;
    let gone = false;
    Promise.all([api.telemetry.getStrength({ name: session }), api.session.listSets({ parent: session })]).then(
      ([strength, { sets }]) => gone || tell({ strength, sets, failed: false }),
      () => gone || tell({ sets: [], failed: true }),
    );
    return () => {
      gone = true;
    };
  }, [session]);
  return told;
}

export function countedReps(sets: readonly TrainingSet[]): Rep[] {
  return sets.flatMap((set) => set.reps).filter((rep) => rep.verdict === RepVerdict.COUNTED);
}

export interface Sticking {
  /** Share of the pull's way, 0 to 1: the middle one of those that stuck. */
  share: number;
  reps: number;
  of: number;
}

/** Undefined where no rep slowed down and sped up again. */
export function stickingOf(sets: readonly TrainingSet[]): Sticking | undefined {
  const reps = countedReps(sets);
  const stuck = reps.flatMap((rep) => rep.stickingShare ?? []).sort((a, b) => a - b);
  return stuck.length > 0 ? { share: stuck[Math.floor(stuck.length / 2)]!, reps: stuck.length, of: reps.length } : undefined;
}

function mean(values: readonly number[]): number | undefined {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined;
}

/** Left over right, less one: with two cables the lead in the range, by sides the mean speed. Undefined where nothing tells. */
export function sidesOf(sets: readonly TrainingSet[]): { by: 'ahead' | 'faster'; share: number } | undefined {
  const lead = mean(countedReps(sets).flatMap((rep) => rep.sideLeadShare ?? []));
  if (lead !== undefined) return { by: 'ahead', share: lead };
  const speed = (side: SetSide) => mean(countedReps(sets.filter((set) => set.side === side)).flatMap((rep) => rep.meanVelocityMps ?? []));
  const [left, right] = [speed(SetSide.LEFT), speed(SetSide.RIGHT)];
  return left && right ? { by: 'faster', share: left / right - 1 } : undefined;
}
