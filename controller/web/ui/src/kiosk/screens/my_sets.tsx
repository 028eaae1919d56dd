// What a member did last time, program by program; what somebody else did under their name is given back here.
import { signal } from '@preact/signals';
import type { LastTime } from '../../../gen/sheave/v1/member_pb';
import { Mark } from '../parts/icons';
import { Press } from '../parts/press';
import { Refusal } from '../parts/refusal';
import { catalogText, language, lastSets, m, memberName, programName } from '../phrases';
import { disown, lastTimes, mayDisown, present } from '../state/member';
import { programs } from '../state/store';
import { StrengthButton } from './strength';

const PER_PAGE = 6;

export const mySetsOpen = signal(false);

export function MySets() {
  return (
    <div class="kiosk" data-screen="my-sets">
      <header class="top">
        <h1 class="brand">
          <Mark />
          {m().member.mySets}
        </h1>
        <div class="end">{present.value && memberName(present.value.member.alias, present.value.member.number)}</div>
      </header>
      <main class="list">
        {lastTimes.value.slice(0, PER_PAGE).map((last) => (
          <Row key={last.session} last={last} />
        ))}
        {lastTimes.value.length === 0 && <p class="why">{m().member.nothingYet}</p>}
      </main>
      <Refusal />
      <footer class="who two">
        <Press class="btn" onPress={() => (mySetsOpen.value = false)} data-back>
          {m().back}
        </Press>
      </footer>
    </div>
  );
}

function Row({ last }: { last: LastTime }) {
  const program = programs.value.find((one) => one.name === last.program);
  const day = last.time && new Date(Number(last.time.seconds) * 1000);
  return (
    <div class="tile row" data-last={last.program.replace('programs/', '')}>
      <span class="grow">
        <h2>{program ? programName(program) : catalogText(last.program)}</h2>
        <p>
          {[day && new Intl.DateTimeFormat(language(), { weekday: 'long', day: 'numeric', month: 'long' }).format(day), lastSets(last, program)].filter(Boolean).join(', ')}
        </p>
      </span>
      <StrengthButton session={last.session} program={last.program} />
      {mayDisown(last) && (
        <Press class="btn small" onPress={() => void disown(last.session)} data-disown>
          {m().member.notMe}
        </Press>
      )}
    </div>
  );
}
