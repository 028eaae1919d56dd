// What the machine would not do, in the person's language: by the reason that comes with the error, never by its English sentence.
import { ConnectError } from '@connectrpc/connect';
import { ErrorInfoSchema, RetryInfoSchema } from '../../gen/google/rpc/error_details_pb';
import { errorText } from '../shared/api';
import { wait } from '../shared/units';
import { loadText, m } from './phrases';
import { machine, snapshot } from './state/store';

/** What the machine would not do. */
export interface Refused {
  error: unknown;
  /** When, by this page's clock. */
  at_ms: number;
}

/** The standing fault that matters most: what happened, and what helps. */
export function worstFault(): { code: number; meaning: string; remedy: string } | undefined {
  const worst = [...(snapshot.value?.activeFaults ?? [])].sort((a, b) => b.reaction - a.reaction || b.code - a.code)[0];
  if (!worst) return undefined;
  const [meaning, remedy] = m().faults[worst.code] ?? [worst.meaning, worst.remedy];
  return { code: worst.code, meaning, remedy };
}

/** What stands, in one or two sentences. */
export function faultText(): string | undefined {
  const fault = worstFault();
  return fault && `${fault.meaning} ${fault.remedy}`;
}

/** Undefined where nobody has words for the reason. @param wait_s undefined: not known */
export function reasonOfRefusal(reason: string, wait_s?: number): string | undefined {
  return m().refusals[reason]?.({
    fault: faultText(),
    heaviest: loadText(machine.value?.loadMaxTotalKg ?? 0),
    order: snapshot.value?.outOfOrder?.reason ?? '',
    wait: wait_s === undefined ? undefined : wait(wait_s),
  });
}

/** What is to be waited for counts down. */
export function refusalText({ error, at_ms }: Refused, now_ms: number): string {
  const told = ConnectError.from(error);
  const delay = told.findDetails(RetryInfoSchema)[0]?.retryDelay;
  const wait_s = delay && Math.max(0, Number(delay.seconds) + delay.nanos / 1e9 - (now_ms - at_ms) / 1000);
  return reasonOfRefusal(told.findDetails(ErrorInfoSchema)[0]?.reason ?? '', wait_s) ?? errorText(error);
}
