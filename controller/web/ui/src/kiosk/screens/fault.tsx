// The machine is off, out of order or in a technician's hands: what happened, what was done, what helps, then the code. Who had the right to
// take it out of order has let the technician in: from there on this panel opens their page.
import { MachineState } from '../../../gen/sheave/v1/common_pb';
import { Frame } from '../parts/frame';
import { CheckIcon, DownIcon, WarnIcon } from '../parts/icons';
import { Press } from '../parts/press';
import { Refusal } from '../parts/refusal';
import { m } from '../phrases';
import { worstFault } from '../refusals';
import { acknowledge } from '../state/machine';
import { machine, machineOff, outOfOrder, serviced, sets, snapshot, weightMayBeOn } from '../state/store';

export function OutOfService() {
  const { machineState } = snapshot.value ?? {};
  const booting = machineState === MachineState.BOOT;
  const worst = worstFault();
  const order = outOfOrder.value;
  if (serviced.value && !machineOff.value) return <Serviced />;
  const [meaning, remedy] = order ? [m().fault.outOfOrder, order.reason] : [worst?.meaning ?? m().fault.off, worst?.remedy ?? ''];
  return (
    <Frame
      screen="fault"
      title={machine.value?.displayName ?? ''}
      dock={
        order ? (
          <Press class="btn" onPress={() => location.assign('/service')} data-service>
            {m().fault.service}
          </Press>
        ) : booting ? (
          <div class="readout" />
        ) : (
          <Press class="btn" onPress={() => void acknowledge()} data-reset>
            {m().fault.reset}
          </Press>
        )
      }
    >
      <main class="truth alone">
        <h2 data-out-of-order={order ? '' : undefined}>{booting && !order ? m().fault.boot : meaning}</h2>
        {(order || !booting) && remedy && (
          <div class="todo">
            <WarnIcon />
            <div>
              <h3>{remedy}</h3>
              {order ? <p>{m().fault.another}</p> : worst && <p>{m().fault.code(worst.code)}</p>}
            </div>
          </div>
        )}
        <ul class="facts-list">
          <li>
            {weightMayBeOn.value ? <WarnIcon /> : <DownIcon />}
            <span data-weight={weightMayBeOn.value ? 'unknown' : 'off'}>{weightMayBeOn.value ? m().fault.weightMayBeOn : m().fault.weightOff}</span>
          </li>
          {sets.value.length > 0 && (
            <li>
              <CheckIcon />
              <span>{m().lost.setsSaved(sets.value.length)}</span>
            </li>
          )}
        </ul>
        <Refusal />
      </main>
    </Frame>
  );
}

function Serviced() {
  return (
    <Frame screen="fault" title={machine.value?.displayName ?? ''} dock={<div class="readout" />}>
      <main class="truth alone" data-serviced>
        <h2>{m().fault.serviced}</h2>
        <div class="todo">
          <WarnIcon />
          <div>
            <h3>{m().fault.keepAway}</h3>
            <p>{m().fault.another}</p>
          </div>
        </div>
      </main>
    </Frame>
  );
}
