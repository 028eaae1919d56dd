// All machines: how many can be used, what is going on, and what needs a person.
import { useSignal } from '@preact/signals';
import { load } from '../../shared/units';
import { addAddress, addresses, normalized, removeAddress } from '../model/addresses';
import { isPulling } from '../model/condition';
import { catalogText, clockNow, faultText, grouped, hourNow, language, lifted, m, percent, span, weekdayNow, when } from '../model/format';
import type { MachineModel } from '../model/machine';
import { link } from '../model/route';
import { Action } from '../parts/action';
import { State } from '../parts/icons';
import { Panel } from '../parts/panel';

const zoneOf = (machine: MachineModel | undefined) => machine?.summary.value?.timeZone ?? '';

export function nameOf(machine: MachineModel): string {
  return machine.machine.value?.displayName || machine.address.url || location.host;
}

function isUsable(machine: MachineModel): boolean {
  return ['use', 'ready', 'care'].includes(machine.condition.value);
}

/** Why a machine is down, in a few words. */
function downText(machine: MachineModel): string {
  const now = machine.snapshot.value;
  if (machine.condition.value === 'out') return now?.outOfOrder?.reason ?? '';
  const worst = [...(now?.activeFaults ?? [])].sort((a, b) => b.code - a.code)[0];
  return worst ? faultText(worst)[0].replace(/\.$/, '') : m().condition[machine.condition.value];
}

/** From when to when bars are drawn: the opening hours of all, or the whole day. */
function barHours(machines: MachineModel[]): [number, number] {
  const days = machines.flatMap((machine) => machine.config.value?.opening ?? []);
  if (days.length === 0) return [0, 24];
  return [Math.floor(Math.min(...days.map((day) => day.openMinute)) / 60), Math.ceil(Math.max(...days.map((day) => day.closeMinute)) / 60)];
}

function Kpis({ machines }: { machines: MachineModel[] }) {
  const words = m().overview;
  const known = machines.flatMap((machine) => machine.summary.value ?? []);
  if (known.length === 0) return null;
  const sets = known.reduce((sum, { today }) => sum + Number(today?.sets ?? 0), 0);
  const usual = known.reduce((sum, { today }) => sum + (today?.usualSets ?? 0), 0);
  const comparable = usual > 0 && known.every(({ today }) => today?.usualSets !== undefined);
  const shares = known.flatMap(({ today }) => today?.utilisation ?? []);
  const byHour = Array.from({ length: 24 }, (_, hour) => known.reduce((sum, { hours }) => sum + hours.filter((of) => of.hour === hour).reduce((of, next) => of + next.meanSets, 0), 0));
  const busiest = Math.max(...byHour) > 0 ? byHour.indexOf(Math.max(...byHour)) : undefined;
  const moved = lifted(known.reduce((sum, { today }) => sum + (today?.volumeKg ?? 0), 0));
  const change = comparable ? sets / usual - 1 : 0;
  const difference = comparable ? `${change >= 0 ? '+' : '−'}${percent(Math.abs(change))} /` : undefined;
  const weekday = m().weekdaysLong[weekdayNow(zoneOf(machines[0])) - 1] ?? '';
  return (
    <div class="kpis" data-kpis>
      <div>
        <span class="num">{grouped(sets)}</span>
        <p>{words.setsToday(sets, difference, weekday)}</p>
      </div>
      <div>
        <span class={`num ${shares.length === 0 ? 'unknown' : ''}`}>
          {shares.length > 0 ? <>{Math.round((shares.reduce((a, b) => a + b, 0) / shares.length) * 100)}<span class="unit">%</span></> : words.notYet}
        </span>
        <p>{words.inUseSoFar}</p>
      </div>
      <div>
        <span class={`num ${busiest === undefined ? 'unknown' : ''}`}>{busiest === undefined ? words.notYet : `${busiest}–${busiest + 1}`}</span>
        <p>{words.busiest}</p>
      </div>
      <div>
        <span class="num">
          {moved.value}
          <span class="unit">{moved.unit}</span>
        </span>
        <p>{words.lifted}</p>
      </div>
    </div>
  );
}

function Now({ machine }: { machine: MachineModel }) {
  const words = m().overview;
  const now = machine.snapshot.value;
  const zone = zoneOf(machine);
  if (machine.condition.value === 'lost') return <small>{machine.trouble.value || m().unreachable(nameOf(machine))}</small>;
  if (machine.condition.value === 'out') return <small>{words.since(when(now!.outOfOrder!.since!, zone), now!.outOfOrder!.reason)}</small>;
  if (machine.condition.value === 'fault') return <small>{downText(machine)}</small>;
  if (now?.session) {
    return (
      <>
        <b>{programName(machine, now.session.program)}</b>
        <small>{words.setOf(now.setIndex, now.setsPlanned, load(now.loadTotalKg, language()))}</small>
      </>
    );
  }
  const last = machine.summary.value?.lastUseTime;
  return <small>{last ? words.lastUsed(when(last, zone)) : words.neverUsed}</small>;
}

/** What a program is called, as far as the summary has met it. */
export function programName(machine: MachineModel, program: string): string {
  const use = machine.summary.value?.programs.find((known) => known.program === program);
  const start = use ? `${use.exerciseName}, ` : '';
  // "Cable row, muscle": both halves have words of their own.
  if (use?.displayName.startsWith(start)) return `${catalogText(use.exerciseName)}, ${catalogText(use.displayName.slice(start.length))}`;
  return use ? catalogText(use.displayName) : program.replace(/^programs\//, '').replaceAll('-', ' ').replace(/^./, (c) => c.toUpperCase());
}

function Today({ machine, hours: [from, to] }: { machine: MachineModel; hours: [number, number] }) {
  const today = machine.summary.value?.today;
  const most = Math.max(1, ...(today?.setsByHour ?? []).map(Number));
  const now = hourNow(zoneOf(machine));
  return (
    <svg class="day" viewBox={`0 0 ${(to - from) * 12} 30`} preserveAspectRatio="none" aria-hidden="true">
      {Array.from({ length: to - from }, (_, i) => {
        const hour = from + i;
        const height = hour > now ? 2 : Math.max(2, (Number(today?.setsByHour[hour] ?? 0) / most) * 30);
        return <rect key={hour} class={hour === now ? 'now' : hour > now ? 'later' : height <= 2 ? 'zero' : ''} x={i * 12} y={30 - height} width="10" height={height} rx="2" />;
      })}
    </svg>
  );
}

/** The part that is due first, or how long that still is. */
function serviceIn(machine: MachineModel): string {
  const items = machine.upkeep.value?.items ?? [];
  if (items.some((item) => item.due)) return m().overview.due;
  const days = items.flatMap((item) => item.dueInDays ?? []);
  return days.length > 0 ? span(Math.min(...days) * 86_400) : m().overview.notYet;
}

function Row({ machine, index, hours }: { machine: MachineModel; index: number; hours: [number, number] }) {
  const today = machine.summary.value?.today;
  const { url } = machine.address;
  return (
    <tr data-machine={index} data-condition={machine.condition.value}>
      <td>
        <a href={link(index)}>
          <b>{nameOf(machine)}</b>
        </a>
        {url && (
          <small>
            {url}{' '}
            <button type="button" class="plain" aria-label={m().overview.removeAddress(url)} onClick={() => removeAddress(url)}>
              {m().remove}
            </button>
          </small>
        )}
      </td>
      <td>
        <State of={machine.condition.value} />
      </td>
      <td>
        <Now machine={machine} />
      </td>
      <td class="today">
        <Today machine={machine} hours={hours} />
      </td>
      <td class="r hide">{today?.utilisation === undefined ? '' : percent(today.utilisation)}</td>
      <td class="r hide">{today ? grouped(Number(today.sets)) : ''}</td>
      <td class="r hide">{machine.upkeep.value ? serviceIn(machine) : ''}</td>
    </tr>
  );
}

interface Todo {
  key: string;
  state: 'out' | 'care' | 'lost' | 'fault';
  title: string;
  detail: string;
  help: string;
  href: string;
}

const RANK: Record<Todo['state'], number> = { out: 0, fault: 1, care: 2, lost: 3 };

/** The worst first. */
function todos(machines: MachineModel[]): Todo[] {
  const all = machines.flatMap((machine, index) => {
    const name = nameOf(machine);
    const zone = zoneOf(machine);
    const found: Todo[] = [];
    const now = machine.snapshot.value;
    if (machine.condition.value === 'lost') {
      found.push({ key: `lost${index}`, state: 'lost', title: `${name}: ${m().condition.lost}`, detail: machine.trouble.value, help: '', href: link(index) });
      return found;
    }
    if (now?.outOfOrder) {
      const { who, since, reason } = now.outOfOrder;
      found.push({ key: `out${index}`, state: 'out', title: `${name}: ${reason}`, detail: `${who}, ${since ? when(since, zone) : ''}`, help: now.outOfOrder.pending ? m().machine.pending : '', href: link(index) });
    }
    for (const fault of now?.activeFaults ?? []) {
      const [meaning, remedy] = faultText(fault);
      found.push({ key: `fault${index}.${fault.code}`, state: fault.code >= 300 ? 'fault' : 'care', title: `${name}: ${meaning}`, detail: `${fault.code} ${fault.id}`, help: remedy, href: link(index) });
    }
    for (const item of machine.upkeep.value?.items ?? []) {
      if (item.due) found.push({ key: `due${index}.${item.part}`, state: 'lost', title: `${name}: ${catalogText(item.displayName)}`, detail: m().machine.used(grouped(item.used), grouped(item.interval), m().machine.units[item.counter] ?? ''), help: catalogText(item.steps), href: link(index) });
    }
    const idleHours = machine.config.value?.alerts?.idleOpenHours ?? 0;
    const idle_s = machine.summary.value?.idleOpenS ?? 0;
    if (idleHours > 0 && idle_s >= idleHours * 3600) {
      found.push({ key: `idle${index}`, state: 'lost', title: name, detail: m().machine.idle(span(idle_s)), help: '', href: link(index) });
    }
    return found;
  });
  return all.sort((a, b) => RANK[a.state] - RANK[b.state]);
}

function NeedsYou({ machines }: { machines: MachineModel[] }) {
  const list = todos(machines);
  return (
    <Panel title={m().overview.needsYou} note={list.length || undefined} span="" id="needs-you">
      {list.length === 0 ? (
        <p class="quiet">{m().overview.nothing}</p>
      ) : (
        <ul class="todo-list">
          {list.map((todo) => (
            <li key={todo.key}>
              <a class="plain" href={todo.href}>
                <State of={todo.state} word={todo.title} />
              </a>
              <small>{todo.detail}</small>
              {todo.help && <span>{todo.help}</span>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function AddMachine() {
  const url = useSignal('');
  const token = useSignal('');
  const words = m().overview;
  const known = normalized(url.value.trim());
  return (
    <details class="add">
      <summary>{words.add}</summary>
      <p class="quiet">{words.addText}</p>
      <form class="row" onSubmit={(event) => event.preventDefault()}>
        <label>
          {words.address}
          <input type="text" inputMode="url" placeholder="https://cable-2.gym.example:8443" value={url.value} onInput={(event) => (url.value = event.currentTarget.value)} data-address />
        </label>
        <label>
          {words.token}
          <input type="password" autoComplete="off" value={token.value} onInput={(event) => (token.value = event.currentTarget.value)} title={words.tokenText} data-token />
        </label>
        <Action
          disabled={!url.value.trim() || !known || addresses.value.some((address) => address.url === known)}
          run={async () => {
            addAddress(known!, token.value.trim());
            url.value = token.value = '';
          }}
          data-add="machine"
        >
          {words.addButton}
        </Action>
      </form>
    </details>
  );
}

export function Overview({ machines }: { machines: MachineModel[] }) {
  const words = m().overview;
  const usable = machines.filter(isUsable);
  const down = machines.find((machine) => !isUsable(machine));
  const hours = barHours(machines);
  const zone = zoneOf(machines[0]);
  const pulling = machines.filter((machine) => isPulling(machine.snapshot.value)).length;
  return (
    <main>
      <h1>{words.headline(usable.length, machines.length, down && (machines.length > 1 ? `${nameOf(down)}: ${downText(down)}` : downText(down)))}</h1>
      <p class="sub">
        {m().weekdaysLong[weekdayNow(zone) - 1]}, {clockNow(zone)}. {words.pulling(pulling)}
      </p>
      <Kpis machines={machines} />
      <div class="split">
        <Panel title={m().machines} note={words.bars(String(hours[0]).padStart(2, '0'), String(hours[1]))} span="" id="machines">
          <table class="list">
            <thead>
              <tr>
                <th scope="col">{words.columns.machine}</th>
                <th scope="col">{words.columns.state}</th>
                <th scope="col">{words.columns.now}</th>
                <th scope="col">{words.columns.today}</th>
                <th scope="col" class="r">{words.columns.inUse}</th>
                <th scope="col" class="r">{words.columns.sets}</th>
                <th scope="col" class="r">{words.columns.service}</th>
              </tr>
            </thead>
            <tbody>
              {machines.map((machine, index) => (
                <Row key={machine.address.url} machine={machine} index={index} hours={hours} />
              ))}
            </tbody>
          </table>
          <AddMachine />
        </Panel>
        <NeedsYou machines={machines} />
      </div>
    </main>
  );
}
