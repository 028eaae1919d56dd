// Set-up: pictures, what to hang where, the weight with its reason. One tap starts.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { SetKind, Stage } from '../../../gen/sheave/v1/session_pb';
import { fixed, number } from '../../shared/units';
import { Figure } from '../parts/figure';
import { Frame } from '../parts/frame';
import { JoinButton, Lanes } from '../parts/lanes';
import { useNow } from '../parts/now';
import { Press } from '../parts/press';
import { Refusal } from '../parts/refusal';
import { TestTask } from '../parts/test_task';
import { Weigh } from '../parts/weigh';
import { noteText } from '../note';
import { capital, catalogText, isTest, language, loadStep_kg, loadText, m, memberName, repRange, screenTitle, setName } from '../phrases';
import { reasonText, warmUpText } from '../reason';
import { confirmSetUp, finish, start } from '../state/machine';
import { lastTimeOf, present } from '../state/member';
import { machine, program, snapshot, stage, workingSet } from '../state/store';

const howOpen = signal(false);
/** Of the pulley's column, as a member keeps it for this program; 0: not known. */
const notch = signal(0);
const NOTCH_MOST = 40;
/** Whether the load follows the member's own strength test. */
const OF_STRENGTH = ['OWN_STRENGTH', 'NO_STRENGTH_TEST'];

/** A notch that was set is kept with the start. */
async function begin() {
  const kept = lastTimeOf(snapshot.value?.session?.program ?? '')?.setUp?.notch ?? 0;
  if (notch.value > 0 && notch.value !== kept && !(await confirmSetUp(notch.value))) return;
  await start();
}

export function SetUp() {
  const { setsPlanned = 0, setIndex = 1, session, setUpDue: due = false, walkOut = false } = snapshot.value ?? {};
  useEffect(() => {
    notch.value = lastTimeOf(session?.program ?? '')?.setUp?.notch ?? 0;
  }, [session?.name]);
  const measures = stage.value === Stage.SET_UP;
  const hold_s = program.value?.prescription?.tempoHoldS ?? 0;
  return (
    <Frame
      screen="set-up"
      title={screenTitle(program.value)}
      end={
        <>
          {session && session.workoutSize > 0 && <span data-workout-position={session.workoutPosition}>{m().between.place(session.workoutPosition, session.workoutSize)}</span>}
          <span>{m().sets(setsPlanned, repRange(program.value))}</span>
          <span>{session?.member ? memberName(session.memberAlias, present.value?.member.number ?? 0) : m().walkUp.guest}</span>
          <JoinButton />
        </>
      }
      dockClass="three"
      dock={
        <>
          <Press class="btn" onPress={() => void finish()} data-end>
            {m().back}
          </Press>
          {due ? (
            <Press class="btn main" onPress={() => void confirmSetUp(notch.value || undefined)} data-confirm-set-up>
              <span>
                {m().between.confirm}
                <small>{m().between.confirmNote}</small>
              </span>
            </Press>
          ) : (
            <Press class="btn main" onPress={() => void begin()} data-start={walkOut || measures ? 'range' : 'set'}>
              <span>
                {walkOut ? m().between.walkOut : measures ? m().setUp.goMeasure : m().setUp.go}
                <small>{walkOut ? m().between.walkOutNote : measures ? m().setUp.goMeasureNote : m().setUp.goNote}</small>
              </span>
            </Press>
          )}
        </>
      }
    >
      <main class="setup">
        <Lanes now_ms={useNow()} />
        {howOpen.value ? (
          <How />
        ) : (
          <>
            <section class="card pair">
              <figure>
                {program.value && <Figure program={program.value} part="start" />}
                <figcaption class="label">{m().setUp.start}</figcaption>
              </figure>
              <figure>
                {program.value && <Figure program={program.value} part="finish" />}
                <figcaption class="label">{hold_s > 0 ? m().setUp.finishHold(number(hold_s, language(), 1)) : m().setUp.finish}</figcaption>
              </figure>
            </section>
            <Steps />
          </>
        )}
        {isTest(program.value) ? <TestTask label={m().setUp.setToCome(setIndex)} /> : <Proposed />}
      </main>
    </Frame>
  );
}

function Steps() {
  const setUp = program.value?.setUp;
  if (!setUp) return null;
  const height = `${fixed(setUp.pulleyHeightM, language(), 2)}\u00a0m`;
  return (
    <ol class="steps card tight">
      <li>
        <span class="n">1</span>
        <span>
          {m().setUp.pulley} {catalogText(setUp.pulley)}
        </span>
        {snapshot.value?.session?.member ? <Notch /> : <span class="val">{height}</span>}
      </li>
      <li>
        <span class="n">2</span>
        {m().setUp.attachment} {catalogText(setUp.attachment)}
      </li>
      <li>
        <span class="n">3</span>
        <span>{capital(catalogText(setUp.stance))}</span>
        <Press class="btn small" onPress={() => (howOpen.value = true)}>
          {m().setUp.how}
        </Press>
      </li>
    </ol>
  );
}

/** Which notch: a member's own, kept for the next visit. */
function Notch() {
  const change = (by: number) => (notch.value = Math.max(0, Math.min(NOTCH_MOST, notch.value + by)));
  return (
    <span class="notch">
      <Press class="btn small" aria-label={m().member.notchLower} onPress={() => change(-1)}>
        {'\u2212'}
      </Press>
      <span class="val" data-notch={notch.value}>
        {notch.value > 0 ? m().member.notch(notch.value) : m().member.notchUnknown}
      </span>
      <Press class="btn small" aria-label={m().member.notchHigher} onPress={() => change(1)} data-notch-up>
        +
      </Press>
    </span>
  );
}

/** Every step and cue of the exercise, for who does it the first time. */
function How() {
  const setUp = program.value?.setUp;
  return (
    <section class="card how">
      <ol>
        {setUp?.steps.map((step) => (
          <li key={step}>{catalogText(step)}</li>
        ))}
      </ol>
      <ul>
        {setUp?.cues.map((text) => (
          <li key={text}>{catalogText(text)}</li>
        ))}
      </ul>
      <Press class="btn small" onPress={() => (howOpen.value = false)}>
        {m().setUp.pictures}
      </Press>
    </section>
  );
}

function Proposed() {
  const { proposal, loadTotalKg = 0, setKind = SetKind.WORKING, noteReason = '', walkOut = false } = snapshot.value ?? {};
  const step = loadText(loadStep_kg(machine.value?.incrementKg ?? 0.25));
  return (
    <section class="card propose">
      <div class="head">
        <span class="label">{m().setUp.weightFor(setName({ kind: setKind }, workingSet.value))}</span>
        <span class="label">{m().unitStep(step)}</span>
      </div>
      {loadTotalKg > 0 ? <Weigh load_kg={loadTotalKg} /> : <p class="why">{m().setUp.waiting}</p>}
      <div>
        <p class="why">{warmUpText() || (proposal ? reasonText(proposal) : loadTotalKg > 0 ? m().chosenByYou : '')}</p>
        {OF_STRENGTH.includes(noteReason) && <p class="note">{noteText()}</p>}
        {stage.value === Stage.SET_UP && !walkOut && <p class="note">{m().setUp.measureFirst}</p>}
      </div>
      <Refusal />
    </section>
  );
}
