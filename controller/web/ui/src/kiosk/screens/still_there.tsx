// Nobody touched the screen or the handle for a minute, and nothing runs: it asks, and ends by itself. What was done is kept. Where a set ended
// because its person had left it, it asks at once: the handle has been home for ten seconds already.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { SetEndReason, Stage } from '../../../gen/sheave/v1/session_pb';
import { Press } from '../parts/press';
import { m } from '../phrases';
import { live } from '../state/live';
import { finish } from '../state/machine';
import { link, sets, snapshot, stage } from '../state/store';

const QUIET_MS = 60_000;
const ANSWER_S = 30;
const LOOK_MS = 500;

const asked_ms = signal<number | undefined>(undefined);
const left_s = signal(ANSWER_S);
let touched_ms = performance.now();
let free_since_ms = performance.now();

addEventListener('pointerdown', () => (touched_ms = performance.now()), { capture: true });

/** The set before this rest was left in its middle. */
function left(): boolean {
  return stage.value === Stage.RESTING && sets.value.at(-1)?.endReason === SetEndReason.LEFT;
}

/** It waits for the person, not for a rest to run out or the machine to finish something. */
function waitsForPerson(): boolean {
  const waiting = stage.value === Stage.SET_UP || stage.value === Stage.AWAITING_START || stage.value === Stage.RESTING;
  return left() || (waiting && (snapshot.value?.restLeftS ?? 0) <= 0);
}

/** How long ago anybody gave a sign of being there. A touch since the set that was left is one. */
function alone(now_ms: number): boolean {
  if (left() && touched_ms < free_since_ms && live.moved_ms < free_since_ms) return true;
  return now_ms - Math.max(touched_ms, live.moved_ms, free_since_ms) >= QUIET_MS;
}

function look() {
  const now_ms = performance.now();
  if (!waitsForPerson()) {
    free_since_ms = now_ms;
    asked_ms.value = undefined;
    return;
  }
  if (!alone(now_ms)) asked_ms.value = undefined;
  else asked_ms.value ??= now_ms;
  if (asked_ms.value === undefined) return;
  left_s.value = Math.max(0, ANSWER_S - Math.floor((now_ms - asked_ms.value) / 1000));
  if (left_s.value > 0) return;
  free_since_ms = now_ms; // asked once; if ending fails it asks again
  asked_ms.value = undefined;
  void finish();
}

export function StillThere() {
  useEffect(() => {
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  if (asked_ms.value === undefined || link.value !== 'linked') return null;
  return (
    <div class="over" role="alertdialog" aria-labelledby="still-there" data-screen="still-there">
      <div class="card">
        <h2 id="still-there">{m().still.title}</h2>
        <p>{m().still.text(left_s.value)}</p>
        <div class="choices">
          <Press class="btn" onPress={() => void finish()}>
            {m().still.no}
          </Press>
          <Press class="btn main" onPress={() => (touched_ms = performance.now())}>
            {m().still.yes}
          </Press>
        </div>
      </div>
    </div>
  );
}
