import type { RandomStream } from '../../tensor/random.ts';
import { valueNoise } from '../noise.ts';
import type { Material, Part } from '../part.ts';
import type { Traits } from '../traits.ts';
import { faceShell } from './face-shell.ts';
import { addGrid } from './add-grid.ts';
import { addStrap } from './add-strap.ts';
import { addTube } from './add-tube.ts';
import { BLACK, type Color, GOLD, HEADWEAR_COLORS, mixColor, scaleColor, WHITE } from './colors.ts';
import { earBox } from './ear-box.ts';
import { facePlace } from './face-place.ts';
import { hairRoom } from './hair-room.ts';
import { type HeadGrid, polarAtLine, readGrid } from './head-grid.ts';
import {
  bend,
  bendByNoise,
  byExtra,
  cloth,
  lacquer,
  leather,
  marked,
  metal,
  paint,
  placeU,
} from './materials.ts';
import { CHANNEL, createPiece, finishPiece } from './piece.ts';
import { addKnot } from './soft-hats.ts';

const EYE_X = 0.308;
const EYE_Y = 7.284;

/** About a distance to the almond-shaped holes for the eyes: above 0 outside them. */
function outsideEyes(x: number, y: number, halfWidth: number, halfHeight: number): number {
  const dx = (Math.abs(x) - EYE_X) / halfWidth;
  const dy = (y - EYE_Y) / halfHeight;
  return (Math.hypot(dx, dy) - 1) * halfHeight;
}

/** About a distance to a rounded box: above 0 inside it. */
function insideBox(x: number, y: number, halfWidth: number, halfHeight: number, exponent: number): number {
  const reach =
    (Math.abs(x / halfWidth) ** exponent + Math.abs(y / halfHeight) ** exponent) ** (1 / exponent);
  return (1 - reach) * Math.min(halfWidth, halfHeight);
}

/** A surgical mask: pleated, over nose, mouth and chin, with loops around the ears. */
export function surgicalMask(grid: HeadGrid, random: RandomStream): Part[] {
  const colors: readonly Color[] = [
    [0.55, 0.75, 0.86],
    [0.55, 0.75, 0.86],
    [0.9, 0.92, 0.93],
    [0.1, 0.1, 0.11],
    [0.6, 0.82, 0.7],
  ];
  const color = colors[random.integer(0, colors.length - 1)];
  const shell = faceShell(grid, {
    halfWidth: 0.66,
    bottomY: 5.98,
    topY: 7.2,
    reach: 0.2,
    lift: (_x, y) => 0.03 + 0.018 * Math.sin((y - 6.1) * 20),
    field: (x, y) => {
      const rise = 0.13 * Math.exp(-((x / 0.17) ** 2));
      return insideBox(x, y - 6.6 - (y > 6.6 ? rise * (y - 6.6) * 2 : 0), 0.62, 0.5, 4.2);
    },
    columns: 36,
    rows: 44,
  });
  const loops = createPiece();
  const ears = earBox(grid.form);
  const from = [0, 0, 0];
  for (const side of [-1, 1]) {
    for (const [y, end] of [
      [6.96, 0.75],
      [6.2, -0.8],
    ]) {
      facePlace(grid, side * 0.58, y, 0.05, from);
      const start = [...from];
      addTube(loops, {
        path: (t, out) => {
          const height = ears.center[1] + end * ears.halfHeight;
          out[0] =
            start[0] +
            (side * (ears.center[0] + 0.02) - start[0]) * Math.min(1, 0.25 + t) * Math.min(1, t * 4);
          out[1] = start[1] + (height - start[1]) * t;
          out[2] = start[2] + (ears.center[2] - 0.05 - start[2]) * t;
        },
        radius: () => 0.014,
        segments: 12,
        sides: 5,
      });
    }
  }
  const pleated = marked(cloth(color, 0.1), (point) => {
    const y = point.channels[CHANNEL.v];
    const pleat = ((((y - 6.1) * 4.2) % 1) + 1) % 1;
    bend(point, 0, -0.5 * Math.exp(-((pleat / 0.16) ** 2)) + 0.12);
    if (pleat < 0.1) paint(point, color, 0.86);
    if (point.channels[CHANNEL.extra] < 0.03) paint(point, color, 0.93);
  });
  return [finishPiece('surgical mask', shell, pleated), finishPiece('ear loops', loops, cloth(WHITE, 0))];
}

/** A carnival mask: winged, glittering, edged with gold, often with feathers. */
export function carnivalMask(grid: HeadGrid, random: RandomStream): Part[] {
  const names = ['purple', 'red', 'blue', 'green', 'pink', 'black', 'white', 'gold'] as const;
  const color = HEADWEAR_COLORS[names[random.integer(0, names.length - 1)]];
  const second = HEADWEAR_COLORS[names[random.integer(0, names.length - 1)]];
  const top = (ax: number): number => 7.5 + 0.34 * (ax / 0.75) ** 2.2 + 0.06 * Math.exp(-((ax / 0.1) ** 2));
  const bottom = (ax: number): number => 7.05 + 0.36 * (ax / 0.75) ** 3 + 0.1 * Math.exp(-((ax / 0.09) ** 2));
  const shell = faceShell(grid, {
    halfWidth: 0.78,
    bottomY: 6.9,
    topY: 8.0,
    reach: 0.12,
    lift: (x) => 0.045 + 0.9 * Math.max(0, Math.abs(x) - 0.45) ** 2,
    field: (x, y) => {
      const ax = Math.abs(x);
      return Math.min(top(ax) - y, y - bottom(ax), 0.77 - ax, outsideEyes(x, y, 0.2, 0.12));
    },
    columns: 60,
    rows: 36,
  });
  const glitter = marked(cloth(color, 0), (point) => {
    const edge = point.channels[CHANNEL.extra];
    const x = placeU(point);
    const y = point.channels[CHANNEL.v];
    const swirl = Math.sin(
      9 * Math.hypot(Math.abs(x) - 0.5, y - 7.5) * 2 + 3 * Math.atan2(y - 7.5, Math.abs(x) - 0.5),
    );
    if (swirl > 0.55) paint(point, second);
    const sparkle = valueNoise(Math.floor(x * 60) * 1.7, Math.floor(y * 60) * 1.3, 2);
    point.gloss = 0.5;
    point.shininess = 30;
    if (sparkle > 0.55) paint(point, mixColorInto(color, sparkle));
    if (edge < 0.04) {
      paint(point, GOLD);
      point.metal = 0.8;
      point.gloss = 0.8;
      bend(point, 0, 0.5);
    }
  });
  const parts = [finishPiece('carnival mask', shell, glitter)];
  if (random.uniform() < 0.6) parts.push(carnivalFeathers(grid, color, second));
  const strap = createPiece();
  addStrap(strap, grid, {
    line: () => 7.45,
    width: 0.05,
    lift: 0.04,
    range: [0.9, 2 * Math.PI - 0.9],
    overEars: true,
  });
  parts.push(finishPiece('mask ribbon', strap, cloth(scaleColor(color, 0.6), 0)));
  return parts;
}

const mixed: [number, number, number] = [0, 0, 0];

function mixColorInto(color: Color, share: number): Color {
  for (let k = 0; k < 3; k++) mixed[k] = color[k] + (1 - color[k]) * 0.8 * share;
  return mixed;
}

/** Feathers that rise from the brow of a carnival mask. */
function carnivalFeathers(grid: HeadGrid, color: Color, second: Color): Part {
  const piece = createPiece();
  const root = [0, 0, 0];
  for (let n = 0; n < 9; n++) {
    const share = n / 4 - 1;
    facePlace(grid, share * 0.5, 7.56 + 0.1 * Math.abs(share), 0.05, root);
    const at = [...root];
    const length = 0.62 - 0.14 * Math.abs(share);
    addGrid(piece, {
      columns: 2,
      rows: 7,
      uRange: [-1, 1],
      flipped: true,
      place: (u, v, out) => {
        const wide = 0.085 * Math.sin(Math.PI * Math.min(1, v * 0.9 + 0.08)) ** 0.6;
        out[0] = at[0] + length * v * Math.sin(share * 0.9) + u * wide * Math.cos(share * 0.9);
        out[1] = at[1] + length * v * Math.cos(share * 0.9) - u * wide * Math.sin(share * 0.9);
        out[2] = at[2] + 0.1 * Math.sin(Math.PI * v) - 0.1 * v * v + (n % 2) * 0.02;
        out[3] = n % 2;
      },
    });
  }
  const feather = (base: Color): Material => ({
    shade(point) {
      const barb = Math.sin(90 * point.channels[CHANNEL.v] - 12 * Math.abs(placeU(point)));
      paint(point, base, 0.92 + 0.1 * barb);
      bend(point, 0, 0.25 * barb);
    },
  });
  return finishPiece('mask feathers', piece, byExtra(feather(color), feather(second)));
}

/** A bandit's mask: a dark strip over the eyes, tied behind the head. */
export function banditMask(grid: HeadGrid, random: RandomStream, traits: Traits): Part[] {
  const color: Color = random.uniform() < 0.75 ? [0.05, 0.05, 0.055] : [0.35, 0.05, 0.06];
  const strip = faceShell(grid, {
    halfWidth: 0.78,
    bottomY: 6.95,
    topY: 7.7,
    reach: 0.09,
    lift: () => 0.055,
    field: (x, y) => {
      const middle = 7.32;
      const half = 0.19 + 0.03 * Math.cos(x * 9) - 0.05 * x * x;
      const nose = 0.12 * Math.exp(-((x / 0.12) ** 2));
      return Math.min(
        middle + half - y,
        y - (middle - half + nose),
        0.77 - Math.abs(x),
        outsideEyes(x, y + 0.012, 0.19, 0.115),
      );
    },
    columns: 60,
    rows: 28,
  });
  const tie = createPiece();
  const lift = 0.03 + hairRoom(traits);
  addStrap(tie, grid, {
    line: () => 7.32,
    width: 0.26,
    lift: 0.035 + 0.6 * hairRoom(traits),
    range: [0.86, 2 * Math.PI - 0.86],
    overEars: true,
  });
  const back = [0, 0, 0];
  readGrid(
    grid.points,
    polarAtLine(grid, Math.PI, () => 7.31),
    Math.PI,
    back,
  );
  addKnot(tie, [back[0], back[1], back[2] - lift - 0.04], [0, 0, -1], 0.5);
  return [
    finishPiece('bandit mask', strip, cloth(color, 0.1)),
    finishPiece('bandit knot', tie, cloth(color, 0.15)),
  ];
}

/** A gas mask: black rubber over the face, two round windows, a filter before the mouth, straps. */
export function gasMask(grid: HeadGrid, random: RandomStream, traits: Traits): Part[] {
  const colors: readonly Color[] = [
    [0.09, 0.09, 0.1],
    [0.2, 0.23, 0.15],
    [0.3, 0.27, 0.2],
  ];
  const rubber = colors[random.integer(0, 2)];
  const shell = faceShell(grid, {
    halfWidth: 0.68,
    bottomY: 6.02,
    topY: 7.82,
    reach: 0.22,
    lift: (x, y) => 0.06 + 0.07 * Math.exp(-((x / 0.25) ** 2) - ((y - 6.7) / 0.3) ** 2),
    field: (x, y) => insideBox(x, y - 6.9, 0.64, 0.87, 2.8),
    columns: 32,
    rows: 36,
  });
  const fittings = createPiece();
  const at = [0, 0, 0];
  for (const side of [-1, 1]) {
    facePlace(grid, side * EYE_X, EYE_Y, 0, at);
    const window = [at[0], at[1], at[2] + 0.26];
    addCylinder(
      fittings,
      window,
      [side * 0.25, 0, 1],
      [
        [0.27, -0.28, 0],
        [0.27, 0.03, 0],
        [0.21, 0.07, 0],
        [0.21, 0.03, 0],
        [0.2, 0.03, 1],
        [0.1, 0.06, 1],
        [0, 0.065, 1],
      ],
    );
  }
  facePlace(grid, 0, 6.64, 0, at);
  const twin = random.uniform() < 0.4;
  for (const side of twin ? [-1, 1] : [0]) {
    const foot = [at[0] + side * 0.3, at[1] - 0.06, at[2] + (twin ? -0.02 : 0.04)];
    const size = twin ? 0.85 : 1;
    addCylinder(
      fittings,
      foot,
      [side * 0.8, -0.35, 1],
      [
        [0.2 * size, -0.15, 0],
        [0.2 * size, 0.1, 0],
        [0.29 * size, 0.12, 2],
        [0.3 * size, 0.36, 2],
        [0.26 * size, 0.4, 2],
        [0.24 * size, 0.37, 3],
        [0, 0.37, 3],
      ],
    );
  }
  const straps = createPiece();
  for (const height of [7.0, 7.62]) {
    addStrap(straps, grid, {
      line: (z) => height + 0.1 * (1.2 - z),
      width: 0.1,
      lift: 0.035 + hairRoom(traits),
      range: [0.66, 2 * Math.PI - 0.66],
      overEars: true,
    });
  }
  const grille = marked(lacquer([0.12, 0.12, 0.12], 0.2), (point) => {
    const hole = Math.sin(placeU(point) * 12) * Math.sin(point.channels[CHANNEL.v] * 90);
    if (hole > 0.35) paint(point, BLACK, 0.4);
  });
  const body = marked(leather(rubber), (point) => {
    point.gloss = 0.22;
    if (point.channels[CHANNEL.extra] < 0.05) bend(point, 0, 0.4);
  });
  const can: Color = random.uniform() < 0.5 ? [0.32, 0.36, 0.28] : [0.45, 0.46, 0.48];
  const trim = metal([0.5, 0.5, 0.52], 0.4);
  return [
    finishPiece('gas mask', shell, body),
    finishPiece(
      'gas mask fittings',
      fittings,
      byExtra(trim, lacquer([0.06, 0.1, 0.1], 1), lacquer(can, 0.25), grille),
    ),
    finishPiece('gas mask straps', straps, leather(scaleColor(rubber, 0.8))),
  ];
}

/** Adds a body of revolution at `foot` along `axis`: rows of radius, distance along the axis and material. */
function addCylinder(
  piece: ReturnType<typeof createPiece>,
  foot: readonly number[],
  axis: readonly [number, number, number],
  profile: readonly (readonly [number, number, number])[],
): void {
  const scale = 1 / Math.hypot(axis[0], axis[1], axis[2]);
  const d = [axis[0] * scale, axis[1] * scale, axis[2] * scale];
  const flat = Math.hypot(d[0], d[2]);
  const a = [d[2] / flat, 0, -d[0] / flat];
  const b = [d[1] * a[2] - d[2] * a[1], d[2] * a[0] - d[0] * a[2], d[0] * a[1] - d[1] * a[0]];
  addGrid(piece, {
    columns: 24,
    rows: profile.length - 1,
    closed: true,
    place: (u, v, out) => {
      const [radius, along, kind] = profile[Math.round(v * (profile.length - 1))];
      for (let k = 0; k < 3; k++) {
        out[k] = foot[k] + along * d[k] + radius * (Math.cos(u) * a[k] + Math.sin(u) * b[k]);
      }
      out[3] = kind;
    },
  });
}

/** A goalkeeper's hockey mask: a white shell with eye holes, rows of vents and red chevrons. */
export function hockeyMask(grid: HeadGrid, random: RandomStream, traits: Traits): Part[] {
  const shell = faceShell(grid, {
    halfWidth: 0.72,
    bottomY: 5.98,
    topY: 8.12,
    reach: 0.16,
    lift: (_x, y) => 0.05 + 0.02 * Math.exp(-(((y - 6.1) / 0.2) ** 2)),
    field: (x, y) => {
      const narrow = y < 7.1 ? 0.68 - 0.14 * ((7.1 - y) / 1.1) ** 2 : 0.68;
      return Math.min(insideBox(x, y - 7.06, narrow, 1.02, 2.6), outsideEyes(x, y, 0.19, 0.115));
    },
    columns: 48,
    rows: 52,
  });
  const marks: Color = random.uniform() < 0.7 ? [0.72, 0.06, 0.06] : [0.08, 0.15, 0.55];
  const base = mixColor(WHITE, [0.85, 0.8, 0.62], random.between(0, 0.8));
  const worn = marked(lacquer(base, 0.25), (point) => {
    const x = placeU(point);
    const ax = Math.abs(x);
    const y = point.channels[CHANNEL.v];
    const scratch = bendByNoise(point, 6, 0.05);
    if (scratch < -0.5) paint(point, base, 0.88);
    // Chevrons on the forehead and on both cheeks.
    if (
      (y > 7.62 && y < 7.94 && ax < 0.16 * ((y - 7.55) / 0.39)) ||
      (ax > 0.36 && Math.abs(y - 6.93 + 0.3 * (ax - 0.4)) < 0.5 * (ax - 0.36))
    )
      paint(point, marks);
    const column = ax / 0.13;
    const row = (y - 6.05) / 0.13;
    const hole = Math.hypot((column % 1) - 0.5, (row % 1) - 0.5);
    const vents = (y < 6.95 && ax < 0.42) || (y > 7.55 && ax > 0.2 && ax < 0.5 && y < 7.95);
    if (vents && hole < 0.24 && !(y > 6.6 && ax < 0.1)) {
      paint(point, BLACK);
      point.gloss = 0;
    }
  });
  const straps = createPiece();
  for (const height of [6.95, 7.6]) {
    addStrap(straps, grid, {
      line: (z) => height + 0.08 * (1.2 - z),
      width: 0.1,
      lift: 0.035 + hairRoom(traits),
      range: [0.72, 2 * Math.PI - 0.72],
      overEars: true,
    });
  }
  return [
    finishPiece('hockey mask', shell, worn),
    finishPiece('hockey straps', straps, leather([0.1, 0.08, 0.07])),
  ];
}

/** A superhero's mask: bright, close on forehead, nose and cheeks, with an emblem and light edges around the eyes. */
export function superheroMask(grid: HeadGrid, random: RandomStream): Part[] {
  const pairs = [
    ['red', 'yellow'],
    ['blue', 'white'],
    ['black', 'yellow'],
    ['green', 'white'],
    ['purple', 'green'],
    ['red', 'blue'],
  ] as const;
  const pair = pairs[random.integer(0, pairs.length - 1)];
  const color = HEADWEAR_COLORS[pair[0]];
  const accent = HEADWEAR_COLORS[pair[1]];
  const sheet = faceShell(grid, {
    halfWidth: 0.9,
    bottomY: 6.7,
    topY: 8.16,
    reach: 0.05,
    lift: (x) => 0.05 + 0.25 * Math.max(0, Math.abs(x) - 0.62),
    field: (x, y) => {
      const ax = Math.abs(x);
      const high = 7.9 + 0.14 * Math.exp(-((x / 0.12) ** 2)) + 0.22 * (ax / 0.85) ** 4;
      const low = 6.84 + 0.2 * Math.exp(-(((ax - 0.3) / 0.16) ** 2)) + 0.9 * Math.max(0, ax - 0.6);
      return Math.min(high - y, y - low, 0.88 - ax, outsideEyes(x, y, 0.19, 0.1));
    },
    columns: 58,
    rows: 48,
  });
  const star = random.uniform() < 0.5;
  const suit = marked(lacquer(color, 0.3), (point) => {
    const x = placeU(point);
    const y = point.channels[CHANNEL.v];
    const edge = point.channels[CHANNEL.extra];
    const dy = y - 7.76;
    const radius = Math.hypot(x, dy);
    const fifth = (2 * Math.PI) / 5;
    const angle = Math.abs(((((Math.atan2(x, dy) / fifth + 0.5) % 1) + 1) % 1) - 0.5) * 2;
    const emblem = star ? radius < 0.19 - 0.115 * angle : Math.abs(x) * 1.3 + Math.abs(dy) < 0.17;
    if (emblem) paint(point, accent);
    if (edge < 0.03) paint(point, accent, outsideEyes(x, y, 0.19, 0.1) < 0.05 ? 1 : 0.7);
  });
  return [finishPiece('superhero mask', sheet, suit)];
}
