// The page's clock, for what counts down between snapshots.
import { useEffect, useState } from 'preact/hooks';

const REDRAW_MS = 250;

export function useNow(): number {
  const [now_ms, setNow] = useState(performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), REDRAW_MS);
    return () => clearInterval(timer);
  }, []);
  return now_ms;
}
