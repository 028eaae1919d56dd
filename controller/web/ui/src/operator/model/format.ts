// Numbers, times and spans as an operator reads them. Times of day are those of the machine.
import type { Timestamp } from '@bufbuild/protobuf/wkt';
import { ConnectError } from '@connectrpc/connect';
import { errorText } from '../../shared/api';
import { createI18n, type LanguageFile } from '../../shared/i18n';
import { number } from '../../shared/units';
import { ErrorInfoSchema } from '../../../gen/google/rpc/error_details_pb';
import type { Fault } from '../../../gen/sheave/v1/common_pb';
import type { Snapshot } from '../../../gen/sheave/v1/watch_pb';
import type { Messages } from '../words';

export const i18n = createI18n<Messages>(import.meta.glob<LanguageFile<Messages>>('../locale/*.ts', { eager: true }));
export const m = i18n.m;
export const language = () => i18n.code.value;

const NBSP = '\u00a0';
const DAY_S = 86_400;

export function grouped(value: number, decimals = 0): string {
  return new Intl.NumberFormat(language(), { maximumFractionDigits: decimals }).format(value);
}

/** Whole, but for what is nearly all: 99.96 % is not all. */
export function percent(share: number): string {
  const nearlyAll = share > 0.99 && share < 1;
  const value = nearlyAll ? number(Math.floor(share * 1000) / 10, language(), 1) : String(Math.round(share * 100));
  return `${value}${NBSP}%`;
}

/** Loads that were lifted together: kilograms below a tonne. */
export function lifted(kg: number): { value: string; unit: string } {
  return kg < 1000 ? { value: grouped(Math.round(kg)), unit: 'kg' } : { value: number(kg / 1000, language(), kg < 100_000 ? 1 : 0), unit: 't' };
}
export function liftedText(kg: number): string {
  const { value, unit } = lifted(kg);
  return `${value}${NBSP}${unit}`;
}

/** One number and its unit, the coarsest that says something. */
export function span(seconds: number): string {
  const words = m();
  const s = Math.max(0, seconds);
  if (s < 90) return words.seconds(Math.round(s));
  if (s < 90 * 60) return words.minutes(Math.round(s / 60));
  if (s < 36 * 3600) return words.hours(Math.round(s / 3600));
  const days = s / DAY_S;
  if (days < 14) return words.days(Math.round(days));
  if (days < 60) return words.weeks(Math.round(days / 7));
  if (days < 700) return words.months(Math.round(days / 30.4));
  return words.years(Math.round(days / 365));
}

export function dateOf(time: Timestamp): Date {
  return new Date(Number(time.seconds) * 1000 + time.nanos / 1e6);
}

/** "14:05" today, "14 Nov 19:02" before. @param zone of the machine; "" is the browser's. */
export function when(time: Timestamp, zone: string): string {
  const date = dateOf(time);
  const timeZone = zone || undefined;
  const day = (of: Date) => new Intl.DateTimeFormat('en', { dateStyle: 'short', timeZone }).format(of);
  const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone };
  if (day(date) === day(new Date())) return new Intl.DateTimeFormat(language(), clock).format(date);
  return new Intl.DateTimeFormat(language(), { day: 'numeric', month: 'short', ...clock }).format(date);
}

export function clockNow(zone: string): string {
  return new Intl.DateTimeFormat(language(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone || undefined }).format(new Date());
}

/** 1 Monday to 7 Sunday, where the machine is. */
export function weekdayNow(zone: string): number {
  const name = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: zone || undefined }).format(new Date());
  return ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(name) + 1;
}

export function hourNow(zone: string): number {
  return Number(new Intl.DateTimeFormat('en', { hour: '2-digit', hourCycle: 'h23', timeZone: zone || undefined }).format(new Date()));
}

/** "06:30" */
export function minuteText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
export function minuteOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
}

/** What the catalog and the maintenance plan say, in the person's language where it is known. */
export function catalogText(text: string): string {
  return m().catalog[text] ?? text;
}

/** What it waits for or why it is held up, in the person's language. */
export function noteText(now: Snapshot | undefined): string {
  const words = m().notes[now?.noteReason ?? ''];
  if (!now?.note || !words) return now?.note ?? '';
  const number = (name: string) => now.noteNumbers[name] ?? 0;
  const worst = [...now.activeFaults].sort((a, b) => b.code - a.code)[0];
  const day = (name: string) => new Intl.DateTimeFormat(language(), { dateStyle: 'medium' }).format(new Date(number(name) * 1000));
  return words({ number, day, fault: worst && faultText(worst).join(' '), test: '' });
}

/** What was not done and why; the controller's own sentence where this language has none. */
export function refusalText(error: unknown): string {
  const reason = ConnectError.from(error).findDetails(ErrorInfoSchema)[0]?.reason ?? '';
  return m().refusals[reason] ?? errorText(error);
}

export function faultText(fault: Fault): [meaning: string, remedy: string] {
  return m().faults[fault.code] ?? [fault.meaning, fault.remedy];
}
