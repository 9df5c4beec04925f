import type { RandomStream } from '../../../tensor/random.ts';
import type { Material, Part } from '../../part.ts';
import { addBall } from '../add-ball.ts';
import { addGrid } from '../add-grid.ts';
import { addTube } from '../add-tube.ts';
import { BLACK, type Color, GOLD, mixColor } from '../colors.ts';
import { earBox } from '../ear-box.ts';
import { type Band, bandPoint, fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { bend, byExtra, fur, marked, metal, paint, placeU } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece, type Piece } from '../piece.ts';

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
  const bevorHeight = (v: number): number => eyeHeight - slit + (foot - eyeHeight + slit) * v;
  addBevor(piece, frame, bevorHeight, keel);
  addTube(piece, {
    path: (t, out) => bandPoint(frame, 2 * Math.PI * t, 0.8, 0.02, foot, out),
    radius: () => 0.06,
    segments: 44,
    sides: 6,
    closed: true,
  });
  const steel = mixColor(color, [0.7, 0.72, 0.75], 0.15);
  const parts = [finishPiece('knight helmet', piece, byExtra(plate(steel), breaths(steel)))];
  if (random.uniform() < 0.85) parts.push(plume(frame, top, mixColor(color, [0.75, 0.06, 0.06], 0.7)));
  return parts;
}

/** Adds the guard of the lower face, over the heights `heightAt`, v = 0 … 1; `keel` brings its middle forward. */
function addBevor(
  piece: Piece,
  frame: Band,
  heightAt: (v: number) => number,
  keel: (u: number, share: number, out: number[]) => void,
): void {
  addGrid(piece, {
    columns: 56,
    rows: 10,
    closed: true,
    place: (u, v, out) => {
      bandPoint(frame, u, 1 - 0.2 * v * v, 0, heightAt(v), out);
      keel(u, 0.65 + 0.5 * v * (1 - v) * 2, out);
      out[3] = 1;
    },
  });
}

/** Steel with a ridge down the middle and a golden edge. */
function plate(steel: Color): Material {
  return marked(metal(steel, 0.35), (point) => {
    const u = placeU(point);
    if (Math.abs(u) < 0.03) bend(point, u > 0 ? 0.5 : -0.5, 0);
    if (point.channels[CHANNEL.v] > 0.93) paint(point, mixColor(steel, GOLD, 0.8));
  });
}

/** Steel with a ridge down the middle and rows of holes to breathe through. */
function breaths(steel: Color): Material {
  return marked(metal(steel, 0.35), (point) => {
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
