// The lowest band before a session, and of somebody who joins one: then STOP keeps its place.
import type { ComponentChildren } from 'preact';
import { Stop } from '../parts/frame';
import { sessionOpen } from '../state/store';

export function Foot({ class: kind = '', children }: { class?: string; children: ComponentChildren }) {
  return sessionOpen.value ? (
    <footer class="dock join">
      <Stop />
      {children}
    </footer>
  ) : (
    <footer class={`who ${kind}`}>{children}</footer>
  );
}
