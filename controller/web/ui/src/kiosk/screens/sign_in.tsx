// Number and PIN, on keys that wet fingers hit. A tag needs no screen: it is held to the reader at any time.
import { signal } from '@preact/signals';
import { Mark } from '../parts/icons';
import { Press } from '../parts/press';
import { Refusal } from '../parts/refusal';
import { m } from '../phrases';
import { refusal } from '../state/machine';
import { signIn } from '../state/member';

const NUMBER_MOST = 6;
const PIN_LEAST = 4;
const PIN_MOST = 8;

export const signInOpen = signal(false);
const number = signal('');
/** Undefined: the number is being typed. */
const pin = signal<string | undefined>(undefined);
const busy = signal(false);

export function openSignIn(open: boolean) {
  number.value = '';
  pin.value = undefined;
  refusal.value = undefined;
  signInOpen.value = open;
}

function press(key: string) {
  refusal.value = undefined;
  if (pin.value === undefined) number.value = (number.value + key).slice(0, NUMBER_MOST);
  else pin.value = (pin.value + key).slice(0, PIN_MOST);
}

function erase() {
  refusal.value = undefined;
  if (pin.value === '') pin.value = undefined;
  else if (pin.value === undefined) number.value = number.value.slice(0, -1);
  else pin.value = pin.value.slice(0, -1);
}

async function next() {
  if (pin.value === undefined) {
    pin.value = '';
    return;
  }
  if (busy.value) return;
  busy.value = true;
  const known = await signIn({ case: 'number', value: { number: Number(number.value), pin: pin.value } });
  busy.value = false;
  if (known) openSignIn(false);
  else pin.value = ''; // the number stands; the PIN is typed anew
}

export function SignIn() {
  const asksPin = pin.value !== undefined;
  const ready = asksPin ? pin.value!.length >= PIN_LEAST : number.value.length > 0;
  return (
    <div class="kiosk" data-screen="sign-in">
      <header class="top">
        <h1 class="brand">
          <Mark />
          {m().signIn.title}
        </h1>
      </header>
      <main class="sign-in">
        <section class="entry">
          <h2>{asksPin ? m().signIn.pin : m().signIn.number}</h2>
          <div class="num" role="status" aria-label={asksPin ? m().signIn.digits(pin.value!.length) : number.value}>
            {asksPin ? '\u2022'.repeat(pin.value!.length) : number.value}
          </div>
          <p class="label">{asksPin ? m().signIn.ofMember(number.value) : m().signIn.tag}</p>
          <Refusal />
        </section>
        <section class="keys" role="group" aria-label={asksPin ? m().signIn.pin : m().signIn.number}>
          {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((key) => (
            <Press key={key} class="btn" onPress={() => press(key)} data-key={key}>
              {key}
            </Press>
          ))}
          <Press class="btn" onPress={erase} aria-label={m().signIn.erase}>
            {'\u232B'}
          </Press>
          <Press class="btn" onPress={() => press('0')} data-key="0">
            0
          </Press>
        </section>
      </main>
      <footer class="who two">
        <Press class="btn" onPress={() => openSignIn(false)}>
          {m().back}
        </Press>
        {ready && (
          <Press class="btn main" onPress={() => void next()} data-next>
            {asksPin ? m().signIn.enter : m().signIn.next}
          </Press>
        )}
      </footer>
    </div>
  );
}
