// What the ears get: who rows prone or bent over sees no screen. A number is spoken per counted rep where the machine has a voice, a beep says
// it where not; the beeps of start, rest and last reps are the same everywhere. One switch turns all of it off.
import { effect, signal } from '@preact/signals';
import { Stage } from '../../gen/sheave/v1/session_pb';
import { store as keep, stored } from '../shared/i18n';
import { language, m } from './phrases';
import { countedOf, program, repGoal, setIndex, snapshot, stage, toLimit } from './state/store';

export const soundOn = signal(stored('sound') !== 'off');

export function switchSound() {
  soundOn.value = !soundOn.value;
  keep('sound', soundOn.value ? 'on' : 'off');
}

const REP_HZ = 880;
const START_HZ = 660;
const END_HZ = 440;
const BEEP_S = 0.12;
const SPACING_S = 0.25;
const LOUDNESS = 0.2;

let audio: AudioContext | undefined;

/** Browsers let a page sound after a touch only. */
addEventListener('pointerdown', () => {
  audio ??= new AudioContext();
  void audio.resume();
});

function beep(hz: number, times = 1) {
  if (!audio || !soundOn.value) return;
  for (let i = 0; i < times; ++i) {
    const at_s = audio.currentTime + i * SPACING_S;
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    tone.frequency.value = hz;
    gain.gain.setValueAtTime(LOUDNESS, at_s);
    gain.gain.exponentialRampToValueAtTime(LOUDNESS / 100, at_s + BEEP_S);
    tone.connect(gain).connect(audio.destination);
    tone.start(at_s);
    tone.stop(at_s + BEEP_S);
  }
}

/** False where the machine has no voice for this language. */
function say(text: string): boolean {
  if (!soundOn.value || typeof speechSynthesis === 'undefined') return false;
  const voice = speechSynthesis.getVoices().find((v) => v.localService && v.lang.startsWith(language()));
  if (!voice) return false;
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  words.rate = 1.2;
  speechSynthesis.cancel(); // the newest number is the true one
  speechSynthesis.speak(words);
  return true;
}

export function startSound() {
  let spoken = { set: 0, reps: 0 };
  effect(() => {
    const set = setIndex.value;
    const reps = countedOf(set).length;
    const working = stage.value === Stage.WORKING;
    if (spoken.set !== set) spoken = { set, reps: 0 };
    if (!working || reps <= spoken.reps) return;
    spoken = { set, reps };
    const goal = repGoal.value?.to ?? program.value?.prescription?.repTop ?? 0;
    const oneLeft = reps === goal - 1 && !toLimit.value;
    if (!say(oneLeft ? `${m().spoken.rep(reps)}, ${m().spoken.oneLeft}` : m().spoken.rep(reps))) beep(REP_HZ, oneLeft ? 2 : 1);
  });
  let before = stage.value;
  effect(() => {
    const now = stage.value;
    if (now === Stage.ENGAGING && before !== now) beep(START_HZ, 3);
    if (now === Stage.RESTING && before === Stage.UNLOADING && !say(m().spoken.rest)) beep(END_HZ);
    before = now;
  });
  let resting = false;
  effect(() => {
    const left_s = snapshot.value?.restLeftS;
    if (resting && left_s === 0 && !say(m().spoken.ready)) beep(START_HZ);
    resting = left_s !== undefined && left_s > 0;
  });
}
