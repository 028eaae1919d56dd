// The kiosk's language and the few phrases that many screens build.
import { createI18n, type LanguageFile } from '../shared/i18n';
import { KG_PER_LB, load, unit } from '../shared/units';
import type { Program } from '../../gen/sheave/v1/program_pb';
import { SetSide } from '../../gen/sheave/v1/session_pb';
import type { Messages } from './words';

export const i18n = createI18n<Messages>(import.meta.glob<LanguageFile<Messages>>('./locale/*.ts', { eager: true }));
export const m = i18n.m;
export const language = () => i18n.code.value;

/** A text of the catalog's data in the person's language; as it is where nobody has translated it. */
export function catalogText(text: string): string {
  return m().catalog[text] ?? text;
}

/** What the controller says beside the plan; its own words where nobody has translated them. */
export function noteText(note: string): string {
  const values = note.match(/\d+/g) ?? [];
  const words = m().notes[note.replace(/\d+/g, '#')];
  return words ? words.replace(/#/g, () => values.shift() ?? '') : note;
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase(language()) + text.slice(1);
}

export function loadText(kg: number): string {
  return load(kg, language());
}

/** What minus and plus change: half a kilogram or pound, or the machine's step where that is coarser. */
export function loadStep_kg(increment_kg: number): number {
  const wished = unit.value === 'kg' ? 0.5 : 0.5 * KG_PER_LB;
  return Math.max(1, Math.round(wished / increment_kg)) * increment_kg;
}

export function exerciseName(program: Program | undefined): string {
  return program ? catalogText(program.exerciseName) : '';
}

/** Empty where both sides work together. */
export function sideText(side: SetSide): string {
  return side === SetSide.LEFT ? m().sides.left : side === SetSide.RIGHT ? m().sides.right : '';
}

/** "10-12", or "10" where both are the same. */
export function repRange(program: Program | undefined): string {
  const p = program?.prescription;
  if (!p || p.repTop === 0) return ''; // open
  return p.repBottom === p.repTop ? `${p.repTop}` : `${p.repBottom}\u2013${p.repTop}`;
}
