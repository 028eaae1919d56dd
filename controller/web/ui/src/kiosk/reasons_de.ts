// Warum das nächste Gewicht so ist, nach dem Code der Steigerung. Ein Satz: was war, dann was folgt.
import { count, type ReasonNumbers, type Reasons } from './words';

const reps = (n: number) => count(n, 'Wiederholung', 'Wiederholungen');

/** The last choice is "5+". */
const MOST_ASKED = 5;

/** Wie viele noch gegangen wären, und woher das bekannt ist. */
const reserve = (n: ReasonNumbers) => {
  const done = reps(n.evidence('best_reps') ?? n.reps);
  if (n.evidence('helped')) return n.evidence('best_reps') ? `${done}, bevor das Gerät helfen musste` : 'Keine einzige Wiederholung ging';
  const left = n.evidence('reserve_reps');
  if (left === undefined) return `${done}, und was du davor geschafft hast`;
  return n.evidence('answer_reps') !== undefined ? `${done}, und du sagtest, ${left >= MOST_ASKED ? '5 oder' : left} mehr wären gegangen` : `${done}, und nach deinem Tempo wären etwa ${Math.round(left)} mehr gegangen`;
};

export const REASONS: Reasons = {
  TOP_OF_RANGE_REACHED: (n) =>
    n.forecast > 0
      ? `${n.reps} geschafft, oben in ${n.range}; mit ${n.load} sollten noch ${n.forecast} gehen.`
      : `${n.reps} geschafft, oben in ${n.range}.`,
  HOLD_IN_RANGE: (n) => `${reps(n.reps)} liegen in ${n.range}, also bleibt das Gewicht.`,
  BELOW_RANGE: (n) => `${reps(n.reps)} liegen unter ${n.range}, also geht das Gewicht herunter.`,
  HOLD_ANSWER_ZERO: () => 'Du sagtest, keine einzige wäre mehr gegangen, also bleibt das Gewicht.',
  HOLD_SPOTTER: () => 'Das Gerät musste helfen, also bleibt das Gewicht.',
  HOLD_PAUSED: (n) => `${reps(n.reps)}, aber mit langer Unterbrechung, also bleibt das Gewicht.`,
  FORECAST_BELOW_RANGE: (n) =>
    n.forecast > 0
      ? `${n.reps} geschafft; mit mehr Gewicht gingen im nächsten Satz etwa ${n.forecast}, unter ${n.range}, also bleibt es.`
      : `${n.reps} geschafft; mit mehr Gewicht läge der nächste Satz unter ${n.range}, also bleibt es.`,
  ADD_REPS: (n) =>
    n.goal > 0 ? `Ein Schritt mehr wäre zu viel, also Ziel ${reps(n.goal)}.` : 'Ein Schritt mehr wäre zu viel, also mehr Wiederholungen.',
  PAIN_STOP: () => 'Du hattest Schmerzen, also kein weiterer Satz. Wenn sie bleiben, zum Arzt gehen.',
  SET_NOT_JUDGED: () => 'Der letzte Satz brach ab und sagt nichts über das Gewicht, also bleibt es.',
  PROBE: (n) => `Ein Probesatz, um dein Gewicht zu finden: ${n.goal > 0 ? n.goal : 'ein paar'} leichte Wiederholungen.`,
  PROBE_RAISE: () => 'Der Probesatz war leicht, also etwas mehr.',
  PROBE_TOO_HEAVY: (n) => `${reps(n.reps)} im Probesatz: das ist zu schwer, also geht das Gewicht herunter.`,
  PROBE_DONE: () => 'Mit diesem Gewicht lässt sich arbeiten.',
  ANSWER_MORE_REPS: (n) => `Es wären mehr gegangen, also gleiches Gewicht: weiter bis ${n.top}.`,
  ANSWER_TWO_STEPS: () => 'Fünf oder mehr wären noch gegangen, also zwei Schritte hoch.',
  START_FROM_HISTORY: (n) => `Wie letztes Mal: ${n.load} lag in deinem Bereich ${n.range}.`,
  START_ABOVE_HISTORY: (n) => `Letztes Mal war ${n.range} oben erreicht, also beginnt es höher.`,
  START_BELOW_HISTORY: (n) => `Die letzten Besuche lagen unter ${n.range}, also beginnt es niedriger.`,
  START_LOAD: () => 'Ein leichter erster Satz zum Anfangen.',
  PROGRESSION_LATE: () => 'Das nächste Gewicht war nicht rechtzeitig ausgerechnet, also bleibt es.',
  PROGRESSION_FAILED: () => 'Das nächste Gewicht ließ sich nicht ausrechnen, also bleibt es.',
  HOLD_TIRED: (n) => `${reps(n.reps)} liegen unter ${n.range}, aber diese Muskeln hatten heute schon gearbeitet, also bleibt das Gewicht dieses Mal.`,
  PROBE_AFTER_ABSENCE: (n) => `Du warst ${n.evidence('days_away') ?? 0} Tage weg: ein paar leichte Wiederholungen, um dein Gewicht wiederzufinden.`,
  START_AFTER_ABSENCE: (n) => `Du warst ${n.evidence('days_away') ?? 0} Tage weg, also beginnt es niedriger.`,
  THREE_VISITS_BELOW: (n) => `Drei Besuche hintereinander lagen unter ${n.range}, also beginnt es niedriger.`,
  SET_ONE_RAISES: (n) => `Der erste Satz kam letztes Mal auf ${n.top}, also beginnt es höher.`,
  HOLD_FOR_NEXT_VISIT: (n) => `${n.reps} geschafft, oben in ${n.range}; der erste Satz entscheidet über den nächsten Besuch, heute bleibt das Gewicht.`,
  TWO_FOR_TWO: (n) => `Zwei Besuche hintereinander gingen zwei über ${n.top} hinaus, also beginnt es höher.`,
  HOLD_SPEED_LOST: (n) => `${reps(n.reps)}, aber ${Math.round(100 * (n.evidence('speed_loss_share') ?? 0))} % Tempo verloren, also bleibt das Gewicht.`,
  HOLD_SPEED: (n) => `Die schnellste hatte ${n.speed('peak_mps')}, das Ziel ist ${n.speed('goal_mps')}, also bleibt das Gewicht.`,
  HOLD_SPEED_UNKNOWN: () => 'Das Tempo dieses Satzes ist nicht bekannt, also bleibt das Gewicht.',
  SPEED_BELOW_GOAL: (n) => `Die schnellste hatte ${n.speed('peak_mps')}, weniger als das Ziel ${n.speed('goal_mps')}, also geht das Gewicht herunter.`,
  SPEED_GOAL_BEATEN: (n) => `Zweimal schneller als das Ziel ${n.speed('goal_mps')}, also geht das Gewicht hoch.`,
  SPEED_HELD: (n) => `${reps(n.reps)}, die letzte so schnell wie die erste, also geht das Gewicht hoch.`,
  RESERVE_GOAL: (n) => `${reserve(n)}: nach etwa ${n.forecast} sollten ein bis zwei übrig sein.`,
  RESERVE_RAISE: (n) => `${reserve(n)}, also geht das Gewicht hoch: nach etwa ${n.forecast} sollten ein bis zwei übrig sein.`,
  RESERVE_UNTOLD: (n) => `${reps(n.reps)}, am Ende langsamer, und niemand hat gesagt, was übrig war: vielleicht nichts, also geht das Gewicht herunter.`,
  RESERVE_LIMIT: () => 'Um deine Grenze kennenzulernen: mach weiter, bis nichts mehr geht. Dann nimmt die Maschine das Gewicht ab.',
  RESERVE_LIGHTER: (n) => `Der letzte Satz ging leichter weiter, damit du ${n.range} schaffst. ${reserve(n)}: nach etwa ${n.forecast} sollten ein bis zwei übrig sein.`,
  RESERVE_LOWER: (n) => `${reserve(n)}, also geht das Gewicht herunter: nach etwa ${n.forecast} sollten ein bis zwei übrig sein.`,
};
