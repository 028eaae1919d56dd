// Language and look, chosen once and kept in this browser.
import { effect, signal } from '@preact/signals';
import { store, stored } from '../../shared/i18n';
import { i18n, m } from '../model/format';

const THEMES = ['dark', 'light', 'auto'] as const;
type Theme = (typeof THEMES)[number];
const isTheme = (text: string | null): text is Theme => THEMES.includes(text as Theme);
const wished = [new URLSearchParams(location.search).get('theme'), stored('operator.theme')].find(isTheme);
const theme = signal<Theme>(wished ?? 'auto');
effect(() => {
  document.documentElement.dataset.theme = theme.value;
});
export function Choices() {
  return (
    <>
      <label class="sr" for="language">
        {m().language}
      </label>
      <select id="language" value={i18n.code.value} onChange={(event) => i18n.choose(event.currentTarget.value)}>
        {i18n.languages.map(({ code, label }) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </select>
      <label class="sr" for="theme">
        {m().theme}
      </label>
      <select
        id="theme"
        value={theme.value}
        onChange={(event) => {
          theme.value = event.currentTarget.value as Theme;
          store('operator.theme', theme.value);
        }}
      >
        {THEMES.map((name) => (
          <option key={name} value={name}>
            {m()[name]}
          </option>
        ))}
      </select>
    </>
  );
}
