// What the controller says beside the plan, in the person's language: by the reason that comes with it, never by its English sentence.
import { language, m, programName } from './phrases';
import { faultText, reasonOfRefusal } from './refusals';
import { program, snapshot, testFor } from './state/store';

export function noteText(): string {
  const now = snapshot.value;
  if (!now?.note) return '';
  const { note, noteReason, noteNumbers } = now;
  const words = m().notes[noteReason];
  if (!words) return reasonOfRefusal(noteReason) ?? note;
  const number = (name: string) => noteNumbers[name] ?? 0;
  const day = (name: string) => new Intl.DateTimeFormat(language(), { dateStyle: 'medium' }).format(new Date(number(name) * 1000));
  return words({ number, day, fault: faultText(), test: programName(testFor(program.value)) });
}
