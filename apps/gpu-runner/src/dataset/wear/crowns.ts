import type { RandomStream } from '../../tensor/random.ts';
import { valueNoise } from '../noise.ts';
import type { Part, ShadingPoint } from '../part.ts';
import type { Traits } from '../traits.ts';
import { addBall } from './add-ball.ts';
import { addGrid } from './add-grid.ts';
import { addTube } from './add-tube.ts';
import { BLACK, type Color, mixColor, scaleColor, WHITE } from './colors.ts';
import { bandPoint, fitBand } from './fit-band.ts';
import { hairRoom } from './hair-room.ts';
import type { HeadGrid } from './head-grid.ts';
import { bend, bendByNoise, byExtra, felt, gem, metal, paint, placeU } from './materials.ts';
import { CHANNEL, createPiece, finishPiece } from './piece.ts';

const GEMS: readonly Color[] = [
  [0.8, 0.05, 0.1],
  [0.1, 0.2, 0.85],
  [0.05, 0.6, 0.25],
  [0.75, 0.3, 0.8],
];

/** A crown: a ring of metal with points that carry balls, gems around its foot. */
export function crown(grid: HeadGrid, color: Color, random: RandomStream, traits: Traits): Part[] {
  const band = fitBand(grid, 8.0, 7.78, 0.03 + hairRoom(traits));
  const points = random.integer(5, 9);
  const low = 0.34;
  const high = random.between(0.62, 0.85);
  const piece = createPiece();
  const columns = points * 6;
  for (const flipped of [false, true]) {
    addGrid(piece, {
      columns,
      rows: 5,
      closed: true,
      flipped,
      place: (u, v, out) => {
        const tooth = 1 - Math.abs((((u / (2 * Math.PI)) * points) % 1) * 2 - 1);
        const height = (low + (high - low) * (1 - tooth) ** 1.2) * (1 - v) - 0.04;
        bandPoint(band, u, 1, 0.16 * Math.max(0, height) - (flipped ? 0.03 : 0), height, out);
      },
    });
  }
  addTube(piece, {
    path: (t, out) => bandPoint(band, 2 * Math.PI * t, 1, 0.01, 0, out),
    radius: () => 0.045,
    segments: 48,
    sides: 6,
    closed: true,
  });
  const stones = createPiece();
  const at = [0, 0, 0];
  for (let n = 0; n < points; n++) {
    const tip = (2 * Math.PI * n) / points;
    bandPoint(band, tip, 1, 0.16 * high, high, at);
    addBall(piece, at, [0.06, 0.06, 0.06], 8, 6);
    bandPoint(band, tip, 1, 0.05, 0.17, at);
    addBall(stones, at, [0.065, 0.075, 0.065], 8, 6);
  }
  return [
    finishPiece('crown', piece, metal(color, 0.25)),
    finishPiece('crown gems', stones, gem(GEMS[random.integer(0, GEMS.length - 1)])),
  ];
}

/** A tiara: a filigree that rises to a peak over the forehead, on a thin ring. */
export function tiara(grid: HeadGrid, color: Color, random: RandomStream, traits: Traits): Part[] {
  const band = fitBand(grid, 8.08, 7.6, 0.02 + hairRoom(traits));
  const peak = random.between(0.4, 0.55);
  const piece = createPiece();
  const top = (u: number): number => {
    const arch = Math.cos((u / 1.75) * (Math.PI / 2)) ** 1.3;
    return 0.05 + arch * peak * (0.72 + 0.28 * Math.abs(Math.cos(u * 5.4)));
  };
  for (const flipped of [false, true]) {
    addGrid(piece, {
      columns: 60,
      rows: 4,
      uRange: [-1.75, 1.75],
      flipped,
      place: (u, v, out) => {
        const height = top(u) * (1 - v);
        bandPoint(band, u, 1, 0.1 * height - (flipped ? 0.025 : 0), height, out);
      },
    });
  }
  addTube(piece, {
    path: (t, out) => bandPoint(band, 2 * Math.PI * t, 1, 0, 0, out),
    radius: () => 0.03,
    segments: 48,
    sides: 5,
    closed: true,
  });
  const at = [0, 0, 0];
  const stones = createPiece();
  for (const [u, share, size] of [
    [0, 0.5, 0.085],
    [0.35, 0.45, 0.06],
    [-0.35, 0.45, 0.06],
    [0.75, 0.4, 0.05],
    [-0.75, 0.4, 0.05],
    [0, 1.05, 0.05],
  ]) {
    bandPoint(band, u, 1, 0.05, top(u) * share, at);
    addBall(stones, at, [size, size * 1.15, size], 8, 6);
  }
  const filigree = {
    shade(point: ShadingPoint) {
      silver.shade(point);
      const u = placeU(point);
      const v = point.channels[CHANNEL.v];
      const swirl = Math.sin(u * 16) * Math.sin(v * 9 + 0.5);
      bend(point, 0.6 * Math.cos(u * 16), 0.5 * Math.sin(v * 9));
      if (Math.abs(swirl) > 0.72) paint(point, scaleColor(color, 0.45));
    },
  };
  const silver = metal(color, 0.15);
  return [
    finishPiece('tiara', piece, filigree),
    finishPiece(
      'tiara gems',
      stones,
      gem(random.uniform() < 0.5 ? [0.85, 0.92, 1] : GEMS[random.integer(0, 3)]),
    ),
  ];
}

/** A wreath of flowers with leaves between them. */
export function flowerWreath(grid: HeadGrid, color: Color, random: RandomStream, traits: Traits): Part[] {
  const band = fitBand(grid, 7.98, 7.66, 0.06 + hairRoom(traits));
  const green = createPiece();
  addTube(green, {
    path: (t, out) => bandPoint(band, 2 * Math.PI * t, 1, 0, 0, out),
    radius: () => 0.06,
    segments: 40,
    sides: 6,
    closed: true,
  });
  const count = 18;
  const at = [0, 0, 0];
  const flowers = createPiece();
  for (let n = 0; n < count; n++) {
    const angle = (2 * Math.PI * (n + random.between(-0.2, 0.2))) / count;
    bandPoint(band, angle, 1, 0.07, random.between(-0.06, 0.08), at);
    const size = random.between(0.19, 0.26);
    const lift = random.between(0, 0.7);
    const kind = random.uniform() < 0.6 ? 0 : random.integer(1, 2);
    const middle = [...at];
    const s = Math.sin(angle);
    const c = Math.cos(angle);
    const out = [s * Math.cos(lift), Math.sin(lift), c * Math.cos(lift)];
    const side = [c, 0, -s];
    const high = [-s * Math.sin(lift), Math.cos(lift), -c * Math.sin(lift)];
    addGrid(flowers, {
      columns: 20,
      rows: 3,
      closed: true,
      flipped: true,
      place: (u, v, point) => {
        const radius = size * v * (0.55 + 0.45 * Math.abs(Math.cos(2.5 * u)) ** 0.5);
        const cup = 0.35 * size * (v * v - 0.3);
        for (let k = 0; k < 3; k++) {
          point[k] =
            middle[k] + radius * (Math.sin(u) * side[k] + Math.cos(u) * high[k]) + (0.05 + cup) * out[k];
        }
        point[3] = kind;
      },
    });
    bandPoint(band, angle + Math.PI / count, 1, 0.06, random.between(-0.05, 0.05), at);
    const slope = random.between(-0.9, 0.9);
    addBall(
      green,
      at,
      [0.06 + 0.1 * Math.abs(Math.cos(angle)), 0.05 + 0.06 * Math.abs(slope), 0.06 + 0.1 * Math.abs(s)],
      7,
      5,
    );
  }
  const petals = (base: Color) => ({
    shade(point: ShadingPoint) {
      const v = point.channels[CHANNEL.v];
      if (v < 0.3) paint(point, base === YELLOW ? [0.4, 0.22, 0.06] : YELLOW, 0.9);
      else paint(point, base, 0.75 + 0.35 * v + 0.06 * Math.cos(10 * placeU(point)));
    },
  });
  const leaves = {
    shade(point: ShadingPoint) {
      const tone = bendByNoise(point, 9, 0.3);
      paint(point, [0.16, 0.4, 0.12], 1 + 0.25 * tone);
    },
  };
  const second: Color = random.uniform() < 0.5 ? WHITE : mixColor(color, WHITE, 0.55);
  return [
    finishPiece('wreath leaves', green, leaves),
    finishPiece(
      'wreath flowers',
      flowers,
      byExtra(petals(color), petals(second), petals(scaleColor(color, 0.8))),
    ),
  ];
}

const YELLOW: Color = [0.92, 0.76, 0.15];

/** A headdress: a beaded band from which feathers stand up in a fan from ear to ear. */
export function featherHeaddress(grid: HeadGrid, color: Color, random: RandomStream, traits: Traits): Part[] {
  const band = fitBand(grid, 7.9, 7.55, 0.04 + hairRoom(traits));
  const strap = createPiece();
  addGrid(strap, {
    columns: 48,
    rows: 3,
    closed: true,
    place: (u, v, out) => bandPoint(band, u, 1, 0.04 + 0.03 * Math.sin(Math.PI * v), 0.22 * (0.5 - v), out),
  });
  const feathers = createPiece();
  const count = 19;
  const root = [0, 0, 0];
  const longest = band.crownHeight + random.between(0.42, 0.58);
  for (let n = 0; n < count; n++) {
    const share = (2 * n) / (count - 1) - 1;
    const azimuth = share * 1.95;
    bandPoint(band, azimuth, 1, 0.05, 0, root);
    const middle = [...root];
    const fan = share * 1.35;
    const length = longest * (1 - 0.3 * share * share) * random.between(0.95, 1.04);
    const up = [Math.sin(fan), Math.cos(fan), -0.12];
    const across = [Math.cos(fan) * Math.cos(azimuth * 0.6), -Math.sin(fan), -Math.sin(azimuth * 0.6)];
    addGrid(feathers, {
      columns: 2,
      rows: 8,
      uRange: [-1, 1],
      flipped: true,
      place: (u, v, out) => {
        const wide = 0.15 * Math.min(1, v * 5) * Math.sqrt(Math.max(0, 1 - ((v - 0.55) / 0.46) ** 4)) + 0.012;
        for (let k = 0; k < 3; k++) out[k] = middle[k] + length * v * up[k] + u * wide * across[k];
        out[2] += -0.28 * v * v - 0.05 * (1 - u * u) + (n % 2) * 0.03;
        out[3] = n % 3 === 0 ? 0 : 1;
      },
    });
  }
  const plume = (base: Color, tip: Color) => ({
    shade(point: ShadingPoint) {
      const u = placeU(point);
      const v = point.channels[CHANNEL.v];
      const barb = Math.sin((v * 60 - Math.abs(u) * 9) * 2);
      paint(point, v > 0.74 + 0.06 * Math.abs(u) ? tip : base, 0.93 + 0.07 * barb);
      if (Math.abs(u) < 0.1) paint(point, [0.75, 0.7, 0.58]);
      bend(point, 0, 0.25 * barb);
    },
  });
  const beads = {
    shade(point: ShadingPoint) {
      leather.shade(point);
      const zig = Math.abs(((((placeU(point) * 4) % 1) + 1) % 1) - 0.5) * 1.4 + 0.15;
      const v = point.channels[CHANNEL.v];
      if (Math.abs(v - zig) < 0.16) paint(point, [0.9, 0.85, 0.7]);
      else if (v < 0.1 || v > 0.9) paint(point, [0.15, 0.45, 0.6]);
      bendByNoise(point, 22, 0.4);
    },
  };
  const leather = felt(mixColor(color, [0.5, 0.1, 0.05], 0.3));
  const dark: Color = [0.12, 0.09, 0.08];
  return [
    finishPiece('headdress band', strap, beads),
    finishPiece('feathers', feathers, byExtra(plume(WHITE, dark), plume(color, mixColor(color, BLACK, 0.7)))),
  ];
}

/** A halo: a ring of light above the head. */
export function halo(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.9, 7.7, 0);
  const piece = createPiece();
  const height = band.crownHeight + random.between(0.25, 0.42);
  const radius = random.between(0.55, 0.7);
  addTube(piece, {
    path: (t, out) => {
      const angle = 2 * Math.PI * t;
      for (let k = 0; k < 3; k++) {
        out[k] =
          band.center[k] +
          radius * (Math.sin(angle) * band.right[k] + Math.cos(angle) * band.forward[k]) +
          (k === 1 ? height : 0);
      }
    },
    radius: () => 0.065,
    segments: 48,
    sides: 8,
    closed: true,
  });
  const shine = mixColor(color, [1, 0.95, 0.7], 0.55);
  const light = {
    shade(point: ShadingPoint) {
      const glow = valueNoise(point.x * 5, point.y * 5, point.z * 5);
      paint(point, shine, 0.97 + 0.05 * glow);
      point.emission = 0.75;
    },
  };
  return [finishPiece('halo', piece, light)];
}

/** A pair of curved horns, ridged around, growing out of the skull. */
export function horns(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.95, 7.6, 0);
  const piece = createPiece();
  const rise = random.between(0.75, 1.05);
  const spread = random.between(0.35, 0.75);
  const curl = random.between(-0.35, 0.45);
  for (const side of [-1, 1]) {
    addTube(piece, {
      path: (t, out) => {
        const bow = Math.sin(t * 2.2);
        const x = side * (0.4 + spread * bow - curl * t * t);
        const y = band.crownHeight * 0.74 + rise * t;
        const z = 0.3 - 0.45 * t * t;
        for (let k = 0; k < 3; k++) out[k] = band.center[k] + x * band.right[k] + z * band.forward[k];
        out[1] += y - 0.16;
      },
      radius: (t) => 0.17 * (1 - t) ** 0.75 + 0.008,
      segments: 22,
      sides: 10,
    });
  }
  const bone = mixColor(color, [0.3, 0.25, 0.2], 0.25);
  const ridged = {
    shade(point: ShadingPoint) {
      const t = point.channels[CHANNEL.v];
      const ring = Math.sin(t * 70);
      bend(point, 0, 0.35 * ring * (1 - t));
      paint(point, mixColorInto(bone, t), 0.9 + 0.12 * ring * (1 - t));
      point.gloss = 0.3;
    },
  };
  return [finishPiece('horns', piece, ridged)];
}

const mixed: [number, number, number] = [0, 0, 0];

function mixColorInto(base: Color, t: number): Color {
  for (let k = 0; k < 3; k++) mixed[k] = base[k] * (1 - 0.55 * t) + 0.02 * t;
  return mixed;
}
