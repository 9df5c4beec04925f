import { addGrid } from './add-grid.ts';
import { clipPiece } from './clip-piece.ts';
import { type HeadGrid, readGrid } from './head-grid.ts';
import { createPiece, type Piece } from './piece.ts';

/** A stiff mask before the face that smooths over its features. */
export interface FaceShellSpec {
  /** Rest decimeters that the shell may cover. */
  readonly halfWidth: number;
  readonly bottomY: number;
  readonly topY: number;
  /** How far around (radians) the shell bridges the hollows of the face. */
  readonly reach: number;
  readonly lift: (restX: number, restY: number) => number;
  /** Above 0 where there is mask; about a distance in decimeters. */
  readonly field: (restX: number, restY: number) => number;
  readonly columns?: number;
  readonly rows?: number;
}

const CENTER_Y = 7.45;

const CENTER_Z = 0.5;

/**
 * Makes a mask that spans the hollows of a posed face. Its u is rest x, its v rest y (decimeters), its extra channel the
 * field: distance to the edge.
 */
export function faceShell(grid: HeadGrid, spec: FaceShellSpec): Piece {
  const { halfWidth, bottomY, topY, reach, lift, field, columns = 40, rows = 40 } = spec;
  const sheet = createPiece();
  const posed = [0, 0, 0];
  const radii = hullRadii(grid, reach);
  addGrid(sheet, {
    columns,
    rows,
    uRange: [-halfWidth, halfWidth],
    vRange: [topY, bottomY],
    place: (x, y, out) => {
      const depth = restDepth(x, y) - CENTER_Z;
      const edge = field(x, y);
      const polar = Math.atan2(Math.hypot(x, depth), y - CENTER_Y);
      const azimuth = Math.atan2(x, depth);
      readGrid(grid.points, polar, azimuth, posed);
      const radius = Math.hypot(
        posed[0] - grid.center[0],
        posed[1] - grid.center[1],
        posed[2] - grid.center[2],
      );
      const scale = (Math.max(radius, radii(polar, azimuth)) + lift(x, y) * rounded(edge)) / radius;
      for (let k = 0; k < 3; k++) out[k] = grid.center[k] + (posed[k] - grid.center[k]) * scale;
      out[3] = edge;
    },
  });
  return clipPiece(sheet);
}

/** Depth of the rest face before (x, y), without its small features. */
function restDepth(x: number, y: number): number {
  const nose = 0.19 * Math.exp(-((x / 0.13) ** 2) - ((y - 6.95) / 0.2) ** 2);
  const forehead = Math.max(0, y - 7.7);
  const chin = Math.max(0, 6.5 - y);
  return 1.46 - 0.62 * x * x + nose - 0.5 * forehead * forehead - 0.25 * chin;
}

/** Share of the lift near an edge: the rim of a mask bends back to the skin, which shows its outline in normals. */
function rounded(edge: number): number {
  return 0.25 + 0.75 * Math.sqrt(Math.min(1, Math.max(0, edge / 0.05)));
}

const STEPS_POLAR = 30;

const STEPS_AZIMUTH = 30;

const POLAR = [0.9, 2.56] as const;

const AZIMUTH = [-1.15, 1.15] as const;

/** Distance of a smooth surface around the face from the head's middle, by polar angle and azimuth. */
function hullRadii(grid: HeadGrid, reach: number): (polar: number, azimuth: number) => number {
  const width = STEPS_AZIMUTH + 1;
  let radii = new Float32Array((STEPS_POLAR + 1) * width);
  const at = [0, 0, 0];
  for (let p = 0; p <= STEPS_POLAR; p++) {
    for (let a = 0; a < width; a++) {
      const polar = POLAR[0] + ((POLAR[1] - POLAR[0]) * p) / STEPS_POLAR;
      readGrid(grid.points, polar, AZIMUTH[0] + ((AZIMUTH[1] - AZIMUTH[0]) * a) / STEPS_AZIMUTH, at);
      radii[p * width + a] = Math.hypot(
        at[0] - grid.center[0],
        at[1] - grid.center[1],
        at[2] - grid.center[2],
      );
    }
  }
  const span = Math.max(1, Math.round((reach * STEPS_AZIMUTH) / (AZIMUTH[1] - AZIMUTH[0])));
  // Largest of the neighborhood, then two means of the same size: never inside the face by more than a hair.
  radii = overNeighbors(radii, width, span, true);
  for (let pass = 0; pass < 2; pass++) radii = overNeighbors(radii, width, Math.ceil(span / 2), false);
  return (polar, azimuth) => {
    const p = Math.min(
      STEPS_POLAR - 1e-3,
      Math.max(0, ((polar - POLAR[0]) / (POLAR[1] - POLAR[0])) * STEPS_POLAR),
    );
    const a = Math.min(
      STEPS_AZIMUTH - 1e-3,
      Math.max(0, ((azimuth - AZIMUTH[0]) / (AZIMUTH[1] - AZIMUTH[0])) * STEPS_AZIMUTH),
    );
    const i = Math.floor(p) * width + Math.floor(a);
    const fp = p % 1;
    const fa = a % 1;
    const upper = radii[i] * (1 - fa) + radii[i + 1] * fa;
    const lower = radii[i + width] * (1 - fa) + radii[i + width + 1] * fa;
    return upper * (1 - fp) + lower * fp;
  };
}

/** Largest or mean value of each entry's neighbors up to `span` rows and columns away, one axis after the other. */
function overNeighbors(
  values: Float32Array,
  width: number,
  span: number,
  largest: boolean,
): Float32Array<ArrayBuffer> {
  const height = values.length / width;
  let source = values;
  let out = new Float32Array(values.length);
  for (const along of [true, false]) {
    out = new Float32Array(values.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let best = 0;
        let sum = 0;
        for (let d = -span; d <= span; d++) {
          const nx = along ? Math.min(width - 1, Math.max(0, x + d)) : x;
          const ny = along ? y : Math.min(height - 1, Math.max(0, y + d));
          const value = source[ny * width + nx];
          best = Math.max(best, value);
          sum += value;
        }
        out[y * width + x] = largest ? best : sum / (2 * span + 1);
      }
    }
    source = out;
  }
  return out;
}
