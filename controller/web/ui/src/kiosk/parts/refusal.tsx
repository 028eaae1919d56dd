// What the machine would not do, in a sentence.
import { refusalText, type Refused } from '../refusals';
import { refusal } from '../state/machine';
import { WarnIcon } from './icons';
import { useNow } from './now';

export function Refusal() {
  return refusal.value ? <Words refused={refusal.value} /> : null;
}

function Words({ refused }: { refused: Refused }) {
  const now_ms = useNow();
  return (
    <div class="cue careful words" role="alert">
      <WarnIcon />
      {refusalText(refused, now_ms)}
    </div>
  );
}
