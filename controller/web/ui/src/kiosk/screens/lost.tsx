// The link to the machine is lost: what is true, and what to do.
import { SessionState, Stage } from '../../../gen/sheave/v1/session_pb';
import { Stop, SetPlace } from '../parts/frame';
import { CeilingIcon, CheckIcon, DownIcon, LowerPicture, Mark } from '../parts/icons';
import { LostRail } from '../parts/rail';
import { loadText, m, screenTitle } from '../phrases';
import { countedOf, link, program, setIndex, sets, snapshot, underLoad, weightMayBeOn } from '../state/store';
import type { ComponentChildren } from 'preact';

function inSession(): boolean {
  const session = snapshot.value?.session;
  return (session?.state === SessionState.ACTIVE || session?.state === SessionState.PAUSED) && snapshot.value?.stage !== Stage.FINISHED;
}

/** What was true when the link went decides what is said: nothing about a weight that was off. */
export function Lost() {
  if (!inSession()) return <Idle />;
  return (
    <div class="kiosk" data-screen="lost">
      <header class="top">
        <h1>{screenTitle(program.value)}</h1>
        <div class="end">
          <SetPlace />
        </div>
      </header>
      <main class="with-rail">
        <LostRail label={m().live.railUnknown} />
        <div class="truth">
          <h2>{m().lost.title}</h2>
          {underLoad.value ? <UnderLoad /> : <AtRest />}
        </div>
      </main>
      <footer class="dock">
        <Stop />
        <Again />
      </footer>
    </div>
  );
}

function Again() {
  return (
    <div class="readout again" role="status">
      <div class="label">
        <b>{m().lost.again}</b>
        <br />
        {m().lost.againText}
      </div>
    </div>
  );
}

function UnderLoad() {
  const saved = countedOf(setIndex.value).length;
  return (
    <>
      <Todo title={m().lost.lower} text={m().lost.lowerText} />
      <ul class="facts-list">
        <Fact icon={<CeilingIcon />} text={m().lost.noRaise} small={m().lost.noRaiseText(loadText(snapshot.value?.loadTotalKg ?? 0))} />
        <Fact icon={<DownIcon />} text={m().lost.off} />
        <Fact icon={<CheckIcon />} text={m().lost.saved(saved)} small={m().lost.savedText} />
      </ul>
    </>
  );
}

function AtRest() {
  return (
    <ul class="facts-list wide">
      <Fact icon={<DownIcon />} text={weightMayBeOn.value ? m().fault.weightMayBeOn : m().lost.atRest} small={m().lost.atRestText} />
      <Fact icon={<CheckIcon />} text={m().lost.setsSaved(sets.value.length)} />
    </ul>
  );
}

function Todo({ title, text }: { title: string; text: string }) {
  return (
    <div class="todo">
      <LowerPicture />
      <div>
        <h3>{title}</h3>
        <p>{text}</p>
      </div>
    </div>
  );
}

function Fact({ icon, text, small }: { icon: ComponentChildren; text: string; small?: string }) {
  return (
    <li>
      {icon}
      <span>
        {text}
        {small && <small>{small}</small>}
      </span>
    </li>
  );
}

function Idle() {
  const looking = link.value === 'looking';
  return (
    <div class="kiosk" data-screen={looking ? 'looking' : 'lost-idle'}>
      <header class="top">
        <h1 class="brand">
          <Mark />
          Sheave
        </h1>
      </header>
      <main class="truth alone">
        <h2>{looking ? m().lost.connecting : m().lost.title}</h2>
        {!looking && (
          <ul class="facts-list wide">
            <Fact icon={<DownIcon />} text={m().lost.idle} small={m().lost.idleText} />
          </ul>
        )}
      </main>
      <footer class="dock">
        {!looking && <Stop />}
        {!looking && <Again />}
      </footer>
    </div>
  );
}
