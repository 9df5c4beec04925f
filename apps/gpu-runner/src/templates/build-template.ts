import { type SafetensorsInput, writeSafetensors } from '../tensor/write-safetensors.ts';
import { closedDistance } from './closed-distance.ts';
import { closeHoles } from './close-holes.ts';
import type { ObjMesh } from './parse-obj.ts';
import type { SourceHead } from './source-head.ts';

/** Edge of the distance grid's cells, head heights: as in the built-in template, about 2.5 mm of a life-size head. */
export const TEMPLATE_SPACING = 0.0105;
/** Where heads end in a flat cut: as the built-in template, with which the starter teacher was trained. */
const NECK_CUT_Y = -0.696;
/** An object is scaled until its largest half extent is this, so that it fills what the cameras see of a head. */
const OBJECT_HALF_EXTENT = 0.6;

/** What a template file says about itself. */
export interface TemplateOrigin {
  readonly license: string;
  readonly source: string;
}

/**
 * The template file of a placed head. Its distances are those of the closed outside: holes (neck, and where sockets were
 * joined) are covered by fans, mouth and sockets count as inside, the neck is cut flat.
 */
export function buildHeadTemplate(head: SourceHead, origin: TemplateOrigin, spacing: number): Uint8Array {
  const { positions, triangles, parts, outer } = head;
  const corners = (f: number): Uint32Array => triangles.subarray(f * 3, f * 3 + 3);
  const outside = triangles.filter((_, i) => outer[Math.floor(i / 3)] === 1);
  const kept = Array.from(parts.keys()).filter((f) =>
    corners(f).some((v) => positions[v * 3 + 1] > NECK_CUT_Y),
  );
  return encode({
    positions,
    triangles: Uint32Array.from(kept.flatMap((f) => [...corners(f)])),
    parts: kept.map((f) => parts[f]),
    uvs: head.uvs,
    landmarks: head.landmarks,
    grid: closedDistance(closeHoles(positions, outside), NECK_CUT_Y, spacing, { sealGaps: true }),
    metadata: { ...origin },
  });
}

/**
 * The template file of an object that is no head: its middle becomes the origin, its largest half extent 0.6. It says of
 * itself that it has no landmarks. A surface that was turned inside out is turned back.
 */
export function buildObjectTemplate(mesh: ObjMesh, origin: TemplateOrigin, spacing: number): Uint8Array {
  const { positions, triangles } = placeObject(mesh);
  const closed = closeHoles(positions, triangles);
  const isInsideOut = signedVolume(closed) < 0;
  return encode({
    positions,
    triangles: isInsideOut ? turned(triangles) : triangles,
    parts: new Uint8Array(triangles.length / 3),
    uvs: mesh.uvs,
    landmarks: new Map(),
    grid: closedDistance(isInsideOut ? turned(closed, 3) : closed, Number.NEGATIVE_INFINITY, spacing),
    metadata: { ...origin, landmarks: 'none' },
  });
}

function placeObject({ positions, triangles }: ObjMesh): Pick<ObjMesh, 'positions' | 'triangles'> {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = low.map((value) => -value);
  for (const v of triangles) {
    for (let a = 0; a < 3; a++) {
      low[a] = Math.min(low[a], positions[v * 3 + a]);
      high[a] = Math.max(high[a], positions[v * 3 + a]);
    }
  }
  const largest = Math.max(...high.map((value, a) => (value - low[a]) / 2));
  if (!(largest > 0))
    throw new Error('buildObjectTemplate: expected a surface with an extent, got one point');
  const scale = OBJECT_HALF_EXTENT / largest;
  return {
    positions: positions.map((value, i) => (value - (low[i % 3] + high[i % 3]) / 2) * scale),
    triangles,
  };
}

/** Six times the volume that a closed surface encloses, negative where it faces inward. */
function signedVolume(corners: Float64Array): number {
  let sum = 0;
  for (let o = 0; o < corners.length; o += 9) {
    const [ax, ay, az, bx, by, bz, cx, cy, cz] = corners.subarray(o, o + 9);
    sum += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  }
  return sum;
}

/** The other way around: the second and third of every three corners changed, each of `width` numbers. */
function turned<T extends Uint32Array | Float64Array>(values: T, width = 1): T {
  const result = values.slice() as T; // slice keeps the kind of array
  for (let o = 0; o < values.length; o += 3 * width) {
    for (let k = 0; k < width; k++) {
      result[o + width + k] = values[o + 2 * width + k];
      result[o + 2 * width + k] = values[o + width + k];
    }
  }
  return result;
}

interface TemplateContent {
  /** [V, 3] of the source; vertices that no triangle and no landmark uses are left out of the file. */
  readonly positions: Float64Array;
  readonly triangles: Uint32Array;
  readonly parts: ArrayLike<number>;
  readonly uvs: Float64Array | null;
  readonly landmarks: ReadonlyMap<string, readonly number[]>;
  readonly grid: ReturnType<typeof closedDistance>;
  readonly metadata: Readonly<Record<string, string>>;
}

function encode(content: TemplateContent): Uint8Array {
  const { positions, triangles, parts, uvs, grid } = content;
  const order = [...new Set([...triangles, ...[...content.landmarks.values()].flat()])].sort((a, b) => a - b);
  const numberOf = new Map(order.map((v, i) => [v, i]));
  const vertices = (source: Iterable<number>): number[] => Array.from(source, (v) => numberOf.get(v) ?? 0);
  const dtype = order.length > 0xffff ? 'U32' : 'U16';
  const rows = (values: Float64Array, width: number): number[] =>
    order.flatMap((v) => [...values.subarray(v * width, v * width + width)]);
  const tensors = new Map<string, SafetensorsInput>([
    ['positions', { dtype: 'F32', shape: [order.length, 3], values: rows(positions, 3) }],
    ['triangles', { dtype, shape: [triangles.length / 3, 3], values: vertices(triangles) }],
    ['parts', { dtype: 'U8', shape: [parts.length], values: parts }],
    [
      'uvs',
      {
        dtype: 'F32',
        shape: [order.length, 2],
        values: uvs ? rows(uvs, 2) : new Float32Array(order.length * 2),
      },
    ],
  ]);
  for (const [name, chain] of content.landmarks) {
    tensors.set(`landmarks/${name}`, { dtype, shape: [chain.length], values: vertices(chain) });
  }
  const [nx, ny, nz] = grid.size;
  tensors.set('distance/values', { dtype: 'F16', shape: [nz, ny, nx], values: grid.values });
  tensors.set('distance/origin', { dtype: 'F32', shape: [3], values: grid.origin });
  tensors.set('distance/spacing', { dtype: 'F32', shape: [1], values: [grid.spacing] });
  return writeSafetensors(tensors, {
    format: 'headwright-head-template/1',
    ...content.metadata,
    units: 'head height 1, origin at mid height, +Y up, +Z front, +X the left of the subject',
  });
}
