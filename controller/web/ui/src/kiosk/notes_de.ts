// Was das Gerät neben dem Plan sagt, nach dem Grund seiner Notiz.
import type { Notes } from './words';

const cm = (metres: number) => `${Math.round(metres * 100)}\u00a0cm`;

export const NOTES: Notes = {
  STOPPED: () => 'STOPP wurde gedrückt. Den Satz neu starten, wenn du so weit bist.',
  SCREEN_LOST: () => 'Der Bildschirm war weg. Neu starten, jetzt ist er wieder da.',
  PAUSED: () => 'Angehalten. Starten, wenn du so weit bist.',
  PAIN: () => 'Du hattest Schmerzen. Nur weitermachen, wenn sie weg sind; bleiben sie, zum Arzt.',
  LOAD_TAKEN_OFF: () => 'Etwas hat das Gewicht weggenommen. Es kann in zehn Sekunden wiederkommen, oder wenn du startest.',
  NOBODY_CAME: () => 'Zehn Minuten lang hat niemand den Griff genommen.',
  REPLACED: () => 'Ein anderes Training hat hier begonnen.',
  OUT_OF_ORDER: () => 'Das Gerät wurde außer Betrieb genommen.',
  FAULT: (n) => n.fault ?? 'Das Gerät ist aus.',
  PULLS_SHORT: (n) => `Die Züge waren ${cm(n.number('length_m'))} lang; ganz durchziehen, mindestens ${cm(n.number('least_m'))}.`,
  PULLS_DIFFER: (n) => `Die Züge wichen um ${cm(n.number('apart_m'))} ab; jedes Mal gleich weit durchziehen.`,
  RANGE_CHANGED: () => 'Das ist nicht die Reichweite vom letzten Mal: Rolle und Griff ansehen, dann noch zweimal leicht ziehen.',
  OWN_STRENGTH: (n) => `Das Gewicht folgt deiner Kraft, wie am ${n.day('test_time_s')} gemessen.`,
  NO_STRENGTH_TEST: (n) => `Das Gewicht bleibt gleich: für diese Übung ist kein Krafttest von dir bekannt.${n.test && ` \u201e${n.test}\u201c misst ihn.`}`,
  SERVICE_ACTIVE: () => 'Ein Techniker bewegt das Seil: vom Griff wegbleiben.',
  SELF_TEST_KEEP_AWAY: () => 'Selbsttest: vom Griff wegbleiben.',
  SELF_TEST_TAKE_OUT: (n) => `Selbsttest, ${n.number('run')} von ${n.number('runs')}: Griff einen Meter herausziehen, stillhalten, loslassen.`,
};
