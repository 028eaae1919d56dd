// What every screen stands in: header, stage, dock. STOP is the dock's first, always in the same place and of the same size.
import type { ComponentChildren } from 'preact';
import { m } from '../phrases';
import { stop, stopFailed, stopping } from '../state/machine';
import { link, underLoad } from '../state/store';
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
    <div class="kiosk" data-screen={screen}>
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

/** "Set 2 of 3" with a dot a set. */
export function SetPips({ set, of, children }: { set: number; of: number; children: ComponentChildren }) {
  const look = (index: number) => (index < set ? 'done' : index === set ? 'now' : '');
  return (
    <>
      <span class="pips" aria-hidden="true">
        {Array.from({ length: of }, (_, i) => (
          <i key={i} class={look(i + 1)} />
        ))}
      </span>
      <span>{children}</span>
    </>
  );
}
