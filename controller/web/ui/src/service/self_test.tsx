// The machine measures itself, with somebody beside it: what to do is said here as at the machine, and the load goes off at a touch.
import type { CableTest } from '../../gen/sheave/v1/self_test_pb';
import { THIS_MACHINE } from '../shared/api';
import { m, noteText, when } from '../operator/model/format';
import type { MachineModel } from '../operator/model/machine';
import { Action } from '../operator/parts/action';
import { Panel } from '../operator/parts/panel';
import { Facts, measure } from './facts';

/** It waits for a person three times. */
const LONGEST_MS = 7 * 60_000;

export function SelfTestPanel({ machine }: { machine: MachineModel }) {
  const words = m().selfTest;
  const now = machine.snapshot.value;
  const last = machine.machine.value?.selfTest;
  const runs = now?.noteReason.startsWith('SELF_TEST') ?? false;
  return (
    <Panel title={words.title} note={last?.time ? when(last.time, machine.summary.value?.timeZone ?? '') : words.never} span="c12" id="self-test">
      <p class="small quiet">{words.text}</p>
      {runs && (
        <p class="strong" role="status" data-self-test-note>
          {noteText(now)}
        </p>
      )}
      <div class="acts">
        <Action main run={() => measureIt(machine)} data-self-test="1">
          {words.begin}
        </Action>
        {runs && (
          <Action run={() => machine.api.control.stop({ machine: THIS_MACHINE })} data-self-test-stop="1">
            {words.stop}
          </Action>
        )}
      </div>
      {last?.cables.map((cable, i) => (
        <section key={i} data-tested={i}>
          <h3>{m().technician.cable(i + 1, last.cables.length)}</h3>
          <Found cable={cable} />
        </section>
      ))}
    </Panel>
  );
}

async function measureIt(machine: MachineModel) {
  await machine.api.machine.selfTest({ name: THIS_MACHINE }, { timeoutMs: LONGEST_MS });
  await machine.refresh();
}

function Found({ cable }: { cable: CableTest }) {
  const words = m().selfTest;
  return (
    <Facts
      rows={[
        [words.bias, `${measure(cable.biasPercent, 2, '%')} (± ${measure(cable.cvPercent, 2, '%')})`],
        [words.friction, `${measure(cable.frictionN, 1, 'N')} (± ${measure(cable.frictionCvPercent, 0, '%')})`],
        [words.viscous, measure(cable.viscousNspm, 1, 'N\u00a0s/m')],
        [words.mass, measure(cable.movingMassKg, 1, 'kg')],
        [words.residual, measure(cable.residualN, 2, 'N')],
      ]}
    />
  );
}
