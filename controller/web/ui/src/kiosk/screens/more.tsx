// All exercises, then the programs of one; workouts first. A page of them at a time: nothing scrolls.
import { signal } from '@preact/signals';
import type { Program, Workout } from '../../../gen/sheave/v1/program_pb';
import { Figure } from '../parts/figure';
import { NextIcon } from '../parts/icons';
import { Exercises, List, RowText } from '../parts/list';
import { Press } from '../parts/press';
import { capital, catalogText, exerciseName, m, ownName, repRange } from '../phrases';
import type { Wish } from '../state/machine';
import { programs, workouts } from '../state/store';

const JUST_PULL = 'programs/just-pull';

export const moreOpen = signal(false);
const page = signal(0);
/** Whose programs are listed; empty: the exercises. */
const exercise = signal('');

/** Of the opened exercise; empty: none is. */
export function openedName(): string {
  return moreOpen.value ? catalogText(exercise.value) : '';
}

export function openMore(open: boolean) {
  openExercise('');
  moreOpen.value = open;
}

type Take = (wish: Wish) => void;

/** Programs of one exercise, in the order of the catalog. */
interface Group {
  exercise: string;
  programs: Program[];
}

function byExercise(all: Program[]): Group[] {
  const groups = new Map<string, Program[]>();
  for (const program of all) groups.set(program.exerciseName, [...(groups.get(program.exerciseName) ?? []), program]);
  return [...groups].map(([exercise, programs]) => ({ exercise, programs }));
}

export function More({ take }: { take: Take }) {
  const groups = byExercise(programs.value.filter((program) => program.name !== JUST_PULL));
  const opened = groups.find((group) => group.exercise === exercise.value);
  const rows = opened
    ? opened.programs.map((program) => <ProgramRow key={program.name} program={program} title={shortName(program)} dose take={take} />)
    : [
      ...workouts.value.map((workout) => <WorkoutRow key={workout.name} workout={workout} take={take} />),
      ...groups.map((group) =>
        group.programs.length === 1 ? (
          <ProgramRow key={group.exercise} program={group.programs[0]!} title={exerciseName(group.programs[0])} take={take} />
        ) : (
          <ExerciseRow key={group.exercise} group={group} />
        ),
      ),
    ];
  return (
    <List
      label={opened ? catalogText(opened.exercise) : m().walkUp.morePrograms}
      rows={rows}
      page={page}
      back={() => (opened ? openExercise('') : openMore(false))}
    />
  );
}

function openExercise(name: string) {
  page.value = 0;
  exercise.value = name;
}

function ExerciseRow({ group }: { group: Group }) {
  const goals = [...new Set(group.programs.map((program) => program.goal))].map((goal) => m().walkUp.goal(goal));
  return (
    <Press class="tile row" onPress={() => openExercise(group.exercise)} data-exercise={group.exercise}>
      <span class="pic">
        <Figure program={group.programs[0]!} part="finish" />
      </span>
      <RowText title={catalogText(group.exercise)}>{m().walkUp.programs(group.programs.length, goals.join(', '))}</RowText>
      <NextIcon />
    </Press>
  );
}

/** Beside its own kind: "Heavier on the way back". */
function shortName(program: Program): string {
  return capital(ownName(program)) || m().walkUp.goal(program.goal);
}

interface ProgramRowProps {
  program: Program;
  title: string;
  /** Sets and reps where the picture would be: among its own kind all look the same. */
  dose?: boolean;
  take: Take;
}

function ProgramRow({ program, title, dose = false, take }: ProgramRowProps) {
  if (program.unavailableReason) return <Off title={title} />;
  return (
    <Press class="tile row" onPress={() => take({ program: program.name })} data-program={program.name.replace('programs/', '')}>
      {dose ? (
        <span class="dose">
          <b>{program.prescription?.sets || ''}</b>
          {m().walkUp.dose(repRange(program))}
        </span>
      ) : (
        <span class="pic">
          <Figure program={program} part="finish" />
        </span>
      )}
      <RowText title={title}>{catalogText(program.summary)}</RowText>
      <NextIcon />
    </Press>
  );
}

function WorkoutRow({ workout, take }: { workout: Workout; take: Take }) {
  const title = catalogText(workout.displayName);
  if (workout.unavailableReason) return <Off title={title} />;
  return (
    <Press class="tile row" onPress={() => take({ workout: workout.name })} data-workout={workout.name.replace('workouts/', '')}>
      <span class="pic">{workout.parts[0]?.program && <Figure program={workout.parts[0].program} part="finish" />}</span>
      <RowText title={title}>
        {m().walkUp.workout}: <Exercises workout={workout} />
      </RowText>
      <NextIcon />
    </Press>
  );
}

/** What this machine cannot do. */
function Off({ title }: { title: string }) {
  return (
    <div class="tile row off">
      <RowText title={title}>{m().walkUp.unavailable}</RowText>
    </div>
  );
}
