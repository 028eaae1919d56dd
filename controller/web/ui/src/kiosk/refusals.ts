// What the machine would not do, in the person's language: by the reason that comes with the error, never by its English sentence.
import { ConnectError } from '@connectrpc/connect';
import { ErrorInfoSchema } from '../../gen/google/rpc/error_details_pb';
import { errorText } from '../shared/api';
import { loadText, m } from './phrases';
import { machine, snapshot } from './state/store';

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

/** Undefined where nobody has words for the reason. */
export function reasonOfRefusal(reason: string): string | undefined {
  return m().refusals[reason]?.({
    fault: faultText(),
    heaviest: loadText(machine.value?.loadMaxTotalKg ?? 0),
    order: snapshot.value?.outOfOrder?.reason ?? '',
  });
}

export function refusalText(error: unknown): string {
  return reasonOfRefusal(ConnectError.from(error).findDetails(ErrorInfoSchema)[0]?.reason ?? '') ?? errorText(error);
}
