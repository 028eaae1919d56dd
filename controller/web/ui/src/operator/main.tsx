// The operator's page: all machines, one machine.
import '../shared/tokens.css';
import { render } from 'preact';
import { createApi } from '../shared/api';

const api = createApi();

async function start() {
  const { machines } = await api.machine.listMachines({});
  render(
    <main>
      <h1>{machines.map((machine) => machine.displayName).join(', ')}</h1>
    </main>,
    document.body,
  );
}

void start();
