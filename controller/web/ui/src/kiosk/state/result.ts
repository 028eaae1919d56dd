// What a result is made of: the sets of one session, or of all exercises of a workout.
import type { Program } from '../../../gen/sheave/v1/program_pb';
import type { Set as TrainingSet } from '../../../gen/sheave/v1/session_pb';
import { programName } from '../phrases';
import { plannedPlace } from './comparison';
import { programs, type DoneSet } from './store';

export function programOf(name: string): Program | undefined {
  return programs.value.find((p) => p.name === name);
}

export function exercisesOf(done: readonly DoneSet[]): string[] {
  return [...new Set(done.map((set) => programName(programOf(set.program))))];
}

/** Of the planned sets of its session, from 1. */
export function placeOf(set: TrainingSet, done: readonly DoneSet[]): number {
  return plannedPlace(
    set,
    done.map((one) => one.set),
  );
}
