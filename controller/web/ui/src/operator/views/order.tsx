// Out of order: who, why, since when; and back.
import { useSignal } from '@preact/signals';
import { THIS_MACHINE } from '../../shared/api';
import { m, when } from '../model/format';
import type { MachineModel } from '../model/machine';
import { Action } from '../parts/action';
import { State } from '../parts/icons';
import { useWho } from './service';

export function OrderSwitch({ machine }: { machine: MachineModel }) {
  const words = m().machine;
  const asking = useSignal(false);
  const order = machine.snapshot.value?.outOfOrder;
  const on = order !== undefined;
  const { who, remember } = useWho();
  const reason = useSignal('');
  const set = (outOfOrder: boolean) => async () => {
    await machine.api.machine.setOutOfOrder({ name: THIS_MACHINE, outOfOrder, reason: outOfOrder ? reason.value.trim() : '', who: who.value.trim() });
    remember();
    asking.value = false;
    reason.value = '';
  };
  return (
    <div class="order">
      <button type="button" class="switch" role="switch" aria-checked={on} aria-expanded={asking.value} onClick={() => (asking.value = !asking.value)} data-order>
        <i />
        {order?.pending ? words.pending : words.outOfOrder}
      </button>
      {asking.value && (
        <form class="ask panel" onSubmit={(event) => event.preventDefault()}>
          {order ? (
            <p>
              <State of="out" />{' '}
              <span class="quiet">{words.outSince(order.who, order.since ? when(order.since, machine.summary.value?.timeZone ?? '') : '', order.reason)}</span>
            </p>
          ) : (
            <>
              <p class="quiet">{words.takeOutText}</p>
              <label>
                {words.reason}
                <input type="text" value={reason.value} onInput={(event) => (reason.value = event.currentTarget.value)} data-reason />
              </label>
            </>
          )}
          <label>
            {words.who}
            <input type="text" value={who.value} onInput={(event) => (who.value = event.currentTarget.value)} autoComplete="name" data-who />
          </label>
          <div class="acts">
            <Action main disabled={!who.value.trim() || (!on && !reason.value.trim())} run={set(!on)} data-confirm="order">
              {on ? words.giveBack : words.takeOut}
            </Action>
            <button type="button" class="b" onClick={() => (asking.value = false)}>
              {m().cancel}
            </button>
          </div>
        </form>
      )}
    </div>
  );
}
