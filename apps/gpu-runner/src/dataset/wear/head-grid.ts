import type { HeadForm } from '../head-form.ts';

/** Polar angles from straight up (0) to 3π/4 · … and azimuths around the head, one step apart. */
const POLAR_STEPS = 44;

const AZIMUTH_STEPS = 96;

const POLAR_STEP_RAD = (0.82 * Math.PI) / (POLAR_STEPS - 1);

const AZIMUTH_STEP_RAD = (2 * Math.PI) / AZIMUTH_STEPS;

/** Middle of the skull in rest coordinates: every point of face and skull can be seen from it. */
const REST_CENTER = [0, 7.45, 0.5] as const;

/** Skin with more of the ear mask than this is ear, which hats rest above and cloth lies over. */
const EAR_SHARE = 0.12;

/** Where the ray of each grid direction leaves the rest head: three vertices and their weights. */
interface RayTable {
  /** [P, A, 3] */
  readonly corners: Uint32Array;
  /** [P, A, 3]; all zero where no triangle is hit. */
  readonly weights: Float32Array;
}

/**
 * The posed head without ears as a regular sheet: points by polar angle (0 = crown) and azimuth (0 = face, + = subject's
 * left). The same angles always mean the same place of the rest head.
 */
export interface HeadGrid {
  readonly form: HeadForm;
  /** How many times larger than the head that is drawn: what materials multiply a shading point's place by. */
  readonly scale: number;
  /** [P, A, 3] posed, decimeters. */
  readonly points: Float32Array;
  /** [P, A, 3] unit, posed. */
  readonly normals: Float32Array;
  /** [P, A, 3] the same places on the rest head. */
  readonly restPoints: Float32Array;
  /** Posed image of the middle of the skull. */
  readonly center: readonly [number, number, number];
}

const tables = new WeakMap<Float32Array, RayTable>();

/** Measures a posed head, `scale` times its size, as a regular sheet of points. */
export function headGrid(form: HeadForm, scale = 1): HeadGrid {
  let table = tables.get(form.rest);
  if (!table) {
    table = castRays(form);
    tables.set(form.rest, table);
  }
  const points = gather(table, form.positions);
  const restPoints = gather(table, form.rest);
  const normals = gather(table, form.normals);
  for (const sheet of [points, restPoints, normals]) fillHoles(sheet, table.weights);
  for (let i = 0; i < normals.length; i += 3) {
    const length = Math.hypot(normals[i], normals[i + 1], normals[i + 2]) || 1;
    for (let k = 0; k < 3; k++) normals[i + k] /= length;
  }
  const middle = Math.round(1.45 / POLAR_STEP_RAD) * AZIMUTH_STEPS * 3;
  const front = middle;
  const back = middle + (AZIMUTH_STEPS / 2) * 3;
  const restFront = restPoints[front + 2];
  const share = (REST_CENTER[2] - restPoints[back + 2]) / (restFront - restPoints[back + 2]);
  return {
    form,
    scale,
    points,
    normals,
    restPoints,
    center: [
      0.5 * (points[front] + points[back]),
      points[back + 1] + share * (points[front + 1] - points[back + 1]),
      points[back + 2] + share * (points[front + 2] - points[back + 2]),
    ],
  };
}

/** Reads `sheet` ([P, A, 3], one of a grid's) at a polar angle and azimuth, bilinear; writes `out`. */
export function readGrid(sheet: Float32Array, polarRad: number, azimuthRad: number, out: number[]): void {
  const p = Math.min(POLAR_STEPS - 1.0001, Math.max(0, polarRad / POLAR_STEP_RAD));
  const a = ((azimuthRad / AZIMUTH_STEP_RAD) % AZIMUTH_STEPS) + AZIMUTH_STEPS;
  const p0 = Math.floor(p);
  const a0 = Math.floor(a) % AZIMUTH_STEPS;
  const a1 = (a0 + 1) % AZIMUTH_STEPS;
  const fp = p - p0;
  const fa = a - Math.floor(a);
  const top = p0 * AZIMUTH_STEPS;
  const low = top + AZIMUTH_STEPS;
  for (let k = 0; k < 3; k++) {
    const upper = sheet[(top + a0) * 3 + k] * (1 - fa) + sheet[(top + a1) * 3 + k] * fa;
    const lower = sheet[(low + a0) * 3 + k] * (1 - fa) + sheet[(low + a1) * 3 + k] * fa;
    out[k] = upper * (1 - fp) + lower * fp;
  }
}

/** The polar angle at which the meridian `azimuthRad` comes down to the rest height that `line` gives for its depth. */
export function polarAtLine(
  grid: HeadGrid,
  azimuthRad: number,
  line: (restZ: number, restX: number) => number,
): number {
  const point = [0, 0, 0];
  let before = 0;
  for (let p = 0; p < POLAR_STEPS; p++) {
    readGrid(grid.restPoints, p * POLAR_STEP_RAD, azimuthRad, point);
    const above = point[1] - line(point[2], point[0]);
    if (above < 0) return (p - (p > 0 ? above / (above - before) : 0)) * POLAR_STEP_RAD;
    before = above;
  }
  return (POLAR_STEPS - 1) * POLAR_STEP_RAD;
}

function castRays(form: HeadForm): RayTable {
  const corners = new Uint32Array(POLAR_STEPS * AZIMUTH_STEPS * 3);
  const weights = new Float32Array(corners.length);
  const reach = new Float32Array(POLAR_STEPS * AZIMUTH_STEPS);
  for (const triangles of [form.indices.skin, form.indices.eyes]) {
    for (let t = 0; t < triangles.length; t += 3) {
      const [a, b, c] = [triangles[t], triangles[t + 1], triangles[t + 2]];
      const ears = form.masks.ears;
      if (ears[a] > EAR_SHARE || ears[b] > EAR_SHARE || ears[c] > EAR_SHARE) continue;
      castOnTriangle(form.rest, a, b, c, { corners, weights, reach });
    }
  }
  return { corners, weights };
}

function castOnTriangle(
  rest: Float32Array,
  a: number,
  b: number,
  c: number,
  table: RayTable & { readonly reach: Float32Array },
): void {
  // (1) The angles that the triangle spans; one that touches the pole spans all azimuths.
  let polarMin = Math.PI;
  let polarMax = 0;
  let azimuthMin = Infinity;
  let azimuthMax = -Infinity;
  for (const v of [a, b, c]) {
    const x = rest[3 * v] - REST_CENTER[0];
    const y = rest[3 * v + 1] - REST_CENTER[1];
    const z = rest[3 * v + 2] - REST_CENTER[2];
    const polar = Math.atan2(Math.hypot(x, z), y);
    let azimuth = Math.atan2(x, z);
    if (azimuthMin !== Infinity && azimuth - azimuthMin > Math.PI) azimuth -= 2 * Math.PI;
    if (azimuthMin !== Infinity && azimuthMax - azimuth > Math.PI) azimuth += 2 * Math.PI;
    polarMin = Math.min(polarMin, polar);
    polarMax = Math.max(polarMax, polar);
    azimuthMin = Math.min(azimuthMin, azimuth);
    azimuthMax = Math.max(azimuthMax, azimuth);
  }
  if (azimuthMax - azimuthMin > 2 || polarMin < POLAR_STEP_RAD) {
    polarMin = polarMin < 0.5 ? 0 : polarMin;
    azimuthMin = 0;
    azimuthMax = 2 * Math.PI - AZIMUTH_STEP_RAD;
  }
  // (2) The rays inside it; the farthest hit wins, so that lips and lids hide what lies behind them.
  const pEnd = Math.min(POLAR_STEPS - 1, Math.ceil(polarMax / POLAR_STEP_RAD));
  for (let p = Math.floor(polarMin / POLAR_STEP_RAD); p <= pEnd; p++) {
    const aEnd = Math.ceil(azimuthMax / AZIMUTH_STEP_RAD);
    for (let n = Math.floor(azimuthMin / AZIMUTH_STEP_RAD); n <= aEnd; n++) {
      const cell = p * AZIMUTH_STEPS + (((n % AZIMUTH_STEPS) + AZIMUTH_STEPS) % AZIMUTH_STEPS);
      const polar = p * POLAR_STEP_RAD + 1e-4;
      const azimuth = n * AZIMUTH_STEP_RAD + 1e-5;
      const hit = hitTriangle(
        [Math.sin(polar) * Math.sin(azimuth), Math.cos(polar), Math.sin(polar) * Math.cos(azimuth)],
        rest,
        [a, b, c],
      );
      if (hit === null || hit[0] <= table.reach[cell]) continue;
      table.reach[cell] = hit[0];
      table.corners.set([a, b, c], cell * 3);
      table.weights.set([1 - hit[1] - hit[2], hit[1], hit[2]], cell * 3);
    }
  }
}

/** Distance along the ray from the rest center and weights of the second and third corner, or null. Möller–Trumbore. */
function hitTriangle(
  ray: readonly [number, number, number],
  rest: Float32Array,
  corners: readonly [number, number, number],
): readonly [number, number, number] | null {
  const [a, b, c] = [corners[0] * 3, corners[1] * 3, corners[2] * 3];
  const u = [rest[b] - rest[a], rest[b + 1] - rest[a + 1], rest[b + 2] - rest[a + 2]];
  const v = [rest[c] - rest[a], rest[c + 1] - rest[a + 1], rest[c + 2] - rest[a + 2]];
  const s = [REST_CENTER[0] - rest[a], REST_CENTER[1] - rest[a + 1], REST_CENTER[2] - rest[a + 2]];
  const h = [ray[1] * v[2] - ray[2] * v[1], ray[2] * v[0] - ray[0] * v[2], ray[0] * v[1] - ray[1] * v[0]];
  const determinant = u[0] * h[0] + u[1] * h[1] + u[2] * h[2];
  if (Math.abs(determinant) < 1e-12) return null;
  const wb = (s[0] * h[0] + s[1] * h[1] + s[2] * h[2]) / determinant;
  const q = [s[1] * u[2] - s[2] * u[1], s[2] * u[0] - s[0] * u[2], s[0] * u[1] - s[1] * u[0]];
  const wc = (ray[0] * q[0] + ray[1] * q[1] + ray[2] * q[2]) / determinant;
  const distance = (v[0] * q[0] + v[1] * q[1] + v[2] * q[2]) / determinant;
  return wb < -1e-4 || wc < -1e-4 || wb + wc > 1.0001 || distance <= 0 ? null : [distance, wb, wc];
}

function gather(table: RayTable, values: Float32Array): Float32Array {
  const out = new Float32Array(table.corners.length);
  for (let i = 0; i < out.length; i += 3) {
    for (let corner = 0; corner < 3; corner++) {
      const weight = table.weights[i + corner];
      const v = table.corners[i + corner] * 3;
      for (let k = 0; k < 3; k++) out[i + k] += weight * values[v + k];
    }
  }
  return out;
}

/** Bridges each run of missing points (under the ears, below the neck) along its ring, in place. */
function fillHoles(sheet: Float32Array, weights: Float32Array): void {
  for (let p = 0; p < POLAR_STEPS; p++) {
    const row = p * AZIMUTH_STEPS;
    const missing = (n: number): boolean => {
      const i = (row + (n % AZIMUTH_STEPS)) * 3;
      return weights[i] === 0 && weights[i + 1] === 0 && weights[i + 2] === 0;
    };
    let start = 0;
    while (start < AZIMUTH_STEPS && missing(start)) start++;
    if (start === AZIMUTH_STEPS) {
      sheet.copyWithin(row * 3, (row - AZIMUTH_STEPS) * 3, row * 3);
      continue;
    }
    for (let n = start + 1; n < start + AZIMUTH_STEPS; n++) {
      if (!missing(n)) continue;
      let end = n;
      while (missing(end)) end++;
      const from = (row + ((n - 1) % AZIMUTH_STEPS)) * 3;
      const to = (row + (end % AZIMUTH_STEPS)) * 3;
      for (let m = n; m < end; m++) {
        const t = (m - n + 1) / (end - n + 1);
        for (let k = 0; k < 3; k++) {
          sheet[(row + (m % AZIMUTH_STEPS)) * 3 + k] = sheet[from + k] * (1 - t) + sheet[to + k] * t;
        }
      }
      n = end;
    }
  }
}
