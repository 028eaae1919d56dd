// The technician's page, at the machine itself: what is measured, how link and loop do, what is due, and what is handed to support.
import '../shared/tokens.css';
import '../operator/styles.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { stored } from '../shared/i18n';
import { THIS_MACHINE } from '../shared/api';
import { grouped, m, percent } from '../operator/model/format';
import { MachineModel, type Handle } from '../operator/model/machine';
import { Action } from '../operator/parts/action';
import { Choices } from '../operator/parts/choices';
import { Mark, State } from '../operator/parts/icons';
import { Panel } from '../operator/parts/panel';
import { FaultPanel } from '../operator/views/faults';
import { OrderSwitch } from '../operator/views/order';
import { nameOf } from '../operator/views/overview';
import { ServicePanel } from '../operator/views/service';
import { VersionsPanel } from '../operator/views/settings';
import { Facts, measure, type Rows } from './facts';
import { JogPanel } from './jog';
import { SelfTestPanel } from './self_test';

const COUNTERS_EVERY_MS = 2000; // a technician watches them while a plug is wiggled

const machine = new MachineModel({ url: '', token: stored('operator.token') ?? undefined });
setInterval(() => void readCounters(), COUNTERS_EVERY_MS);

async function readCounters() {
  if (!machine.linked.value) return;
  try {
    machine.machine.value = await machine.api.machine.getMachine({ name: THIS_MACHINE });
  } catch {
    // the watch stream says that the link is lost
  }
}

function Cable({ handle }: { handle: Handle }) {
  const words = m().technician;
  return (
    <Facts
      rows={[
        [words.extension, measure(handle.extensionM, 3, 'm')],
        [words.speed, measure(handle.velocityMps, 2, 'm/s')],
        [words.tension, measure(handle.tensionN, 0, 'N')],
        [words.commanded, measure(handle.commandedN, 0, 'N')],
        ...(handle.share === undefined ? [] : ([[words.range, percent(handle.share)]] as Rows)),
      ]}
    />
  );
}

function Measured() {
  const words = m().technician;
  const handles = machine.handles.value;
  return (
    <Panel title={words.measured} note={<State of={machine.condition.value} />} span="c4" id="measured">
      {handles.map((handle, i) => (
        <section key={i} data-cable={i}>
          <h3>{words.cable(i + 1, handles.length)}</h3>
          <Cable handle={handle} />
        </section>
      ))}
    </Panel>
  );
}

function LinkPanel() {
  const words = m().technician;
  const link = machine.machine.value?.link;
  return (
    <Panel title={words.link} span="c4" id="link">
      {link && (
        <>
          <p class="quiet small">{link.description}</p>
          <p class={link.verified ? 'small' : 'refused'}>{link.verified ? words.verified : words.unverified}</p>
          <Facts
            rows={[
              [words.exchanges, grouped(Number(link.exchanges))],
              [words.missed, grouped(Number(link.missed))],
              [words.errors, grouped(Number(link.protocolErrors))],
              [words.reconnects, grouped(Number(link.reconnects))],
              [words.watchdog, `${grouped(link.watchdogMs)}\u00a0ms`],
            ]}
          />
        </>
      )}
    </Panel>
  );
}

function LoopPanel() {
  const words = m().technician;
  const loop = machine.machine.value?.loop;
  const pair = (mean_us: number, worst_us: number) => `${measure(mean_us, 1, 'µs')}, ${measure(worst_us, 0, 'µs')}`;
  return (
    <Panel title={words.loop} note={loop && measure(loop.periodMs, 1, 'ms')} span="c4" id="loop">
      {loop && (
        <Facts
          rows={[
            [words.realtime, loop.realtime ? words.yes : words.no],
            [words.late, pair(loop.latenessMeanUs, loop.latenessMaxUs)],
            [words.tick, pair(loop.tickMeanUs, loop.tickMaxUs)],
            [words.overruns, grouped(Number(loop.overruns))],
            [words.lost, grouped(Number(loop.framesLost + loop.eventsLost))],
          ]}
        />
      )}
    </Panel>
  );
}

function Page() {
  return (
    <div class="op">
      <header class="bar">
        <span class="brand">
          <Mark />
          Sheave
        </span>
        <div class="end">
          <a href="/">{m().technician.kiosk}</a>
          <Choices />
        </div>
      </header>
      <main>
        {!machine.linked.value && (
          <p class="refused" role="alert">
            {machine.snapshot.value ? m().stale : machine.trouble.value || m().unreachable(location.host)}
          </p>
        )}
        <div class="head">
          <div>
            <h1>
              {nameOf(machine)}: {m().technician.title}
            </h1>
            <p class="sub">{m().technician.careful}</p>
          </div>
          <div class="acts">
            {machine.condition.value === 'fault' && (
              <Action run={() => machine.api.machine.acknowledgeFault({ name: THIS_MACHINE })} data-acknowledge="1">
                {m().machine.reset}
              </Action>
            )}
            <OrderSwitch machine={machine} />
          </div>
        </div>
        <div class="grid9">
          <Measured />
          <LinkPanel />
          <LoopPanel />
          <JogPanel machine={machine} />
          <SelfTestPanel machine={machine} />
          <ServicePanel machine={machine} wide />
          <FaultPanel machine={machine} />
          <VersionsPanel machine={machine} />
        </div>
      </main>
    </div>
  );
}

effect(() => {
  document.title = `Sheave · ${m().technician.title}`;
});
render(<Page />, document.body);
