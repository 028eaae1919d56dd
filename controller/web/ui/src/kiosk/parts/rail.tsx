// The cable: one rail at the left edge of every screen that pulls. In a set its ring is the handle and follows it frame by frame without
// easing, written straight to the elements: a page rendered 120 times a second would be late.
import { useEffect, useRef } from 'preact/hooks';
import { cables, spotting } from '../state/store';
import { onFrame } from '../state/frames';

export interface RailFrame {
  /** Ring by cable, 0 to 1; empty: not known. */
  rings: number[];
  /** Where the handle was at this moment last time. */
  ghost?: number | undefined;
  /** The range that the pulls so far reached. */
  span?: number | undefined;
}

interface RailProps {
  /** Called for every frame that is drawn. */
  frame: (now_ms: number) => RailFrame;
  label: () => string;
  /** From here on a rep counts, 0 to 1. */
  zone?: number;
  zoneLabel?: string;
}

export function Rail(props: RailProps) {
  return (
    <div class={`rails ${cables.value > 1 ? 'two' : ''}`}>
      {Array.from({ length: cables.value }, (_, cable) => (
        <HandleRail key={cable} cable={cable} {...props} />
      ))}
    </div>
  );
}

function HandleRail({ cable, frame, label, zone, zoneLabel }: RailProps & { cable: number }) {
  const root = useRef<HTMLDivElement>(null);
  const latest = useRef(frame);
  latest.current = frame;
  useEffect(
    () =>
      onFrame((now_ms) => {
        const element = root.current;
        if (!element) return;
        const { rings, ghost, span } = latest.current(now_ms);
        place(element, '--x', rings[cable]);
        place(element, '--ghost-x', ghost);
        place(element, '--span-x', span);
        element.classList.toggle('lost', rings[cable] === undefined);
        element.classList.toggle('no-ghost', ghost === undefined);
        element.classList.toggle('no-span', span === undefined);
      }),
    [cable],
  );
  const care = spotting.value ? 'care' : '';
  return (
    <div class="rail lost" ref={root} role="img" aria-label={label()}>
      <div class="track">
        {zone !== undefined && <div class="zone" style={{ '--zone': zone }} />}
        <div class={`line ${care}`} />
      </div>
      <div class="ghost" />
      <div class="span" />
      <div class={`ring ${care}`} />
      {zone !== undefined && cable === 0 && cables.value === 1 && (
        <div class="tag" style={{ '--zone': zone }}>
          {zoneLabel}
        </div>
      )}
    </div>
  );
}

function place(element: HTMLElement, name: string, share: number | undefined) {
  if (share !== undefined) element.style.setProperty(name, Math.max(0, Math.min(1, share)).toFixed(4));
}

/** The rail of a rest: the ring sinks as time runs. */
export function RestRail({ share, label }: { share: number; label: string }) {
  return (
    <div class="rails">
      <div class="rail no-ghost no-span" role="img" aria-label={label} style={{ '--x': share }}>
        <div class="track">
          <div class="line rest" />
        </div>
        <div class="ring rest" />
      </div>
    </div>
  );
}

export function LostRail({ label }: { label: string }) {
  return (
    <div class="rails">
      <div class="rail lost" role="img" aria-label={label}>
        <div class="track" />
      </div>
    </div>
  );
}
