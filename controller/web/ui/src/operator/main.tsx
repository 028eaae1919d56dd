// The operator's page: all machines, one machine.
import '../shared/tokens.css';
import './styles.css';
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { addresses, signIn } from './model/addresses';
import { clockNow, m, minuteText, weekdayNow } from './model/format';
import { MachineModel } from './model/machine';
import { route } from './model/route';
import { Choices } from './parts/choices';
import { Mark } from './parts/icons';
import { MachineView } from './views/machine';
import { Overview } from './views/overview';
import { SignIn } from './views/sign_in';

const machines = signal<MachineModel[]>([]);

/** One model per address; those that stay go on without a break. */
effect(() => {
  const wanted = addresses.value;
  const before = machines.peek();
  const keep = (model: MachineModel) => wanted.some((address) => address.url === model.address.url && address.token === model.address.token);
  before.filter((model) => !keep(model)).forEach((model) => model.end());
  machines.value = wanted.map((address) => before.find((model) => keep(model) && model.address.url === address.url) ?? new MachineModel(address));
});

effect(() => {
  document.title = `Sheave · ${m().title}`;
});

/** Ticks once a minute, for what shows the time of day. */
const minute = signal(0);
setInterval(() => minute.value++, 60_000);

function HouseHours() {
  void minute.value;
  const machine = machines.value[0];
  const zone = machine?.summary.value?.timeZone ?? '';
  const opening = machine?.config.value?.opening;
  const today = opening?.find((day) => day.weekday === weekdayNow(zone));
  return (
    <>
      {opening && <span>{opening.length === 0 ? m().hoursUnset : today ? m().openUntil(minuteText(today.openMinute), minuteText(today.closeMinute)) : m().closedToday}</span>}
      <span>{clockNow(zone)}</span>
    </>
  );
}

function Page() {
  const now = route.value;
  const own = machines.value[0];
  const machine = now.at === 'overview' ? undefined : machines.value[now.index];
  return (
    <div class="op">
      <header class="bar">
        <a class="brand" href="#/">
          <Mark />
          Sheave
        </a>
        <nav aria-label={m().title}>
          <a href="#/" aria-current={machine ? undefined : 'page'}>
            {m().machines}
          </a>
        </nav>
        <div class="end">
          <HouseHours />
          {own?.address.token && !own.unknownCaller.value && (
            <button type="button" class="plain" onClick={() => signIn('')} data-sign-out>
              {m().signIn.leave}
            </button>
          )}
          <Choices />
        </div>
      </header>
      {own?.unknownCaller.value ? (
        <SignIn machine={own} />
      ) : machine && now.at !== 'overview' ? (
        <MachineView key={machine.address.url} machine={machine} index={now.index} />
      ) : (
        <Overview machines={machines.value} />
      )}
    </div>
  );
}

render(<Page />, document.body);
