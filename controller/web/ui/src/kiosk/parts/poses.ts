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
  farArm?: readonly Point[];
  /** Where the cable comes from; absent: the machine's column. */
  pulleyX?: number;
  /** Each hand has the other side's handle. */
  crossed?: boolean;
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
/** The pulley of a lift: between the feet. */
const OVER_X = 214;

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

const deadlift: Movement = {
  start: { ...bentOver, pulleyX: OVER_X, pulleyY: LOW_Y, head: [252, 196], shoulder: [220, 232], hip: [112, 322], leg: [[112, 324], [176, 392], [140, 474], [172, 476]], elbow: [238, 316], hand: [252, 396] },
  finish: { ...standing, pulleyX: OVER_X, pulleyY: LOW_Y, elbow: [122, 262], hand: [150, 332] },
};

/** From the knees only. */
const rackPull: Movement = {
  start: { ...bentOver, pulleyX: OVER_X, pulleyY: 392, head: [236, 168], shoulder: [206, 206], hip: [112, 300], elbow: [222, 276], hand: [234, 344] },
  finish: { ...standing, pulleyX: OVER_X, pulleyY: 392, elbow: [122, 262], hand: [150, 328] },
};

/** Down along nearly straight legs. */
const romanian: Movement = {
  start: { ...standing, pulleyX: OVER_X, pulleyY: LOW_Y, elbow: [122, 262], hand: [150, 332] },
  finish: { ...bentOver, pulleyX: OVER_X, pulleyY: LOW_Y, leg: [[116, 294], [134, 386], [122, 474], [154, 476]], elbow: [226, 320], hand: [214, 388] },
};

const upright: Movement = {
  start: { ...standing, pulleyX: OVER_X, pulleyY: LOW_Y, grip: 'rope', elbow: [122, 262], hand: [152, 330] },
  finish: { ...standing, pulleyX: OVER_X, pulleyY: LOW_Y, grip: 'rope', elbow: [176, 176], hand: [160, 232] },
};

/** On the toes, elbows high: the pulls of weightlifting, without a catch. From the floor or from above the knees. */
const thrown = { ...standing, pulleyX: OVER_X, pulleyY: LOW_Y, leg: [[114, 302], [124, 388], [114, 462], [142, 478]], elbow: [180, 150], hand: [162, 220] } as const;
const fromFloor: Movement = { start: deadlift.start, finish: thrown };
const fromHang: Movement = { start: { ...rackPull.start, pulleyY: LOW_Y }, finish: thrown };

const raise: Movement = {
  start: { ...bentOver, pulleyY: LOW_Y, elbow: [240, 320], hand: [250, 396] },
  finish: {
    view: 'front',
    grip: 'bar',
    pulleyY: LOW_Y,
    crossed: true,
    head: [240, 232],
    shoulder: [196, 244],
    elbow: [128, 240],
    hand: [60, 244],
    hip: [240, 330],
    leg: [[220, 330], [206, 472], [190, 476]],
  },
};

/** Face down over the pulley, which stands under the bench. */
const inclined = {
  view: 'side',
  grip: 'bar',
  pulleyX: 262,
  pulleyY: LOW_Y,
  head: [306, 158],
  shoulder: [262, 204],
  hip: [150, 290],
  leg: [[150, 292], [86, 372], [44, 470], [70, 476]],
  seat: [[118, 326], [292, 198], [204, 262], [204, 488]],
} as const;
const chestSupported: Movement = {
  start: { ...inclined, elbow: [264, 280], hand: [264, 352] },
  finish: { ...inclined, elbow: [194, 172], hand: [238, 250] },
};
const flat = {
  ...inclined,
  pulleyX: 288,
  head: [344, 196],
  shoulder: [284, 204],
  hip: [156, 208],
  leg: [[156, 210], [84, 212], [20, 218]],
  seat: [[76, 238], [310, 238], [282, 238], [282, 262], [112, 262], [112, 238], [112, 488]],
} as const;
const seal: Movement = {
  start: { ...flat, elbow: [288, 290], hand: [288, 366] },
  finish: { ...flat, elbow: [216, 156], hand: [270, 282] },
};

/** One knee and one hand on the bench. */
const kneeling = {
  ...bentOver,
  head: [286, 196],
  shoulder: [240, 222],
  hip: [124, 250],
  leg: [[124, 254], [98, 366], [70, 474], [102, 476]],
  farLeg: [[128, 256], [176, 352], [96, 362]],
  farArm: [[240, 226], [262, 296], [270, 352]],
  seat: [[84, 376], [300, 376], [276, 376], [276, 488], [276, 376], [112, 376], [112, 488]],
  pulleyX: 352,
  pulleyY: LOW_Y,
} as const;
const singleArm: Movement = {
  start: { ...kneeling, elbow: [262, 290], hand: [296, 344] },
  finish: { ...kneeling, elbow: [156, 186], hand: [206, 262] },
};

/** Staggered, one hand on the front knee. */
const staggered = { ...bentOver, farLeg: [[116, 296], [74, 384], [30, 474], [56, 476]], farArm: [[228, 250], [204, 322], [162, 372]] } as const;
const meadows: Movement = {
  start: { ...staggered, pulleyY: LOW_Y, elbow: [258, 316], hand: [284, 384] },
  finish: { ...staggered, pulleyY: LOW_Y, elbow: [138, 200], hand: [178, 284] },
};

/** The cable between the legs, 30 to 45 degrees. */
const straddling = { ...bentOver, pulleyX: 206, pulleyY: LOW_Y, head: [248, 164], shoulder: [214, 204], hip: [112, 296] } as const;
const tBar: Movement = {
  start: { ...straddling, elbow: [212, 286], hand: [208, 360] },
  finish: { ...straddling, elbow: [118, 208], hand: [186, 290] },
};

const straightPull: Movement = {
  start: { ...standing, pulleyY: 262, elbow: [172, 226], hand: [238, 250] },
  finish: { ...standing, pulleyY: 262, elbow: [62, 250], hand: [146, 258] },
};

/** By what the exercise is called; the first that fits. */
const BY_NAME: readonly [RegExp, Movement][] = [
  [/face pull/i, facePull],
  [/cable row/i, cableRow],
  [/chest-supported/i, chestSupported],
  [/seal/i, seal],
  [/single-arm/i, singleArm],
  [/meadows/i, meadows],
  [/t-bar/i, tBar],
  [/upright/i, upright],
  [/hang/i, fromHang],
  [/high pull|snatch|clean/i, fromFloor],
  [/raise/i, raise],
  [/romanian/i, romanian],
  [/rack pull/i, rackPull],
  [/dead\s?lift/i, deadlift],
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
