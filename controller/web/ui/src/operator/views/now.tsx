// What happens at the machine this moment. Who it is is not shown, and not asked for.
import { Stage } from '../../../gen/sheave/v1/session_pb';
import type { Snapshot } from '../../../gen/sheave/v1/watch_pb';
import { clock, fixed, load } from '../../shared/units';
import { language, m, noteText } from '../model/format';
import type { MachineModel } from '../model/machine';
import { State } from '../parts/icons';
import { Panel } from '../parts/panel';
import { programName } from './overview';

const BAR_SLOTS = 12;

function Rails({ machine }: { machine: MachineModel }) {
  const words = m().machine;
  return (
    <div class="rails">
      {(machine.handles.value.length > 0 ? machine.handles.value : [undefined]).map((handle, i) => {
        const share = handle?.share;
        const known = share !== undefined && machine.linked.value;
        const at = known ? Math.min(1, Math.max(0, share)) : 0;
        return (
          <div key={i} class={`rail-s ${known ? '' : 'unknown'}`} role="img" aria-label={known ? words.handleAt(Math.round(at * 100)) : words.handleUnknown}>
            {known && <i style={{ top: `calc((100% - 26px) * ${1 - at})` }} />}
          </div>
        );
      })}
    </div>
  );
}

function SpeedBars({ machine }: { machine: MachineModel }) {
  const speeds = machine.reps.value.map((rep) => rep.meanVelocityMps ?? 0);
  const most = Math.max(0.01, ...speeds);
  const slots = Math.max(BAR_SLOTS, speeds.length);
  return (
    <svg class="bars" viewBox={`0 0 ${slots * 24} 72`} preserveAspectRatio="none" aria-hidden="true">
      {Array.from({ length: slots }, (_, i) => {
        const height = i < speeds.length ? Math.max(4, (speeds[i]! / most) * 72) : 6;
        return <rect key={i} class={i >= speeds.length ? 'empty' : i === speeds.length - 1 ? 'now' : ''} x={i * 24 + 1} y={72 - height} width="20" height={height} rx="3" />;
      })}
    </svg>
  );
}

/** What keeps the machine from being used, in the person's language where it has words for it. */
function whyNot(now: Snapshot | undefined): string {
  return now?.outOfOrder?.reason ?? noteText(now);
}

export function NowPanel({ machine }: { machine: MachineModel }) {
  const words = m().machine;
  const now = machine.snapshot.value;
  const session = now?.session;
  const last = machine.reps.value.at(-1);
  const reps = now?.stage === Stage.WORKING ? now.countedReps : machine.reps.value.length;
  return (
    <Panel title={words.now} note={<State of={machine.condition.value} />} span="c4" fill id="now">
      <div class="mini">
        <Rails machine={machine} />
        {session ? (
          <div>
            <p class="strong" data-now>
              {programName(machine, session.program)}, {words.set(now.setIndex, now.setsPlanned)}
            </p>
            <p class="quiet">{now.restLeftS !== undefined ? words.rest(clock(now.restLeftS)) : words.stage[now.stage]}</p>
            <p class="count">
              <span class="num" data-reps>
                {reps}
              </span>
              <span class="quiet">{words.repsAt(load(now.loadTotalKg, language()))}</span>
            </p>
            <SpeedBars machine={machine} />
            <p class="quiet small">
              {last?.meanVelocityMps !== undefined && `${words.speed(`${fixed(last.meanVelocityMps, language(), 2)}\u00a0m/s`)} `}
              {words.privacy}
            </p>
          </div>
        ) : (
          <div>
            <p class="strong" data-now>
              {words.noSession}
            </p>
            <p class="quiet small">{whyNot(now)}</p>
          </div>
        )}
      </div>
    </Panel>
  );
}
