import type { RandomStream } from '../../tensor/random.ts';
import type { Part } from '../part.ts';
import { addGrid } from './add-grid.ts';
import { addWrap, type Direction } from './add-wrap.ts';
import { BLACK, type Color, mixColor, scaleColor, WHITE } from './colors.ts';
import { earBox, liftOverEars } from './ear-box.ts';
import { type HeadGrid, readGrid } from './head-grid.ts';
import { bend, cloth, marked, paint, placeU } from './materials.ts';
import { neckRing } from './neck-ring.ts';
import { CHANNEL, createPiece, finishPiece, type Piece } from './piece.ts';
import { addKnot } from './soft-hats.ts';

/** The posed skin point in a rest direction, `lift` decimeters out along the direction. */
function onHead(grid: HeadGrid, d: Direction, lift: number, out: number[]): void {
  const polar = Math.atan2(Math.hypot(d[0], d[2]), d[1]);
  readGrid(grid.points, polar, Math.atan2(d[0], d[2]), out);
  const x = out[0] - grid.center[0];
  const y = out[1] - grid.center[1];
  const z = out[2] - grid.center[2];
  const scale = lift / (Math.hypot(x, y, z) || 1);
  out[0] += x * scale;
  out[1] += y * scale;
  out[2] += z * scale;
}

/** Rest directions of an oval opening around the face, decimeters of the rest head. */
function opening(halfWidth: number, top: number, bottom: number, sideZ: number): (psi: number) => Direction {
  const middle = 0.5 * (top + bottom);
  const half = 0.5 * (top - bottom);
  return (psi) => {
    const c = Math.cos(psi);
    const s = Math.sin(psi);
    const depth = sideZ + (c > 0 ? 0.25 : -0.05) * c * c;
    return [halfWidth * s, middle + half * c - 7.45, depth - 0.5];
  };
}

/** Adds a drape from under the jaw over the neck to the shoulders. */
function addDrape(piece: Piece, grid: HeadGrid, wide: number, folds: number, extra = 0): void {
  const low = neckRing(grid.form, 5.8);
  const { chin, earLeft } = grid.form.places;
  const zTop = 0.5 * (chin[2] + 0.02 + (earLeft[2] - 0.62));
  const depthTop = 0.5 * (chin[2] + 0.02 - (earLeft[2] - 0.62));
  addGrid(piece, {
    columns: 56,
    rows: 10,
    closed: true,
    place: (u, v, out) => {
      const share = v * v * (3 - 2 * v);
      // Behind, the drape begins higher than under the chin.
      const top = chin[1] + 0.12 + 0.22 * (1 - Math.cos(u));
      const height = top - low.center[1] + 0.03;
      const fold = 1 + folds * v * Math.sin(9 * u + 2.5 * Math.sin(2 * u));
      const halfWidth = 0.63 + share * (low.halfWidth * wide - 0.63);
      const halfDepth = depthTop * 1.02 + share * (low.halfDepth * 1.12 + 0.1 - depthTop * 1.02);
      out[0] = halfWidth * Math.sin(u) * fold;
      out[1] = top - height * v;
      out[2] = zTop + share * (low.center[2] - zTop) + halfDepth * Math.cos(u) * fold;
      out[3] = extra;
    },
  });
}

/** A hood: loose cloth over the head, peaked behind, falling on the shoulders; the face looks out of its shadow. */
export function hood(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const piece = createPiece();
  const rim = opening(0.64, 8.14, 6.05, 1.05);
  const ears = earBox(grid.form);
  const loose = random.between(0.13, 0.2);
  const peak = random.between(0.15, 0.4);
  for (const inside of [0, 0.05]) {
    addWrap(piece, {
      rim,
      back: [0, -0.25, -1],
      surface: (d, psi, w, out) => {
        const roll = 0.12 * Math.exp(-w * 14);
        const crease = 0.025 * Math.sin(11 * w + 3 * Math.cos(psi)) * w * (1 - w) * 4;
        onHead(grid, d, loose + roll + crease - inside, out);
        liftOverEars(ears, 0.06, out);
        // The front edge hangs over the forehead; the back runs out into a peak.
        const upper = Math.max(0, d[1]);
        out[2] += 0.26 * Math.exp(-w * 7) * upper ** 0.7 + 0.06 * Math.exp(-w * 9);
        out[1] += 0.1 * upper * Math.exp(-w * 5);
        const tip =
          Math.exp(-(((d[1] - 0.55) / 0.3) ** 2)) * Math.max(0, -d[2]) * Math.exp(-((d[0] / 0.4) ** 2));
        out[2] -= peak * tip;
        out[1] += 0.6 * peak * tip;
      },
      columns: 52,
      rows: 20,
    });
  }
  addDrape(piece, grid, 1.08, 0.03);
  const seam = scaleColor(color, 0.7);
  const wool = marked(cloth(color, 0.22), (point) => {
    const u = placeU(point);
    const v = point.channels[CHANNEL.v];
    if (Math.abs(u) < 0.02) paint(point, seam);
    if (v < 0.035) paint(point, scaleColor(color, 0.8));
  });
  return [finishPiece('hood', piece, wool)];
}

/** A headscarf: printed or plain, close around the face, knotted under the chin or laid around the neck. */
export function headscarf(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const piece = createPiece();
  const knotted = random.uniform() < 0.5;
  const rim = opening(knotted ? 0.58 : 0.6, knotted ? 8.0 : 7.96, knotted ? 6.1 : 6.12, knotted ? 0.9 : 1.0);
  const ears = earBox(grid.form);
  addWrap(piece, {
    rim,
    back: [0, -0.35, -1],
    surface: (d, psi, w, out) => {
      const fold = 0.018 * Math.sin(16 * w + 4 * Math.cos(psi)) * Math.min(1, 8 * w);
      onHead(grid, d, 0.075 + 0.05 * w + fold + 0.03 * Math.exp(-w * 20), out);
      liftOverEars(ears, 0.03, out);
      // Hair gathered at the back.
      out[2] -= 0.16 * Math.max(0, -d[2]) * Math.exp(-(((d[1] - 0.1) / 0.5) ** 2));
      if (d[2] < 0 && d[1] < -0.3) out[2] -= 0.2 * (-d[1] - 0.3);
    },
    columns: 52,
    rows: 22,
  });
  if (knotted) {
    const { chin } = grid.form.places;
    addKnot(piece, [0, chin[1] - 0.06, chin[2] - 0.12], [0, 0, 1], 0.4);
    addTriangle(piece, grid);
  } else addDrape(piece, grid, 0.9, 0.05);
  const print = random.uniform();
  const light = color[0] + color[1] + color[2] > 1.7;
  const ink: Color = light ? mixColor(color, BLACK, 0.7) : mixColor(color, WHITE, 0.85);
  const silk = marked(cloth(color, 0.2), (point) => {
    const v = point.channels[CHANNEL.v];
    point.gloss = 0.12;
    if (print < 0.35) {
      const flat = Math.abs(point.nz) > 0.6;
      const across = (flat ? point.x : point.z) * 4.6 * grid.scale;
      const up = (Math.abs(point.ny) > 0.75 ? (flat ? point.z : point.x) : point.y) * 4.6 * grid.scale;
      const row = Math.floor(up);
      const dx = ((((across + 0.5 * row) % 1) + 1) % 1) - 0.5;
      if (Math.hypot(dx, up - row - 0.5) < 0.24) paint(point, ink);
    } else if (print < 0.6 && v > 0.04 && v < 0.075) paint(point, ink);
    bend(point, 0, 0.12 * Math.sin(v * 50));
  });
  return [finishPiece('headscarf', piece, silk)];
}

/** The corner of the scarf that hangs down behind. */
function addTriangle(piece: Piece, grid: HeadGrid): void {
  const low = neckRing(grid.form, 6.02);
  const back = [0, 0, 0];
  onHead(grid, [0, -0.3, -1], 0.14, back);
  addGrid(piece, {
    columns: 10,
    rows: 6,
    uRange: [-1, 1],
    flipped: true,
    place: (u, v, out) => {
      out[0] = u * 0.62 * (1 - v) ** 0.9;
      out[1] = back[1] + 0.12 - v * (back[1] + 0.12 - low.center[1] + 0.05);
      out[2] = back[2] - 0.02 + 0.35 * u * u * (1 - v) + v * 0.22 - 0.06 * Math.sin(Math.PI * v);
    },
  });
}
