// Kilograms or pounds, at the edge only: everything inside is SI and kg.
import { signal } from '@preact/signals';
import { store, stored } from './i18n';

export type Unit = 'kg' | 'lb';

export const KG_PER_LB = 0.45359237;
const NBSP = '\u00a0';

export const unit = signal<Unit>(stored('unit') === 'lb' ? 'lb' : 'kg');

export function chooseUnit(next: Unit) {
  unit.value = next;
  store('unit', next);
}

/** A number as a person of this language writes it, with at most so many decimals and no trailing zeros. */
export function number(value: number, language: string, decimals = 2): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: decimals, useGrouping: false }).format(value);
}

/** With exactly so many decimals: for columns and speeds. */
export function fixed(value: number, language: string, decimals: number): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: false }).format(value);
}

/** A load's number in the unit chosen; pounds to half a pound, which is a step there. */
export function loadNumber(kg: number, language: string): string {
  return unit.value === 'kg' ? number(kg, language, 2) : number(Math.round((kg / KG_PER_LB) * 2) / 2, language, 1);
}

/** "21.5 kg" with a space that does not break. */
export function load(kg: number, language: string): string {
  return `${loadNumber(kg, language)}${NBSP}${unit.value}`;
}

/** Of a set: "45 kg", and where it went on lighter "45 → 40.5 kg". */
export function setLoad(set: { loadTotalKg: number; lightened: readonly { loadTotalKg: number }[] }, language: string): string {
  const last = set.lightened.at(-1);
  return last ? `${loadNumber(set.loadTotalKg, language)} → ${load(last.loadTotalKg, language)}` : load(set.loadTotalKg, language);
}

export function withUnit(value: string, name: string): string {
  return `${value}${NBSP}${name}`;
}

/** "1:30" */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** "27 s" or "1:30 min"; empty: nothing to wait for. */
export function wait(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole <= 0) return '';
  return whole < 60 ? withUnit(String(whole), 's') : withUnit(clock(whole), 'min');
}

/** "2026-11-21 14:05" in the machine's time zone. */
export function dateTime(date: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}
