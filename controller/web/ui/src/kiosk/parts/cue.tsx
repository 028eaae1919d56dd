// One cue at a time, by rank: spotter, limited, what to do to begin or end, effort, form. A change waits, unless the rank rises: a band that
// flickers is read by nobody.
import { useEffect, useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { MachineState } from '../../../gen/sheave/v1/common_pb';
import { Stage } from '../../../gen/sheave/v1/session_pb';
import { isTest, m } from '../phrases';
import { refusalText } from '../refusals';
import { refusal, cue as exerciseCue } from '../state/machine';
import { countedOf, limited, program, repGoal, setIndex, snapshot, spotting, stage, toLimit } from '../state/store';
import { CeilingIcon, DownIcon, HandIcon, LeftIcon, StillIcon, UpIcon, WarnIcon } from './icons';

const HOLD_MS = 1500;
const FORM_MS = 2500;

interface Shown {
  rank: number;
  text: string;
  icon: ComponentChildren;
  careful?: boolean;
}

function wanted(now_ms: number): Shown | undefined {
  const state = snapshot.value?.machineState;
  if (refusal.value) return { rank: 7, text: refusalText(refusal.value, now_ms), icon: <WarnIcon />, careful: true };
  if (spotting.value) return { rank: 6, text: m().live.easingOff, icon: <DownIcon />, careful: true };
  if (stage.value === Stage.ENGAGING || state === MachineState.ENGAGE) return { rank: 4, text: m().live.holdStill, icon: <StillIcon /> };
  if (stage.value === Stage.ARMED) return { rank: 4, text: m().live.takeHandle, icon: <HandIcon /> };
  if (stage.value === Stage.UNLOADING || state === MachineState.UNLOAD) return { rank: 4, text: m().live.bringHome, icon: <DownIcon /> };
  if (limited.value) return { rank: 5, text: m().live.noRaise, icon: <CeilingIcon />, careful: true };
  return effort() ?? form(now_ms);
}

/** From the target range; a progression that knows better tells by its rep goal. */
function effort(): Shown | undefined {
  const goal = repGoal.value?.to ?? program.value?.prescription?.repTop ?? 0;
  const left = goal - countedOf(setIndex.value).length;
  if (goal === 0 || stage.value !== Stage.WORKING) return undefined;
  if (isTest(program.value)) return left > 0 ? { rank: 3, text: m().test.hard, icon: <UpIcon /> } : { rank: 3, text: m().test.enough, icon: <DownIcon /> };
  if (toLimit.value) return { rank: 3, text: m().live.untilNone, icon: <UpIcon /> };
  if (left === 1 || left === 2) return { rank: 3, text: m().live.oneOrTwo, icon: <LeftIcon /> };
  if (left <= 0) return { rank: 3, text: m().live.lastOne, icon: <UpIcon /> };
  return undefined;
}

/** The others want more of the pull. */
const ICONS: Record<string, () => JSX.Element> = {
  LIGHTER: DownIcon,
  STOP_LOWER: DownIcon,
  RETURN_FULLY: DownIcon,
  SLOW_RETURN: DownIcon,
  HOLD: StillIcon,
  STEADY_TORSO: StillIcon,
  ONE_OR_TWO_LEFT: LeftIcon,
};

function form(now_ms: number): Shown | undefined {
  const cue = exerciseCue.value;
  const text = cue && m().cues[cue.id];
  if (!text || now_ms - cue.at_ms > FORM_MS) return undefined;
  const Icon = ICONS[cue.id] ?? UpIcon;
  return { rank: 2, text, icon: <Icon /> };
}

export function CueBand() {
  const [tick, setTick] = useState(0);
  const [shown, setShown] = useState<{ cue: Shown | undefined; since_ms: number }>({ cue: undefined, since_ms: -Infinity });
  const now_ms = performance.now();
  const next = wanted(now_ms);
  const same = next?.text === shown.cue?.text && next?.rank === shown.cue?.rank;
  const may = (next?.rank ?? 0) > (shown.cue?.rank ?? 0) || now_ms - shown.since_ms >= HOLD_MS;
  useEffect(() => {
    if (!same && may) setShown({ cue: next, since_ms: now_ms });
  });
  // A form cue ends by itself, and a held change comes due.
  useEffect(() => {
    const timer = setInterval(() => setTick((n) => n + 1), HOLD_MS / 3);
    return () => clearInterval(timer);
  }, []);
  void tick;
  const cue = shown.cue;
  return (
    <div class={`cue ${cue?.careful ? 'careful' : ''} ${cue ? '' : 'empty'}`} role="status">
      {cue && (
        <>
          {cue.icon}
          <span>{cue.text}</span>
        </>
      )}
    </div>
  );
}
