// The kiosk's language and the few phrases that many screens build.
import { createI18n, type LanguageFile } from '../shared/i18n';
import { KG_PER_LB, load, unit } from '../shared/units';
import type { LastTime, MemberSetUp } from '../../gen/sheave/v1/member_pb';
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

/** What screens call a member: the name they chose, else the number. */
export function memberName(alias: string, number: number): string {
  return alias || (number > 0 ? m().walkUp.member(String(number)) : m().member.someone);
}

/** "47.5 kg: 6/6/5"; the weight of the first set, reps of each. */
export function lastSets(last: LastTime): string {
  const first = last.sets[0];
  return first ? m().member.sets(loadText(first.loadTotalKg), last.sets.map((set) => set.countedReps).join('/')) : '';
}

/** "notch 3, V-handle": what is kept of the set-up, else what the program says. */
export function setUpOf(program: Program | undefined, own: MemberSetUp | undefined): string {
  const { attachment = '', pulley = '' } = program?.setUp ?? {};
  const height = own && own.notch > 0 ? m().member.notch(own.notch) : catalogText(pulley);
  return [height, catalogText(own?.attachment || attachment), own?.note].filter(Boolean).join(', ');
}
