// Dark or light, kept in this browser. Dark is the default.
import { store, stored } from '../shared/i18n';

type Theme = 'dark' | 'light';

function show(theme: Theme) {
  document.documentElement.dataset.theme = theme;
}

export function startTheme() {
  const wished = new URLSearchParams(location.search).get('theme') ?? stored('theme');
  show(wished === 'light' ? 'light' : 'dark');
}

export function switchTheme() {
  const next: Theme = document.documentElement.dataset.theme === 'light' ? 'dark' : 'light';
  show(next);
  store('theme', next);
}
