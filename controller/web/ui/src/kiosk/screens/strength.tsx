// A member's strength: what they could pull once, how strong they are over the range, and what else their sets tell. A number that is not known
// says why, and what helps.
import { signal } from '@preact/signals';
import type { Estimate } from '../../../gen/sheave/v1/telemetry_pb';
import { fixed, KG_PER_LB, loadNumber, unit, withUnit } from '../../shared/units';
import { ForceOverRange } from '../parts/force_range';
import { Frame } from '../parts/frame';
import { useIdle } from '../parts/idle';
import { Press } from '../parts/press';
import { Refusal } from '../parts/refusal';
import { exerciseName, language, loadText, m, memberName, programName } from '../phrases';
import { choose } from '../state/machine';
import { memberHandle, present } from '../state/member';
import { cables, programs, testFor } from '../state/store';
import { countedReps, sidesOf, stickingOf, useStrength, type StrengthTold } from '../state/strength';
import { dismiss } from './finish';
import { mySetsOpen } from './my_sets';

const SHOWN_S = 30;
const EVEN_SHARE = 0.02; // less is the cable's and the drum's own difference
const LOAD_STEP_KG = 0.5; // an estimate is not finer

/** Of which session, by a program; undefined: not shown. */
export const strengthOf = signal<{ session: string; program: string } | undefined>(undefined);

export function StrengthButton({ session, program }: { session: string; program: string }) {
  return (
    <Press class="btn small" onPress={() => (strengthOf.value = { session, program })} data-strength>
      {m().strength.title}
    </Press>
  );
}

const close = () => (strengthOf.value = undefined);

export function StrengthScreen() {
  const { session = '', program: name = '' } = strengthOf.value ?? {};
  useIdle(SHOWN_S, close);
  const told = useStrength(session);
  const program = programs.value.find((one) => one.name === name);
  const test = testFor(program);
  return (
    <Frame
      screen="strength"
      title={m().strength.title}
      end={
        <>
          <span>{exerciseName(program)}</span>
          {present.value && <span>{memberName(present.value.member.alias, present.value.member.number)}</span>}
        </>
      }
      dockClass="three"
      dock={
        <>
          <Press class="btn" onPress={close} data-back>
            {m().back}
          </Press>
          {test && (
            <Press class="btn main" onPress={() => void begin(test.name)} data-begin-test>
              <span>
                {m().test.title}
                <small>{exerciseName(test)}</small>
              </span>
            </Press>
          )}
        </>
      }
    >
      <main class="strength">
        <Refusal />
        {told.failed && <p class="why">{m().strength.failed}</p>}
        {told.strength && (
          <>
            <Once told={told} />
            <section class="card trend" data-tests={told.strength.tests.length}>
              {told.strength.tests.length > 0 ? (
                <ForceOverRange tests={told.strength.tests} sticking={stickingOf(told.sets)?.share} />
              ) : (
                <p class="why">{test ? m().strength.noTest(programName(test)) : m().strength.noTestHere}</p>
              )}
            </section>
            <Further told={told} />
          </>
        )}
      </main>
    </Frame>
  );
}

async function begin(program: string) {
  const member = memberHandle();
  close();
  dismiss();
  mySetsOpen.value = false;
  await choose({ program, member });
}

/** No finer than it is known. */
function roughly(kg: number): number {
  return Math.round(kg / LOAD_STEP_KG) * LOAD_STEP_KG;
}

function Once({ told }: { told: StrengthTold }) {
  const { oneRmKg: once, setsUsed = 0 } = told.strength ?? {};
  return (
    <section class="card once" data-one-rm-kg={once?.value} data-unknown={once?.unknownReason}>
      <div class="head">
        <span class="label">
          <b>{m().strength.once}</b>
        </span>
        {setsUsed > 0 && <span class="label">{m().strength.from(setsUsed)}</span>}
      </div>
      {once?.value !== undefined ? (
        <>
          <div class="num">
            {loadNumber(roughly(once.value), language())}
            <span class="unit">{unit.value}</span>
          </div>
          <p class="why">{m().strength.range(loadText(roughly(once.low)), loadText(roughly(once.high)))}</p>
        </>
      ) : (
        <>
          <p class="task">{m().strength.unknown}</p>
          <p class="why">{why(once)}</p>
        </>
      )}
    </section>
  );
}

function why(estimate: Estimate | undefined): string {
  const reason = estimate?.unknownReason ?? '';
  return m().strength.why[reason] ?? reason;
}

function Further({ told: { strength, sets } }: { told: StrengthTold }) {
  const words = m().strength;
  const estimated = (estimate: Estimate | undefined, text: (value: number) => string) =>
    estimate?.value === undefined ? { reason: why(estimate) } : { value: text(estimate.value) };
  const perWeek = (kg: number) => withUnit(`${kg < 0 ? '\u2212' : '+'}${fixed(Math.abs(unit.value === 'kg' ? kg : kg / KG_PER_LB), language(), 1)}`, unit.value);
  return (
    <ul class="card known">
      <Known title={words.form} {...estimated(strength?.formShare, (share) => words.formOf(Math.round(100 * share)))} />
      <Known title={words.drift} {...estimated(strength?.driftKgPerWeek, perWeek)} />
      <Known title={words.left} {...estimated(strength?.lastSetRepsLeft, (reps) => m().reps(Math.round(reps)))} />
      <Known title={words.lastRep} {...estimated(strength?.failureSpeedMps, (mps) => withUnit(fixed(mps, language(), 2), 'm/s'))} />
      <Known title={words.sticking} {...stuck(sets)} />
      <Known title={words.sides} {...sides(sets)} />
    </ul>
  );
}

interface Told {
  value?: string;
  reason?: string;
}

function Known({ title, value, reason }: Told & { title: string }) {
  return (
    <li>
      <span>{title}</span>
      {value !== undefined ? <b>{value}</b> : <span class="quiet">{m().strength.unknown}</span>}
      {value === undefined && <small>{reason}</small>}
    </li>
  );
}

function stuck(sets: StrengthTold['sets']): Told {
  const of = countedReps(sets).length;
  if (of === 0) return { reason: m().strength.noReps };
  const sticking = stickingOf(sets);
  return { value: sticking ? m().strength.stickingAt(Math.round(100 * sticking.share), sticking.reps, of) : m().strength.stickingNowhere(of) };
}

function sides(sets: StrengthTold['sets']): Told {
  const found = sidesOf(sets);
  if (!found) return { reason: cables.value > 1 ? m().strength.noReps : m().strength.oneCable };
  if (Math.abs(found.share) < EVEN_SHARE) return { value: m().strength.even };
  return { value: m().strength[found.by][found.share > 0 ? 'left' : 'right'](Math.round(100 * Math.abs(found.share))) };
}
