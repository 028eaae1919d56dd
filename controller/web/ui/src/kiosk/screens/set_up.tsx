// Set-up: pictures, what to hang where, the weight with its reason. One tap starts.
import { signal } from '@preact/signals';
import { Stage } from '../../../gen/sheave/v1/session_pb';
import { fixed, number } from '../../shared/units';
import { Figure } from '../parts/figure';
import { Frame } from '../parts/frame';
import { Press } from '../parts/press';
import { Refusal } from '../parts/refusal';
import { Weigh } from '../parts/weigh';
import { capital, catalogText, exerciseName, language, loadStep_kg, loadText, m, repRange } from '../phrases';
import { reasonText } from '../reason';
import { finish, start } from '../state/machine';
import { machine, program, snapshot, stage } from '../state/store';

const howOpen = signal(false);

export function SetUp() {
  const { setsPlanned = 0, session } = snapshot.value ?? {};
  const measures = stage.value === Stage.SET_UP;
  const hold_s = program.value?.prescription?.tempoHoldS ?? 0;
  return (
    <Frame
      screen="set-up"
      title={exerciseName(program.value)}
      end={
        <>
          <span>{m().sets(setsPlanned, repRange(program.value))}</span>
          <span>{session?.member ? m().walkUp.member(session.member) : m().walkUp.guest}</span>
        </>
      }
      dockClass="three"
      dock={
        <>
          <Press class="btn" onPress={() => void finish()}>
            {m().back}
          </Press>
          <Press class="btn main" onPress={() => void start()} data-start={measures ? 'range' : 'set'}>
            <span>
              {measures ? m().setUp.goMeasure : m().setUp.go}
              <small>{measures ? m().setUp.goMeasureNote : m().setUp.goNote}</small>
            </span>
          </Press>
        </>
      }
    >
      <main class="setup">
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
        <Proposed />
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
        {m().setUp.pulley} {catalogText(setUp.pulley)}
        <span class="val">{height}</span>
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
  const { proposal, loadTotalKg = 0, setIndex = 1 } = snapshot.value ?? {};
  const step = loadText(loadStep_kg(machine.value?.incrementKg ?? 0.25));
  return (
    <section class="card propose">
      <div class="head">
        <span class="label">{m().setUp.weightFor(setIndex)}</span>
        <span class="label">{m().unitStep(step)}</span>
      </div>
      {loadTotalKg > 0 ? <Weigh load_kg={loadTotalKg} /> : <p class="why">{m().setUp.waiting}</p>}
      <div>
        <p class="why">{proposal ? reasonText(proposal) : loadTotalKg > 0 ? m().chosenByYou : ''}</p>
        {stage.value === Stage.SET_UP && <p class="note">{m().setUp.measureFirst}</p>}
      </div>
      <Refusal />
    </section>
  );
}
