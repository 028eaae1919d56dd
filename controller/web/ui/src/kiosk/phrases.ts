// The kiosk's language and the few phrases that many screens build.
import { createI18n, type LanguageFile } from '../shared/i18n';
import { KG_PER_LB, load, unit, withUnit } from '../shared/units';
import type { LastTime, MemberSetUp } from '../../gen/sheave/v1/member_pb';
import { StrengthTestKind, type Program } from '../../gen/sheave/v1/program_pb';
import { SetKind, SetSide, type Set as TrainingSet } from '../../gen/sheave/v1/session_pb';
import type { Messages } from './words';

export const i18n = createI18n<Messages>(import.meta.glob<LanguageFile<Messages>>('./locale/*.ts', { eager: true }));
export const m = i18n.m;
export const language = () => i18n.code.value;

/** A text of the catalog's data in the person's language; as it is where nobody has translated it. */
export function catalogText(text: string): string {
  return m().catalog[text] ?? text;
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

export function forceText(force_n: number): string {
  return withUnit(String(Math.round(force_n)), 'N');
}

export function exerciseName(program: Program | undefined): string {
  return program ? catalogText(program.exerciseName) : '';
}

/** Measures strength instead of training it: forces, no weights. */
export function isTest(program: Program | undefined): boolean {
  return program !== undefined && program.test !== StrengthTestKind.UNSPECIFIED;
}

/** "Trial set", "Warm-up", and of what is worked with "Set 2". @param set done or to come @param place among the planned */
export function setName(set: Pick<TrainingSet, 'kind'>, place: number): string {
  if (set.kind === SetKind.WARM_UP) return m().warmUp;
  return set.kind === SetKind.PROBE ? m().trialSet : m().setUp.setToCome(place);
}

/** Over a screen: a test is not to look like the exercise. */
export function screenTitle(program: Program | undefined): string {
  return isTest(program) ? m().test.title : exerciseName(program);
}

/** "Cable row, heavier on the way back" beside its own kind: "heavier on the way back". Empty where the name says no more. */
export function ownName(program: Program): string {
  const start = `${program.exerciseName}, `;
  return program.displayName.startsWith(start) ? catalogText(program.displayName.slice(start.length)) : '';
}

/** "Cable row", and of a test "Cable row, strength test". */
export function programName(program: Program | undefined): string {
  if (!program || !isTest(program)) return exerciseName(program);
  return [exerciseName(program), ownName(program) || m().test.title].join(', ');
}

/** Empty where both sides work together. */
export function sideText(side: SetSide): string {
  return side === SetSide.LEFT ? m().sides.left : side === SetSide.RIGHT ? m().sides.right : '';
}

/** Of every set; empty: as many as the person likes. */
export function repRange(program: Program | undefined): string {
  const p = program?.prescription;
  return p && p.repTop > 0 ? rangeText(p.repBottom, p.repTop) : ''; // else open
}

/** "10-12", or "10" where both are the same. */
export function rangeText(from: number, to: number): string {
  return from === to ? `${to}` : `${from}\u2013${to}`;
}

const DAY_MS = 86_400_000;

/** "5 weeks ago", "3 days ago", "today". */
export function whenText(time: { seconds: bigint } | undefined): string {
  const days = Math.round((Date.now() - Number(time?.seconds ?? 0n) * 1000) / DAY_MS);
  const [count, unit]: [number, 'day' | 'week' | 'month'] = days < 14 ? [days, 'day'] : days < 70 ? [days / 7, 'week'] : [days / 30.4, 'month'];
  return new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(-Math.round(count), unit);
}

/** What screens call a member: the name they chose, else the number. */
export function memberName(alias: string, number: number): string {
  return alias || (number > 0 ? m().walkUp.member(String(number)) : m().member.someone);
}

/** "47.5 kg: 6/6/5", of one set "47.5 kg, 6 reps"; the weight of the first set, reps of each. */
export function lastSets(last: LastTime, program: Program | undefined): string {
  const first = last.sets[0];
  if (!first) return '';
  const reps = last.sets.map((set) => set.countedReps);
  return isTest(program) ? m().test.lastTime(reps.join('/')) : m().member.sets(loadText(first.loadTotalKg), reps);
}

/** "notch 3, V-handle": what is kept of the set-up, else what the program says. */
export function setUpOf(program: Program | undefined, own: MemberSetUp | undefined): string {
  const { attachment = '', pulley = '' } = program?.setUp ?? {};
  const height = own && own.notch > 0 ? m().member.notch(own.notch) : catalogText(pulley);
  return [height, catalogText(own?.attachment || attachment), own?.note].filter(Boolean).join(', ');
}
