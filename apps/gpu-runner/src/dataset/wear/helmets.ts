import type { RandomStream } from '../../tensor/random.ts';
import { fractalNoise, valueNoise } from '../noise.ts';
import type { Material, Part } from '../part.ts';
import { addBall } from './add-ball.ts';
import { addDome } from './add-dome.ts';
import { addGrid } from './add-grid.ts';
import { addLathe } from './add-lathe.ts';
import { addTube } from './add-tube.ts';
import { BLACK, type Color, GOLD, mixColor, scaleColor } from './colors.ts';
import { earBox } from './ear-box.ts';
import { type Band, bandPoint, bandReach, fitBand } from './fit-band.ts';
import type { HeadGrid } from './head-grid.ts';
import { bend, byExtra, fur, leather, marked, metal, paint, placeU } from './materials.ts';
import { CHANNEL, createPiece, finishPiece, type Piece } from './piece.ts';

/** Adds a strap from in front of both ears down around the chin. */
export function addChinStrap(piece: Piece, grid: HeadGrid, extra: number): void {
  const { places } = grid.form;
  const ears = earBox(grid.form);
  addTube(piece, {
    path: (t, out) => {
      const angle = Math.PI * t;
      const drop = Math.sin(angle) ** 0.7;
      out[0] = Math.cos(angle) * (ears.center[0] * (1 - 0.28 * drop) + 0.05);
      out[1] = ears.center[1] + 0.15 - (ears.center[1] + 0.2 - places.chin[1]) * drop;
      out[2] = ears.center[2] + 0.3 + (places.chin[2] - ears.center[2] - 0.42) * drop;
    },
    extra,
    radius: () => 0.03,
    stretch: 1.6,
    segments: 24,
    sides: 6,
  });
}

/** A soldier's helmet: a steel bowl that comes low at the sides and back, plain or camouflaged, with a chin strap. */
export function soldierHelmet(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.78, 7.35, 0.08);
  const piece = createPiece();
  const top = band.crownHeight + 0.17;
  const guard = random.between(0.24, 0.42);
  for (const inner of [0, 0.05]) {
    addGrid(piece, {
      columns: 48,
      rows: 16,
      closed: true,
      place: (u, v, out) => {
        const angle = (Math.PI / 2) * Math.min(1, v / 0.8);
        const low = Math.max(0, v - 0.8) / 0.2;
        const behind = 0.5 - 0.5 * Math.cos(u);
        const height = top * Math.cos(angle) - low * (0.06 + guard * Math.min(1, behind * 2.2));
        const reach = Math.max(Math.sin(angle) ** 0.75, bandReach(band, height) * Math.min(1, v * 6));
        const flare = 0.13 * Math.min(1, 3 * v) + low * low * 0.1;
        bandPoint(band, u, Math.min(1, reach), flare - inner, height - inner, out);
      },
    });
  }
  const straps = createPiece();
  addChinStrap(straps, grid, 0);
  const camouflaged = random.uniform() < 0.5;
  const dull = mixColor(color, [0.32, 0.34, 0.22], 0.18);
  const patches: readonly Color[] = [
    scaleColor(dull, 0.5),
    mixColor(dull, [0.72, 0.64, 0.45], 0.55),
    mixColor(dull, [0.2, 0.14, 0.08], 0.6),
  ];
  const shell: Material = {
    shade(point) {
      const dent = fractalNoise(point.x * 4, point.y * 4, point.z * 4, 2);
      paint(point, dull, 0.95 + 0.1 * dent);
      if (camouflaged) {
        for (let n = 0; n < 3; n++) {
          const blot = fractalNoise(point.x * 2.6 + 9 * n, point.y * 2.6, point.z * 2.6 - 5 * n, 2);
          if (blot > 0.12) paint(point, patches[n]);
        }
      }
      const rim = point.channels[CHANNEL.v];
      if (rim > 0.96) paint(point, dull, 0.6);
      point.gloss = 0.12;
      point.shininess = 14;
    },
  };
  return [
    finishPiece('soldier helmet', piece, shell),
    finishPiece('chin strap', straps, leather([0.3, 0.24, 0.16])),
  ];
}

/** A viking's helmet: an iron bowl with riveted bands, two horns and sometimes a nose guard. */
export function vikingHelmet(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.8, 7.42, 0.06);
  const piece = createPiece();
  addDome(piece, band, { room: 0.06, roomAbove: 0.2, columns: 48, rows: 12 });
  addLathe(piece, band, {
    profile: [
      [1, 0.07, 0.2],
      [1, 0.11, 0.17],
      [1, 0.12, 0.0],
      [1, 0.05, -0.05],
    ],
    extra: 1,
  });
  if (random.uniform() < 0.5) {
    addGrid(piece, {
      columns: 2,
      rows: 5,
      uRange: [-0.1, 0.1],
      place: (u, v, out) => {
        bandPoint(
          band,
          u * (1 - 0.3 * v),
          1,
          0.13 + 0.06 * v - 0.9 * Math.abs(u) * 0.2,
          0.05 - 0.62 * v,
          out,
        );
        out[3] = 1;
      },
    });
  }
  const horns = createPiece();
  const size = random.between(0.85, 1.15);
  for (const side of [-1, 1]) {
    addTube(horns, {
      path: (t, out) => {
        bandPoint(band, (side * Math.PI) / 2, 0.94, 0, 0.32, out);
        const x = side * size * (0.52 * Math.sin(1.9 * t));
        const y = size * (0.95 * t * t + 0.1 * t);
        for (let k = 0; k < 3; k++) out[k] += x * band.right[k] + y * band.up[k] + 0.1 * t * band.forward[k];
      },
      radius: (t) => 0.2 * (1 - t) ** 0.7 + 0.006,
      segments: 20,
      sides: 12,
    });
  }
  const ribs = marked(metal(color, 0.55), (point) => {
    const u = placeU(point);
    const rib = Math.abs(((((u / (Math.PI / 2)) % 1) + 1.5) % 1) - 0.5) * 1.57 * point.channels[CHANNEL.v];
    if (rib < 0.09) {
      bend(point, rib > 0.06 ? 0.6 * Math.sign(Math.sin(4 * u)) : 0, 0);
      paint(point, GOLD, 0.8);
    }
  });
  const rim = marked(metal(mixColor(color, GOLD, 0.6), 0.4), (point) => {
    const rivet = Math.hypot(
      ((((placeU(point) * 3.5) % 1) + 1) % 1) - 0.5,
      (point.channels[CHANNEL.v] - 0.5) * 1.6,
    );
    if (rivet < 0.22) paint(point, GOLD, 1.1 - rivet);
    else if (rivet < 0.3) paint(point, GOLD, 0.4);
  });
  const ivory: Material = {
    shade(point) {
      const t = point.channels[CHANNEL.v];
      const grain = valueNoise(placeU(point) * 3, t * 20, 1);
      const dark = t > 0.8 ? (t - 0.8) * 3 : t < 0.12 ? 0.5 : 0;
      paint(point, [0.87, 0.8, 0.64], (0.97 + 0.07 * grain) * (1 - dark));
      point.gloss = 0.3;
    },
  };
  return [finishPiece('viking helmet', piece, byExtra(ribs, rim)), finishPiece('viking horns', horns, ivory)];
}

/** A knight's helm: steel around the whole head, open at the eyes, breaths below, a plume on top. */
export function knightHelmet(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const { places } = grid.form;
  const band = fitBand(grid, 7.4, 7.4, 0.1);
  const ears = earBox(grid.form);
  const room = Math.min(0.3, Math.max(0.06, ears.reach - band.halfWidth + 0.05));
  const frame: Band = { ...band, halfWidth: band.halfWidth + room, halfDepth: band.halfDepth + 0.07 };
  const eyeHeight = places.eyeLeft[1] - band.center[1];
  const slit = random.between(0.1, 0.14);
  const noseRoom = Math.max(0, places.noseTip[2] + 0.1 - (frame.center[2] + frame.halfDepth));
  const foot = places.chin[1] - 0.12 - band.center[1];
  const top = band.crownHeight + 0.16;
  const piece = createPiece();
  const keel = (u: number, share: number, out: number[]): void => {
    const ahead = Math.max(0, Math.cos(u)) ** 10;
    for (let k = 0; k < 3; k++) out[k] += ahead * share * (noseRoom + 0.1) * band.forward[k];
  };
  // (1) The skull piece, down to the slit.
  const brow = eyeHeight + slit;
  addGrid(piece, {
    columns: 56,
    rows: 14,
    closed: true,
    place: (u, v, out) => {
      const height = brow + (top - brow) * Math.cos((Math.PI / 2) * v);
      bandPoint(frame, u, Math.sin((Math.PI / 2) * v) ** 0.8, 0, height, out);
      keel(u, 0.45 * v ** 2, out);
    },
  });
  // (2) Around the slit: open over both eyes, closed by a nasal and at the sides.
  for (const [from, to] of [
    [0.62, 2 * Math.PI - 0.62],
    [-0.07, 0.07],
  ]) {
    addGrid(piece, {
      columns: from > 0 ? 40 : 4,
      rows: 2,
      uRange: [from, to],
      place: (u, v, out) => {
        bandPoint(frame, u, 1, 0, eyeHeight + slit - 2 * slit * v, out);
        keel(u, 0.45 + 0.2 * v, out);
      },
    });
  }
  // (3) The bevor, down to the throat.
  addGrid(piece, {
    columns: 56,
    rows: 10,
    closed: true,
    place: (u, v, out) => {
      const height = eyeHeight - slit + (foot - eyeHeight + slit) * v;
      bandPoint(frame, u, 1 - 0.2 * v * v, 0, height, out);
      keel(u, 0.65 + 0.5 * v * (1 - v) * 2, out);
      out[3] = 1;
    },
  });
  addTube(piece, {
    path: (t, out) => bandPoint(frame, 2 * Math.PI * t, 0.8, 0.02, foot, out),
    radius: () => 0.06,
    segments: 44,
    sides: 6,
    closed: true,
  });
  const steel = mixColor(color, [0.7, 0.72, 0.75], 0.15);
  const plate = marked(metal(steel, 0.35), (point) => {
    const u = placeU(point);
    if (Math.abs(u) < 0.03) bend(point, u > 0 ? 0.5 : -0.5, 0);
    if (point.channels[CHANNEL.v] > 0.93) paint(point, mixColor(steel, GOLD, 0.8));
  });
  const breaths = marked(metal(steel, 0.35), (point) => {
    const u = placeU(point);
    const v = point.channels[CHANNEL.v];
    const column = Math.abs(u) / 0.13;
    const hole = Math.hypot((column % 1) - 0.5, (((v * 9) % 1) - 0.5) * 1.1);
    if (Math.abs(u) > 0.13 && Math.abs(u) < 0.66 && v > 0.3 && v < 0.78 && hole < 0.3) {
      paint(point, BLACK);
      point.gloss = 0;
    }
    if (Math.abs(u) < 0.03) bend(point, u > 0 ? 0.5 : -0.5, 0);
  });
  const parts = [finishPiece('knight helmet', piece, byExtra(plate, breaths))];
  if (random.uniform() < 0.85) parts.push(plume(frame, top, mixColor(color, [0.75, 0.06, 0.06], 0.7)));
  return parts;
}

/** A crest of feathers from the top of a helmet down its back. */
function plume(frame: Band, top: number, color: Color): Part {
  const piece = createPiece();
  addTube(piece, {
    path: (t, out) => {
      const angle = 0.5 + 2.1 * t;
      const ahead = frame.halfDepth * 1.02 * Math.cos(angle);
      const height = top * Math.sin(angle) * 0.98 + 0.16 * Math.sin(Math.PI * t);
      for (let k = 0; k < 3; k++) {
        out[k] = frame.center[k] + ahead * frame.forward[k] + height * frame.up[k];
      }
    },
    radius: (t) => 0.1 * Math.sin(Math.PI * Math.min(1, 0.06 + t)) ** 0.4 + 0.01,
    stretch: 2.2,
    segments: 22,
    sides: 10,
  });
  addBall(piece, [frame.center[0], frame.center[1] + top, frame.center[2]], [0.08, 0.06, 0.08]);
  return finishPiece('plume', piece, fur(color));
}
