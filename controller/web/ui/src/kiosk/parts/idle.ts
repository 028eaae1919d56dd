// What is personal does not stay on a screen that nobody touches.
import { useEffect, useRef, useState } from 'preact/hooks';

const LOOK_MS = 250;

/** Seconds left until `then` is called; a touch begins them anew: somebody reads, or gets a phone out. */
export function useIdle(shown_s: number, then: () => void): number {
  const [left_s, setLeft] = useState(shown_s);
  const latest = useRef(then);
  latest.current = then;
  useEffect(() => {
    let began_ms = performance.now();
    const touched = () => (began_ms = performance.now());
    addEventListener('pointerdown', touched);
    const timer = setInterval(() => {
      const left = shown_s - Math.floor((performance.now() - began_ms) / 1000);
      setLeft(Math.max(0, left));
      if (left <= 0) latest.current();
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
      removeEventListener('pointerdown', touched);
    };
  }, []);
  return left_s;
}
