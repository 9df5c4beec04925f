import { readSafetensors, type SafetensorsFile, toFloat32, toIntegers } from '../../tensor/safetensors.ts';
import type { TriangleMesh } from '../mesh.ts';
import { sampleSignedDistance, type SignedDistanceGrid } from './signed-distance-grid.ts';

/** What a triangle of the template belongs to, by the numbers in `partOfTriangle`. */
export const TEMPLATE_PARTS = { skin: 0, eyes: 1, teeth: 3, tongue: 4 } as const;

/** One facial expression: which vertices move, and by how much at full strength. */
export interface TemplateExpression {
  readonly vertices: Uint32Array;
  /** [N, 3] world units. */
  readonly offsets: Float32Array;
}

/** The average bald adult: where every head starts, and what it inherits. */
export interface HeadTemplate {
  /** Skin down to the neck, eyeballs, teeth and tongue; open at the neck. */
  readonly mesh: TriangleMesh;
  /** [F] values of `TEMPLATE_PARTS`. */
  readonly partOfTriangle: Uint8Array;
  /** [V, 2] in MakeHuman's layout; one pair a vertex, so triangles across its seams are stretched. */
  readonly uvs: Float32Array;
  /** Vertex numbers of every landmark chain. */
  readonly landmarks: ReadonlyMap<string, Uint32Array>;
  /** True where the file says that it is no head and has no chain: teachers are then asked without landmarks. */
  readonly landmarkFree?: boolean;
  /** The ARKit expressions by name, `jawOpen` to `tongueOut`. */
  readonly expressions: ReadonlyMap<string, TemplateExpression>;
  readonly distanceGrid: SignedDistanceGrid;
  /** Signed distance to the closed head (mouth shut, eyes in place, neck cut flat), negative inside. */
  signedDistance(x: number, y: number, z: number): number;
}

const FORMAT = 'headwright-head-template/1';

/** Reads a template from the bytes of its safetensors file; anything missing or out of range is refused by name. */
export function parseHeadTemplate(bytes: Uint8Array): HeadTemplate {
  const file = readSafetensors(bytes);
  const format = file.metadata.get('format');
  if (format !== FORMAT) throw new Error(`parseHeadTemplate: expected format ${FORMAT}, got ${format}`);

  const positions = floats(file, 'positions', [null, 3]);
  const vertexCount = positions.length / 3;
  const indices = vertexNumbers(file, 'triangles', [null, 3], vertexCount);
  const parts = integers(file, 'parts', [indices.length / 3]);

  const landmarks = new Map<string, Uint32Array>();
  const expressions = new Map<string, TemplateExpression>();
  for (const key of file.entries.keys()) {
    const [group, name, field] = key.split('/');
    if (group === 'landmarks') landmarks.set(name, vertexNumbers(file, key, [null], vertexCount));
    if (group === 'expressions' && field === 'vertices') {
      const vertices = vertexNumbers(file, key, [null], vertexCount);
      const offsets = floats(file, `expressions/${name}/offsets`, [vertices.length, 3]);
      expressions.set(name, { vertices, offsets });
    }
  }
  const landmarkFree = file.metadata.get('landmarks') === 'none';
  if (landmarkFree && landmarks.size > 0) {
    throw new Error(
      `parseHeadTemplate: expected no chains where the metadata says landmarks: none, got ${[...landmarks.keys()]}`,
    );
  }
  const distanceGrid = readGrid(file);
  return {
    mesh: { positions, indices },
    partOfTriangle: Uint8Array.from(parts),
    uvs: floats(file, 'uvs', [vertexCount, 2]),
    landmarks,
    landmarkFree,
    expressions,
    distanceGrid,
    signedDistance: (x, y, z) => sampleSignedDistance(distanceGrid, x, y, z),
  };
}

function readGrid(file: SafetensorsFile): SignedDistanceGrid {
  const [nz, ny, nx] = file.entries.get('distance/values')?.shape ?? [];
  const values = floats(file, 'distance/values', [null, null, null]);
  if (Math.min(nx, ny, nz) < 2) {
    throw new Error(
      `parseHeadTemplate: distance/values: expected at least 2 nodes a side, got ${[nx, ny, nz]}`,
    );
  }
  const [x, y, z] = floats(file, 'distance/origin', [3]);
  const [spacing] = floats(file, 'distance/spacing', [1]);
  if (!(spacing > 0)) throw new Error(`parseHeadTemplate: distance/spacing: expected > 0, got ${spacing}`);
  return { origin: [x, y, z], spacing, size: [nx, ny, nz], values };
}

/** Looks up a tensor; `null` in the shape stands for any size. */
function entryOf(file: SafetensorsFile, name: string, shape: readonly (number | null)[]) {
  const entry = file.entries.get(name);
  if (!entry) throw new Error(`parseHeadTemplate: expected the tensor ${name}, got none of that name`);
  const fits =
    entry.shape.length === shape.length && shape.every((n, i) => n === null || n === entry.shape[i]);
  if (!fits) {
    const wanted = shape.map((n) => n ?? 'any').join(', ');
    throw new Error(
      `parseHeadTemplate: ${name}: expected shape [${wanted}], got [${entry.shape.join(', ')}]`,
    );
  }
  return entry;
}

function floats(file: SafetensorsFile, name: string, shape: readonly (number | null)[]): Float32Array {
  const values = toFloat32(name, entryOf(file, name, shape));
  if (!values.every(Number.isFinite)) throw new Error(`parseHeadTemplate: ${name}: expected finite numbers`);
  return values;
}

function integers(file: SafetensorsFile, name: string, shape: readonly (number | null)[]): Uint32Array {
  return Uint32Array.from(toIntegers(name, entryOf(file, name, shape)));
}

function vertexNumbers(
  file: SafetensorsFile,
  name: string,
  shape: readonly (number | null)[],
  vertexCount: number,
): Uint32Array {
  const numbers = integers(file, name, shape);
  const wrong = numbers.find((v) => v >= vertexCount);
  if (wrong !== undefined) {
    throw new Error(`parseHeadTemplate: ${name}: expected vertices below ${vertexCount}, got ${wrong}`);
  }
  return numbers;
}
