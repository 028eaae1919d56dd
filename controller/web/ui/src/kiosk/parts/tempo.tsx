// The tempo guide: three segments in proportion to their seconds, filled as the phases run.
import { useEffect, useRef } from 'preact/hooks';
import { Phase } from '../../../gen/sheave/v1/common_pb';
import { number } from '../../shared/units';
import { language, m } from '../phrases';
import { onFrame } from '../state/frames';
import { live } from '../state/live';
import { program } from '../state/store';

const FREE_S = 1; // a segment without a prescribed time is drawn as one second

export function Tempo() {
  const root = useRef<HTMLDivElement>(null);
  const name = useRef<HTMLElement>(null);
  const p = program.value?.prescription;
  const parts = [
    { phase: Phase.CONCENTRIC, text: m().live.pull, wished_s: p?.tempoConcentricS ?? 0 },
    { phase: Phase.PEAK, text: m().live.hold, wished_s: p?.tempoHoldS ?? 0 },
    { phase: Phase.ECCENTRIC, text: m().live.back, wished_s: p?.tempoEccentricS ?? 0 },
  ].filter((part) => part.wished_s > 0 || part.phase !== Phase.PEAK);
  const columns = parts.map((part) => `minmax(min-content, ${part.wished_s || FREE_S}fr)`).join(' ');
  const latest = useRef(parts);
  latest.current = parts;
  useEffect(() => {
    const drawn = new Map<Element, string>();
    return onFrame(() => {
      const { concentric_s, hold_s, eccentric_s } = live.movement;
      const elapsed: Partial<Record<Phase, number>> = { [Phase.CONCENTRIC]: concentric_s, [Phase.PEAK]: hold_s, [Phase.ECCENTRIC]: eccentric_s };
      latest.current.forEach((part, i) => {
        const element = root.current?.children[i];
        const fill = element?.querySelector('b');
        if (!element || !fill) return;
        const share = Math.min(1, (elapsed[part.phase] ?? 0) / (part.wished_s || FREE_S));
        const next = `translateX(${(100 * (share - 1)).toFixed(1)}%)`;
        if (drawn.get(element) !== next) fill.style.transform = next;
        drawn.set(element, next);
        if (element.classList.contains('now') !== (live.phase === part.phase)) element.classList.toggle('now');
      });
      const now = latest.current.find((part) => part.phase === live.phase)?.text ?? '';
      if (name.current && name.current.textContent !== now) name.current.textContent = now;
    });
  }, []);
  return (
    <div>
      <div class="head">
        <span class="label">{m().live.tempo}</span>
        <span class="label">
          <b ref={name} />
        </span>
      </div>
      <div class="tempo" ref={root} style={{ gridTemplateColumns: columns }}>
        {parts.map((part) => (
          <div key={part.phase}>
            <i>
              <b />
            </i>
            <span>
              {part.text} {part.wished_s > 0 ? number(part.wished_s, language(), 1) : ''}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
