// Walking up: what can be done here, one tap away. The first thing is the one that needs no thought; for a member it is what they did last.
import { signal } from '@preact/signals';
import type { Program } from '../../../gen/sheave/v1/program_pb';
import { chooseUnit, unit } from '../../shared/units';
import { Figure } from '../parts/figure';
import { Mark, MuteIcon, NextIcon, PersonIcon, PulleyPicture, SoundIcon, ThemeIcon } from '../parts/icons';
import { Press } from '../parts/press';
import { Refusal } from '../parts/refusal';
import { capital, catalogText, exerciseName, i18n, lastSets, loadText, m, memberName, screenTitle, setUpOf } from '../phrases';
import { soundOn, switchSound } from '../sound';
import { choose, type Wish } from '../state/machine';
import { lastTimeOf, lastTimes, memberHandle, present, signOff } from '../state/member';
import { machine, membersKept, programs, workouts } from '../state/store';
import { switchTheme } from '../theme';
import { Foot } from './foot';
import { More, moreOpen, openedName, openMore } from './more';
import { mySetsOpen } from './my_sets';
import { openSignIn } from './sign_in';
import { openWeak, signs, Weak, weakOpen } from './weak';

const JUST_PULL = 'programs/just-pull';
/** What stands on the first screen beside Just pull, as far as the machine has it. */
const FIRST = ['programs/face-pull', 'programs/cable-row'];
type Choice = [value: string, text: string];
const UNITS: Choice[] = [['kg', 'kg'], ['lb', 'lb']];
const LANGUAGES: Choice[] = i18n.languages.map(({ code, label }) => [code, label]);

/** Somebody else takes turns with who trains already: the walk-up stands although a session is open. */
export const joining = signal(false);
/** Between the tap and the machine's answer: a second tap would choose twice. */
const choosing = signal(false);

function closeLists() {
  openMore(false);
  openWeak(false);
}

export function join(open: boolean) {
  if (open) signOff(); // the screen's member is at the machine already; this is somebody else
  closeLists();
  joining.value = open;
}

async function take(wish: Wish) {
  if (choosing.value) return;
  choosing.value = true;
  const taken = await choose({ ...wish, member: memberHandle() });
  choosing.value = false;
  if (!taken) return;
  closeLists();
  joining.value = false;
}

export function WalkUp() {
  const takeNow = (wish: Wish) => void take(wish);
  return (
    <div class="kiosk" data-screen={weakOpen.value ? 'weak' : moreOpen.value ? 'more' : 'walk-up'}>
      <header class="top">
        <h1 class="brand">
          <Mark />
          {openedName() || (joining.value ? m().lanes.join : machine.value?.displayName)}
        </h1>
        <div class="end">
          <Switch label={m().unit} choices={UNITS} chosen={unit.value} choose={(value) => chooseUnit(value === 'lb' ? 'lb' : 'kg')} />
          <Switch label={m().language} choices={LANGUAGES} chosen={i18n.code.value} choose={i18n.choose} />
          <div class="seg icons">
            <Press aria-pressed={soundOn.value} aria-label={m().walkUp.sound} onPress={switchSound}>
              {soundOn.value ? <SoundIcon /> : <MuteIcon />}
            </Press>
            <Press aria-label={m().walkUp.theme} onPress={switchTheme} data-theme-switch>
              <ThemeIcon />
            </Press>
          </div>
        </div>
      </header>
      {weakOpen.value ? <Weak take={takeNow} /> : moreOpen.value ? <More take={takeNow} /> : <First />}
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
  const newest = all.find((program) => program.name === lastTimes.value[0]?.program);
  const hero = newest && newest !== justPull ? newest : undefined;
  const beside = FIRST.flatMap((name) => all.find((program) => program.name === name) ?? []).filter((program) => program !== hero);
  const tiles = hero && justPull ? [...beside, justPull].slice(0, 2) : beside;
  return (
    <>
      <main class={`tiles ${justPull || hero ? '' : 'no-hero'}`}>
        {hero ? <LastHero program={hero} /> : justPull && <JustPullHero program={justPull} />}
        {tiles.map((program) => (
          <ProgramTile key={program.name} program={program} />
        ))}
        <Press class={`tile row wide ${signs.value.length > 0 ? 'beside' : ''}`} onPress={() => openMore(true)} data-more>
          <span>
            <h2>{m().more}</h2>
            <p>{m().walkUp.moreText(new Set(all.map((program) => program.exerciseName)).size, workouts.value.length)}</p>
          </span>
          <NextIcon />
        </Press>
        {signs.value.length > 0 && (
          <Press class="tile row asks" onPress={() => openWeak(true)} data-weak>
            <span>
              <h2>{m().weak.title}</h2>
              <p>{m().weak.tile}</p>
            </span>
            <NextIcon />
          </Press>
        )}
      </main>
      <Refusal />
      <Who />
    </>
  );
}

function JustPullHero({ program }: { program: Program }) {
  return (
    <Press class="tile hero" onPress={() => void take({ program: program.name })} data-program="just-pull">
      <PulleyPicture />
      <span>
        <h2>{m().walkUp.justPull}</h2>
        <p>{m().walkUp.justPullText(loadText(program.startLoadTotalKg))}</p>
      </span>
    </Press>
  );
}

/** The second visit: last time's set-up and weight, one tap from the start. */
function LastHero({ program }: { program: Program }) {
  const last = lastTimeOf(program.name);
  return (
    <Press class="tile hero last" onPress={() => void take({ program: program.name })} data-program={program.name.replace('programs/', '')} data-last-time>
      <Figure program={program} part="finish" />
      <span>
        <p class="overline">{m().member.again}</p>
        <h2>{screenTitle(program)}</h2>
        <p>{capital(setUpOf(program, last?.setUp))}</p>
        {last && last.sets.length > 0 && <p>{m().member.lastTime(lastSets(last, program))}</p>}
      </span>
    </Press>
  );
}

function ProgramTile({ program }: { program: Program }) {
  const last = lastTimeOf(program.name);
  const justPull = program.name === JUST_PULL;
  return (
    <Press class="tile" onPress={() => void take({ program: program.name })} data-program={program.name.replace('programs/', '')}>
      <span class="pic">{justPull ? <PulleyPicture /> : <Figure program={program} part="finish" />}</span>
      <h2>{justPull ? m().walkUp.justPull : exerciseName(program)}</h2>
      <p>{last && last.sets.length > 0 ? m().member.lastTime(lastSets(last, program)) : justPull ? m().walkUp.startsAt(loadText(program.startLoadTotalKg)) : setUpLine(program)}</p>
    </Press>
  );
}

/** "Rope, at eye level" */
function setUpLine(program: Program): string {
  const { attachment = '', pulley = '' } = program.setUp ?? {};
  return [capital(catalogText(attachment)), catalogText(pulley)].filter(Boolean).join(', ');
}

function Who() {
  const who = present.value;
  return (
    <Foot class={who ? 'three' : ''}>
      <div class="now" data-who={who ? who.member.number : 'guest'}>
        <PersonIcon />
        <span>
          <b>{who ? memberName(who.member.alias, who.member.number) : m().walkUp.guest}</b>
          {who ? m().member.clears : m().walkUp.guestText}
        </span>
      </div>
      {who && (
        <Press class="btn" onPress={signOff} data-not-me>
          {m().member.notMe}
        </Press>
      )}
      {who && !joining.value && (
        <Press class="btn" onPress={() => (mySetsOpen.value = true)} data-my-sets>
          {m().member.mySets}
        </Press>
      )}
      {!who && membersKept.value && (
        <Press class="btn" onPress={() => openSignIn(true)} data-sign-in>
          {m().signIn.open}
        </Press>
      )}
      {joining.value && (
        <Press class="btn" onPress={() => join(false)} data-back>
          {m().back}
        </Press>
      )}
    </Foot>
  );
}
