import type { Traits } from '../traits.ts';
import { type Box, EYE_CENTER, type Field } from './field.ts';

const EYE = EYE_CENTER;
const NOSE_TIP = [0, 6.95, 1.66] as const;
const CHIN = [0, 6.28, 1.45] as const;
const JAW_ANGLE = [0.56, 6.55, 0.75] as const;
const CHEEK = [0.5, 6.85, 1.15] as const;
const EAR_TIP = [0.85, 7.32, 0.44] as const;
/** |x| from which a place at the ear's height belongs to the ear. */
const EAR = [0.7, 0.8] as const;

/** Larger or smaller eyes, set wider apart as they grow. */
function eyes(size: number, move: Field['move'] = [0, 0, 0]): Field {
  return {
    at: EYE,
    radius: [0.56, 0.56, 0.6],
    scale: [1 + (size - 1) * 0.8, size, 1 + (size - 1) * 0.2],
    pivot: [0.2, EYE[1], EYE[2]],
    move,
  };
}

const BROW_RIDGE: Field = { at: [0.26, 7.5, 1.46], radius: [0.5, 0.2, 0.4], move: [0, -0.05, 0.16] };

/** A snout: nose, lips and jaw drawn forward as one block of the given half width. */
function muzzle(halfWidth: number, forward: number, narrow: number): Field {
  return {
    at: [0, 6.7, 1.5],
    radius: [halfWidth, 0.6, 1],
    move: [0, 0, forward],
    scale: [narrow, 1, 1],
    fade: 'block',
  };
}

/** Presses the nose towards a plane at depth `planeZ`. */
function flatNose(planeZ: number, left: number, widen = 1): Field {
  return {
    at: [0, 6.98, 1.55],
    radius: [0.34, 0.36, 0.5],
    scale: [widen, 1, left],
    pivot: [0, 6.98, planeZ],
    fade: 'block',
  };
}

/** What makes each character's head its own, beside its skin and its parts. */
export const CHARACTER_FIELDS: Readonly<Record<Traits['character'], readonly (Field | Box)[]>> = {
  human: [],
  orc: [
    { at: JAW_ANGLE, radius: [0.6, 0.6, 0.8], move: [0.22, -0.04, 0.06] },
    { at: CHIN, radius: [0.75, 0.55, 0.7], move: [0, -0.1, 0.2], scale: [1.45, 1, 1] },
    { at: [0, 6.52, 1.52], radius: [0.4, 0.16, 0.4], move: [0, 0.03, 0.1], scale: [1.2, 1, 1] },
    BROW_RIDGE,
    { at: [0, 6.95, 1.55], radius: [0.36, 0.3, 0.4], move: [0, 0.04, -0.08], scale: [1.7, 1, 1] },
    { at: [0, 8.2, 1.1], radius: [1, 0.7, 1], move: [0, -0.16, -0.2] },
    eyes(0.86, [0.02, 0, -0.06]),
    { at: EAR_TIP, radius: [0.4, 0.34, 0.4], move: [0.3, 0.16, -0.1], outside: EAR, fade: 'tip' },
    { at: [0.4, 5.9, 0.3], radius: [0.9, 0.7, 1], move: [0.2, 0, 0] },
  ],
  goblin: [
    { at: NOSE_TIP, radius: [0.3, 0.36, 0.5], move: [0, -0.16, 0.5], scale: [0.9, 1, 1] },
    { at: CHIN, radius: [0.42, 0.42, 0.5], move: [0, -0.16, 0.26], scale: [0.75, 1, 1] },
    { at: EAR_TIP, radius: [0.5, 0.6, 0.5], move: [0.85, 0.3, -0.3], outside: EAR, fade: 'tip' },
    eyes(1.3),
    { at: CHEEK, radius: [0.35, 0.4, 0.5], move: [-0.06, 0, -0.1] },
    { at: [0, 8.1, 0.7], radius: [1.2, 0.7, 1.4], move: [0, -0.2, 0] },
    BROW_RIDGE,
  ],
  elf: [
    { at: EAR_TIP, radius: [0.3, 0.5, 0.4], move: [0.1, 0.7, -0.2], outside: EAR, fade: 'tip' },
    { at: CHIN, radius: [0.6, 0.5, 0.7], scale: [0.8, 1, 1], move: [0, -0.03, 0] },
    { at: JAW_ANGLE, radius: [0.4, 0.5, 0.6], move: [-0.08, 0, 0] },
    { at: [0.5, 7.02, 1.15], radius: [0.26, 0.22, 0.4], move: [0.05, 0.02, 0.04] },
    { at: NOSE_TIP, radius: [0.26, 0.3, 0.4], scale: [0.75, 1, 1] },
  ],
  dwarf: [
    { at: [0, 6.93, 1.58], radius: [0.42, 0.34, 0.5], move: [0, -0.02, 0.16], scale: [1.75, 1.15, 1] },
    { at: CHEEK, radius: [0.45, 0.45, 0.6], move: [0.12, 0.02, 0.1] },
    BROW_RIDGE,
    { at: JAW_ANGLE, radius: [0.5, 0.6, 0.8], move: [0.16, 0, 0] },
    { at: [0, 8.3, 0.6], radius: [1.2, 0.9, 1.4], move: [0, -0.18, 0] },
    { at: [0.75, 7.1, 0.5], radius: [0.4, 0.5, 0.4], scale: [1.25, 1.2, 1.2], outside: EAR },
  ],
  alien: [
    { at: [0, 8.15, 0.4], radius: [1.7, 1.25, 2], move: [0, 0.22, -0.1], scale: [1.35, 1.2, 1.35] },
    { at: [0, 6.4, 1.2], radius: [1, 0.7, 1.2], scale: [0.6, 1, 0.9], move: [0, 0, -0.05] },
    eyes(1.45, [0.02, 0.03, 0]),
    flatNose(1.46, 0.6, 0.75),
    { at: EAR_TIP, radius: [0.3, 0.4, 0.4], move: [0.35, 0.12, 0], outside: EAR, fade: 'tip' },
  ],
  'gray alien': [
    { at: [0, 8.2, 0.4], radius: [2, 1.4, 2.2], move: [0, 0.3, -0.1], scale: [1.6, 1.3, 1.5] },
    { at: [0, 6.35, 1.1], radius: [1, 0.8, 1.3], scale: [0.42, 1, 0.8], move: [0, 0.06, -0.08] },
    eyes(1.35, [0.03, 0.02, -0.02]),
    flatNose(1.44, 0.25, 0.8),
    { at: [0, 6.6, 1.5], radius: [0.4, 0.25, 0.4], scale: [0.75, 0.6, 1] },
  ],
  demon: [
    { ...BROW_RIDGE, move: [0, -0.02, 0.2] },
    { at: [0.34, 7.7, 1.4], radius: [0.22, 0.3, 0.3], move: [0, 0.02, 0.1] },
    { at: [0.52, 7.05, 1.2], radius: [0.26, 0.2, 0.4], move: [0.1, 0.04, 0.1] },
    { at: CHIN, radius: [0.3, 0.4, 0.4], move: [0, -0.16, 0.16] },
    { at: [0.4, 6.75, 1.2], radius: [0.28, 0.3, 0.4], move: [-0.05, 0, -0.08] },
    { at: EAR_TIP, radius: [0.34, 0.5, 0.4], move: [0.35, 0.5, -0.2], outside: EAR, fade: 'tip' },
    { at: [0, 7.05, 1.6], radius: [0.24, 0.4, 0.4], move: [0, -0.06, 0.08] },
  ],
  vampire: [
    { at: [0.42, 6.78, 1.2], radius: [0.3, 0.32, 0.4], move: [-0.06, 0, -0.08] },
    { at: [0.52, 7.05, 1.15], radius: [0.24, 0.18, 0.4], move: [0.05, 0.03, 0.05] },
    { at: CHIN, radius: [0.4, 0.4, 0.5], scale: [0.8, 1, 1], move: [0, -0.06, 0.04] },
    { at: EAR_TIP, radius: [0.26, 0.4, 0.36], move: [0.06, 0.36, -0.1], outside: EAR, fade: 'tip' },
    { at: [0.26, 7.5, 1.46], radius: [0.4, 0.18, 0.4], move: [0, 0, 0.08] },
  ],
  zombie: [
    { at: [0.42, 6.78, 1.2], radius: [0.34, 0.36, 0.5], move: [-0.1, 0, -0.16] },
    { at: EYE, radius: [0.36, 0.32, 0.4], move: [0, 0, -0.1] },
    { at: [0.52, 7.04, 1.15], radius: [0.24, 0.18, 0.4], move: [0.06, 0.02, 0.05] },
    { at: [0.66, 7.5, 0.95], radius: [0.3, 0.4, 0.4], move: [-0.08, 0, 0] },
    { at: NOSE_TIP, radius: [0.26, 0.3, 0.34], move: [0, 0.03, -0.1] },
  ],
  skull: [
    eyes(1, [0.01, 0, -0.26]),
    { at: [0.26, 7.52, 1.42], radius: [0.4, 0.18, 0.4], move: [0, 0.03, 0.06] },
    { at: [0.46, 6.72, 1.1], radius: [0.4, 0.42, 0.55], move: [-0.14, 0, -0.22] },
    { at: [0.52, 7.04, 1.15], radius: [0.26, 0.16, 0.5], move: [0.08, 0.02, 0.06] },
    flatNose(1.36, 0.1),
    { at: [0, 6.6, 1.5], radius: [0.36, 0.2, 0.4], scale: [1, 1, 0.3], pivot: [0, 6.6, 1.4], fade: 'block' },
    { at: [0.68, 7.5, 0.9], radius: [0.34, 0.45, 0.5], move: [-0.1, 0, 0] },
    { at: [0, 5.9, 0.4], radius: [1.1, 0.62, 1.4], scale: [0.55, 1, 0.6] },
    { at: [0, 8, 0.5], radius: [1.6, 1.2, 1.6], scale: [1.06, 1.04, 1.06] },
  ],
  robot: [
    { boxiness: 0.75 },
    { at: [0.5, 6.35, 0.9], radius: [0.5, 0.6, 0.9], move: [0.12, -0.06, 0.04] },
    { at: NOSE_TIP, radius: [0.3, 0.34, 0.4], move: [0, 0.05, -0.16], scale: [0.8, 1, 1] },
    { at: CHIN, radius: [0.5, 0.4, 0.6], scale: [1.4, 1, 1] },
  ],
  cat: [
    { at: [0, 7.2, 0.5], radius: [3, 3, 3], scale: [1.14, 0.96, 1] },
    muzzle(0.44, 0.1, 1),
    flatNose(1.56, 0.25, 0.9),
    { at: [0.14, 6.78, 1.56], radius: [0.26, 0.24, 0.4], move: [0.04, 0, 0.14] },
    eyes(1.5, [0.03, 0, 0.03]),
    { at: CHIN, radius: [0.6, 0.45, 0.7], move: [0, 0.14, -0.18], scale: [0.8, 1, 1] },
    { at: [0.62, 6.8, 0.9], radius: [0.5, 0.5, 0.7], move: [0.2, 0, 0.05] },
    { at: [0, 8.1, 0.8], radius: [1.2, 0.8, 1.3], move: [0, -0.22, -0.02], scale: [1.12, 1, 1] },
  ],
  lion: [
    muzzle(0.52, 0.36, 0.95),
    flatNose(1.6, 0.35, 1.45),
    { at: [0.15, 6.76, 1.56], radius: [0.3, 0.28, 0.4], move: [0.05, 0, 0.1] },
    { at: [0, 7.25, 1.5], radius: [0.4, 0.5, 0.4], move: [0, 0, 0.14], scale: [1.6, 1, 1] },
    { at: CHIN, radius: [0.6, 0.45, 0.6], move: [0, 0.02, 0.06], scale: [0.9, 1, 1] },
    { at: [0, 8.1, 1], radius: [1.2, 0.8, 1.3], move: [0, -0.16, -0.1], scale: [1.1, 1, 1] },
    eyes(1.1, [0.05, 0.02, -0.03]),
  ],
  ape: [
    { at: [0, 6.62, 1.5], radius: [0.85, 0.62, 1], move: [0, 0, 0.4], scale: [1.12, 1, 1] },
    { ...BROW_RIDGE, radius: [0.62, 0.28, 0.5], move: [0, 0.02, 0.15] },
    flatNose(1.46, 0.4, 1.5),
    { at: [0, 8, 1.2], radius: [1, 0.66, 1], move: [0, -0.16, -0.2] },
    eyes(0.92, [0, 0, -0.05]),
    { at: [0.72, 7.1, 0.5], radius: [0.5, 0.6, 0.5], scale: [1.3, 0.9, 0.9], outside: EAR },
    { at: [0.5, 6.1, 0.3], radius: [0.8, 0.8, 1], move: [0.2, 0, -0.1] },
  ],
  wolf: [
    muzzle(0.46, 0.72, 0.9),
    flatNose(1.62, 0.6, 1.35),
    { at: [0, 7.22, 1.5], radius: [0.4, 0.4, 0.4], move: [0, -0.02, 0.1], scale: [1.7, 1, 1] },
    { at: CHIN, radius: [0.5, 0.42, 0.6], move: [0, 0.1, -0.12], scale: [0.85, 1, 1] },
    { at: [0.6, 6.75, 0.8], radius: [0.5, 0.6, 0.7], move: [0.2, -0.06, 0] },
    { at: [0, 8.1, 1.1], radius: [1.1, 0.9, 1.1], move: [0, -0.18, -0.16] },
    eyes(1, [0.03, 0.03, -0.04]),
  ],
  clown: [
    { at: [0.5, 6.9, 1.2], radius: [0.36, 0.36, 0.5], move: [0.06, 0.03, 0.06] },
    { at: [0, 6.6, 1.5], radius: [0.5, 0.3, 0.5], scale: [1.18, 1.1, 1] },
  ],
};

/** What a style does to any head. */
export const STYLE_FIELDS: Readonly<Record<Traits['style'], readonly Field[]>> = {
  realistic: [],
  cartoon: [
    { at: [0, 8, 0.5], radius: [2, 1.6, 2.2], scale: [1.16, 1.1, 1.14] },
    eyes(1.45, [0, 0.02, 0]),
    { at: [0, 6.95, 1.6], radius: [0.34, 0.4, 0.5], scale: [0.72, 0.8, 1], move: [0, 0.03, -0.1] },
    { at: [0, 6.4, 1.1], radius: [1, 0.6, 1.1], scale: [0.82, 0.95, 0.95], move: [0, 0.05, 0] },
    { at: [0, 5.8, 0.3], radius: [1, 0.6, 1.1], scale: [0.75, 1, 0.75] },
  ],
  voxel: [eyes(1.35)],
};
