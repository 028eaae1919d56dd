// Was das Gerät nicht tut, nach dem Grund seines Fehlers.
import type { Refusals } from './words';

export const REFUSALS: Refusals = {
  CREDENTIAL_UNKNOWN: () => 'Diese Nummer mit dieser PIN gibt es hier nicht. Noch einmal, oder als Gast trainieren.',
  CREDENTIAL_SLOWED: (n) =>
    n.wait === '' ? 'Jetzt geht es wieder.' : `Zu viele falsche Versuche. Noch ${n.wait ?? 'eine Minute'} warten, den Chip nehmen oder als Gast trainieren.`,
  HANDLE_EXPIRED: () => 'Du wurdest abgemeldet. Melde dich neu an.',
  MEMBER_NOT_FOUND: () => 'Dieses Mitglied ist hier nicht mehr bekannt.',
  REASSIGN_TOO_LATE: () => 'Das ist mehr als einen Tag her und bleibt so.',
  LANES_FULL: () => 'Vier teilen sich dieses Gerät schon. Warten, bis jemand fertig ist.',
  NOT_YOUR_TURN: () => 'Gerade ist jemand anders dran.',
  SET_ACTIVE: () => 'Das geht zwischen den Sätzen.',
  NOT_RESTING: () => 'Das geht zwischen den Sätzen.',
  SESSION_ACTIVE: () => 'Hier trainiert schon jemand. Dazukommen oder warten.',
  SESSION_NOT_FOUND: () => 'Dieses Training ist vorbei. Neu beginnen.',
  ETAG_STALE: () => 'Das nächste Gewicht hat sich geändert. Noch einmal hinsehen.',
  LEASE_HELD: () => 'Ein anderer Bildschirm steuert dieses Gerät. Dort beenden oder zehn Sekunden warten.',
  LEASE_LOST: () => 'Dieser Bildschirm war zu lange weg. Noch einmal tippen.',
  LOAD_ABOVE_LIMIT: (n) => `Dieses Gerät geht bis ${n.heaviest}.`,
  LOAD_NOT_A_STEP: () => 'Dieses Gewicht kann das Gerät nicht einstellen.',
  OUT_OF_ORDER: (n) => `Dieses Gerät ist außer Betrieb${n.order && `: ${n.order}`}. Ein anderes nehmen.`,
  NOT_READY: (n) => n.fault ?? 'Das Gerät nimmt gerade kein Gewicht an. Griff nach Hause bringen und noch einmal.',
  DRIVE_UNVERIFIED: (n) => n.fault ?? 'Der Antrieb ist noch nicht geprüft. Gleich noch einmal.',
  SERVICE_ACTIVE: () => 'Das Gerät wird gerade gewartet. Gleich noch einmal.',
  SELF_TEST_RUNS: () => 'Das Gerät prüft sich selbst. Eine Minute warten.',
  STORE_UNAVAILABLE: () => 'Das Gerät kann gerade nicht speichern. Dem Personal sagen.',
  PROGRAM_NOT_FOUND: () => 'Dieses Programm gibt es hier nicht mehr.',
  WORKOUT_NOT_FOUND: () => 'Diese Einheit gibt es hier nicht mehr.',
  PLUGIN_FAILED: () => 'Dieses Programm läuft hier nicht. Ein anderes wählen.',
  PLUGIN_UNKNOWN: () => 'Dieses Programm läuft hier nicht. Ein anderes wählen.',
  NOTHING_DONE: () => 'Kein Satz gemacht, also nichts zum Mitnehmen.',
};
