// A control for sweaty hands and gloves. A touch counts when it lifts within 40 px of where it landed, wherever that is by then; nothing needs
// a drag or a hold. Not a person's finger: a second contact while another stands (a palm, a sleeve), a contact of a few milliseconds (a drop of
// sweat). And for 300 ms after a change of screen nothing but STOP takes a touch: until then a finger means the screen that was.
import { useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';

const SLIDE_PX = 40;
const DROP_MS = 12;
const SCREEN_SETTLE_MS = 300;

let settling: ReturnType<typeof setTimeout> | undefined;
const down = new Set<number>();

addEventListener(
  'pointerdown',
  (event) => {
    if (event.isPrimary) down.clear(); // the first of its kind: whatever was not seen to lift is gone
    down.add(event.pointerId);
  },
  { capture: true },
);
for (const name of ['pointerup', 'pointercancel'] as const) {
  addEventListener(name, (event) => down.delete(event.pointerId), { capture: true });
}

/** Called when another screen is shown. */
export function screenChanged() {
  clearTimeout(settling);
  const { dataset } = document.documentElement;
  dataset['settling'] = '';
  settling = setTimeout(() => delete dataset['settling'], SCREEN_SETTLE_MS);
}

/** Also takes aria-* and data-* attributes, which go to the button. */
interface PressProps {
  class?: string;
  onPress: () => void;
  children: ComponentChildren;
}

interface Contact {
  id: number;
  x: number;
  y: number;
  at_ms: number;
  alone: boolean;
}

export function Press({ onPress, children, ...rest }: PressProps) {
  const contact = useRef<Contact | undefined>(undefined);
  return (
    <button
      type="button"
      {...rest}
      onPointerDown={(event: PointerEvent) => {
        if (event.button !== 0) return;
        contact.current = { id: event.pointerId, x: event.clientX, y: event.clientY, at_ms: performance.now(), alone: down.size <= 1 };
        (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      }}
      onPointerUp={(event: PointerEvent) => {
        const began = contact.current;
        contact.current = undefined;
        if (!began || began.id !== event.pointerId || !began.alone) return;
        const slid_px = Math.hypot(event.clientX - began.x, event.clientY - began.y);
        const drop = event.pointerType === 'touch' && performance.now() - began.at_ms < DROP_MS;
        if (slid_px < SLIDE_PX && !drop) onPress();
      }}
      onPointerCancel={() => (contact.current = undefined)}
      onClick={(event: MouseEvent) => {
        if (event.detail === 0) onPress(); // a keyboard or an assistive device; a finger's click was judged above
      }}
    >
      {children}
    </button>
  );
}
