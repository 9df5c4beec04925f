import type { NpzArray } from '../../apps/gpu-runner/src/tensor/read-npz.ts';

/** The average bald adult after one midpoint subdivision, in the teacher's framing units. */
export interface AverageHead {
  /** [V, 3], the whole subdivided mesh, in the numbering of landmarks.json. */
  readonly positions: Float64Array;
  /** [V, 2]. */
  readonly uvs: Float64Array;
  /** [F, 3], hair helper strips left out, shoulders still on. */
  readonly triangles: Uint32Array;
  /** [F]: 0 skin, 1 eyeballs, 3 teeth, 4 tongue. */
  readonly parts: Uint8Array;
  /** [F]: 1 for triangles that the training renders show (skin above the neck's cut). */
  readonly rendered: Uint8Array;
  /** [F]: 1 for skin triangles inside the mouth. */
  readonly insideMouth: Uint8Array;
  /** [S, 3] the rendered triangles of the skin. */
  readonly skin: Uint32Array;
  /** [V] 0 … 1: how much a vertex belongs to the red of the lips. */
  readonly lips: Float64Array;
  /** Decimeters in one unit. */
  readonly headHeight: number;
  /** Displacements of one morph target on all V vertices, in framing units. */
  target(name: string): Float64Array;
}

/** The renders drop skin whose lowest corner lies below this height of the unmorphed base mesh, decimeters. */
const NECK_CUT = 5.72;

const ADULTS = ['caucasian-male', 'caucasian-female', 'african-male', 'asian-female'];

/** Averages four adults of MakeHuman's base mesh, subdivides, and moves the result into the framing of the teacher. */
export function averageHead(data: ReadonlyMap<string, NpzArray>): AverageHead {
  const base = numbersOf(data, 'base');
  const quads = Uint32Array.from(numbersOf(data, 'quads'));
  const quadPart = numbersOf(data, 'part');
  const subdivision = subdivideQuads(quads, base.length / 3);

  const targetNames = data.get('target_names')?.texts ?? [];
  const offsets = numbersOf(data, 'target_offsets');
  const targetVertices = numbersOf(data, 'target_vertices');
  const targetDeltas = numbersOf(data, 'target_deltas');
  const baseTarget = (name: string): Float64Array => {
    const k = targetNames.indexOf(name);
    if (k < 0) throw new Error(`averageHead: expected the target ${name}, got none of that name`);
    const moved = new Float64Array(base.length);
    for (let i = offsets[k]; i < offsets[k + 1]; i++) {
      for (let a = 0; a < 3; a++) moved[targetVertices[i] * 3 + a] = targetDeltas[i * 3 + a];
    }
    return moved;
  };
  const adult = base.slice();
  for (const name of ADULTS) {
    const delta = baseTarget(`macro/${name}-young`);
    for (let i = 0; i < adult.length; i++) adult[i] += delta[i] / ADULTS.length;
  }
  const baseFine = subdivision.values(base, 3);
  const positions = subdivision.values(adult, 3);
  const mouth = subdivision.values(numbersOf(data, 'mask_inside_mouth'), 1);

  const kept = Array.from({ length: subdivision.triangles.length / 3 }, (_, f) => f).filter(
    (f) => quadPart[subdivision.quadOfTriangle[f]] !== 2,
  );
  const triangles = Uint32Array.from(
    kept.flatMap((f) => [...subdivision.triangles.subarray(f * 3, f * 3 + 3)]),
  );
  const parts = Uint8Array.from(kept, (f) => quadPart[subdivision.quadOfTriangle[f]]);
  const corners = (f: number): Uint32Array => triangles.subarray(f * 3, f * 3 + 3);
  const rendered = parts.map((part, f) =>
    part !== 0 || Math.min(...Array.from(corners(f), (v) => baseFine[v * 3 + 1])) >= NECK_CUT ? 1 : 0,
  );
  const insideMouth = parts.map((part, f) => (part === 0 && corners(f).every((v) => mouth[v] > 0.5) ? 1 : 0));

  const frame = frameOf(positions, baseFine, triangles, parts, rendered);
  for (let v = 0; v < positions.length; v += 3) {
    positions[v] /= frame.height;
    positions[v + 1] = (positions[v + 1] - frame.middleY) / frame.height;
    positions[v + 2] = (positions[v + 2] - frame.middleZ) / frame.height;
  }
  return {
    positions,
    uvs: subdivision.values(numbersOf(data, 'uv'), 2),
    triangles,
    parts,
    rendered,
    insideMouth,
    skin: triangles.filter((_, i) => parts[Math.floor(i / 3)] === 0 && rendered[Math.floor(i / 3)] === 1),
    lips: subdivision.values(numbersOf(data, 'mask_lips'), 1),
    headHeight: frame.height,
    target: (name) => subdivision.values(baseTarget(name), 3).map((value) => value / frame.height),
  };
}

/** Height from chin to top, mid height, and the middle of the upper skull in z, all in decimeters. */
function frameOf(
  positions: Float64Array,
  baseFine: Float64Array,
  triangles: Uint32Array,
  parts: Uint8Array,
  rendered: Uint8Array,
): { height: number; middleY: number; middleZ: number } {
  const skin = new Set<number>();
  for (let f = 0; f < parts.length; f++) {
    if (parts[f] === 0 && rendered[f] === 1) for (let k = 0; k < 3; k++) skin.add(triangles[f * 3 + k]);
  }
  let [chin, top, front, back] = [Infinity, -Infinity, -Infinity, Infinity];
  for (const v of skin) {
    top = Math.max(top, positions[v * 3 + 1]);
    if (baseFine[v * 3 + 1] < 6.35 && baseFine[v * 3 + 2] > 1.2) chin = Math.min(chin, positions[v * 3 + 1]);
    if (baseFine[v * 3 + 1] > 7.3) {
      front = Math.max(front, positions[v * 3 + 2]);
      back = Math.min(back, positions[v * 3 + 2]);
    }
  }
  return { height: top - chin, middleY: (top + chin) / 2, middleZ: (front + back) / 2 };
}

/**
 * One midpoint subdivision of quads: base vertices, then edge midpoints in order of first use, then quad centers;
 * the first triangle of every small quad, then the second.
 */
function subdivideQuads(quads: Uint32Array, vertexCount: number) {
  const edges = new Map<number, number>();
  const edgeOf = (a: number, b: number): number => {
    const key = Math.min(a, b) * vertexCount + Math.max(a, b);
    const found = edges.get(key) ?? edges.size;
    edges.set(key, found);
    return found;
  };
  const quadCount = quads.length / 4;
  const quadEdges = Uint32Array.from({ length: quads.length }, (_, i) =>
    edgeOf(quads[i], quads[i - (i % 4) + ((i + 1) % 4)]),
  );
  const edgeCount = edges.size;
  const small: number[] = [];
  for (let q = 0; q < quadCount; q++) {
    const center = vertexCount + edgeCount + q;
    for (let k = 0; k < 4; k++) {
      const next = vertexCount + quadEdges[q * 4 + k];
      const previous = vertexCount + quadEdges[q * 4 + ((k + 3) % 4)];
      small.push(quads[q * 4 + k], next, center, previous);
    }
  }
  const smallCount = small.length / 4;
  const triangles = new Uint32Array(smallCount * 6);
  for (let s = 0; s < smallCount; s++) {
    const [a, b, c, d] = small.slice(s * 4, s * 4 + 4);
    triangles.set([a, b, c], s * 3);
    triangles.set([a, c, d], (smallCount + s) * 3);
  }
  const ends = Array.from(edges.keys(), (key) => [Math.floor(key / vertexCount), key % vertexCount]);
  /** Extends values [vertexCount, width] to all vertices of the subdivided mesh. */
  const values = (coarse: Float64Array, width: number): Float64Array => {
    const fine = new Float64Array((vertexCount + edgeCount + quadCount) * width);
    fine.set(coarse);
    for (let a = 0; a < width; a++) {
      for (let e = 0; e < edgeCount; e++) {
        fine[(vertexCount + e) * width + a] =
          (coarse[ends[e][0] * width + a] + coarse[ends[e][1] * width + a]) / 2;
      }
      for (let q = 0; q < quadCount; q++) {
        let sum = 0;
        for (let k = 0; k < 4; k++) sum += coarse[quads[q * 4 + k] * width + a];
        fine[(vertexCount + edgeCount + q) * width + a] = sum / 4;
      }
    }
    return fine;
  };
  const quadOfTriangle = Uint32Array.from({ length: smallCount * 2 }, (_, f) =>
    Math.floor((f % smallCount) / 4),
  );
  return { triangles, quadOfTriangle, values };
}

function numbersOf(data: ReadonlyMap<string, NpzArray>, name: string): Float64Array {
  const found = data.get(name);
  if (!found) throw new Error(`averageHead: expected the array ${name}, got none of that name`);
  return found.numbers;
}
