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

export function refusalText(error: unknown): string {
  const reason = ConnectError.from(error).findDetails(ErrorInfoSchema)[0]?.reason ?? '';
  const words = m().refusals[reason];
  if (!words) return errorText(error);
  const fault = worstFault();
  return words({
    fault: fault && `${fault.meaning} ${fault.remedy}`,
    heaviest: loadText(machine.value?.loadMaxTotalKg ?? 0),
    order: snapshot.value?.outOfOrder?.reason ?? '',
  });
}
