// What every screen stands in: header, stage, dock. STOP is the dock's first, always in the same place and of the same size.
import type { ComponentChildren } from 'preact';
import { SetKind, SetSide } from '../../../gen/sheave/v1/session_pb';
import { m, screenTitle, sideText } from '../phrases';
import { stop, stopFailed, stopping } from '../state/machine';
import { link, ofSet, program, sessionName, underLoad, workingSet } from '../state/store';
import { NoStopSign, StopSign } from './icons';

interface FrameProps {
  title: ComponentChildren;
  end?: ComponentChildren;
  /** The dock's fields beside STOP; "three" holds a small and a large one. */
  dock: ComponentChildren;
  dockClass?: string;
  children: ComponentChildren;
  screen: string;
}

export function Frame({ title, end, dock, dockClass = '', children, screen }: FrameProps) {
  return (
    <div class="kiosk" data-screen={screen} data-session={sessionName.value}>
      <header class="top">
        <h1>{title}</h1>
        <div class="end">{end}</div>
      </header>
      {children}
      <footer class={`dock ${dockClass}`}>
        <Stop />
        {dock}
      </footer>
    </div>
  );
}

/** Answers to the touch itself, not to its end: nobody who presses STOP is to be judged by how they lift the finger. */
export function Stop() {
  if (link.value !== 'linked' || stopFailed.value) {
    return (
      <div class="stop gone" role="note">
        <NoStopSign />
        <span>{m().stopGone}</span>
      </div>
    );
  }
  const looks = stopping.value ? 'done' : underLoad.value ? '' : 'calm';
  return (
    <button type="button" class={`stop ${looks}`} onPointerDown={() => void stop()} onKeyDown={(event) => isPress(event) && void stop()}>
      <StopSign />
      {stopping.value ? m().stopping : m().stop}
    </button>
  );
}

function isPress(event: KeyboardEvent): boolean {
  return !event.repeat && (event.key === 'Enter' || event.key === ' ');
}

/** "Set 2 of 3" with a dot a set: which one runs, or with `next` which one comes. Warm-ups and the search for a weight are none of them. */
export function SetPlace({ next = false }: { next?: boolean }) {
  const { setsPlanned = 0, setKind = SetKind.WORKING, side = SetSide.BOTH } = ofSet.value ?? {};
  const set = workingSet.value;
  const look = (index: number) => (index < set ? 'done' : index === set ? 'now' : '');
  const working = next ? m().rest.next(screenTitle(program.value), set, setsPlanned) : m().set(set, setsPlanned);
  const place = setKind === SetKind.WARM_UP ? m().warmUp : setKind === SetKind.PROBE ? m().probe : working;
  return (
    <>
      <span class="pips" aria-hidden="true">
        {Array.from({ length: setsPlanned }, (_, i) => (
          <i key={i} class={look(i + 1)} />
        ))}
      </span>
      <span>{[place, sideText(side)].filter(Boolean).join(', ')}</span>
    </>
  );
}
