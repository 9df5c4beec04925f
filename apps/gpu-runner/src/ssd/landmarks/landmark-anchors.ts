/**
 * Landmarks are points on the template's surface that follow the head being optimized: each one walks along the
 * gradient of the current signed distance until it lies on the current surface (as deep in a fold, at the lids, as on the
 * template), but never farther than 5 % of the
 * head's height. A landmark that hair or a hat has buried deeper stays below the surface and so counts as hidden.
 *
 * References: HeadArtist (arXiv 2312.07539) §3.1 takes landmarks of one posed template; following the surface is ours.
 */
import type { TriangleMesh } from '../mesh.ts';

/** How a teacher's landmark pictures are drawn; its manifest states it. */
export interface LandmarkStyle {
  readonly lineWidthPx: number;
  readonly dotSizePx: number;
  /** A landmark is hidden when the cosine between its normal and the way to the eye is below this … */
  readonly hiddenBelowCosine: number;
  /** … or when it lies farther behind the visible surface than this, world units. */
  readonly hiddenBehindDepth: number;
  /** In drawing order. */
  readonly chains: readonly LandmarkChain[];
}

/** One line or dot of a landmark picture. */
export interface LandmarkChain {
  /** Name of the chain in the head template. */
  readonly name: string;
  /** `closed` and `open` are lines; `dot` is one square at the mean of its landmarks. */
  readonly kind: 'closed' | 'open' | 'dot';
  /** Red, green, blue, 0 … 255. */
  readonly color: readonly [number, number, number];
}

/** Surface points of all chains, one chain after the other, in the style's order. */
export interface LandmarkAnchors {
  /** [N, 3] world units. */
  readonly positions: Float32Array;
  /** [N, 3] unit normals that point out of the head. */
  readonly normals: Float32Array;
  /** [N] signed distance of each anchor on the template: 0 but in folds, where the distance grid closes the gap. */
  readonly depths: Float32Array;
  /** First anchor of each chain, and N at the end. */
  readonly chainStarts: readonly number[];
}

/** What a head template has for landmarks. */
export interface LandmarkSource {
  readonly mesh: TriangleMesh;
  /** Vertex numbers of every chain. */
  readonly landmarks: ReadonlyMap<string, Uint32Array>;
  /** True where it has none and says so: every chain is empty then, and pictures of them are black. */
  readonly landmarkFree?: boolean;
  signedDistance(x: number, y: number, z: number): number;
}

/** The current head as a function of a world point. */
export interface SurfaceField {
  /** Signed distance, world units, negative inside; near the surface is enough. */
  readonly distance: (x: number, y: number, z: number) => number;
  readonly gradient: (point: readonly [number, number, number]) => readonly [number, number, number];
}

/** Takes the chains of a style from the template: its vertices and their normals. */
export function landmarkAnchors(
  template: LandmarkSource,
  style: Pick<LandmarkStyle, 'chains'>,
): LandmarkAnchors {
  const vertices: number[] = [];
  const chainStarts = [0];
  for (const { name } of style.chains) {
    const chain = template.landmarks.get(name) ?? (template.landmarkFree ? [] : undefined);
    if (!chain) {
      const known = [...template.landmarks.keys()].join(', ') || 'no chains';
      throw new Error(
        `landmarkAnchors: expected the chain ${name} in the template, got none; it has ${known}`,
      );
    }
    vertices.push(...chain);
    chainStarts.push(vertices.length);
  }
  const { positions } = template.mesh;
  const points = vertices.map((v) => positions.subarray(v * 3, v * 3 + 3));
  return {
    positions: Float32Array.from(points.flatMap((point) => [...point])),
    depths: Float32Array.from(points, ([x, y, z]) => template.signedDistance(x, y, z)),
    normals: normalsAt(template, vertices),
    chainStarts,
  };
}

/** Area-weighted vertex normals [N, 3] of the template at some of its vertices. */
function normalsAt(
  { mesh: { positions, indices } }: LandmarkSource,
  vertices: readonly number[],
): Float32Array {
  const places = new Map<number, number[]>();
  for (const [i, v] of vertices.entries()) places.set(v, [...(places.get(v) ?? []), i]);
  const normals = new Float32Array(vertices.length * 3);
  for (let f = 0; f < indices.length; f += 3) {
    const corners = indices.subarray(f, f + 3);
    const touched = [...corners].flatMap((v) => places.get(v) ?? []);
    if (touched.length === 0) continue;
    const [a, b, c] = Array.from(corners, (v) => positions.subarray(v * 3, v * 3 + 3));
    const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
    const w = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
    for (const i of touched) {
      normals[i * 3] += u[1] * w[2] - u[2] * w[1];
      normals[i * 3 + 1] += u[2] * w[0] - u[0] * w[2];
      normals[i * 3 + 2] += u[0] * w[1] - u[1] * w[0];
    }
  }
  for (let i = 0; i < normals.length; i += 3) {
    const length = Math.hypot(normals[i], normals[i + 1], normals[i + 2]) || 1;
    for (let a = 0; a < 3; a++) normals[i + a] /= length;
  }
  return normals;
}

/** Farthest way from the template, head heights. */
const REACH = 0.05;
/** Newton steps; a distance that is true along the normal needs one. */
const ROUNDS = 6;
const CLOSE_ENOUGH = 1e-4;

/**
 * Moves template anchors onto the current surface, at most 5 % of the head's height; their normals become the
 * gradient's direction there. Each call starts from the template, so landmarks never drift away over the steps.
 */
export function followSurface(anchors: LandmarkAnchors, field: SurfaceField): LandmarkAnchors {
  const positions = anchors.positions.slice();
  const normals = anchors.normals.slice();
  for (let i = 0; i < positions.length; i += 3) {
    const home = anchors.positions.subarray(i, i + 3);
    const at: [number, number, number] = [home[0], home[1], home[2]];
    let gradient = field.gradient(at);
    for (let round = 0; round < ROUNDS; round++) {
      const squared = gradient[0] ** 2 + gradient[1] ** 2 + gradient[2] ** 2;
      const distance = field.distance(at[0], at[1], at[2]) - anchors.depths[i / 3];
      if (squared < 1e-6 || Math.abs(distance) < CLOSE_ENOUGH) break;
      // A flat gradient must not throw the point far away: one step reaches no farther than the bound.
      const step = Math.max(-REACH, Math.min(REACH, distance / Math.sqrt(squared))) / Math.sqrt(squared);
      for (let a = 0; a < 3; a++) at[a] -= step * gradient[a];
      pullWithinReach(at, home);
      gradient = field.gradient(at);
    }
    positions.set(at, i);
    const length = Math.hypot(gradient[0], gradient[1], gradient[2]);
    if (length > 1e-3) normals.set([gradient[0] / length, gradient[1] / length, gradient[2] / length], i);
  }
  return { ...anchors, positions, normals };
}

function pullWithinReach(at: [number, number, number], home: Float32Array): void {
  const away = Math.hypot(at[0] - home[0], at[1] - home[1], at[2] - home[2]);
  if (away <= REACH) return;
  for (let a = 0; a < 3; a++) at[a] = home[a] + ((at[a] - home[a]) * REACH) / away;
}
