// The kiosk: which screen stands follows from what the machine says, so that no screen can show a state the machine is not in.
import '../shared/tokens.css';
import './styles/kiosk.css';
import './styles/controls.css';
import './styles/rail.css';
import './styles/set.css';
import './styles/screens.css';
import './styles/strength.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { SessionState, Stage } from '../../gen/sheave/v1/session_pb';
import { screenChanged } from './parts/press';
import { Calibrate } from './screens/calibrate';
import { cutShort, dismissed, Finish, shownProgram, shownWorkout } from './screens/finish';
import { Lost } from './screens/lost';
import { OutOfService } from './screens/fault';
import { Rest } from './screens/rest';
import { LiveSet } from './screens/set';
import { SetUp } from './screens/set_up';
import { StillThere } from './screens/still_there';
import { strengthOf, StrengthScreen } from './screens/strength';
import { MySets, mySetsOpen } from './screens/my_sets';
import { SignIn, signInOpen } from './screens/sign_in';
import { joining, WalkUp } from './screens/walk_up';
import { startSound } from './sound';
import { startTheme } from './theme';
import { followComparison } from './state/comparison';
import { follow } from './state/machine';
import { followMember, present } from './state/member';
import { link, machine, outOfService, partsBefore, sessionName, sessionOpen, sets, snapshot, stage, underLoad } from './state/store';

type Screen = 'lost' | 'fault' | 'walk-up' | 'sign-in' | 'my-sets' | 'strength' | 'set-up' | 'calibrate' | 'set' | 'rest' | 'finish';

/** Seen active by this page; a result is shown for these only. */
let seenActive = '';

function screen(): Screen {
  if (link.value !== 'linked' || !snapshot.value || !machine.value) return 'lost';
  if (outOfService.value) return 'fault';
  const joins = joining.value && sessionOpen.value && !underLoad.value;
  const anyDone = sets.value.length > 0 || partsBefore().length > 0;
  const hasResult = anyDone && sessionName.value !== '' && sessionName.value === seenActive && dismissed.value !== sessionName.value;
  if (!snapshot.value.session) return hasResult ? 'finish' : walkUp();
  if (joins) return walkUp();
  if (snapshot.value.setUpDue && stage.value === Stage.RESTING) return 'set-up';
  switch (stage.value) {
    case Stage.SET_UP:
    case Stage.AWAITING_START:
      return 'set-up';
    case Stage.CALIBRATING:
      return 'calibrate';
    case Stage.ARMED:
    case Stage.ENGAGING:
    case Stage.WORKING:
      return 'set';
    case Stage.UNLOADING:
      return sets.value.length === 0 && snapshot.value.setIndex <= 1 ? 'calibrate' : 'set';
    case Stage.RESTING:
      return 'rest';
    default:
      return hasResult ? 'finish' : walkUp();
  }
}

function walkUp(): Screen {
  if (signInOpen.value) return 'sign-in';
  return mySetsOpen.value && present.value ? 'my-sets' : 'walk-up';
}

/** From here a member's strength is looked at. */
const OPENS_STRENGTH: Screen[] = ['my-sets', 'finish'];

/** It is no longer what was asked for once the screen below it is gone: the person left, or another trains. */
function followStrength() {
  effect(() => {
    if (strengthOf.value && !OPENS_STRENGTH.includes(screen())) strengthOf.value = undefined;
  });
}

/** Remembers what a result would need, and notices a session that vanished in the middle: the controller was restarted. */
function followSession() {
  let open = '';
  effect(() => {
    const now = snapshot.value;
    if (!now || link.value !== 'linked') return;
    const session = now.session;
    const isOpen = session && (session.state === SessionState.ACTIVE || session.state === SessionState.PAUSED) && now.stage !== Stage.FINISHED;
    if (isOpen) {
      open = seenActive = session.name;
      shownProgram.value = session.program;
      shownWorkout.value = session.workout;
      cutShort.value = false;
    } else {
      if (open !== '' && !session) cutShort.value = true;
      open = '';
    }
  });
}

const SCREENS = {
  lost: Lost,
  fault: OutOfService,
  'walk-up': WalkUp,
  'sign-in': SignIn,
  'my-sets': MySets,
  strength: StrengthScreen,
  'set-up': SetUp,
  calibrate: Calibrate,
  set: LiveSet,
  rest: Rest,
  finish: Finish,
};

let shown: Screen | undefined;

function Kiosk() {
  const under = screen();
  const now = strengthOf.value && OPENS_STRENGTH.includes(under) ? 'strength' : under;
  if (now !== shown) {
    shown = now;
    screenChanged();
  }
  const Stands = SCREENS[now];
  return (
    <>
      <Stands />
      <StillThere />
    </>
  );
}

/** Drawn for 1080x1920 and 1920x1080; any other panel gets the same picture in its size. */
function fitPanel() {
  const portrait = innerHeight > innerWidth;
  const scale = portrait ? Math.min(innerWidth / 1080, innerHeight / 1920) : Math.min(innerWidth / 1920, innerHeight / 1080);
  document.documentElement.style.setProperty('--scale', String(scale));
}

startTheme();
addEventListener('resize', fitPanel);
addEventListener('contextmenu', (event) => event.preventDefault());
fitPanel();
followSession();
follow();
followComparison();
followMember();
followStrength();
startSound();
render(<Kiosk />, document.body);
