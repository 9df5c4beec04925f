import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import type { Traits } from '../../traits.ts';
import { addGrid } from '../add-grid.ts';
import { addStrap } from '../add-strap.ts';
import { BLACK, type Color, scaleColor } from '../colors.ts';
import { facePlace } from '../face-place.ts';
import { faceShell } from '../face-shell.ts';
import { hairRoom } from '../hair-room.ts';
import type { HeadGrid } from '../head-grid.ts';
import { bend, byExtra, lacquer, leather, marked, metal, paint, placeU } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece, type Piece } from '../piece.ts';
import { EYE_X, EYE_Y, insideBox } from './mask-outline.ts';

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
  addWindows(fittings, grid);
  addFilters(fittings, grid, random.uniform() < 0.4);
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

/** Adds a round window with a rim before each eye. */
function addWindows(piece: Piece, grid: HeadGrid): void {
  const at = [0, 0, 0];
  for (const side of [-1, 1]) {
    facePlace(grid, side * EYE_X, EYE_Y, 0, at);
    const window = [at[0], at[1], at[2] + 0.26];
    addCylinder(
      piece,
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
}

/** Adds one filter before the mouth or two, one at each side. */
function addFilters(piece: Piece, grid: HeadGrid, twin: boolean): void {
  const at = [0, 0, 0];
  facePlace(grid, 0, 6.64, 0, at);
  for (const side of twin ? [-1, 1] : [0]) {
    const foot = [at[0] + side * 0.3, at[1] - 0.06, at[2] + (twin ? -0.02 : 0.04)];
    const size = twin ? 0.85 : 1;
    addCylinder(
      piece,
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
}

/** Adds a body of revolution at `foot` along `axis`: rows of radius, distance along the axis and material. */
function addCylinder(
  piece: Piece,
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
