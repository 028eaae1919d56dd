// The technician's page on the machine itself.
import '../shared/tokens.css';
import { render } from 'preact';
import { createApi } from '../shared/api';

const api = createApi();

async function start() {
  const machine = await api.machine.getMachine({ name: 'machines/-' });
  render(
    <main>
      <h1>{machine.displayName}</h1>
      <p>{machine.link?.description}</p>
    </main>,
    document.body,
  );
}

void start();
