// The rest: how long, the next weight and why, one question, this set against the one before.
import { useState } from 'preact/hooks';
import { SessionState, SetEndReason, SetKind, SetSide, StopAnswer, type Proposal, type Rep, type Set as TrainingSet } from '../../../gen/sheave/v1/session_pb';
import { clock, load, setLoad } from '../../shared/units';
import { Bars, MEAN_SPEED, most, PEAK_FORCE } from '../parts/bars';
import { Frame, SetPlace } from '../parts/frame';
import { JoinButton, Lanes } from '../parts/lanes';
import { useNow } from '../parts/now';
import { Press } from '../parts/press';
import { RestRail } from '../parts/rail';
import { Refusal } from '../parts/refusal';
import { TestTask } from '../parts/test_task';
import { Weigh } from '../parts/weigh';
import { noteText } from '../note';
import { forceText, isTest, language, loadText, m, setName, sideText } from '../phrases';
import { reasonText, warmUpText } from '../reason';
import { comparisonOf, plannedPlace } from '../state/comparison';
import { answerEarlyEnd, answerEffort, chooseLoad, finish, start } from '../state/machine';
import { countedOf, program, proposalAt_ms, repGoal, sets, snapshot, snapshotAt_ms, underLoad, workingSet } from '../state/store';

/** A longer one is set smaller. */
const WHY_CHARS = 110;
/** The reason is to be seen before a set can be started on it. */
const PROPOSAL_SHOWN_MS = 3000;
const EPSILON_KG = 1e-6;

function restLeft_s(now_ms: number): number {
  const left_s = snapshot.value?.restLeftS ?? 0;
  return Math.max(0, left_s - Math.max(0, now_ms - snapshotAt_ms.value) / 1000);
}

export function Rest() {
  const now_ms = useNow();
  const { proposal, session } = snapshot.value ?? {};
  const last = sets.value.at(-1);
  const mayStart = !proposal || proposal.accepted || proposal.changed || now_ms - proposalAt_ms.value >= PROPOSAL_SHOWN_MS;
  const left_s = restLeft_s(now_ms);
  const total_s = Math.max(left_s, Number(program.value?.prescription?.rest?.seconds ?? 0n), 1);
  return (
    <Frame
      screen="rest"
      title={m().rest.title}
      end={
        <>
          <SetPlace next />
          <JoinButton />
        </>
      }
      dockClass="three"
      dock={
        <>
          <Press class="btn" onPress={() => void finish()} data-end>
            {m().end}
          </Press>
          {mayStart ? (
            <Press class="btn main" onPress={() => void start()} data-start="set">
              <span>
                {startText()}
                <small>{m().rest.startNote}</small>
              </span>
            </Press>
          ) : (
            <div class="readout">
              <div class="label">{m().rest.wait}</div>
            </div>
          )}
        </>
      }
    >
      <main class="with-rail">
        <RestRail share={left_s / total_s} label={m().rest.rail(clock(left_s), clock(total_s))} />
        <div class="rest">
          <div class="clock">
            <div class="num" data-over={left_s === 0 || undefined}>{left_s > 0 ? clock(left_s) : m().rest.ready}</div>
            <div class="label lines">
              {left_s > 0 && `${m().rest.of(clock(total_s))}\n`}
              {session?.state === SessionState.PAUSED ? m().rest.paused : underLoad.value ? m().rest.weightGoing : m().rest.weightOff}
            </div>
          </div>
          <Lanes now_ms={now_ms} />
          {isTest(program.value) ? <TestTask label={m().rest.nextSet} note={pausedText()} /> : <Next proposal={proposal} last={last} />}
          {last && <Question set={last} />}
          {last && <Versus set={last} />}
        </div>
      </main>
    </Frame>
  );
}

/** "Start set 2", or what comes instead of a planned set. */
function startText(): string {
  const { setKind = SetKind.WORKING, side = SetSide.BOTH } = snapshot.value ?? {};
  if (side !== SetSide.BOTH) return sideText(side);
  return setKind === SetKind.WORKING ? m().rest.start(workingSet.value) : setKind === SetKind.WARM_UP ? m().warmUp : m().setUp.go;
}

/** Why it is held up; empty: it is not. */
function pausedText(): string {
  return snapshot.value?.session?.state === SessionState.PAUSED ? noteText() : '';
}

function Next({ proposal, last }: { proposal: Proposal | undefined; last: TrainingSet | undefined }) {
  const load_kg = snapshot.value?.loadTotalKg ?? 0;
  const why = pausedText() || warmUpText() || (proposal ? reasonText(proposal) : '');
  return (
    <section class="card next propose" data-warm-up={snapshot.value?.setKind === SetKind.WARM_UP || undefined}>
      <div class="head">
        <span class="label">{m().rest.nextSet}</span>
        <span class="label delta">{last && last.kind !== SetKind.WARM_UP && load_kg > 0 ? delta(load_kg - last.loadTotalKg, proposal) : ''}</span>
      </div>
      {load_kg > 0 && <Weigh load_kg={load_kg} />}
      <p class={`why ${why.length > WHY_CHARS ? 'long' : ''}`}>{why}</p>
      <Refusal />
      <Alternative proposal={proposal} last={last} load_kg={load_kg} />
    </section>
  );
}

/** One tap declines, or takes what silence would not. */
function Alternative({ proposal, last, load_kg }: { proposal: Proposal | undefined; last: TrainingSet | undefined; load_kg: number }) {
  if (snapshot.value?.setKind === SetKind.WARM_UP) return null;
  if (proposal && load_kg < proposal.loadTotalKg - EPSILON_KG && !proposal.changed) {
    return (
      <Press class="btn" onPress={() => void chooseLoad(proposal.loadTotalKg)} data-take>
        {m().rest.take(loadText(proposal.loadTotalKg))}
      </Press>
    );
  }
  if (last && last.kind !== SetKind.WARM_UP && Math.abs(last.loadTotalKg - load_kg) > EPSILON_KG) {
    return (
      <Press class="btn" onPress={() => void chooseLoad(last.loadTotalKg)} data-keep>
        {m().rest.keep(loadText(last.loadTotalKg))}
      </Press>
    );
  }
  return null;
}

function delta(by_kg: number, proposal: Proposal | undefined): string {
  if (Math.abs(by_kg) > EPSILON_KG) return `${by_kg > 0 ? '+' : '\u2212'}${load(Math.abs(by_kg), language())}`;
  const goal = proposal && !program.value?.prescription?.speedLossEnd ? repGoal.value : undefined;
  return goal && goal.from === goal.to ? m().rest.goal(goal.to) : m().rest.same; // where the speed ends the set there is none to go for
}

/** Ended before the range was reached, or by something else than the person. */
function endedEarly(set: TrainingSet): boolean {
  const bottom = set.kind === SetKind.WORKING ? (program.value?.prescription?.repBottom ?? 0) : 0;
  return set.countedReps < bottom || [SetEndReason.LEFT, SetEndReason.STOPPED, SetEndReason.LEASE_LOST, SetEndReason.FAULT].includes(set.endReason);
}

function Question({ set }: { set: TrainingSet }) {
  const [answered, answer] = useState<{ set: number; value: number } | undefined>(undefined);
  const given = answered?.set === set.index ? answered.value : undefined;
  if (endedEarly(set)) {
    const choices: [StopAnswer, string][] = [
      [StopAnswer.TIRED, m().rest.tired],
      [StopAnswer.INTERRUPTED, m().rest.interrupted],
      [StopAnswer.PAIN, m().rest.pain],
    ];
    const chosen = given ?? set.stopAnswer;
    const give = (value: StopAnswer) => void answerEarlyEnd(set.index, value).then((ok) => ok && answer({ set: set.index, value }));
    return (
      <section class="card ask">
        <h2>{m().rest.early}</h2>
        <div class="choices">
          {choices.map(([value, text]) => (
            <Choice key={value} chosen={chosen === value} press={() => give(value)}>
              {text}
            </Choice>
          ))}
        </div>
      </section>
    );
  }
  if (isTest(program.value)) return null; // it was all they had
  if (set.kind === SetKind.WARM_UP) return null; // it decides nothing
  const chosen = given ?? set.answerRepsInReserve;
  const give = (value: number) => void answerEffort(set.index, value).then((ok) => ok && answer({ set: set.index, value }));
  return (
    <section class="card ask">
      <h2>{m().rest.question}</h2>
      <div class="choices">
        {[0, 1, 2, 3, 4, 5].map((value) => (
          <Choice key={value} chosen={chosen === value} press={() => give(value)}>
            {value === 5 ? '5+' : String(value)}
          </Choice>
        ))}
      </div>
    </section>
  );
}

function Choice({ chosen, press, children }: { chosen: boolean; press: () => void; children: string }) {
  return (
    <Press class={`btn ${chosen ? 'on' : ''}`} aria-pressed={chosen} onPress={press}>
      {children}
    </Press>
  );
}

function Versus({ set }: { set: TrainingSet }) {
  const before = comparisonOf(set);
  const reps = countedOf(set.index);
  const tests = isTest(program.value);
  const was = (done: readonly Rep[], load_text: string) =>
    tests ? m().test.setWas(done.length, forceText(most(done, PEAK_FORCE) ?? 0)) : m().rest.setWas(done.length, load_text);
  return (
    <section class="card versus">
      <div class="head">
        <h2>{tests ? m().test.forceOfSet(set.index) : m().rest.setSpeed(setName(set, plannedPlace(set, sets.value)))}</h2>
        {before && <span class="label key">{before.lastVisit ? m().lastTime : m().setBefore}</span>}
      </div>
      <Bars reps={reps} before={before?.reps ?? []} of={tests ? PEAK_FORCE : MEAN_SPEED} />
      <div class="vs">
        <b class={set.lightened.length > 0 ? 'long' : ''}>{was(reps, setLoad(set, language()))}</b>
        {before && <span class="quiet">{was(before.reps, loadText(before.load_kg))}</span>}
      </div>
    </section>
  );
}
