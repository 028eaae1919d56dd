// The machines of this page: the one it came from, and others by address, kept in this browser.
import { signal } from '@preact/signals';
import { store, stored } from '../../shared/i18n';

export interface Address {
  /** "" is where this page came from. */
  url: string;
  token?: string;
}

const KEY = 'operator.machines';

function read(): Address[] {
  try {
    const kept: unknown = JSON.parse(stored(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((entry): entry is Address => typeof (entry as Address)?.url === 'string') : [];
  } catch {
    return []; // what somebody else wrote there
  }
}

const OWN_TOKEN = 'operator.token';

export const addresses = signal<Address[]>([{ url: '', token: stored(OWN_TOKEN) || undefined }, ...read()]);

/** For the machine that this page came from; empty: signs out. */
export function signIn(token: string) {
  store(OWN_TOKEN, token);
  addresses.value = [{ url: '', token: token || undefined }, ...addresses.value.filter(({ url }) => url !== '')];
}

function keep(next: Address[]) {
  addresses.value = next;
  store(KEY, JSON.stringify(next.filter(({ url }) => url !== '')));
}

/** The address as it is kept; undefined where it is none. */
export function normalized(text: string): string | undefined {
  try {
    const url = new URL(/^https?:\/\//.test(text) ? text : `https://${text}`);
    return url.origin;
  } catch {
    return undefined;
  }
}

export function addAddress(url: string, token: string) {
  keep([...addresses.value.filter((known) => known.url !== url), { url, token: token || undefined }]);
}

export function removeAddress(url: string) {
  keep(addresses.value.filter((known) => known.url !== url));
}
