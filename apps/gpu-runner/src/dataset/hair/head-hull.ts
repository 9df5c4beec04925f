import type { HeadForm } from '../head-form.ts';
import { along, minus, type Point } from './point.ts';

/** The outside of a posed head and neck: what hanging hair may not enter. */
export interface HeadHull {
  /** Posed middle of the skull. */
  readonly center: Point;
  /** Moves a point that is nearer to the skin than `margin` straight out of the head; others are returned as they are. */
  pushOut(point: Point, margin: number): Point;
}

const COLUMNS = 64;
const ROWS = 40;
/** Below this rest height the body widens to the shoulders, which are no part of the hull. */
const SHOULDER_Y = 6.25;
/** The hull ends this far below the middle of the skull. */
const NECK_DROP = 1.3;

/** Builds the hull: the farthest skin in each direction from the middle of the skull, a little widened. */
export function createHeadHull(form: HeadForm): HeadHull {
  const center = middleOf(form);
  const radii = farthest(form, center);
  widen(radii);
  return {
    center,
    pushOut: (point, margin) => {
      const off = minus(point, center);
      const distance = Math.hypot(off[0], off[1], off[2]);
      if (distance < 1e-6 || off[1] < -NECK_DROP) return point;
      const row = Math.min(ROWS - 1.001, (Math.acos(off[1] / distance) / Math.PI) * (ROWS - 1));
      const turn = Math.atan2(off[0], off[2]) / (2 * Math.PI);
      const column = (turn < 0 ? turn + 1 : turn) * COLUMNS;
      const least = radiusAt(radii, row, column) + margin;
      return distance >= least ? point : along(center, off, least / distance);
    },
  };
}

/** The posed place of the skull's middle, which lies a quarter of the way from the ears up to the crown. */
function middleOf({ places }: HeadForm): Point {
  const y = (places.earLeft[1] + places.earRight[1]) / 2;
  const z = (places.earLeft[2] + places.earRight[2]) / 2;
  return [(places.earLeft[0] + places.earRight[0]) / 2, y + 0.25 * (places.crown[1] - y), z];
}

function farthest(form: HeadForm, center: Point): Float32Array {
  const radii = new Float32Array(ROWS * COLUMNS);
  const { positions, rest, region } = form;
  for (let v = 0; v < region.length; v++) {
    if (region[v] !== 0 || rest[v * 3 + 1] < SHOULDER_Y) continue;
    const x = positions[v * 3] - center[0];
    const y = positions[v * 3 + 1] - center[1];
    const z = positions[v * 3 + 2] - center[2];
    const r = Math.hypot(x, y, z);
    const row = Math.round((Math.acos(y / r) / Math.PI) * (ROWS - 1));
    const column = (Math.round((Math.atan2(x, z) / (2 * Math.PI)) * COLUMNS) + COLUMNS) % COLUMNS;
    const node = row * COLUMNS + column;
    if (r > radii[node]) radii[node] = r;
  }
  return radii;
}

/** Empty nodes take the mean of their neighbors until none is empty; then each takes its neighborhood's maximum, blurred. */
function widen(radii: Float32Array): void {
  for (let round = 0; round < ROWS && radii.includes(0); round++) {
    const before = Float32Array.from(radii);
    eachNeighborhood(before, (node, values) => {
      const known = values.filter((r) => r > 0);
      if (before[node] === 0 && known.length > 0) {
        radii[node] = known.reduce((sum, r) => sum + r, 0) / known.length;
      }
    });
  }
  eachNeighborhood(Float32Array.from(radii), (node, values) => {
    radii[node] = Math.max(...values);
  });
  for (let round = 0; round < 2; round++) {
    eachNeighborhood(Float32Array.from(radii), (node, values) => {
      radii[node] = values.reduce((sum, r) => sum + r, 0) / values.length;
    });
  }
}

function eachNeighborhood(field: Float32Array, visit: (node: number, values: number[]) => void): void {
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const values: number[] = [];
      for (let r = Math.max(0, row - 1); r <= Math.min(ROWS - 1, row + 1); r++) {
        for (let c = column - 1; c <= column + 1; c++) {
          values.push(field[r * COLUMNS + ((c + COLUMNS) % COLUMNS)]);
        }
      }
      visit(row * COLUMNS + column, values);
    }
  }
}

function radiusAt(radii: Float32Array, row: number, column: number): number {
  const top = Math.floor(row);
  const left = Math.floor(column) % COLUMNS;
  const right = (left + 1) % COLUMNS;
  const across = column - Math.floor(column);
  const a = top * COLUMNS;
  const upper = radii[a + left] + across * (radii[a + right] - radii[a + left]);
  const lower = radii[a + COLUMNS + left] + across * (radii[a + COLUMNS + right] - radii[a + COLUMNS + left]);
  return upper + (row - top) * (lower - upper);
}
