// One machine: what it does now, how it is used, how it is.
import type { ComponentChildren } from 'preact';
import { THIS_MACHINE } from '../../shared/api';
import { fixed } from '../../shared/units';
import { dateOf, language, m, span } from '../model/format';
import type { MachineModel } from '../model/machine';
import { link, route } from '../model/route';
import { Action, save } from '../parts/action';
import { FaultPanel } from './faults';
import { HeatPanel } from './heat';
import { NowPanel } from './now';
import { OrderSwitch } from './order';
import { nameOf } from './overview';
import { ServicePanel } from './service';
import { SessionsView } from './sessions';
import { SettingsView } from './settings';
import { ExercisePanel, SharesPanel } from './use';

async function exportCsv(machine: MachineModel) {
  const parts: Uint8Array[] = [];
  for await (const { chunk } of machine.api.usage.exportCsv({ machine: THIS_MACHINE })) parts.push(chunk);
  save(`sheave-use-${new Date().toISOString().slice(0, 10)}.csv`, parts, 'text/csv');
}

function Head({ machine, children }: { machine: MachineModel; children: ComponentChildren }) {
  const facts = machine.machine.value;
  const up_s = facts?.startTime ? (Date.now() - dateOf(facts.startTime).getTime()) / 1000 : 0;
  return (
    <div class="head">
      <div>
        <h1>{nameOf(machine)}</h1>
        {facts && <p class="sub">{m().machine.facts(facts.softwareVersion, facts.model, `${fixed(facts.loop?.periodMs ?? 0, language(), 1)}\u00a0ms`, span(up_s))}</p>}
      </div>
      <div class="acts">{children}</div>
    </div>
  );
}

function Views({ machine, index }: { machine: MachineModel; index: number }) {
  const now = route.value;
  if (now.at === 'sessions') return <SessionsView machine={machine} index={index} session={now.session} />;
  if (now.at === 'settings') return <SettingsView machine={machine} />;
  return (
    <>
      <NowPanel machine={machine} />
      <HeatPanel machine={machine} />
      <ExercisePanel machine={machine} />
      <SharesPanel machine={machine} />
      <FaultPanel machine={machine} />
      <ServicePanel machine={machine} wide />
    </>
  );
}

export function MachineView({ machine, index }: { machine: MachineModel; index: number }) {
  const words = m().machine;
  const at = route.value.at;
  const latched = machine.condition.value === 'fault';
  return (
    <main>
      {!machine.linked.value && (
        <p class="refused" role="alert">
          {machine.snapshot.value ? m().stale : machine.trouble.value || m().unreachable(nameOf(machine))}
        </p>
      )}
      <Head machine={machine}>
        {latched && (
          <Action run={() => machine.api.machine.acknowledgeFault({ name: THIS_MACHINE })} data-acknowledge="1">
            {words.reset}
          </Action>
        )}
        <OrderSwitch machine={machine} />
        <Action run={() => exportCsv(machine)} data-export="csv">
          {words.exportCsv}
        </Action>
      </Head>
      <nav class="tabs" aria-label={nameOf(machine)}>
        <a href={link(index)} aria-current={at === 'machine' ? 'page' : undefined}>
          {words.now}
        </a>
        <a href={link(index, 'sessions')} aria-current={at === 'sessions' ? 'page' : undefined} data-tab="sessions">
          {words.sessions}
        </a>
        <a href={link(index, 'settings')} aria-current={at === 'settings' ? 'page' : undefined} data-tab="settings">
          {words.settings}
        </a>
      </nav>
      <div class="grid9">
        <Views machine={machine} index={index} />
      </div>
    </main>
  );
}
