// Nobody touched the screen or the handle for a minute, and nothing runs: it asks, and ends by itself. What was done is kept.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Stage } from '../../../gen/sheave/v1/session_pb';
import { Press } from '../parts/press';
import { m } from '../phrases';
import { live } from '../state/live';
import { finish } from '../state/machine';
import { link, snapshot, stage } from '../state/store';

const QUIET_MS = 60_000;
const ANSWER_S = 30;
const LOOK_MS = 500;

const asked_ms = signal<number | undefined>(undefined);
const left_s = signal(ANSWER_S);
let touched_ms = performance.now();
let free_since_ms = performance.now();

addEventListener('pointerdown', () => (touched_ms = performance.now()), { capture: true });

/** It waits for the person, not for a rest to run out or the machine to finish something. */
function waitsForPerson(): boolean {
  const waiting = stage.value === Stage.SET_UP || stage.value === Stage.AWAITING_START || stage.value === Stage.RESTING;
  return waiting && (snapshot.value?.restLeftS ?? 0) <= 0;
}

function look() {
  const now_ms = performance.now();
  if (!waitsForPerson()) {
    free_since_ms = now_ms;
    asked_ms.value = undefined;
    return;
  }
  const quiet_ms = now_ms - Math.max(touched_ms, live.moved_ms, free_since_ms);
  if (quiet_ms < QUIET_MS) asked_ms.value = undefined;
  else asked_ms.value ??= now_ms;
  if (asked_ms.value === undefined) return;
  left_s.value = Math.max(0, ANSWER_S - Math.floor((now_ms - asked_ms.value) / 1000));
  if (left_s.value > 0) return;
  free_since_ms = now_ms; // asked once; if ending fails it asks again in a minute
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
