// Who stands at the machine: a guest, or a member who showed a tag or gave number and PIN. What is personal leaves the screen by itself.
import { effect, signal } from '@preact/signals';
import type { LastTime, Member } from '../../../gen/sheave/v1/member_pb';
import { chooseUnit } from '../../shared/units';
import { Units } from '../../../gen/sheave/v1/member_pb';
import { i18n } from '../phrases';
import { api, ask } from './machine';
import { sessionOpen } from './store';

/** Nobody touched the screen for so long and nothing of the member's runs: the next person is a guest. */
const FORGET_MS = 30_000;
const LOOK_MS = 500;
const DAY_S = 86_400;

interface Present {
  handle: string;
  member: Member;
}

export const present = signal<Present | undefined>(undefined);
/** What the member did last time, newest first. */
export const lastTimes = signal<readonly LastTime[]>([]);

let touched_ms = performance.now();
addEventListener('pointerdown', () => (touched_ms = performance.now()), { capture: true });

/** What requests name as the member: the handle, or empty for a guest. */
export function memberHandle(): string {
  return present.value?.handle ?? '';
}

type Credential = { case: 'tag'; value: string } | { case: 'number'; value: { number: number; pin: string } };

/** False where the machine does not know it; its sentence is the refusal. */
export function signIn(credential: Credential): Promise<boolean> {
  return ask(async () => {
    const { handle, member } = await api.member.resolveCredential({ credential });
    if (!member) return;
    present.value = { handle, member };
    touched_ms = performance.now();
    if (member.units !== Units.UNSPECIFIED) chooseUnit(member.units === Units.LB ? 'lb' : 'kg');
    if (member.locale) i18n.choose(member.locale);
    await recallMember();
  });
}

export async function recallMember() {
  const who = present.value;
  if (!who) return;
  const { lastTimes: told } = await api.member.listLastTimes({ member: who.handle });
  if (present.value === who) lastTimes.value = told;
}

export function signOff() {
  const handle = memberHandle();
  present.value = undefined;
  lastTimes.value = [];
  if (handle) api.member.signOff({ handle }).catch(() => {}); // it lapses by itself
}

/** Last time at this program; undefined: never, or a guest. */
export function lastTimeOf(program: string): LastTime | undefined {
  return lastTimes.value.find((last) => last.program === program);
}

/** A session can be given back until a day after it. */
export function mayDisown(last: LastTime): boolean {
  return last.time !== undefined && Date.now() / 1000 - Number(last.time.seconds) < DAY_S;
}

/** "Not me": what was trained there is nobody's, and the next weights forget it. */
export function disown(...sessions: string[]): Promise<boolean> {
  return ask(async () => {
    for (const name of sessions) await api.session.reassignSession({ name, member: '' });
    await recallMember();
  });
}

/** Tag readers type what they read and end it with Enter. A person's typing is slower. */
const TAG_GAP_MS = 100;
const TAG_LENGTH = 4;

export function followMember() {
  let typed = '';
  let typed_ms = 0;
  addEventListener('keydown', (event) => {
    const now_ms = performance.now();
    if (now_ms - typed_ms > TAG_GAP_MS) typed = '';
    typed_ms = now_ms;
    if (event.key === 'Enter' && typed.length >= TAG_LENGTH) {
      const tag = typed;
      typed = '';
      event.preventDefault();
      void signIn({ case: 'tag', value: tag });
    } else if (event.key.length === 1) typed += event.key;
  });
  setInterval(() => {
    if (sessionOpen.value) touched_ms = performance.now();
    else if (present.value && performance.now() - touched_ms > FORGET_MS) signOff();
  }, LOOK_MS);
  let trained = false;
  effect(() => {
    const trains = sessionOpen.value;
    if (trained && !trains) void recallMember().catch(() => {}); // known by its next sign-in at the latest
    trained = trains;
  });
}
