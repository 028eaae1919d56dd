// Who calls from another host shows a credential first.
import { useSignal } from '@preact/signals';
import { signIn } from '../model/addresses';
import { m } from '../model/format';
import type { MachineModel } from '../model/machine';
import { Panel } from '../parts/panel';

export function SignIn({ machine }: { machine: MachineModel }) {
  const token = useSignal('');
  const words = m().signIn;
  return (
    <main>
      <h1>{words.title}</h1>
      <Panel title={location.host} note="" span="" id="sign-in">
        <p class="quiet">{words.text}</p>
        <form
          class="row"
          onSubmit={(event) => {
            event.preventDefault();
            if (token.value.trim()) signIn(token.value.trim());
          }}
        >
          <label>
            {m().overview.token}
            <input type="password" autoComplete="current-password" value={token.value} onInput={(event) => (token.value = event.currentTarget.value)} data-token />
          </label>
          <button type="submit" class="b main" disabled={!token.value.trim()} data-sign-in>
            {words.enter}
          </button>
        </form>
        {machine.address.token && <p role="alert">{machine.trouble.value}</p>}
      </Panel>
    </main>
  );
}
