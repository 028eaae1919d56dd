// What a strength test asks for, in the place where training shows its weight: there is none to choose.
import { StrengthTestKind } from '../../../gen/sheave/v1/program_pb';
import { Stage } from '../../../gen/sheave/v1/session_pb';
import { m } from '../phrases';
import { program, snapshot, stage } from '../state/store';
import { Refusal } from './refusal';

/** @param note instead of what is usually said, where something holds it up */
export function TestTask({ label, note }: { label: string; note?: string }) {
  const { test = StrengthTestKind.UNSPECIFIED, prescription } = program.value ?? {};
  const holds = test === StrengthTestKind.ISOMETRIC;
  return (
    <section class="card next propose">
      <div class="head">
        <span class="label">{label}</span>
      </div>
      <p class="task">{holds ? m().test.hold : m().test.task(prescription?.repTop ?? 1)}</p>
      <div>
        <p class="why">{note || (holds ? m().test.holdText : m().test.taskText)}</p>
        {stage.value === Stage.SET_UP && !snapshot.value?.walkOut && <p class="note">{m().setUp.measureFirst}</p>}
      </div>
      <Refusal />
    </section>
  );
}
