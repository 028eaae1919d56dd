// A text that follows the samples: written straight to its element, and only when it changes.
import { useEffect, useRef } from 'preact/hooks';
import { onFrame } from '../state/frames';

export function LiveText({ class: kind, text }: { class: string; text: () => string }) {
  const shown = useRef<HTMLDivElement>(null);
  const latest = useRef(text);
  latest.current = text;
  useEffect(
    () =>
      onFrame(() => {
        const now = latest.current();
        if (shown.current && shown.current.textContent !== now) shown.current.textContent = now;
      }),
    [],
  );
  return <div class={kind} ref={shown} />;
}
