import { finestLevel, type SplinePyramid } from './spline-pyramid.ts';

/** Which channels of a pyramid to sample, and where. */
export interface SplineSamples {
  readonly pyramid: SplinePyramid;
  readonly firstChannel: number;
  readonly channelCount: number;
  /** [P, 3] world space; points outside the lattice take the value at its nearest point. */
  readonly positions: Float32Array;
  /** Rows of `positions` to visit; all of them when left out. */
  readonly rows?: Uint32Array;
}

/**
 * Evaluates collapsed coefficients at points: adds channel values to `values` [P, channelCount], in the visited rows only.
 *
 * Inside a cube of the lattice with local coordinate t in [0, 1], the three coefficients along an axis have the weights
 * ½(1 − t)², ½ + t(1 − t) and ½t².
 */
export function sampleSpline(samples: SplineSamples, coefficients: Float32Array, values: Float32Array): void {
  const { pyramid, firstChannel, channelCount, positions, rows } = samples;
  const { nodes, nodeCount } = finestLevel(pyramid);
  const rowSize = nodes[0];
  const layerSize = nodes[0] * nodes[1];
  const place = createPlacement(pyramid);
  const { weightsX: wx, weightsYZ: wyz } = place;
  const count = rows ? rows.length : positions.length / 3;
  for (let k = 0; k < count; k++) {
    const p = rows ? rows[k] : k;
    const base = place.locate(positions[3 * p], positions[3 * p + 1], positions[3 * p + 2]);
    const w0 = wx[0];
    const w1 = wx[1];
    const w2 = wx[2];
    for (let c = 0; c < channelCount; c++) {
      let sum = 0;
      let at = base + (firstChannel + c) * nodeCount;
      for (let z = 0, r = 0; z < 3; z++, at += layerSize - 3 * rowSize) {
        for (let y = 0; y < 3; y++, r++, at += rowSize) {
          sum += wyz[r] * (w0 * coefficients[at] + w1 * coefficients[at + 1] + w2 * coefficients[at + 2]);
        }
      }
      values[channelCount * p + c] += sum;
    }
  }
}

/** Scatters a gradient at the visited rows of `values` [P, channelCount] into the gradient of the coefficients. */
export function sampleSplineBackward(
  samples: SplineSamples,
  gradValues: Float32Array,
  gradCoefficients: Float32Array,
): void {
  const { pyramid, firstChannel, channelCount, positions, rows } = samples;
  const { nodes, nodeCount } = finestLevel(pyramid);
  const rowSize = nodes[0];
  const layerSize = nodes[0] * nodes[1];
  const place = createPlacement(pyramid);
  const { weightsX: wx, weightsYZ: wyz } = place;
  const count = rows ? rows.length : positions.length / 3;
  for (let k = 0; k < count; k++) {
    const p = rows ? rows[k] : k;
    const base = place.locate(positions[3 * p], positions[3 * p + 1], positions[3 * p + 2]);
    for (let c = 0; c < channelCount; c++) {
      const g = gradValues[channelCount * p + c];
      if (g === 0) continue;
      let at = base + (firstChannel + c) * nodeCount;
      for (let z = 0, r = 0; z < 3; z++, at += layerSize - 3 * rowSize) {
        for (let y = 0; y < 3; y++, r++, at += rowSize) {
          const gw = g * wyz[r];
          gradCoefficients[at] += gw * wx[0];
          gradCoefficients[at + 1] += gw * wx[1];
          gradCoefficients[at + 2] += gw * wx[2];
        }
      }
    }
  }
}

/** Makes a function that answers one channel at one point: the same values as `sampleSpline`, for scattered queries. */
export function createSplineProbe(
  pyramid: SplinePyramid,
  coefficients: Float32Array,
): (channel: number, x: number, y: number, z: number) => number {
  const { nodes, nodeCount } = finestLevel(pyramid);
  const layerSize = nodes[0] * nodes[1];
  const { weightsX: wx, weightsYZ: wyz, locate } = createPlacement(pyramid);
  return (channel, x, y, z) => {
    const base = locate(x, y, z) + channel * nodeCount;
    let sum = 0;
    for (let r = 0; r < 9; r++) {
      const at = base + Math.floor(r / 3) * layerSize + (r % 3) * nodes[0];
      sum +=
        wyz[r] * (wx[0] * coefficients[at] + wx[1] * coefficients[at + 1] + wx[2] * coefficients[at + 2]);
    }
    return sum;
  };
}

/** Finds a point's 3 × 3 × 3 coefficients: `locate` answers the first one's place and fills the weights. */
function createPlacement(pyramid: SplinePyramid): {
  readonly weightsX: Float64Array;
  readonly weightsYZ: Float64Array;
  locate(x: number, y: number, z: number): number;
} {
  const { origin } = pyramid;
  const { spacing, nodes } = finestLevel(pyramid);
  const [nx, ny, nz] = nodes;
  const scale = 1 / spacing;
  const weightsX = new Float64Array(3);
  const weightsYZ = new Float64Array(9);
  const locate = (x: number, y: number, z: number): number => {
    const u = Math.min(Math.max((x - origin[0]) * scale, 0), nx - 2);
    const v = Math.min(Math.max((y - origin[1]) * scale, 0), ny - 2);
    const w = Math.min(Math.max((z - origin[2]) * scale, 0), nz - 2);
    // The last cube also holds the far face of the box.
    const i = Math.min(Math.floor(u), nx - 3);
    const j = Math.min(Math.floor(v), ny - 3);
    const k = Math.min(Math.floor(w), nz - 3);
    const tx = u - i;
    const ty = v - j;
    const tz = w - k;
    weightsX[0] = 0.5 * (1 - tx) * (1 - tx);
    weightsX[1] = 0.5 + tx * (1 - tx);
    weightsX[2] = 0.5 * tx * tx;
    const y0 = 0.5 * (1 - ty) * (1 - ty);
    const y1 = 0.5 + ty * (1 - ty);
    const y2 = 0.5 * ty * ty;
    for (let r = 0; r < 3; r++) {
      const wz = r === 0 ? 0.5 * (1 - tz) * (1 - tz) : r === 1 ? 0.5 + tz * (1 - tz) : 0.5 * tz * tz;
      weightsYZ[3 * r] = wz * y0;
      weightsYZ[3 * r + 1] = wz * y1;
      weightsYZ[3 * r + 2] = wz * y2;
    }
    return (k * ny + j) * nx + i;
  };
  return { weightsX, weightsYZ, locate };
}
