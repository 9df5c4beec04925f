import type { RandomStream } from '../../tensor/random.ts';
import type { Part } from '../part.ts';
import { addBall } from './add-ball.ts';
import { addTube } from './add-tube.ts';
import { type Color, GOLD, SILVER, WHITE } from './colors.ts';
import { earBox } from './ear-box.ts';
import { facePlace } from './face-place.ts';
import type { HeadGrid } from './head-grid.ts';
import { gem, lacquer, metal } from './materials.ts';
import { neckRing } from './neck-ring.ts';
import { createPiece, finishPiece, type Piece } from './piece.ts';

const METALS: readonly Color[] = [GOLD, GOLD, SILVER, [0.82, 0.56, 0.46]];
const STONES: readonly Color[] = [
  [0.8, 0.05, 0.1],
  [0.1, 0.25, 0.85],
  [0.05, 0.6, 0.25],
  [0.85, 0.92, 1],
];

function anyMetal(random: RandomStream): Color {
  return METALS[random.integer(0, METALS.length - 1)];
}

/** Adds a ring around `center` spanned by two unit directions. */
function addRing(
  piece: Piece,
  center: readonly number[],
  radius: number,
  thickness: number,
  a: readonly number[],
  b: readonly number[],
): void {
  addTube(piece, {
    path: (t, out) => {
      const c = radius * Math.cos(2 * Math.PI * t);
      const s = radius * Math.sin(2 * Math.PI * t);
      for (let k = 0; k < 3; k++) out[k] = center[k] + c * a[k] + s * b[k];
    },
    radius: () => thickness,
    segments: 24,
    sides: 6,
    closed: true,
  });
}

/** Earrings: a stud on each lobe and a stone that hangs from it. */
export function earrings(grid: HeadGrid, random: RandomStream): Part[] {
  const ears = earBox(grid.form);
  const settings = createPiece();
  const stones = createPiece();
  const drop = random.between(0.16, 0.32);
  for (const [lobe, side] of [
    [ears.lobeLeft, 1],
    [ears.lobeRight, -1],
  ] as const) {
    const x = lobe[0] + side * 0.03;
    addBall(settings, [x, lobe[1] + 0.04, lobe[2] + 0.02], [0.045, 0.045, 0.045], 8, 6);
    addBall(
      settings,
      [x, lobe[1] - 0.04 - 0.3 * drop, lobe[2] + 0.02],
      [0.014, 0.06 + 0.3 * drop, 0.014],
      6,
      5,
    );
    addBall(stones, [x, lobe[1] - 0.08 - drop, lobe[2] + 0.02], [0.06, 0.11, 0.06], 10, 7);
  }
  const pearl = random.uniform() < 0.3;
  return [
    finishPiece('earrings', settings, metal(anyMetal(random), 0.1)),
    finishPiece(
      'earring stones',
      stones,
      pearl ? lacquer([0.93, 0.9, 0.85], 0.7) : gem(STONES[random.integer(0, 3)]),
    ),
  ];
}

/** Hoop earrings: a ring through each lobe. */
export function hoopEarrings(grid: HeadGrid, random: RandomStream): Part[] {
  const ears = earBox(grid.form);
  const piece = createPiece();
  const radius = random.between(0.15, 0.25);
  for (const [lobe, side] of [
    [ears.lobeLeft, 1],
    [ears.lobeRight, -1],
  ] as const) {
    const center = [lobe[0] + side * 0.05, lobe[1] + 0.05 - radius, lobe[2] + 0.02];
    addRing(piece, center, radius, 0.022, [0, 1, 0], [side * 0.62, 0, 0.78]);
  }
  return [finishPiece('hoop earrings', piece, metal(anyMetal(random), 0.1))];
}

/** A nose ring: through one nostril or, below the tip, through the septum. */
export function noseRing(grid: HeadGrid, random: RandomStream): Part[] {
  const piece = createPiece();
  const at = [0, 0, 0];
  const { noseTip } = grid.form.places;
  if (random.uniform() < 0.5) {
    const center = [noseTip[0], noseTip[1] - 0.13, noseTip[2] - 0.08];
    addRing(piece, center, 0.1, 0.025, [1, 0, 0], [0, 0.92, 0.4]);
  } else {
    const side = random.uniform() < 0.5 ? -1 : 1;
    facePlace(grid, side * 0.15, 6.9, 0.01, at);
    addRing(piece, [at[0], at[1] - 0.04, at[2]], 0.09, 0.023, [side * 0.75, 0, 0.66], [0, 1, 0]);
  }
  return [finishPiece('nose ring', piece, metal(anyMetal(random), 0.1))];
}

/** A necklace: a chain or a string of beads around the neck, with or without a pendant. */
export function necklace(grid: HeadGrid, random: RandomStream): Part[] {
  const ring = neckRing(grid.form, 5.97);
  const piece = createPiece();
  const at = [0, 0, 0];
  const place = (angle: number): void => {
    const ahead = Math.max(0, Math.cos(angle));
    at[0] = (ring.halfWidth + 0.05) * Math.sin(angle);
    at[1] = ring.center[1] + 0.12 - 0.2 * ahead;
    at[2] = ring.center[2] + (ring.halfDepth + 0.06) * Math.cos(angle);
  };
  const beads = random.uniform() < 0.6;
  if (beads) {
    const size = random.between(0.055, 0.085);
    const count = Math.floor((Math.PI * (ring.halfWidth + ring.halfDepth)) / (2 * size));
    for (let n = 0; n < count; n++) {
      place((2 * Math.PI * n) / count);
      addBall(piece, at, [size, size, size], 8, 5);
    }
  } else {
    addTube(piece, {
      path: (t, out) => {
        place(2 * Math.PI * t);
        for (let k = 0; k < 3; k++) out[k] = at[k];
      },
      radius: (t) => 0.034 + 0.012 * Math.cos(2 * Math.PI * 40 * t),
      segments: 120,
      sides: 6,
      closed: true,
    });
  }
  const pearl: Color = [0.93, 0.9, 0.85];
  const surfaces = [lacquer(pearl, 0.7), gem(STONES[random.integer(0, 3)]), lacquer(WHITE, 0.5)];
  const parts = [
    finishPiece('necklace', piece, beads ? surfaces[random.integer(0, 2)] : metal(anyMetal(random), 0.15)),
  ];
  if (!beads || random.uniform() < 0.3) {
    const pendant = createPiece();
    place(0);
    addBall(pendant, [at[0], at[1] - 0.12, at[2] + 0.02], [0.09, 0.12, 0.05], 10, 8);
    parts.push(finishPiece('pendant', pendant, gem(STONES[random.integer(0, 3)])));
  }
  return parts;
}

/** Piercings: studs at brow, nostril and lip, rings along an ear. */
export function piercings(grid: HeadGrid, random: RandomStream): Part[] {
  const piece = createPiece();
  const side = random.uniform() < 0.5 ? -1 : 1;
  const at = [0, 0, 0];
  const stud = (x: number, y: number, size: number): void => {
    facePlace(grid, x, y, size * 0.6, at);
    addBall(piece, at, [size, size, size], 8, 6);
  };
  stud(side * 0.46, 7.56, 0.038);
  stud(side * 0.46, 7.43, 0.038);
  stud(-side * 0.145, 6.93, 0.034);
  stud(0, 6.42, 0.042);
  if (random.uniform() < 0.6) stud(side * 0.2, 6.46, 0.036);
  const ears = earBox(grid.form);
  for (const hand of [-1, 1]) {
    for (let n = 0; n < 3; n++) {
      const center = [
        hand * (ears.reach - 0.05),
        ears.center[1] + ears.halfHeight * (0.75 - 0.35 * n),
        ears.center[2] - ears.halfDepth * (0.35 + 0.2 * n),
      ];
      addRing(piece, center, 0.07, 0.017, [0.8 * hand, 0, -0.6], [0, 1, 0]);
    }
  }
  return [finishPiece('piercings', piece, metal(random.uniform() < 0.7 ? SILVER : GOLD, 0.05))];
}
