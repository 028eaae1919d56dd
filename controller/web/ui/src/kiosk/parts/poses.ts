// Where the joints are, in a frame of 480 x 520 with the machine at the right. One entry a movement; an exercise that is not listed is drawn by
// its pulley's height.
import type { Program } from '../../../gen/sheave/v1/program_pb';

export type Point = readonly [x: number, y: number];

export interface Pose {
  view: 'side' | 'front';
  pulleyY: number;
  grip: 'rope' | 'bar';
  head: Point;
  shoulder: Point;
  elbow: Point;
  hand: Point;
  hip: Point;
  leg: readonly Point[];
  farLeg?: readonly Point[];
  /** What one sits or kneels on, and what the feet are against. */
  seat?: readonly Point[];
  rest?: readonly Point[];
}

interface Movement {
  start: Pose;
  finish: Pose;
}

const EYE_Y = 144;
const SEAT_Y = 326;
const LOW_Y = 452;

const standing = {
  view: 'side',
  grip: 'bar',
  head: [120, 118],
  shoulder: [114, 188],
  hip: [114, 300],
  leg: [[114, 302], [132, 392], [120, 474], [152, 476]],
  farLeg: [[112, 308], [94, 396], [78, 474], [106, 476]],
} as const;

const bentOver = {
  view: 'side',
  grip: 'bar',
  head: [262, 214],
  shoulder: [228, 246],
  hip: [116, 292],
  leg: [[116, 294], [154, 386], [124, 474], [156, 476]],
} as const;

const seated = {
  view: 'side',
  grip: 'bar',
  pulleyY: SEAT_Y,
  hip: [128, 362],
  leg: [[128, 364], [232, 326], [314, 424], [342, 366]],
  seat: [[84, 488], [84, 400], [60, 400], [212, 400], [188, 400], [188, 488], [188, 462], [420, 462]],
  rest: [[334, 458], [376, 356]],
} as const;

const cableRow: Movement = {
  start: { ...seated, head: [150, 178], shoulder: [138, 246], elbow: [212, 268], hand: [284, 296] },
  finish: { ...seated, head: [130, 176], shoulder: [122, 244], elbow: [64, 308], hand: [172, 304] },
};

const facePull: Movement = {
  start: { ...standing, pulleyY: EYE_Y, grip: 'rope', elbow: [166, 160], hand: [222, 132] },
  finish: {
    view: 'front',
    grip: 'rope',
    pulleyY: 118,
    head: [240, 126],
    shoulder: [204, 204],
    elbow: [98, 186],
    hand: [114, 98],
    hip: [240, 310],
    leg: [[220, 312], [206, 472], [190, 476]],
  },
};

const bentRow: Movement = {
  start: { ...bentOver, pulleyY: LOW_Y, elbow: [246, 316], hand: [266, 386] },
  finish: { ...bentOver, pulleyY: LOW_Y, elbow: [148, 212], hand: [196, 318] },
};

const hinge: Movement = {
  start: { ...bentOver, pulleyY: LOW_Y, elbow: [242, 322], hand: [258, 398] },
  finish: { ...standing, pulleyY: LOW_Y, elbow: [122, 262], hand: [150, 332] },
};

const upright: Movement = {
  start: { ...standing, pulleyY: LOW_Y, elbow: [122, 262], hand: [152, 330] },
  finish: { ...standing, pulleyY: LOW_Y, elbow: [176, 150], hand: [160, 214] },
};

const raise: Movement = {
  start: { ...bentOver, pulleyY: LOW_Y, elbow: [240, 320], hand: [250, 396] },
  finish: { ...bentOver, pulleyY: LOW_Y, elbow: [166, 204], hand: [98, 190] },
};

const straightPull: Movement = {
  start: { ...standing, pulleyY: 262, elbow: [172, 226], hand: [238, 250] },
  finish: { ...standing, pulleyY: 262, elbow: [62, 250], hand: [146, 258] },
};

/** By what the exercise is called; the first that fits. */
const BY_NAME: readonly [RegExp, Movement][] = [
  [/face pull/i, facePull],
  [/cable row/i, cableRow],
  [/upright|high pull|snatch|clean/i, upright],
  [/raise/i, raise],
  [/dead\s?lift|rack pull/i, hinge],
  [/row/i, bentRow],
];

/** Metres above the floor to the picture's pixels. */
function pulleyY(height_m: number): number {
  return Math.max(90, Math.min(LOW_Y, Math.round(480 - height_m * 210)));
}

export function poseFor(program: Program, part: 'start' | 'finish'): Pose {
  const known = BY_NAME.find(([name]) => name.test(program.exerciseName))?.[1];
  if (known) return known[part];
  return { ...straightPull[part], pulleyY: pulleyY(program.setUp?.pulleyHeightM ?? 1) };
}
