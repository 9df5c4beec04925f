/**
 * Multiresolution hash encoding: a point reads, on each level of a pyramid of grids, the features of the
 * eight corners around it and mixes them trilinearly.
 *
 * Coarse levels own one row for each corner; levels with more corners than table rows share rows by a
 * spatial hash. The domain is the engine's box [−1, 1]³; points outside are moved to its faces.
 *
 * References: Müller et al., "Instant Neural Graphics Primitives", 2022, section 3 and equation 4.
 */

/** The shape of a hash grid. */
export interface HashGridConfig {
  /** Levels from coarse to fine; each gives two features. */
  readonly levelCount: number;
  /** Cells along an edge of the domain on the coarsest and on the finest level. */
  readonly baseResolution: number;
  readonly finestResolution: number;
  /** Base-two logarithm of the rows a level may own. */
  readonly tableSizeLog2: number;
  /**
   * Features of a level are multiplied by (baseResolution / resolution)^damping. Adam moves every table
   * entry by about the learning rate, however small its gradient; without damping the fine levels
   * paint the teacher's noise as freckles (one half: an eighth less roughness at the same error).
   */
  readonly damping: number;
}

/** For teacher images of 128² that show two units: the finest cell is half a pixel wide. */
export const HASH_GRID_DEFAULTS: HashGridConfig = {
  levelCount: 8,
  baseResolution: 8,
  finestResolution: 256,
  tableSizeLog2: 16,
  damping: 0.5,
};

/** One level of a laid-out grid. */
export interface HashGridLevel {
  /** Cells along an edge. */
  readonly resolution: number;
  readonly rowCount: number;
  /** Where the level's rows begin in the table, in floats. */
  readonly offset: number;
  /** True where every corner owns its row. */
  readonly dense: boolean;
  /** What the level's features are multiplied by. */
  readonly scale: number;
}

/** Where every level of a table lies. The table itself is one flat Float32Array of `tableLength`. */
export interface HashGrid {
  readonly levels: readonly HashGridLevel[];
  /** Floats in the table: two for each row. */
  readonly tableLength: number;
  /** Features of a point: two for each level. */
  readonly featureCount: number;
}

const FEATURES_PER_LEVEL = 2;
const PRIME_Y = 0x9e3779b1 | 0;
const PRIME_Z = 805459861;

/** Lays a table out: dense rows where they fit, hashed ones above. */
export function layOutHashGrid(config: HashGridConfig): HashGrid {
  const { levelCount, baseResolution, finestResolution, tableSizeLog2, damping } = config;
  if (levelCount < 1 || baseResolution < 1 || finestResolution < baseResolution || tableSizeLog2 > 24)
    throw new Error(
      `layOutHashGrid: expected at least one level, 1 <= base <= finest and 2^24 rows at most, got ${JSON.stringify(config)}`,
    );
  const growth = levelCount > 1 ? (finestResolution / baseResolution) ** (1 / (levelCount - 1)) : 1;
  const levels: HashGridLevel[] = [];
  let offset = 0;
  for (let level = 0; level < levelCount; level++) {
    // The small term keeps the finest level from losing a cell to rounding of the power.
    const resolution = Math.floor(baseResolution * growth ** level + 1e-6);
    const cornerCount = (resolution + 1) ** 3;
    const dense = cornerCount <= 2 ** tableSizeLog2;
    const rowCount = dense ? cornerCount : 2 ** tableSizeLog2;
    levels.push({ resolution, rowCount, offset, dense, scale: (baseResolution / resolution) ** damping });
    offset += rowCount * FEATURES_PER_LEVEL;
  }
  return { levels, tableLength: offset, featureCount: levelCount * FEATURES_PER_LEVEL };
}

/**
 * Encodes points.
 *
 * `points` [N, 3] in world units, `table` [tableLength], `features` [N, featureCount] is written.
 */
export function encodeHashGrid(
  grid: HashGrid,
  points: Float32Array,
  table: Float32Array,
  features: Float32Array,
): void {
  checkLengths(grid, points, table, features);
  const unit = toUnitCube(points);
  const rows = new Int32Array(8);
  const mix = new Float64Array(8);
  for (const [index, level] of grid.levels.entries()) {
    const { scale } = level;
    for (let p = 0, o = index * FEATURES_PER_LEVEL; p < unit.length; p += 3, o += grid.featureCount) {
      locate(level, unit[p], unit[p + 1], unit[p + 2], rows, mix);
      let first = 0;
      let second = 0;
      for (let c = 0; c < 8; c++) {
        const row = rows[c];
        first += mix[c] * table[row];
        second += mix[c] * table[row + 1];
      }
      features[o] = scale * first;
      features[o + 1] = scale * second;
    }
  }
}

/**
 * Adds the gradient of the encoding to `gradTable` [tableLength].
 *
 * `gradFeatures` [N, featureCount]. Rows that no point touched keep exactly what they held, so that an
 * optimizer may skip rows whose gradient is zero. The points get no gradient: colors are learned on a frozen
 * mesh, distances at the vertices of a grid at rest.
 */
export function encodeHashGridBackward(
  grid: HashGrid,
  points: Float32Array,
  gradFeatures: Float32Array,
  gradTable: Float32Array,
): void {
  checkLengths(grid, points, gradTable, gradFeatures);
  const unit = toUnitCube(points);
  const rows = new Int32Array(8);
  const mix = new Float64Array(8);
  for (const [index, level] of grid.levels.entries()) {
    const { scale } = level;
    for (let p = 0, o = index * FEATURES_PER_LEVEL; p < unit.length; p += 3, o += grid.featureCount) {
      const first = scale * gradFeatures[o];
      const second = scale * gradFeatures[o + 1];
      if (first === 0 && second === 0) continue;
      locate(level, unit[p], unit[p + 1], unit[p + 2], rows, mix);
      for (let c = 0; c < 8; c++) {
        const row = rows[c];
        gradTable[row] += mix[c] * first;
        gradTable[row + 1] += mix[c] * second;
      }
    }
  }
}

/** Makes a function that encodes one point into `features` [featureCount]: the same numbers as `encodeHashGrid`. */
export function createHashGridProbe(
  grid: HashGrid,
  table: Float32Array,
): (x: number, y: number, z: number, features: Float32Array) => void {
  const rows = new Int32Array(8);
  const mix = new Float64Array(8);
  return (x, y, z, features) => {
    const [ux, uy, uz] = [toUnit(x), toUnit(y), toUnit(z)];
    for (let l = 0; l < grid.levels.length; l++) {
      const level = grid.levels[l];
      locate(level, ux, uy, uz, rows, mix);
      let first = 0;
      let second = 0;
      for (let c = 0; c < 8; c++) {
        first += mix[c] * table[rows[c]];
        second += mix[c] * table[rows[c] + 1];
      }
      features[FEATURES_PER_LEVEL * l] = level.scale * first;
      features[FEATURES_PER_LEVEL * l + 1] = level.scale * second;
    }
  };
}

/**
 * Writes where the eight corners around a point lie in the table (`rows`, in floats, x fastest) and their
 * trilinear weights (`mix`). The point lies in [0, 1)³.
 */
function locate(
  level: HashGridLevel,
  x: number,
  y: number,
  z: number,
  rows: Int32Array,
  mix: Float64Array,
): void {
  const { resolution, offset } = level;
  // (1) Cell and position in it.
  const fx = resolution * x;
  const fy = resolution * y;
  const fz = resolution * z;
  const ix = fx | 0;
  const iy = fy | 0;
  const iz = fz | 0;
  const wx = fx - ix;
  const wy = fy - iy;
  const wz = fz - iz;
  // (2) Weights.
  const ux = 1 - wx;
  const w00 = (1 - wy) * (1 - wz);
  const w10 = wy * (1 - wz);
  const w01 = (1 - wy) * wz;
  const w11 = wy * wz;
  mix[0] = ux * w00;
  mix[1] = wx * w00;
  mix[2] = ux * w10;
  mix[3] = wx * w10;
  mix[4] = ux * w01;
  mix[5] = wx * w01;
  mix[6] = ux * w11;
  mix[7] = wx * w11;
  // (3) Rows.
  if (level.dense) {
    const stepY = 2 * (resolution + 1);
    const stepZ = stepY * (resolution + 1);
    const row = offset + 2 * ix + iy * stepY + iz * stepZ;
    rows[0] = row;
    rows[1] = row + 2;
    rows[2] = row + stepY;
    rows[3] = row + stepY + 2;
    rows[4] = row + stepZ;
    rows[5] = row + stepZ + 2;
    rows[6] = row + stepZ + stepY;
    rows[7] = row + stepZ + stepY + 2;
    return;
  }
  const mask = level.rowCount - 1;
  const x1 = ix + 1;
  const y0 = Math.imul(iy, PRIME_Y);
  const y1 = (y0 + PRIME_Y) | 0;
  const z0 = Math.imul(iz, PRIME_Z);
  const z1 = (z0 + PRIME_Z) | 0;
  rows[0] = offset + 2 * ((ix ^ y0 ^ z0) & mask);
  rows[1] = offset + 2 * ((x1 ^ y0 ^ z0) & mask);
  rows[2] = offset + 2 * ((ix ^ y1 ^ z0) & mask);
  rows[3] = offset + 2 * ((x1 ^ y1 ^ z0) & mask);
  rows[4] = offset + 2 * ((ix ^ y0 ^ z1) & mask);
  rows[5] = offset + 2 * ((x1 ^ y0 ^ z1) & mask);
  rows[6] = offset + 2 * ((ix ^ y1 ^ z1) & mask);
  rows[7] = offset + 2 * ((x1 ^ y1 ^ z1) & mask);
}

/** World box [−1, 1]³ to [0, 1)³: points on the far faces stay in the last cell, so no kernel checks bounds. */
function toUnitCube(points: Float32Array): Float32Array {
  const unit = new Float32Array(points.length);
  for (let i = 0; i < unit.length; i++) unit[i] = toUnit(points[i]);
  return unit;
}

const LARGEST_UNIT = 1 - 2 ** -24;

function toUnit(coordinate: number): number {
  return Math.fround(Math.min(Math.max(0.5 * coordinate + 0.5, 0), LARGEST_UNIT));
}

function checkLengths(
  grid: HashGrid,
  points: Float32Array,
  table: Float32Array,
  features: Float32Array,
): void {
  const count = points.length / 3;
  if (table.length === grid.tableLength && features.length === count * grid.featureCount) return;
  throw new Error(
    `encodeHashGrid: expected a table of ${grid.tableLength} and ${grid.featureCount} features for each of ${count} points, got ${table.length} and ${features.length}`,
  );
}
