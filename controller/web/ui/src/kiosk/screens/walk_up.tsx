// Walking up: what can be done here, one tap away. The first thing is the one that needs no thought.
import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Program } from '../../../gen/sheave/v1/program_pb';
import { chooseUnit, unit } from '../../shared/units';
import { Figure } from '../parts/figure';
import { Mark, MuteIcon, NextIcon, PersonIcon, PulleyPicture, SoundIcon } from '../parts/icons';
import { Press } from '../parts/press';
import { Refusal } from '../parts/refusal';
import { capital, catalogText, exerciseName, i18n, loadText, m } from '../phrases';
import { soundOn, switchSound } from '../sound';
import { choose } from '../state/machine';
import { machine, programs } from '../state/store';

const JUST_PULL = 'programs/just-pull';
/** What stands on the first screen beside Just pull, as far as the machine has it. */
const FIRST = ['programs/face-pull', 'programs/cable-row'];
const PER_PAGE = 6;
type Choice = [value: string, text: string];
const UNITS: Choice[] = [['kg', 'kg'], ['lb', 'lb']];
const LANGUAGES: Choice[] = i18n.languages.map(({ code, label }) => [code, label]);

export const moreOpen = signal(false);
const page = signal(0);
/** Whose programs are listed; empty: the exercises. */
const exercise = signal('');
/** Between the tap and the machine's answer: a second tap would choose twice. */
const choosing = signal(false);

async function take(program: Program) {
  if (choosing.value) return;
  choosing.value = true;
  await choose(program.name);
  choosing.value = false;
  moreOpen.value = false;
}

export function WalkUp() {
  return (
    <div class="kiosk" data-screen={moreOpen.value ? 'more' : 'walk-up'}>
      <header class="top">
        <h1 class="brand">
          <Mark />
          {machine.value?.displayName}
        </h1>
        <div class="end">
          <Switch label={m().unit} choices={UNITS} chosen={unit.value} choose={(value) => chooseUnit(value === 'lb' ? 'lb' : 'kg')} />
          <Switch label={m().language} choices={LANGUAGES} chosen={i18n.code.value} choose={i18n.choose} />
        </div>
      </header>
      {moreOpen.value ? <More /> : <First />}
    </div>
  );
}

interface SwitchProps {
  label: string;
  choices: Choice[];
  chosen: string;
  choose: (value: string) => void;
}

function Switch({ label, choices, chosen, choose }: SwitchProps) {
  return (
    <div class="seg" role="group" aria-label={label}>
      {choices.map(([value, text]) => (
        <Press key={value} aria-pressed={value === chosen} onPress={() => choose(value)}>
          {text}
        </Press>
      ))}
    </div>
  );
}

function First() {
  const all = programs.value;
  const justPull = all.find((program) => program.name === JUST_PULL);
  const first = FIRST.flatMap((name) => all.find((program) => program.name === name) ?? []);
  return (
    <>
      <main class={`tiles ${justPull ? '' : 'no-hero'}`}>
        {justPull && (
          <Press class="tile hero" onPress={() => void take(justPull)} data-program="just-pull">
            <PulleyPicture />
            <span>
              <h2>{m().walkUp.justPull}</h2>
              <p>{m().walkUp.justPullText(loadText(justPull.startLoadTotalKg))}</p>
            </span>
          </Press>
        )}
        {first.map((program) => (
          <ProgramTile key={program.name} program={program} />
        ))}
        <Press class="tile row wide" onPress={() => openMore(true)} data-more>
          <span>
            <h2>{m().more}</h2>
            <p>{m().walkUp.moreText(new Set(all.map((program) => program.exerciseName)).size, all.length)}</p>
          </span>
          <NextIcon />
        </Press>
      </main>
      <Refusal />
      <footer class="who">
        <div class="now">
          <PersonIcon />
          <span>
            <b>{m().walkUp.guest}</b>
            {m().walkUp.guestText}
          </span>
        </div>
        <Press class="btn" aria-pressed={soundOn.value} onPress={switchSound}>
          {soundOn.value ? <SoundIcon /> : <MuteIcon />}
          {m().walkUp.sound}: {soundOn.value ? m().walkUp.soundOn : m().walkUp.soundOff}
        </Press>
      </footer>
    </>
  );
}

function openMore(open: boolean) {
  openExercise('');
  moreOpen.value = open;
}

function ProgramTile({ program }: { program: Program }) {
  return (
    <Press class="tile" onPress={() => void take(program)} data-program={program.name.replace('programs/', '')}>
      <span class="pic">
        <Figure program={program} part="finish" />
      </span>
      <h2>{exerciseName(program)}</h2>
      <p>{setUpLine(program)}</p>
    </Press>
  );
}

/** "Rope, at eye level" */
function setUpLine(program: Program): string {
  const { attachment = '', pulley = '' } = program.setUp ?? {};
  return [capital(catalogText(attachment)), catalogText(pulley)].filter(Boolean).join(', ');
}

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

/** Every exercise, and then its programs; a page of them at a time: nothing scrolls. */
function More() {
  const groups = byExercise(programs.value.filter((program) => program.name !== JUST_PULL));
  const opened = groups.find((group) => group.exercise === exercise.value);
  const rows = opened
    ? opened.programs.map((program) => <ProgramRow key={program.name} program={program} title={shortName(program)} />)
    : groups.map((group) =>
        group.programs.length === 1 ? (
          <ProgramRow key={group.exercise} program={group.programs[0]!} title={exerciseName(group.programs[0])} />
        ) : (
          <ExerciseRow key={group.exercise} group={group} />
        ),
      );
  const pages = Math.max(1, Math.ceil(rows.length / PER_PAGE));
  return (
    <>
      <main class="list" aria-label={opened ? catalogText(opened.exercise) : m().walkUp.morePrograms}>
        {rows.slice(page.value * PER_PAGE, (page.value + 1) * PER_PAGE)}
      </main>
      <Refusal />
      <footer class="who pages">
        <Press class="btn" onPress={() => (opened ? openExercise('') : openMore(false))} data-back>
          {m().back}
        </Press>
        <div class="now">
          <span>
            {opened && <b>{catalogText(opened.exercise)}</b>}
            {m().walkUp.page(page.value + 1, pages)}
          </span>
        </div>
        {pages > 1 && (
          <Press class="btn" onPress={() => (page.value = (page.value + 1) % pages)} data-next-page>
            {m().walkUp.nextPage}
          </Press>
        )}
      </footer>
    </>
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

/** "Cable row, heavier on the way back" beside its own kind: "Heavier on the way back". */
function shortName(program: Program): string {
  const start = `${program.exerciseName}, `;
  return program.displayName.startsWith(start) ? capital(catalogText(program.displayName.slice(start.length))) : m().walkUp.goal(program.goal);
}

function ProgramRow({ program, title }: { program: Program; title: string }) {
  if (program.unavailableReason) {
    return (
      <div class="tile row off">
        <RowText title={title}>{m().walkUp.unavailable}</RowText>
      </div>
    );
  }
  return (
    <Press class="tile row" onPress={() => void take(program)} data-program={program.name.replace('programs/', '')}>
      <span class="pic">
        <Figure program={program} part="finish" />
      </span>
      <RowText title={title}>{catalogText(program.summary)}</RowText>
      <NextIcon />
    </Press>
  );
}

function RowText({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <span class="grow">
      <h2>{title}</h2>
      <p>{children}</p>
    </span>
  );
}
