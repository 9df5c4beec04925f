import type { HeadForm } from '../head-form.ts';
import type { Point } from './point.ts';

/** One place on a posed head, found by the direction in which it lies on the average head. */
export interface ChartPoint {
  /** Posed position, decimeters. */
  readonly position: Point;
  /** Unit, away from the skull: the skin's own normal and the direction from the chart's center, mixed. */
  readonly normal: Point;
  /** Rest position, decimeters. */
  readonly rest: Point;
}

/** The skin of a posed head as a function of direction: what hair is planted on. */
export interface ScalpChart {
  /** `direction` is a unit vector from CHART_CENTER in rest space; ears, mouth and shoulders are not on the chart. */
  at(direction: Point): ChartPoint;
}

/** Middle of the average skull in rest coordinates: every hair-bearing place is seen from here. */
export const CHART_CENTER: Point = [0, 7.45, 0.5];

const COLUMNS = 120;
const ROWS = 72;
const NECK_Y = 6.35;

/** For each node of the direction grid: the skin triangle that lies there at rest, and where in it. */
interface ChartTable {
  /** [ROWS, COLUMNS, 3] vertex numbers. */
  readonly corners: Uint32Array;
  /** [ROWS, COLUMNS, 3] barycentric weights. */
  readonly weights: Float32Array;
}

// The rest head is the same object for all forms of a run, so the search for triangles is done once.
const tables = new WeakMap<Float32Array, ChartTable>();

/** Makes the chart of one posed head. */
export function createScalpChart(form: HeadForm): ScalpChart {
  let table = tables.get(form.rest);
  if (!table) {
    table = buildTable(form.rest, form.indices.skin);
    tables.set(form.rest, table);
  }
  const positions = gather(table, form.positions);
  const normals = gather(table, form.normals);
  const rests = gather(table, form.rest);
  return {
    at: (direction) => {
      const [x, y, z] = direction;
      const row = Math.min(ROWS - 1.001, (Math.acos(Math.max(-1, Math.min(1, y))) / Math.PI) * (ROWS - 1));
      const turn = Math.atan2(x, z) / (2 * Math.PI);
      const column = (turn < 0 ? turn + 1 : turn) * COLUMNS;
      const skin = bilinear(normals, row, column);
      const length = Math.hypot(skin[0], skin[1], skin[2]) || 1;
      const mixed: Point = [
        skin[0] / length + 0.7 * x,
        skin[1] / length + 0.7 * y,
        skin[2] / length + 0.7 * z,
      ];
      const scale = 1 / Math.hypot(mixed[0], mixed[1], mixed[2]);
      return {
        position: bilinear(positions, row, column),
        normal: [mixed[0] * scale, mixed[1] * scale, mixed[2] * scale],
        rest: bilinear(rests, row, column),
      };
    },
  };
}

function gather(table: ChartTable, field: Float32Array): Float32Array {
  const { corners, weights } = table;
  const out = new Float32Array(corners.length);
  for (let n = 0; n < out.length; n += 3) {
    for (let k = 0; k < 3; k++) {
      const vertex = corners[n + k] * 3;
      const weight = weights[n + k];
      out[n] += weight * field[vertex];
      out[n + 1] += weight * field[vertex + 1];
      out[n + 2] += weight * field[vertex + 2];
    }
  }
  return out;
}

function bilinear(field: Float32Array, row: number, column: number): Point {
  const top = Math.floor(row);
  const left = Math.floor(column) % COLUMNS;
  const right = (left + 1) % COLUMNS;
  const down = row - top;
  const across = column - Math.floor(column);
  const a = (top * COLUMNS + left) * 3;
  const b = (top * COLUMNS + right) * 3;
  const below = COLUMNS * 3;
  const out: Point = [0, 0, 0];
  for (let k = 0; k < 3; k++) {
    const upper = field[a + k] + across * (field[b + k] - field[a + k]);
    const lower = field[a + below + k] + across * (field[b + below + k] - field[a + below + k]);
    out[k] = upper + down * (lower - upper);
  }
  return out;
}

function buildTable(rest: Float32Array, skin: Uint32Array): ChartTable {
  const corners = new Uint32Array(ROWS * COLUMNS * 3);
  const weights = new Float32Array(ROWS * COLUMNS * 3);
  const distances = new Float32Array(ROWS * COLUMNS);
  for (let t = 0; t < skin.length; t += 3) {
    if (rest[skin[t] * 3 + 1] < NECK_Y) continue;
    enterTriangle(rest, skin, t, { corners, weights, distances });
  }
  fillHoles(corners, weights, distances);
  return { corners, weights };
}

/** (1) Bounds of the triangle on the grid, (2) rays of the nodes inside them, the outermost hit wins. */
function enterTriangle(
  rest: Float32Array,
  skin: Uint32Array,
  t: number,
  table: { corners: Uint32Array; weights: Float32Array; distances: Float32Array },
): void {
  const p = [0, 1, 2].map((k) => {
    const v = skin[t + k] * 3;
    return [rest[v] - CHART_CENTER[0], rest[v + 1] - CHART_CENTER[1], rest[v + 2] - CHART_CENTER[2]];
  });
  const rows = p.map(([x, y, z]) => (Math.acos(y / Math.hypot(x, y, z)) / Math.PI) * (ROWS - 1));
  let columns = p.map(([x, , z]) => (Math.atan2(x, z) / (2 * Math.PI)) * COLUMNS);
  if (Math.max(...columns) - Math.min(...columns) > COLUMNS / 2) {
    columns = columns.map((c) => (c < 0 ? c + COLUMNS : c));
  }
  const nearPole = Math.min(...rows) < 4 || Math.max(...rows) > ROWS - 5;
  const firstColumn = nearPole ? 0 : Math.ceil(Math.min(...columns) - 0.5);
  const lastColumn = nearPole ? COLUMNS - 1 : Math.floor(Math.max(...columns) + 0.5);
  const firstRow = Math.max(0, Math.ceil(Math.min(...rows) - (nearPole ? 4 : 0.5)));
  const lastRow = Math.min(ROWS - 1, Math.floor(Math.max(...rows) + (nearPole ? 4 : 0.5)));
  for (let row = firstRow; row <= lastRow; row++) {
    const polar = (row / (ROWS - 1)) * Math.PI;
    for (let c = firstColumn; c <= lastColumn; c++) {
      const column = (c + COLUMNS) % COLUMNS;
      const azimuth = (column / COLUMNS) * 2 * Math.PI;
      const ray = [Math.sin(polar) * Math.sin(azimuth), Math.cos(polar), Math.sin(polar) * Math.cos(azimuth)];
      const hit = rayTriangle(ray, p[0], p[1], p[2]);
      const node = row * COLUMNS + column;
      if (!hit || hit[0] <= table.distances[node]) continue;
      table.distances[node] = hit[0];
      for (let k = 0; k < 3; k++) table.corners[node * 3 + k] = skin[t + k];
      table.weights.set([1 - hit[1] - hit[2], hit[1], hit[2]], node * 3);
    }
  }
}

/** Distance along the ray from the origin and two barycentric weights, or null. References: Möller and Trumbore 1997. */
function rayTriangle(ray: number[], a: number[], b: number[], c: number[]): [number, number, number] | null {
  const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
  const h = [ray[1] * v[2] - ray[2] * v[1], ray[2] * v[0] - ray[0] * v[2], ray[0] * v[1] - ray[1] * v[0]];
  const determinant = u[0] * h[0] + u[1] * h[1] + u[2] * h[2];
  if (Math.abs(determinant) < 1e-12) return null;
  const wu = -(a[0] * h[0] + a[1] * h[1] + a[2] * h[2]) / determinant;
  const q = [a[2] * u[1] - a[1] * u[2], a[0] * u[2] - a[2] * u[0], a[1] * u[0] - a[0] * u[1]];
  const wv = (ray[0] * q[0] + ray[1] * q[1] + ray[2] * q[2]) / determinant;
  const distance = (v[0] * q[0] + v[1] * q[1] + v[2] * q[2]) / determinant;
  const slack = -1e-4;
  return wu >= slack && wv >= slack && wu + wv <= 1 - slack && distance > 0 ? [distance, wu, wv] : null;
}

/** Nodes that no triangle covers (inside the mouth's opening, below the neck) take their upper neighbor's triangle. */
function fillHoles(corners: Uint32Array, weights: Float32Array, distances: Float32Array): void {
  for (let node = COLUMNS; node < distances.length; node++) {
    if (distances[node] > 0) continue;
    const above = node - COLUMNS;
    distances[node] = distances[above];
    corners.copyWithin(node * 3, above * 3, above * 3 + 3);
    weights.copyWithin(node * 3, above * 3, above * 3 + 3);
  }
}
