// What went wrong, what helps, and how often it was so.
import type { FaultUse } from '../../../gen/sheave/v1/usage_pb';
import { faultText, grouped, m, span, when } from '../model/format';
import type { MachineModel } from '../model/machine';
import { State } from '../parts/icons';
import { Panel } from '../parts/panel';

const MACHINE_FAULT = 300; // codes from here on switch the machine off

function Row({ use, zone }: { use: FaultUse; zone: string }) {
  const words = m().machine;
  const fault = use.fault!;
  const [meaning, remedy] = faultText(fault);
  const mean_s = use.totalS / Number(use.times || 1n);
  return (
    <tr data-fault={fault.id}>
      <td>
        <b>{fault.time && when(fault.time, zone)}</b>
        {!fault.active && <small>{words.lasted(span(mean_s))}</small>}
      </td>
      <td>
        {fault.code}
        <small class="code">{fault.id}</small>
      </td>
      <td>
        <b>{meaning}</b>
        <small>{remedy}</small>
      </td>
      <td class="today">{fault.active ? <State of={fault.code >= MACHINE_FAULT ? 'fault' : 'care'} word={words.on} /> : <State of="lost" word={words.cleared} />}</td>
      <td class="r hide">{grouped(Number(use.times))}</td>
    </tr>
  );
}

export function FaultPanel({ machine }: { machine: MachineModel }) {
  const words = m().machine;
  const summary = machine.summary.value;
  const faults = [...(summary?.faults ?? [])].sort((a, b) => Number(b.fault!.active) - Number(a.fault!.active));
  return (
    <Panel title={words.faults} note={summary && summary.days.length > 0 ? words.lastDays(summary.days.length) : undefined} span="c12" id="faults">
      {faults.length === 0 ? (
        <p class="quiet">{words.noFaults}</p>
      ) : (
        <table class="list">
          <thead>
            <tr>
              <th scope="col">{words.faultColumns.when}</th>
              <th scope="col">{words.faultColumns.code}</th>
              <th scope="col">{words.faultColumns.what}</th>
              <th scope="col">{words.faultColumns.state}</th>
              <th scope="col" class="r">{words.faultColumns.times}</th>
            </tr>
          </thead>
          <tbody>
            {faults.map((use) => (
              <Row key={use.fault!.code} use={use} zone={summary!.timeZone} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
