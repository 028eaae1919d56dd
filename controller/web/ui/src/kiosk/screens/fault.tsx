// The machine is off or out of order: what happened, what was done, what helps, then the code.
import { MachineState } from '../../../gen/sheave/v1/common_pb';
import { Frame } from '../parts/frame';
import { CheckIcon, DownIcon, WarnIcon } from '../parts/icons';
import { Press } from '../parts/press';
import { Refusal } from '../parts/refusal';
import { m } from '../phrases';
import { worstFault } from '../refusals';
import { acknowledge } from '../state/machine';
import { machine, outOfOrder, sets, snapshot } from '../state/store';

export function OutOfService() {
  const { machineState } = snapshot.value ?? {};
  const booting = machineState === MachineState.BOOT;
  const worst = worstFault();
  const order = outOfOrder.value;
  const [meaning, remedy] = order ? [m().fault.outOfOrder, order.reason] : [worst?.meaning ?? m().fault.off, worst?.remedy ?? ''];
  return (
    <Frame
      screen="fault"
      title={machine.value?.displayName ?? ''}
      dock={
        booting || order ? (
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
            <DownIcon />
            <span>{m().fault.weightOff}</span>
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
