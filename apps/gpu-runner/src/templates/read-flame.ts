import { type NpzArray, readNpz } from '../tensor/read-npz.ts';
import { TEMPLATE_PARTS } from '../ssd/head-template/head-template.ts';
import { connectedParts } from './connected-parts.ts';
import { insertPoints, type TrianglePoint } from './insert-points.ts';
import { parseLandmarkFile } from './landmark-file.ts';
import { FLAME_OVAL, FLAME_OVAL_CHIN, MEDIAPIPE_CHAINS } from './mediapipe-chains.ts';
import type { SourceHead } from './source-head.ts';

/** FLAME's topology, the same in every release. */
export const FLAME_VERTICES = 5023;
export const FLAME_TRIANGLES = 9976;

/** A file that was read: its path for errors, and its bytes. */
interface NamedBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * FLAME's mean head from an .npz with `v_template` and `f`, and its landmarks: MediaPipe's embedding (an .npz with
 * `lmk_face_idx`, `lmk_b_coords` and `landmark_indices`), or a JSON file of chains by vertex number.
 *
 * The embedding has eyes, brows and lips. The oval is our own; the irises are the foremost vertices of the eyeballs, since
 * FLAME looks straight ahead.
 *
 * References: Li et al. 2017, Learning a model of facial shape and expression from 4D scans (FLAME).
 */
export function readFlame(model: NamedBytes, landmarks: NamedBytes): SourceHead {
  const arrays = openNpz(model, ['v_template', 'f']);
  const positions = arrayOf(arrays, model.path, 'v_template', [FLAME_VERTICES, 3]);
  const triangles = vertexNumbers(
    arrayOf(arrays, model.path, 'f', [FLAME_TRIANGLES, 3]),
    model.path,
    'f',
    FLAME_VERTICES,
  );
  const eyes = findEyeballs(model.path, positions, triangles);
  const isEye = Uint8Array.from({ length: FLAME_VERTICES }, (_, v) => (eyes.some((e) => e.has(v)) ? 1 : 0));
  const [irisR, irisL] = eyes.map((eye) => foremost(positions, eye));
  const common = { oval: FLAME_OVAL, irisL: [irisL], irisR: [irisR] };
  const partOf = (f: number): number =>
    isEye[triangles[f * 3]] === 1 ? TEMPLATE_PARTS.eyes : TEMPLATE_PARTS.skin;

  const [named, points] = isNpz(landmarks.bytes)
    ? [[], readEmbedding(landmarks)]
    : [[...parseLandmarkFile(landmarks.path, landmarks.bytes, FLAME_VERTICES)], new Map()];
  const split = insertPoints(positions, triangles, [...points.values()]);
  const numberOf = new Map([...points.keys()].map((id, n) => [id, FLAME_VERTICES + n]));
  const embedded = Object.entries(points.size > 0 ? MEDIAPIPE_CHAINS : {}).map(
    ([chain, ids]) => [chain, ids.map((id) => numberOf.get(id) ?? 0)] as const,
  );
  return {
    positions: split.positions,
    triangles: split.triangles,
    parts: Uint8Array.from(split.sourceOfTriangle, partOf),
    outer: new Uint8Array(split.sourceOfTriangle.length).fill(1),
    uvs: null,
    landmarks: new Map<string, readonly number[]>([...Object.entries(common), ...embedded, ...named]),
    chinVertex: FLAME_OVAL[FLAME_OVAL_CHIN],
  };
}

/** Where MediaPipe's points lie on FLAME's triangles, by MediaPipe's number: those of the chains. */
function readEmbedding(file: NamedBytes): Map<number, TrianglePoint> {
  const arrays = openNpz(file, ['lmk_face_idx', 'lmk_b_coords', 'landmark_indices']);
  const ids = arrayOf(arrays, file.path, 'landmark_indices', [null]);
  const faces = arrayOf(arrays, file.path, 'lmk_face_idx', [ids.length]);
  vertexNumbers(faces, file.path, 'lmk_face_idx', FLAME_TRIANGLES);
  const shares = arrayOf(arrays, file.path, 'lmk_b_coords', [ids.length, 3]);
  const points = new Map<number, TrianglePoint>();
  for (const id of Object.values(MEDIAPIPE_CHAINS).flat()) {
    const n = ids.indexOf(id);
    if (n < 0) {
      throw new Error(
        `readFlame: ${file.path}: landmark_indices: expected MediaPipe's point ${id}, got none`,
      );
    }
    const [a, b, c] = shares.subarray(n * 3, n * 3 + 3);
    if (Math.min(a, b, c) < -1e-3 || Math.abs(a + b + c - 1) > 1e-3) {
      throw new Error(
        `readFlame: ${file.path}: lmk_b_coords: row ${n}: expected shares of 1, got ${[a, b, c]}`,
      );
    }
    points.set(id, { triangle: faces[n], shares: [a, b, c] });
  }
  return points;
}

/** The two small pieces of the mesh, the one at −X (the subject's right) first. */
function findEyeballs(path: string, positions: Float64Array, triangles: Uint32Array): ReadonlySet<number>[] {
  const pieces = connectedParts(positions.length / 3, triangles).sort((a, b) => b.size - a.size);
  if (pieces.length !== 3) {
    throw new Error(`readFlame: ${path}: f: expected skin and two eyeballs, got ${pieces.length} pieces`);
  }
  const middle = (piece: ReadonlySet<number>): number =>
    [...piece].reduce((sum, v) => sum + positions[v * 3] / piece.size, 0);
  return pieces.slice(1).sort((a, b) => middle(a) - middle(b));
}

function foremost(positions: Float64Array, vertices: ReadonlySet<number>): number {
  return [...vertices].reduce((best, v) => (positions[v * 3 + 2] > positions[best * 3 + 2] ? v : best));
}

function isNpz(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

function openNpz({ path, bytes }: NamedBytes, names: readonly string[]): ReadonlyMap<string, NpzArray> {
  if (!isNpz(bytes)) {
    const hint = bytes[0] === 0x80 ? ' (a Python pickle: docs/templates.md converts it)' : '';
    throw new Error(`readFlame: ${path}: expected a NumPy .npz archive, got something else${hint}`);
  }
  try {
    return readNpz(bytes, new Set(names));
  } catch (cause) {
    throw new Error(`readFlame: ${path}: expected a whole .npz archive, got ${String(cause)}`, { cause });
  }
}

/** A numeric array of the given shape, `null` standing for any size; refused by file and name otherwise. */
function arrayOf(
  arrays: ReadonlyMap<string, NpzArray>,
  path: string,
  name: string,
  shape: readonly (number | null)[],
): Float64Array {
  const array = arrays.get(name);
  if (!array) throw new Error(`readFlame: ${path}: expected the array ${name}, got none of that name`);
  const fits =
    array.shape.length === shape.length && shape.every((n, i) => n === null || n === array.shape[i]);
  if (!fits) {
    const wanted = shape.map((n) => n ?? 'any').join(', ');
    throw new Error(
      `readFlame: ${path}: ${name}: expected shape [${wanted}], got [${array.shape.join(', ')}]`,
    );
  }
  if (!array.numbers.every(Number.isFinite)) {
    throw new Error(`readFlame: ${path}: ${name}: expected finite numbers`);
  }
  return array.numbers;
}

function vertexNumbers(values: Float64Array, path: string, name: string, limit: number): Uint32Array {
  const wrong = values.find((v) => !(Number.isInteger(v) && v >= 0 && v < limit));
  if (wrong !== undefined) {
    throw new Error(`readFlame: ${path}: ${name}: expected whole numbers below ${limit}, got ${wrong}`);
  }
  return Uint32Array.from(values);
}
