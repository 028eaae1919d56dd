// What the machine would not do, by the reason of its error; for the member at the screen, where its own sentence is for whoever programs.
import type { Refusals } from './words';

export const REFUSALS: Refusals = {
  CREDENTIAL_UNKNOWN: () => 'Nobody here has this number and PIN. Try again, or train as a guest.',
  CREDENTIAL_SLOWED: (n) =>
    n.wait === '' ? 'You can try again now.' : `Too many wrong tries. Wait ${n.wait ?? 'a minute'}, use your tag, or train as a guest.`,
  HANDLE_EXPIRED: () => 'You were signed out. Sign in again.',
  MEMBER_NOT_FOUND: () => 'This member is not known here any more.',
  REASSIGN_TOO_LATE: () => 'This was more than a day ago and stays as it is.',
  LANES_FULL: () => 'Four people share this machine already. Wait until one is done.',
  NOT_YOUR_TURN: () => 'It is another person’s turn.',
  SET_ACTIVE: () => 'That works between sets.',
  NOT_RESTING: () => 'That works between sets.',
  SESSION_ACTIVE: () => 'Somebody trains here already. Join them, or wait.',
  SESSION_NOT_FOUND: () => 'This training is over. Start again.',
  ETAG_STALE: () => 'The next weight changed meanwhile. Look again.',
  LEASE_HELD: () => 'Another screen steers this machine. End it there, or wait ten seconds.',
  LEASE_LOST: () => 'This screen was away too long. Tap again.',
  LOAD_ABOVE_LIMIT: (n) => `This machine goes up to ${n.heaviest}.`,
  LOAD_NOT_A_STEP: () => 'This machine cannot set that weight.',
  OUT_OF_ORDER: (n) => `This machine is out of order${n.order && `: ${n.order}`}. Use another one.`,
  NOT_READY: (n) => n.fault ?? 'The machine takes no weight right now. Bring the handle home and try again.',
  DRIVE_UNVERIFIED: (n) => n.fault ?? 'The drive has not been checked yet. Try again in a moment.',
  SERVICE_ACTIVE: () => 'The machine is being serviced. Try again in a moment.',
  SELF_TEST_RUNS: () => 'The machine tests itself. Wait a minute.',
  STORE_UNAVAILABLE: () => 'The machine cannot save right now. Tell the staff.',
  PROGRAM_NOT_FOUND: () => 'This program is not here any more.',
  WORKOUT_NOT_FOUND: () => 'This workout is not here any more.',
  PLUGIN_FAILED: () => 'This program does not run here. Choose another one.',
  PLUGIN_UNKNOWN: () => 'This program does not run here. Choose another one.',
  NOTHING_DONE: () => 'No set was done, so there is nothing to take along.',
};
