// What comes round: how far each part is, sign-off, and the record of what was done.
import { useSignal } from '@preact/signals';
import { ServiceAction, type MaintenanceItem, type ServiceRecord } from '../../../gen/sheave/v1/upkeep_pb';
import { store, stored } from '../../shared/i18n';
import { THIS_MACHINE } from '../../shared/api';
import { catalogText, dateOf, grouped, m, span, when } from '../model/format';
import type { MachineModel } from '../model/machine';
import { Action } from '../parts/action';
import { State } from '../parts/icons';
import { Panel } from '../parts/panel';

/** Who acts at this browser: asked once, kept here. */
export function useWho() {
  const who = useSignal(stored('operator.who') ?? '');
  return {
    who,
    remember: () => store('operator.who', who.value.trim()),
  };
}

function SignOff({ machine, item, close }: { machine: MachineModel; item: MaintenanceItem; close: () => void }) {
  const words = m().machine;
  const { who, remember } = useWho();
  const note = useSignal('');
  const record = (action: ServiceAction) => async () => {
    await machine.api.machine.recordService({ name: THIS_MACHINE, part: item.part, action, who: who.value.trim(), note: note.value.trim() });
    remember();
    close();
    await machine.refresh();
  };
  return (
    <form class="sign-off" onSubmit={(event) => event.preventDefault()}>
      <p>{catalogText(item.steps)}</p>
      <label>
        {words.who}
        <input type="text" value={who.value} onInput={(event) => (who.value = event.currentTarget.value)} autoComplete="name" data-who />
      </label>
      <label>
        {words.noteText}
        <input type="text" value={note.value} onInput={(event) => (note.value = event.currentTarget.value)} data-note />
      </label>
      <div class="acts">
        <Action main disabled={!who.value.trim()} run={record(ServiceAction.SIGNED_OFF)} data-record="signed-off">
          {words.signOff}
        </Action>
        <Action disabled={!who.value.trim()} run={record(ServiceAction.REPLACED)} data-record="replaced">
          {words.replaced}
        </Action>
        <button type="button" class="b" onClick={close}>
          {m().cancel}
        </button>
      </div>
    </form>
  );
}

function Item({ machine, item }: { machine: MachineModel; item: MaintenanceItem }) {
  const words = m().machine;
  const open = useSignal(false);
  const share = Math.min(1, item.used / item.interval);
  const since_s = item.lastTime ? (Date.now() - dateOf(item.lastTime).getTime()) / 1000 : undefined;
  return (
    <div class="serv" data-part={item.part}>
      <b>{catalogText(item.displayName)}</b>
      {open.value ? (
        <span />
      ) : (
        <button type="button" class="b" onClick={() => (open.value = true)} data-sign-off>
          {words.signOff}
        </button>
      )}
      <div class={`meter ${item.due ? 'due' : ''}`} aria-hidden="true">
        <i style={{ width: `${share * 100}%` }} />
      </div>
      <span>
        {item.due && <State of="care" word={words.dueNow} />} {words.used(grouped(item.used), grouped(item.interval), words.units[item.counter] ?? '')}
      </span>
      <span>
        {since_s !== undefined && `${words.sinceLast(span(since_s))}${item.due ? '' : ', '}`}
        {!item.due && (item.dueInDays === undefined ? words.paceUnknown : words.dueIn(m().about(span(item.dueInDays * 86_400))))}
      </span>
      {open.value && <SignOff machine={machine} item={item} close={() => (open.value = false)} />}
    </div>
  );
}

function Records({ machine }: { machine: MachineModel }) {
  const words = m().machine;
  const records = useSignal<ServiceRecord[] | undefined>(undefined);
  const read = async () => {
    records.value = (await machine.api.machine.listServiceRecords({ name: THIS_MACHINE })).records;
  };
  return (
    <details onToggle={(event) => event.currentTarget.open && void read()}>
      <summary>{words.records}</summary>
      {records.value?.length === 0 && <p class="quiet small">{words.noRecords}</p>}
      <ul class="records">
        {records.value?.map((record) => (
          <li key={String(record.number)}>
            <b>{partName(machine, record.part) || words.note}</b> {words.actions[record.action]}, {record.who}, {record.time && when(record.time, machine.summary.value?.timeZone ?? '')}
            {record.note && <small>{record.note}</small>}
          </li>
        ))}
      </ul>
    </details>
  );
}

function partName(machine: MachineModel, part: string): string {
  const item = machine.upkeep.value?.items.find((known) => known.part === part);
  return item ? catalogText(item.displayName) : part;
}

export function ServicePanel({ machine, wide }: { machine: MachineModel; wide?: boolean }) {
  const words = m().machine;
  const upkeep = machine.upkeep.value;
  const odometer = upkeep?.odometer;
  return (
    <Panel title={words.service} span={wide ? 'c12' : 'c7'} id="service">
      {upkeep?.items.map((item) => (
        <Item key={item.part} machine={machine} item={item} />
      ))}
      {odometer && (
        <p class="quiet small">
          {words.odometer(`${grouped(odometer.cableM)}\u00a0m`, grouped(Number(odometer.cycles)), `${grouped(odometer.poweredS / 3600, 1)}\u00a0h`, `${grouped(odometer.workJ / 1000)}\u00a0kJ`)}
        </p>
      )}
      <Records machine={machine} />
    </Panel>
  );
}
