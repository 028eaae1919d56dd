// Opening hours, who is told of what, versions, and the bundle for whoever helps.
import { create } from '@bufbuild/protobuf';
import { useSignal, type Signal } from '@preact/signals';
import { AlertSettingsSchema, MachineConfigSchema, OpenHoursSchema, type Alert, type AlertSettings, type Delivery, type OpenHours } from '../../../gen/sheave/v1/upkeep_pb';
import { THIS_MACHINE } from '../../shared/api';
import { m, minuteOf, minuteText, when } from '../model/format';
import type { MachineModel } from '../model/machine';
import { Action, save } from '../parts/action';
import { Panel } from '../parts/panel';
import { ServicePanel } from './service';

const USUAL = { openMinute: 6 * 60, closeMinute: 23 * 60 };

/** Sends opening hours and alerts together, as the machine wants them, and takes up its answer. */
async function update(machine: MachineModel, change: { opening?: OpenHours[]; alerts?: AlertSettings }) {
  const now = machine.config.value;
  machine.config.value = await machine.api.machine.updateConfig({
    name: THIS_MACHINE,
    config: create(MachineConfigSchema, { opening: change.opening ?? now?.opening, alerts: change.alerts ?? now?.alerts, etag: now?.etag }),
  });
  await machine.refresh();
}

function Day({ weekday, days }: { weekday: number; days: Signal<OpenHours[]> }) {
  const words = m().settings;
  const day = days.value.find((known) => known.weekday === weekday);
  const name = m().weekdaysLong[weekday - 1]!;
  const change = (next: Partial<OpenHours> | undefined) => {
    const others = days.value.filter((known) => known.weekday !== weekday);
    const changed = next && create(OpenHoursSchema, { ...USUAL, ...day, ...next, weekday });
    days.value = changed ? [...others, changed].sort((a, b) => a.weekday - b.weekday) : others;
  };
  const time = (label: string, minute: number, set: (minute: number) => void) => (
    <input type="time" aria-label={`${name} ${label}`} value={minuteText(minute % 1440)} onChange={(event) => set(minuteOf(event.currentTarget.value))} />
  );
  return (
    <div class="day-row">
      <label class="check">
        <input type="checkbox" checked={day !== undefined} onChange={(event) => change(event.currentTarget.checked ? {} : undefined)} data-day={weekday} />
        {name}
      </label>
      {day ? (
        <span class="times">
          {time(words.from, day.openMinute, (openMinute) => change({ openMinute }))}–{time(words.to, day.closeMinute, (closeMinute) => change({ closeMinute: closeMinute === 0 ? 1440 : closeMinute }))}
        </span>
      ) : (
        <span class="quiet">{words.closed}</span>
      )}
    </div>
  );
}

function Opening({ machine }: { machine: MachineModel }) {
  const words = m().settings;
  const days = useSignal<OpenHours[]>(machine.config.value?.opening ?? []);
  const saved = useSignal(false);
  const copy = () => {
    const first = days.value[0] ?? create(OpenHoursSchema, USUAL);
    days.value = Array.from({ length: 7 }, (_, i) => create(OpenHoursSchema, { ...first, weekday: i + 1 }));
  };
  return (
    <Panel title={words.opening} span="c5" id="opening">
      <p class="quiet small">{words.openingText}</p>
      {Array.from({ length: 7 }, (_, i) => (
        <Day key={i} weekday={i + 1} days={days} />
      ))}
      <div class="acts">
        <Action
          main
          run={async () => {
            saved.value = false;
            await update(machine, { opening: days.value });
            saved.value = true;
          }}
          data-save="opening"
        >
          {m().save}
        </Action>
        <button type="button" class="b" onClick={copy} data-copy>
          {words.copy}
        </button>
        {saved.value && <span role="status">{m().saved}</span>}
      </div>
    </Panel>
  );
}

const lines = (text: string) => text.split(/[\n,;]/).map((line) => line.trim()).filter(Boolean);

function Lines({ label, text, value, disabled, name }: { label: string; text: string; value: Signal<string>; disabled?: boolean; name: string }) {
  return (
    <label>
      {label}
      <textarea rows={2} spellcheck={false} disabled={disabled} value={value.value} onInput={(event) => (value.value = event.currentTarget.value)} data-lines={name} />
      <small>{text}</small>
    </label>
  );
}

function Check({ label, value, name }: { label: string; value: Signal<boolean>; name: string }) {
  return (
    <label class="check">
      <input type="checkbox" checked={value.value} onChange={(event) => (value.value = event.currentTarget.checked)} data-check={name} />
      {label}
    </label>
  );
}

const IDLE_CHOICES = [0, 2, 4, 8, 16, 40, 80];

function Alerts({ machine }: { machine: MachineModel }) {
  const words = m().settings;
  const now = machine.config.value?.alerts;
  const server = machine.config.value?.mailServer ?? '';
  const emails = useSignal(now?.emails.join('\n') ?? '');
  const webhooks = useSignal(now?.webhooks.join('\n') ?? '');
  const onFault = useSignal(now?.onFault ?? true);
  const onOutOfOrder = useSignal(now?.onOutOfOrder ?? true);
  const onMaintenance = useSignal(now?.onMaintenance ?? true);
  const idle = useSignal(now?.idleOpenHours ?? 0);
  const saved = useSignal('');
  const settings = () =>
    create(AlertSettingsSchema, {
      emails: lines(emails.value),
      webhooks: lines(webhooks.value),
      onFault: onFault.value,
      onOutOfOrder: onOutOfOrder.value,
      onMaintenance: onMaintenance.value,
      idleOpenHours: idle.value,
    });
  const keep = async () => {
    saved.value = '';
    await update(machine, { alerts: settings() });
    webhooks.value = machine.config.value?.alerts?.webhooks.join('\n') ?? '';
    saved.value = m().saved;
  };
  return (
    <Panel title={words.alerts} span="c7" id="alerts">
      <form class="fields" onSubmit={(event) => event.preventDefault()}>
        <Lines label={words.emails} text={server ? words.emailsText(server) : words.noServer} value={emails} disabled={!server && emails.value === ''} name="emails" />
        <Lines label={words.webhooks} text={words.webhooksText} value={webhooks} name="webhooks" />
        <Check label={words.onFault} value={onFault} name="fault" />
        <Check label={words.onOutOfOrder} value={onOutOfOrder} name="out-of-order" />
        <Check label={words.onMaintenance} value={onMaintenance} name="maintenance" />
        <label class="inline">
          {words.idle}
          <select value={idle.value} onChange={(event) => (idle.value = Number(event.currentTarget.value))}>
            {[...new Set([...IDLE_CHOICES, idle.value])].sort((a, b) => a - b).map((hours) => (
              <option key={hours} value={hours}>
                {hours === 0 ? words.idleNever : words.idleHours(hours)}
              </option>
            ))}
          </select>
        </label>
        <div class="acts">
          <Action main run={keep} data-save="alerts">
            {m().save}
          </Action>
          <Action
            run={async () => {
              await machine.api.machine.testAlert({ name: THIS_MACHINE });
              saved.value = words.testSent;
            }}
            data-test-alert="1"
          >
            {words.test}
          </Action>
          {saved.value && <span role="status">{saved.value}</span>}
        </div>
      </form>
      <Sent machine={machine} />
    </Panel>
  );
}

function came(delivery: Delivery, zone: string): string {
  const words = m().settings;
  if (delivery.deliveredTime) return words.delivered(when(delivery.deliveredTime, zone));
  return delivery.givenUp ? words.givenUp(delivery.lastError) : words.waiting(delivery.attempts, delivery.lastError);
}

function Sent({ machine }: { machine: MachineModel }) {
  const words = m().settings;
  const alerts = useSignal<Alert[] | undefined>(undefined);
  const zone = machine.summary.value?.timeZone ?? '';
  const read = async () => {
    alerts.value = (await machine.api.machine.listAlerts({ name: THIS_MACHINE, pageSize: 20 })).alerts;
  };
  return (
    <details onToggle={(event) => event.currentTarget.open && void read()} data-sent>
      <summary>{words.recent}</summary>
      <Action run={read} data-reload="alerts">
        {words.reload}
      </Action>
      {alerts.value?.length === 0 && <p class="quiet small">{words.noAlerts}</p>}
      <ul class="records">
        {alerts.value?.map((alert) => (
          <li key={String(alert.number)}>
            <b>{alert.subject}</b> {alert.time && when(alert.time, zone)}
            {alert.deliveries.length === 0 && <small>{words.nobody}</small>}
            {alert.deliveries.map((delivery) => (
              <small key={delivery.target}>
                {delivery.target}: {came(delivery, zone)}
              </small>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}

export async function supportBundle(machine: MachineModel) {
  const parts: Uint8Array[] = [];
  for await (const { chunk } of machine.api.machine.getSupportBundle({ name: THIS_MACHINE })) parts.push(chunk);
  save('sheave-support.tar.gz', parts, 'application/gzip');
}

export function VersionsPanel({ machine }: { machine: MachineModel }) {
  const words = m().settings;
  return (
    <Panel title={words.versions} span="c12" id="versions">
      <div class="acts">
        <Action run={() => supportBundle(machine)} data-bundle="1">
          {words.bundle}
        </Action>
        <span class="quiet small">{words.bundleText}</span>
      </div>
      <div class="heat-wrap" tabIndex={0} role="region" aria-label={words.versions}>
        <table class="versions">
          <tbody>
            {machine.machine.value?.components.map((component) => (
              <tr key={component.kind + component.name}>
                <td>{words.kinds[component.kind] ?? component.kind}</td>
                <th scope="row">{component.name}</th>
                <td>{component.version}</td>
                <td class="hash">{component.sha256.slice(0, 16)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

export function SettingsView({ machine }: { machine: MachineModel }) {
  if (!machine.config.value) return <p class="quiet">{machine.trouble.value}</p>;
  return (
    <>
      <Opening machine={machine} />
      <Alerts machine={machine} />
      <ServicePanel machine={machine} wide />
      <VersionsPanel machine={machine} />
    </>
  );
}
