// Where the page is: "#/" all machines, "#/m/0" one, "#/m/0/sessions", "#/m/0/sessions/{id}", "#/m/0/settings".
import { signal } from '@preact/signals';

export type Route =
  | { at: 'overview' }
  | { at: 'machine'; index: number }
  | { at: 'sessions'; index: number; session?: string }
  | { at: 'settings'; index: number };

function read(): Route {
  const [, kind, index, view, id] = location.hash.replace(/^#/, '').split('/');
  if (kind !== 'm' || !/^\d+$/.test(index ?? '')) return { at: 'overview' };
  const at = Number(index);
  if (view === 'sessions') return { at: 'sessions', index: at, session: id || undefined };
  if (view === 'settings') return { at: 'settings', index: at };
  return { at: 'machine', index: at };
}

export const route = signal<Route>(read());
addEventListener('hashchange', () => {
  route.value = read();
  scrollTo(0, 0);
});

export const link = (index: number, view = '') => `#/m/${index}${view && `/${view}`}`;
