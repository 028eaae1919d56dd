// What the machine would not do, in a sentence.
import { refusal } from '../state/machine';
import { WarnIcon } from './icons';

export function Refusal() {
  if (!refusal.value) return null;
  return (
    <div class="cue careful words" role="alert">
      <WarnIcon />
      {refusal.value}
    </div>
  );
}
