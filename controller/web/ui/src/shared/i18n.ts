// Words in the person's language. Each page keeps its words in files of its own, one per language: adding a file adds a language.
//
//   const i18n = createI18n(import.meta.glob<LanguageFile<Messages>>('./locale/*.ts', { eager: true }));
//   i18n.m().rest.title
//
// A language file exports `code`, `label` (for the switch) and `messages`; the compiler refuses one that lacks a word.
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';

export interface LanguageFile<M> {
  code: string;
  label: string;
  messages: M;
}

export interface I18n<M> {
  languages: { code: string; label: string }[];
  code: ReadonlySignal<string>;
  choose(code: string): void;
  /** The words. Read it while rendering, so that a change of language redraws. */
  m(): M;
}

const DEFAULT_LANGUAGE = 'en';

export function createI18n<M>(files: Record<string, LanguageFile<M>>, storageKey = 'language'): I18n<M> {
  const rank = (file: LanguageFile<M>) => (file.code === DEFAULT_LANGUAGE ? '' : file.code);
  const all = Object.values(files).sort((a, b) => rank(a).localeCompare(rank(b)));
  const find = (code: string | null) => all.find((file) => file.code === code);
  const wished = [new URLSearchParams(location.search).get('lang'), stored(storageKey), navigator.language.slice(0, 2)];
  const chosen = signal((wished.map(find).find(Boolean) ?? all[0]!).code);
  const file = computed(() => find(chosen.value)!);
  effect(() => {
    document.documentElement.lang = chosen.value;
  });
  // Chosen in another window of this browser: it holds here, too.
  addEventListener('storage', ({ key, newValue }) => {
    if (key === keyOf(storageKey) && find(newValue)) chosen.value = newValue!;
  });
  return {
    languages: all.map(({ code, label }) => ({ code, label })),
    code: chosen,
    choose(code) {
      if (!find(code)) return;
      chosen.value = code;
      store(storageKey, code);
    },
    m: () => file.value.messages,
  };
}

const keyOf = (key: string) => `sheave.${key}`;

/** Storage may be forbidden (a kiosk in a private window): then a choice lasts as long as the page. */
export function stored(key: string): string | null {
  try {
    return localStorage.getItem(keyOf(key));
  } catch {
    return null;
  }
}

export function store(key: string, value: string): void {
  try {
    localStorage.setItem(keyOf(key), value);
  } catch {
    // see stored()
  }
}
