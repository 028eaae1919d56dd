// The cable: one rail at the left edge of every screen that pulls. In a set its ring is the handle and follows it frame by frame without
// easing, written straight to the elements: a page rendered 120 times a second would be late. What moves is moved as a layer, by a share of
// the way it has: nothing is laid out or painted anew for a frame.
import type { RefObject } from 'preact';
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
  const handle = useRef<HTMLDivElement>(null);
  const cord = useRef<HTMLDivElement>(null);
  const before = useRef<HTMLDivElement>(null);
  const latest = useRef(frame);
  latest.current = frame;
  useEffect(() => {
    const moveHandle = mover(handle, cord);
    const moveGhost = mover(before);
    const drawn = { lost: true, ghost: true, span: '' };
    return onFrame((now_ms) => {
      const element = root.current;
      if (!element) return;
      const { rings, ghost, span } = latest.current(now_ms);
      moveHandle(rings[cable]);
      moveGhost(ghost);
      const lost = rings[cable] === undefined;
      if (lost !== drawn.lost) element.classList.toggle('lost', (drawn.lost = lost));
      if ((ghost !== undefined) !== drawn.ghost) element.classList.toggle('no-ghost', !(drawn.ghost = ghost !== undefined));
      const reach = span === undefined ? '' : within(span).toFixed(4);
      if (reach === drawn.span) return;
      drawn.span = reach;
      element.style.setProperty('--span-x', reach);
      element.classList.toggle('no-span', reach === '');
    });
  }, [cable]);
  const care = spotting.value ? 'care' : '';
  return (
    <div class="rail lost no-span" ref={root} role="img" aria-label={label()}>
      <div class="track">{zone !== undefined && <div class="zone" style={{ '--zone': zone }} />}</div>
      <div class="shaft">
        <div class="way" ref={cord}>
          <div class={`line ${care}`} />
        </div>
      </div>
      <div class="way" ref={before}>
        <div class="ghost" />
      </div>
      <div class="span" />
      <div class="way" ref={handle} data-handle>
        <div class={`ring ${care}`} />
      </div>
      {zone !== undefined && cable === 0 && cables.value === 1 && (
        <div class="tag" style={{ '--zone': zone }}>
          {zoneLabel}
        </div>
      )}
    </div>
  );
}

const within = (share: number) => Math.max(0, Math.min(1, share));

/** Moves elements as high as the way they have to a share of it; what stands there already is left alone. */
function mover(...elements: RefObject<HTMLDivElement | null>[]): (share: number | undefined) => void {
  let stands = '';
  return (share) => {
    if (share === undefined) return;
    const next = `translateY(${(100 * (1 - within(share))).toFixed(3)}%)`;
    if (next === stands) return;
    stands = next;
    for (const { current } of elements) if (current) current.style.transform = next;
  };
}

/** The rail of a rest: the ring sinks as time runs. */
export function RestRail({ share, label }: { share: number; label: string }) {
  const at = { transform: `translateY(${100 * (1 - within(share))}%)` };
  return (
    <div class="rails">
      <div class="rail no-ghost no-span" role="img" aria-label={label}>
        <div class="track" />
        <div class="shaft">
          <div class="way" style={at}>
            <div class="line rest" />
          </div>
        </div>
        <div class="way" style={at}>
          <div class="ring rest" />
        </div>
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
