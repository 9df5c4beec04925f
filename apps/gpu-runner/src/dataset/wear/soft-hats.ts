import type { RandomStream } from '../../tensor/random.ts';
import type { Part, ShadingPoint } from '../part.ts';
import type { Traits } from '../traits.ts';
import { addBall } from './add-ball.ts';
import { addGrid } from './add-grid.ts';
import { addLathe } from './add-lathe.ts';
import { addDome } from './add-dome.ts';
import { BLACK, type Color, mixColor, scaleColor, WHITE } from './colors.ts';
import { bandPoint, bandReach, fitBand } from './fit-band.ts';
import { hairRoom } from './hair-room.ts';
import type { HeadGrid } from './head-grid.ts';
import { bend, byExtra, cloth, felt, fur, gem, knit, marked, paint, placeU } from './materials.ts';
import { CHANNEL, createPiece, finishPiece, type Piece } from './piece.ts';

/** A turban: bands of cloth wound around the head that cross over the forehead, at times with a jewel. */
export function turban(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.8, 7.2, 0.05);
  const piece = createPiece();
  const thick = random.between(0.2, 0.34);
  const top = band.crownHeight + random.between(0.15, 0.3);
  const turns = random.integer(4, 6);
  const fold = (u: number, v: number): number => {
    const azimuth = u > Math.PI ? u - 2 * Math.PI : u;
    // The layers come down from the forehead to both sides and lie half a turn apart: they cross in front.
    return (
      turns * (v - (0.42 * Math.abs(azimuth)) / Math.PI) +
      0.5 * smooth(azimuth / 0.16) * Math.cos(azimuth / 2)
    );
  };
  addGrid(piece, {
    columns: 72,
    rows: 32,
    closed: true,
    place: (u, v, out) => {
      const angle = Math.PI * 0.5 * Math.min(1, v / 0.82);
      const height = v < 0.82 ? top * Math.cos(angle) : -(v - 0.82) * 0.9;
      const round = Math.sin(angle) ** 0.75;
      const ridge = Math.abs(Math.sin(Math.PI * fold(u, v))) ** 0.6;
      const bulge =
        thick * Math.sin(Math.PI * Math.min(1, v * 0.98)) ** 0.5 + 0.05 * ridge * Math.min(1, 5 * v);
      bandPoint(
        band,
        u,
        Math.max(round, bandReach(band, height) * Math.min(1, v * 6)),
        bulge * Math.min(1, 3 * v),
        height,
        out,
      );
    },
  });
  const jewel = random.uniform() < 0.45;
  const parts = [
    finishPiece(
      'turban',
      piece,
      marked(cloth(color, 0.16), (point) => {
        const u = placeU(point);
        const phase = fold(u, point.channels[CHANNEL.v]);
        const depth = Math.abs(Math.sin(Math.PI * phase));
        bend(
          point,
          0.12 * Math.sin(40 * phase),
          0.55 * Math.cos(Math.PI * phase) * Math.sign(Math.sin(Math.PI * phase)),
        );
        if (depth < 0.22) paint(point, color, 0.55 + 1.6 * depth);
      }),
    ),
  ];
  if (jewel) {
    const stone = createPiece();
    const at = [0, 0, 0];
    bandPoint(band, 0, 1, thick + 0.06, 0.2, at);
    addBall(stone, at, [0.11, 0.14, 0.07], 12, 8);
    parts.push(finishPiece('turban jewel', stone, gem([0.75, 0.06, 0.12])));
  }
  return parts;
}

function smooth(t: number): number {
  const share = Math.min(1, Math.max(0, 0.5 + 0.5 * t));
  return share * share * (3 - 2 * share);
}

/** A headband: a strip of knitted or smooth cloth around forehead and hair. */
export function headband(grid: HeadGrid, color: Color, random: RandomStream, traits: Traits): Part[] {
  const band = fitBand(grid, 7.9, 7.6, 0.02 + hairRoom(traits));
  const piece = createPiece();
  const high = random.between(0.12, 0.19);
  const stripe = random.uniform() < 0.5 ? WHITE : scaleColor(color, 0.5);
  addGrid(piece, {
    columns: 60,
    rows: 8,
    closed: true,
    place: (u, v, out) => {
      const height = high * (1 - 2 * v);
      const round = Math.sqrt(Math.max(0, 1 - (2 * v - 1) ** 4));
      bandPoint(band, u, Math.max(1, bandReach(band, 0.02)), 0.07 * round - 0.02, height, out);
    },
  });
  const strip = marked(random.uniform() < 0.6 ? knit(color, 70, 5) : cloth(color), (point) => {
    if (Math.abs(point.channels[CHANNEL.v] - 0.5) < 0.12) paint(point, stripe);
  });
  return [finishPiece('headband', piece, strip)];
}

/** Adds a knot with two tails of cloth at `at`, hanging down and away along `away`. */
export function addKnot(
  piece: Piece,
  at: readonly number[],
  away: readonly number[],
  length: number,
  extra = 0,
): void {
  addBall(piece, at, [0.12, 0.09, 0.09], 10, 7, extra);
  for (const side of [-1, 1]) {
    addGrid(piece, {
      columns: 2,
      rows: 6,
      uRange: [-1, 1],
      place: (u, v, out) => {
        const wide = 0.05 + 0.09 * v;
        out[0] = at[0] + side * (0.05 + 0.26 * v * length) + u * wide * 0.8;
        out[1] = at[1] - length * v * (1 - 0.15 * side) + u * wide * 0.5 * side;
        out[2] = at[2] + away[2] * (0.06 + 0.22 * v * (1 - 0.5 * v)) + 0.03 * Math.sin(6 * v + side + u);
        out[3] = extra;
      },
    });
  }
}

/** A bandana: a printed cloth close over the skull, tied at the back of the head. */
export function bandana(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.82, 7.3, 0.04);
  const piece = createPiece();
  addDome(piece, band, { room: 0.03, roomAbove: 0.07, columns: 48, rows: 14, below: 0.03 });
  const knot = [0, 0, 0];
  bandPoint(band, Math.PI, 1, 0.1, 0.02, knot);
  addKnot(piece, knot, [0, 0, -1], random.between(0.45, 0.65));
  // The loose corner over the knot.
  addGrid(piece, {
    columns: 6,
    rows: 4,
    uRange: [Math.PI - 0.7, Math.PI + 0.7],
    place: (u, v, out) => {
      const side = (u - Math.PI) / 0.7;
      bandPoint(band, Math.PI + side * 0.7 * (1 - v), 1, 0.07 + 0.06 * v, 0.12 - 0.5 * v, out);
    },
  });
  const dots = random.uniform() < 0.6;
  const light = color[0] + color[1] + color[2] > 1.6;
  const ink: Color = light ? mixColor(color, BLACK, 0.8) : WHITE;
  const print = marked(cloth(color, 0.14), (point) => {
    const v = point.channels[CHANNEL.v];
    const u = placeU(point);
    const row = v * 6.5;
    const ring = Math.max(
      3,
      Math.round(2.2 * Math.sin(1.5 * Math.min(1, (Math.floor(row) + 0.5) / 6.5)) * 7),
    );
    const du = (((((u / (2 * Math.PI)) * ring + 0.5 * Math.floor(row)) % 1) + 1) % 1) - 0.5;
    const dv = (row % 1) - 0.5;
    const far = Math.hypot(du * 1.1, dv);
    if (dots ? far < 0.2 : Math.abs(far - 0.3) < 0.08 || far < 0.1) paint(point, ink);
    if (v > 0.93 && v < 0.965) paint(point, ink);
  });
  return [finishPiece('bandana', piece, print)];
}

/** A chef's hat: a tall starched band and a puffed, pleated top. */
export function chefHat(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.8, 7.45, 0.06);
  const piece = createPiece();
  const top = band.crownHeight + random.between(0.45, 0.62);
  const foot = 0.55;
  addLathe(piece, band, {
    profile: [
      [0, 0, top - 0.03],
      [0.5, 0.05, top + 0.02],
      [0.95, 0.2, top - 0.12],
      [1, 0.33, foot + 0.35 * (top - foot)],
      [1, 0.17, foot + 0.08],
      [1, 0.02, foot - 0.04],
    ],
    smooth: 4,
    columns: 84,
    warp: (u, v, out) => {
      const pleat = 0.035 * Math.cos(14 * u) * Math.sin(Math.PI * Math.min(1, v * 1.05));
      out[0] += pleat * Math.sin(u);
      out[1] += 0.05 * Math.sin(3 * u + 1) * (1 - v) * Math.min(1, 5 * v);
      out[2] += pleat * Math.cos(u);
    },
  });
  addLathe(piece, band, {
    profile: [
      [1, 0.05, foot],
      [1, 0.04, foot / 2],
      [1, 0.04, -0.02],
    ],
    extra: 1,
  });
  const linen = mixColor(color, WHITE, 0.15);
  return [finishPiece('chef hat', piece, byExtra(cloth(linen, 0.2), cloth(linen, 0.03)))];
}

/** A Santa hat: a red cone that falls to one side, white fur at the brim and a pompom at the tip. */
export function santaHat(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.78, 7.35, 0.06);
  const piece = createPiece();
  const side = random.uniform() < 0.5 ? -1 : 1;
  const peak = band.crownHeight + random.between(0.12, 0.3);
  const tip = [0, 0, 0];
  const middle = (s: number, out: number[]): number => {
    // Up over the skull, then over to the side and down; the slope turns the rings.
    const over = Math.max(0, s - 0.38) / 0.62;
    const x = side * 1.05 * over ** 1.15;
    const height = s < 0.38 ? (peak * 0.72 * s) / 0.38 : peak * 0.72 + 0.42 * over - 1.25 * over * over;
    for (let k = 0; k < 3; k++) {
      out[k] = band.center[k] + x * band.right[k] - 0.15 * over * band.forward[k] + height * band.up[k];
    }
    return Math.min(2.3, over * 3);
  };
  addGrid(piece, {
    columns: 40,
    rows: 26,
    closed: true,
    place: (u, v, out) => {
      const s = 1 - v;
      const lean = middle(s, tip) * side;
      const height = s < 0.38 ? (peak * 0.72 * s) / 0.38 : peak;
      const skull = s < 0.38 ? bandReach(band, height) : 0;
      const scale = Math.max(
        skull + 0.02,
        s < 0.38 ? 1 - 0.5 * s : 0.81 * (1 - (s - 0.38) / 0.62) ** 0.85 + 0.05,
      );
      const across = scale * band.halfWidth * Math.sin(u);
      const along = scale * band.halfDepth * Math.cos(u);
      for (let k = 0; k < 3; k++) {
        out[k] =
          tip[k] +
          across * (Math.cos(lean) * band.right[k] - Math.sin(lean) * band.up[k]) +
          along * band.forward[k];
      }
    },
  });
  const trim = createPiece();
  addLathe(trim, band, {
    profile: [
      [1, 0.0, 0.3],
      [1, 0.13, 0.2],
      [1, 0.15, 0.06],
      [1, 0.03, -0.08],
    ],
    smooth: 3,
  });
  middle(1, tip);
  addBall(trim, [tip[0], tip[1] - 0.05, tip[2]], [0.2, 0.2, 0.2], 14, 10);
  return [
    finishPiece(
      'santa hat',
      piece,
      marked(felt(color), () => {}),
    ),
    finishPiece('santa trim', trim, fur(WHITE)),
  ];
}

/** A beret: a soft flat disc pulled to one side over a narrow band. */
export function beret(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.88, 7.5, 0.05);
  const piece = createPiece();
  const side = random.uniform() < 0.5 ? -1 : 1;
  const top = band.crownHeight + 0.1;
  addLathe(piece, band, {
    profile: [
      [0, 0, top],
      [0.55, 0.02, top - 0.02],
      [1, 0.18, top * 0.66],
      [1, 0.3, top * 0.4],
      [1, 0.16, top * 0.2],
      [1, 0.0, 0.05],
      [1, 0.0, -0.06],
    ],
    smooth: 3,
    columns: 52,
    warp: (u, v, out) => {
      const soft = Math.sin(Math.PI * Math.min(1, v * 1.15)) ** 2 * (v < 0.87 ? 1 : 0);
      const toward = Math.sin(u) * side;
      for (let k = 0; k < 3; k++) {
        out[k] += soft * (side * 0.2 * band.right[k] - (toward * 0.2 + 0.02 * Math.sin(5 * u)) * band.up[k]);
        out[k] += soft * Math.max(0, toward) * side * 0.12 * band.right[k];
      }
    },
  });
  const at = [0, 0, 0];
  bandPoint(band, 0, 0, 0, top + 0.04, at);
  addBall(piece, at, [0.025, 0.07, 0.025], 6, 5);
  return [
    finishPiece(
      'beret',
      piece,
      marked(felt(color), (point: ShadingPoint) => {
        if (point.channels[CHANNEL.v] > 0.87) paint(point, color, 0.6);
      }),
    ),
  ];
}
