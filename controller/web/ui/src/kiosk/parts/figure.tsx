// Set-up pictures, drawn from poses: where the pulley is, what is held, how the person stands at start and finish. Thick figures read at two
// metres and in both themes.
import type { Program } from '../../../gen/sheave/v1/program_pb';
import { exerciseName, m } from '../phrases';
import { poseFor, type Point, type Pose } from './poses';

const COLUMN_X = 420;
const FLOOR_Y = 492;
const LIMB = 30;
const TORSO = 48;

const line = (...points: Point[]) => points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');

export function Figure({ program, part }: { program: Program; part: 'start' | 'finish' }) {
  const pose = poseFor(program, part);
  const when = part === 'start' ? m().setUp.start : m().setUp.finish;
  return (
    <svg class="fig" viewBox="0 0 480 520" role="img" aria-label={m().setUp.picture(exerciseName(program), when)}>
      <path class="floor" d={`M16 ${FLOOR_Y}H464`} />
      {pose.view === 'front' ? <Front pose={pose} /> : <Side pose={pose} />}
    </svg>
  );
}

function Side({ pose }: { pose: Pose }) {
  const [px, py] = [pose.pulleyX ?? COLUMN_X - 26, pose.pulleyY];
  const grip = pose.hand;
  return (
    <>
      <path class="iron" d={`M${COLUMN_X} 36V488M${COLUMN_X + 32} 36V488M${COLUMN_X} 36H${COLUMN_X + 32}`} />
      {pose.seat && <path class="iron" d={line(...pose.seat)} />}
      {pose.rest && <path class="iron" d={line(...pose.rest)} />}
      {pose.farLeg && <path class="far" stroke-width={LIMB} d={line(...pose.farLeg)} />}
      {pose.farArm && <path class="far" stroke-width={LIMB - 4} d={line(...pose.farArm)} />}
      <path class="body" stroke-width={LIMB} d={line(...pose.leg)} />
      <path class="body" stroke-width={TORSO} d={line(pose.hip, pose.shoulder)} />
      <circle class="solid" cx={pose.head[0]} cy={pose.head[1]} r="35" />
      <path class="gap" stroke-width={LIMB + 12} d={line(pose.elbow, grip)} />
      {pose.grip === 'rope' ? <Rope from={[px, py - 22]} to={grip} /> : <path class="cable" d={line([px, py - 22], grip)} />}
      <path class="body" stroke-width={LIMB - 2} d={line(pose.shoulder, pose.elbow, grip)} />
      {pose.grip === 'bar' && <path class="cable" style={{ strokeWidth: 14 }} d={`M${grip[0] + 14} ${grip[1] - 24}v48`} />}
      <circle class="wheel" cx={px} cy={py} r="22" />
      <circle class="solid" cx={px} cy={py} r="6" />
    </>
  );
}

/** One cable that ends in two strands, one for each hand. */
function Rope({ from, to: [x, y] }: { from: Point; to: Point }) {
  const knot: Point = [x + 64, from[1]];
  const ends: Point[] = [[x + 12, y - 14], [x + 16, y + 14]];
  return (
    <>
      <path class="cable" d={line(from, knot) + ends.map((end) => line(knot, end)).join('')} />
      {[knot, ...ends].map(([cx, cy]) => (
        <circle key={cy} class="knob" cx={cx} cy={cy} r="10" />
      ))}
    </>
  );
}

/** Seen from the machine: both sides mirror each other. */
function Front({ pose }: { pose: Pose }) {
  const mirror = ([x, y]: Point): Point => [480 - x, y];
  const both = (...points: Point[]) => line(...points) + line(...points.map(mirror));
  return (
    <>
      <path class="iron" d="M224 36V488M256 36V488M224 36H256" />
      <path class="cable" d={pose.crossed ? line([214, pose.pulleyY], mirror(pose.hand)) + line([266, pose.pulleyY], pose.hand) : line(pose.hand, [240, pose.pulleyY], mirror(pose.hand))} />
      <path class="body" stroke-width={LIMB + 2} d={both(...pose.leg)} />
      <path class="solid" d="M206 202Q240 194 274 202L264 312H216Z" />
      <path class="body" stroke-width="40" d="M206 204H274L264 310H216Z" />
      <path class="body" stroke-width={LIMB - 2} d={both(pose.shoulder, pose.elbow, pose.hand)} />
      <circle class="gap" cx={pose.head[0]} cy={pose.head[1]} r="40" stroke-width="8" />
      <circle class="solid" cx={pose.head[0]} cy={pose.head[1]} r="35" />
      <circle class="knob" cx={pose.hand[0]} cy={pose.hand[1]} r="13" />
      <circle class="knob" cx={480 - pose.hand[0]} cy={pose.hand[1]} r="13" />
    </>
  );
}
