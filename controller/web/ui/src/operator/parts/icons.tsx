// The states' signs: each has a shape of its own, so that no colour has to be told apart.
import type { MachineCondition } from '../model/condition';
import { m } from '../model/format';

const SHAPES: Record<MachineCondition, () => preact.JSX.Element> = {
  use: () => <circle cx="8" cy="8" r="7" fill="currentColor" />,
  ready: () => <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2.5" />,
  care: () => <Triangle />,
  fault: () => <Octagon />,
  out: () => <Octagon />,
  lost: () => <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2.5" stroke-dasharray="2.5 3" />,
};

function Triangle() {
  return (
    <>
      <path d="M8 1.5L15.5 14.5H.5Z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" />
      <path d="M8 6v4M8 12v.1" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
    </>
  );
}

function Octagon() {
  return (
    <>
      <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="currentColor" />
      <path d="M5 8h6" stroke="var(--surface)" stroke-width="2" />
    </>
  );
}

/** @param word instead of the state's own. */
export function State({ of, word }: { of: MachineCondition; word?: string }) {
  return (
    <span class={`state ${of}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {SHAPES[of]()}
      </svg>
      {word ?? m().condition[of]}
    </span>
  );
}

export function Mark() {
  return (
    <svg viewBox="0 0 48 48" fill="none" aria-hidden="true">
      <circle cx="22" cy="22" r="15" stroke="currentColor" stroke-width="5" />
      <circle cx="22" cy="22" r="4" fill="currentColor" />
      <path d="M37 22v22" stroke="var(--accent)" stroke-width="5" stroke-linecap="round" />
    </svg>
  );
}
