import type { PictureKind } from '../example.ts';

/** How far a color may be from the background, summed over channels, and still belong to it: rounding to bytes at least. */
const TOLERANCE = { least: 0.02, most: 0.1, perRimError: 4 };
const FIT_ROUNDS = 3;
const OUTLIER = 0.2;

/**
 * Where the head is in a picture: 1 on it, 0 on the background, [S, S].
 *
 * The background is plain or varies softly, so a quadratic surface fitted to the picture's upper rim predicts it; a row
 * belongs to the head between the first and the last pixel that differ.
 */
export function findSubject(image: Float32Array, size: number, kind: PictureKind): Float32Array {
  const { surface, tolerance } =
    kind === 'normals'
      ? { surface: new Float64Array(18), tolerance: TOLERANCE.least }
      : fitBackground(image, size);
  const subject = new Float32Array(size * size);
  const terms = new Float64Array(6);
  for (let row = 0; row < size; row++) {
    let first = size;
    let last = -1;
    for (let column = 0; column < size; column++) {
      if (distance(image, surface, terms, row, column, size) < tolerance) continue;
      first = Math.min(first, column);
      last = column;
    }
    if (last > first) subject.fill(1, row * size + first, row * size + last + 1);
  }
  return subject;
}

interface Fit {
  /** [3, 6] coefficients per channel. */
  readonly surface: Float64Array;
  readonly tolerance: number;
}

/** Pixels of the rim that are not background are left out, round by round; what remains tells how exact the fit is. */
function fitBackground(image: Float32Array, size: number): Fit {
  let surface: Float64Array | null = null;
  for (let round = 0; round < FIT_ROUNDS; round++) surface = fitSurface(image, size, surface);
  surface ??= new Float64Array(18);
  const terms = new Float64Array(6);
  let [error, count] = [0, 0];
  for (const [row, column] of rim(size)) {
    const far = distance(image, surface, terms, row, column, size);
    if (far > OUTLIER) continue;
    error += far;
    count++;
  }
  const allowed = TOLERANCE.least + (TOLERANCE.perRimError * error) / Math.max(1, count);
  return { surface, tolerance: Math.min(TOLERANCE.most, allowed) };
}

function fitSurface(image: Float32Array, size: number, before: Float64Array | null): Float64Array {
  const system = new Float64Array(36);
  const right = new Float64Array(18);
  const terms = new Float64Array(6);
  for (const [row, column] of rim(size)) {
    if (before && distance(image, before, terms, row, column, size) > OUTLIER) continue;
    writeTerms(terms, row, column, size);
    for (let i = 0; i < 6; i++) {
      for (let j = 0; j < 6; j++) system[i * 6 + j] += terms[i] * terms[j];
      for (let k = 0; k < 3; k++) right[k * 6 + i] += terms[i] * image[(row * size + column) * 3 + k];
    }
  }
  // A little damping: a rim that is covered on one side leaves some terms open.
  for (let i = 0; i < 6; i++) system[i * 7] += 0.05;
  return solveThree(system, right);
}

/** Pixels of the top edge, and of the sides above the shoulders. */
function rim(size: number): [number, number][] {
  const places: [number, number][] = [];
  for (let i = 0; i < size; i++) {
    places.push([0, i], [2, i]);
    if (i < size * 0.75) places.push([i, 0], [i, 2], [i, size - 1], [i, size - 3]);
  }
  return places;
}

function writeTerms(terms: Float64Array, row: number, column: number, size: number): void {
  const x = (2 * column) / (size - 1) - 1;
  const y = (2 * row) / (size - 1) - 1;
  terms[0] = 1;
  terms[1] = x;
  terms[2] = y;
  terms[3] = x * x;
  terms[4] = y * y;
  terms[5] = x * y;
}

function distance(
  image: Float32Array,
  surface: Float64Array,
  terms: Float64Array,
  row: number,
  column: number,
  size: number,
): number {
  writeTerms(terms, row, column, size);
  let sum = 0;
  for (let k = 0; k < 3; k++) {
    let value = 0;
    for (let i = 0; i < 6; i++) value += surface[k * 6 + i] * terms[i];
    sum += Math.abs(image[(row * size + column) * 3 + k] - Math.min(1, Math.max(0, value)));
  }
  return sum;
}

/** Solves a symmetric positive 6 × 6 system for three right sides by elimination. */
function solveThree(system: Float64Array, right: Float64Array): Float64Array {
  for (let pivot = 0; pivot < 6; pivot++) {
    for (let row = pivot + 1; row < 6; row++) {
      const factor = system[row * 6 + pivot] / system[pivot * 7];
      for (let j = pivot; j < 6; j++) system[row * 6 + j] -= factor * system[pivot * 6 + j];
      for (let k = 0; k < 3; k++) right[k * 6 + row] -= factor * right[k * 6 + pivot];
    }
  }
  const solution = new Float64Array(18);
  for (let k = 0; k < 3; k++) {
    for (let row = 5; row >= 0; row--) {
      let value = right[k * 6 + row];
      for (let j = row + 1; j < 6; j++) value -= system[row * 6 + j] * solution[k * 6 + j];
      solution[k * 6 + row] = value / system[row * 7];
    }
  }
  return solution;
}
