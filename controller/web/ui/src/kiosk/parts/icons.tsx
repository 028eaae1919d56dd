// Drawn signs. Each says what a word says too; none stands alone where it matters.
import type { ComponentChildren } from 'preact';

function Icon({ children, width = 3.2 }: { children: ComponentChildren; width?: number }) {
  return (
    <svg
      class="ico"
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      stroke-width={width}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const MinusIcon = () => <Icon width={3.4}><path d="M5 16h22" /></Icon>;
export const PlusIcon = () => <Icon width={3.4}><path d="M16 5v22M5 16h22" /></Icon>;
export const NextIcon = () => <Icon width={3.4}><path d="M12 6l10 10-10 10" /></Icon>;
export const PersonIcon = () => <Icon width={3}><circle cx="16" cy="10" r="5.5" /><path d="M5 28c1-7 5-10 11-10s10 3 11 10" /></Icon>;
export const DownIcon = () => <Icon><path d="M16 4v17M9 14l7 7 7-7M5 28h22" /></Icon>;
export const CeilingIcon = () => <Icon><path d="M6 6h20M16 28V14M9 20l7-7 7 7" /></Icon>;
export const CheckIcon = () => <Icon><path d="M5 17l7 7L27 8" /></Icon>;
export const WarnIcon = () => <Icon width={3}><path d="M16 3.5L30 28H2Z" /><path d="M16 12v8M16 24v.1" /></Icon>;
export const LeftIcon = () => <Icon width={3}><circle cx="8" cy="16" r="5.5" /><circle cx="24" cy="16" r="5.5" stroke-dasharray="2.6 4.3" /></Icon>;
export const UpIcon = () => <Icon width={3.4}><path d="M16 27V6M7 14l9-9 9 9" /></Icon>;
export const HandIcon = () => <Icon width={3}><path d="M16 3v7M11 26h10M16 10l-8 12h16z" /></Icon>;
export const StillIcon = () => <Icon width={3}><circle cx="16" cy="16" r="12" /><path d="M16 9v8l5 3" /></Icon>;
export const SoundIcon = () => <Icon width={3}><path d="M4 12v8h5l8 6V6l-8 6zM22 11c2 3 2 7 0 10M26 7c4 6 4 12 0 18" /></Icon>;
export const MuteIcon = () => <Icon width={3}><path d="M4 12v8h5l8 6V6l-8 6zM22 12l7 8M29 12l-7 8" /></Icon>;
export const ThemeIcon = () => <Icon width={3}><circle cx="16" cy="16" r="11" /><path d="M16 5v22a11 11 0 0 0 0-22z" fill="currentColor" stroke="none" /></Icon>;

const OCTAGON = 'M10 2h12l8 8v12l-8 8H10l-8-8V10z';

export const StopSign = () => (
  <svg viewBox="0 0 32 32" aria-hidden="true">
    <path d={OCTAGON} fill="none" stroke="currentColor" stroke-width="3" stroke-linejoin="round" />
    <rect x="11" y="11" width="10" height="10" rx="1.5" fill="currentColor" />
  </svg>
);

export const NoStopSign = () => (
  <svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
    <path d={OCTAGON} stroke-dasharray="4 4.5" />
    <path d="M11 11l10 10M21 11L11 21" />
  </svg>
);

export const Mark = () => (
  <svg viewBox="0 0 48 48" fill="none" aria-hidden="true">
    <circle cx="22" cy="22" r="15" stroke="currentColor" stroke-width="5" />
    <circle cx="22" cy="22" r="4" fill="currentColor" />
    <path d="M37 22v22" stroke="var(--accent)" stroke-width="5" stroke-linecap="round" />
  </svg>
);

/** A handle that is lowered and held still. */
export const LowerPicture = () => (
  <svg viewBox="0 0 176 220" fill="none" stroke="currentColor" stroke-width="9" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
    <circle cx="88" cy="34" r="26" />
    <circle cx="88" cy="34" r="5" fill="currentColor" />
    <path d="M114 34v58M114 96l-30 48h60zM40 92v62M22 136l18 18 18-18" />
    <path d="M80 146h68" stroke-width="18" />
    <path d="M16 204h144" stroke-dasharray="1 20" />
  </svg>
);

/** A pulley with a handle on its cable. */
export const PulleyPicture = () => (
  <svg class="pulley" viewBox="0 0 300 520" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
    <path d="M150-20v80" stroke-width="14" />
    <circle cx="150" cy="124" r="72" stroke-width="14" />
    <circle cx="150" cy="124" r="48" stroke-width="5" opacity=".55" />
    <circle cx="150" cy="124" r="13" fill="currentColor" stroke="none" />
    <path d="M222 124v198M222 336l-58 100h116z" stroke-width="10" />
    <path d="M160 438h124" stroke-width="30" />
    <circle cx="222" cy="330" r="13" fill="currentColor" stroke="none" />
  </svg>
);
