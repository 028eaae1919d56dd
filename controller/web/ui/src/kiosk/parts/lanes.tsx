// Several people taking turns: who has the machine, whose turn is next and what stands for them, each with a rest of their own.
import type { Lane } from '../../../gen/sheave/v1/watch_pb';
import { clock } from '../../shared/units';
import { exerciseName, loadText, m, memberName } from '../phrases';
import { turnTo } from '../state/machine';
import { membersKept, programs, snapshot, snapshotAt_ms, underLoad } from '../state/store';
import { join } from '../screens/walk_up';
import { PersonIcon } from './icons';
import { Press } from './press';

export function laneName(lane: Lane, index: number): string {
  return lane.session?.memberAlias || (lane.session?.member ? memberName('', 0) : m().lanes.guest(index + 1));
}

/** Rest left of a lane, counted on between snapshots. */
function left_s(lane: Lane, now_ms: number): number {
  return Math.max(0, (lane.restLeftS ?? 0) - Math.max(0, now_ms - snapshotAt_ms.value) / 1000);
}

export function Lanes({ now_ms }: { now_ms: number }) {
  const lanes = snapshot.value?.lanes ?? [];
  if (lanes.length < 2) return null;
  const numbers = [...lanes].map((lane) => lane.session?.createTime?.seconds ?? 0n);
  const order = (lane: Lane) => [...numbers].sort((a, b) => Number(a - b)).indexOf(lane.session?.createTime?.seconds ?? 0n);
  return (
    <section class="lanes" aria-label={m().lanes.title}>
      {lanes.map((lane, i) => {
        const program = programs.value.find((one) => one.name === lane.session?.program);
        const rest_s = left_s(lane, now_ms);
        const what = lane.atMachine ? m().lanes.here : rest_s > 0 ? m().lanes.rests(clock(rest_s)) : i === 1 ? m().lanes.next : m().lanes.waits;
        const text = (
          <span class="grow">
            <b>{laneName(lane, order(lane))}</b>
            <small>{[exerciseName(program), loadText(lane.loadTotalKg)].join(', ')}</small>
            <small>{what}</small>
          </span>
        );
        return lane.atMachine || underLoad.value ? (
          <div key={lane.session?.name} class={`lane ${lane.atMachine ? 'here' : ''}`} data-lane={lane.session?.name} data-at-machine={lane.atMachine}>
            {text}
          </div>
        ) : (
          <Press key={lane.session?.name} class="btn lane" onPress={() => void turnTo(lane.session!.name)} data-lane={lane.session?.name} data-at-machine={false}>
            {text}
          </Press>
        );
      })}
    </section>
  );
}

const LANES_MOST = 4;

/** Somebody else wants to take turns. */
export function JoinButton() {
  if (!membersKept.value || underLoad.value || (snapshot.value?.lanes.length ?? 0) >= LANES_MOST) return null;
  return (
    <Press class="btn small" onPress={() => join(true)} aria-label={m().lanes.join} data-join>
      + <PersonIcon />
    </Press>
  );
}
