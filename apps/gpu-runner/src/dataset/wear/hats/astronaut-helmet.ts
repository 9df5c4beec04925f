import type { RandomStream } from '../../../tensor/random.ts';
import type { Material, Part } from '../../part.ts';
import { addGrid } from '../add-grid.ts';
import { addTube } from '../add-tube.ts';
import { addWrap, type Direction } from '../add-wrap.ts';
import { type Color, GOLD, mixColor } from '../colors.ts';
import { around, direction, type Ellipsoid, onEllipsoid } from '../ellipsoid.ts';
import type { HeadGrid } from '../head-grid.ts';
import { byExtra, lacquer, marked, metal, paint, placeU } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece, type Piece } from '../piece.ts';

/** An astronaut's helmet: a white shell, a wide ring around the face, a golden visor pushed up, a metal collar. */
export function astronautHelmet(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const shape = around(grid, 0.24);
  const wide = random.between(0.78, 0.9);
  const tall = random.between(0.66, 0.76);
  const rim = (psi: number): Direction => direction(wide * Math.sin(psi), tall * Math.cos(psi) - 0.04);
  const piece = createPiece();
  addWrap(piece, {
    rim,
    back: [0, -0.1, -1],
    surface: (d, _psi, _w, out) => onEllipsoid(shape, d, 0, out),
    columns: 56,
    rows: 20,
  });
  addTube(piece, {
    path: (t, out) => {
      const [x, y, z] = rim(2 * Math.PI * t);
      onEllipsoid(shape, [x, y, z], 0, out);
    },
    extra: 1,
    radius: () => 0.085,
    segments: 56,
    sides: 8,
    closed: true,
  });
  addCollar(piece, shape);
  const visor = createPiece();
  addGrid(visor, {
    columns: 24,
    rows: 6,
    uRange: [-1.02, 1.02],
    flipped: false,
    place: (u, v, out) => onEllipsoid(shape, direction(u, tall + 0.42 - 0.46 * v - 0.06 * u * u), 0.05, out),
  });
  const accents: readonly Color[] = [
    [0.72, 0.1, 0.08],
    [0.1, 0.25, 0.6],
    [0.25, 0.26, 0.28],
  ];
  const accent = accents[random.integer(0, 2)];
  return [
    finishPiece('astronaut helmet', piece, byExtra(striped(color, accent), metal([0.62, 0.63, 0.66], 0.4))),
    finishPiece('visor', visor, metal(GOLD, 0.05)),
    finishPiece('ear units', earUnits(shape), lacquer(mixColor(accent, [0.6, 0.6, 0.6], 0.3), 0.4)),
  ];
}

/** Adds two metal rings around the neck. */
function addCollar(piece: Piece, shape: Ellipsoid): void {
  const foot = shape.center[1] - shape.radii[1] * 0.9;
  for (const [drop, wideness] of [
    [0, 0.66],
    [-0.14, 0.78],
  ]) {
    addTube(piece, {
      path: (t, out) => {
        out[0] = shape.radii[0] * wideness * Math.sin(2 * Math.PI * t);
        out[1] = foot + drop;
        out[2] = shape.center[2] + shape.radii[2] * wideness * Math.cos(2 * Math.PI * t);
      },
      extra: 1,
      radius: () => 0.1,
      segments: 44,
      sides: 8,
      closed: true,
    });
  }
}

function earUnits(shape: Ellipsoid): Piece {
  const ears = createPiece();
  for (const side of [-1, 1]) {
    addGrid(ears, {
      columns: 20,
      rows: 4,
      closed: true,
      flipped: side > 0,
      place: (u, v, out) => {
        const radius = v > 0.7 ? 0.24 * (1 - (v - 0.7) / 0.3) : 0.24 + 0.05 * (0.7 - v);
        out[0] = side * (shape.radii[0] - 0.1 + Math.min(0.2, v * 0.3));
        out[1] = shape.center[1] + radius * Math.cos(u);
        out[2] = shape.center[2] + radius * Math.sin(u);
      },
    });
  }
  return ears;
}

/** White lacquer with a stripe over each side and a seam. */
function striped(color: Color, accent: Color): Material {
  return marked(lacquer(color, 0.35), (point) => {
    const u = placeU(point);
    const w = point.channels[CHANNEL.v];
    if (Math.abs(Math.abs(u) - 0.75) < 0.07 && w > 0.1) paint(point, accent);
    if (Math.abs(w - 0.42) < 0.008) paint(point, [0.5, 0.5, 0.5]);
  });
}
