import type { Camera } from '../../ssd/cameras/camera.ts';
import type { LandmarkAnchors } from '../../ssd/landmarks/landmark-anchors.ts';
import { type DepthPicture, projectLandmarks } from '../../ssd/landmarks/project-landmarks.ts';
import { FACE_CHAINS } from './head-landmarks.ts';

/** How many of a chain's landmarks must be seen for it to count. */
const SEEN_SHARE_MIN = 0.5;

/** A part of the face in both schemes: numbers of iBUG's 68 landmarks, and our chain. */
interface Part {
  readonly detected: readonly [from: number, to: number];
  readonly chain: (typeof FACE_CHAINS)[number];
  /** What the chain's landmarks become: their middle, or the one farthest right, left or down in the picture. */
  readonly place: 'middle' | 'left' | 'right' | 'lowest';
}

/** iBUG names sides as the picture shows them, so its first eye is the subject's right one. */
const PARTS: readonly Part[] = [
  { detected: [36, 41], chain: 'eyeR', place: 'middle' },
  { detected: [42, 47], chain: 'eyeL', place: 'middle' },
  { detected: [17, 21], chain: 'browR', place: 'middle' },
  { detected: [22, 26], chain: 'browL', place: 'middle' },
  { detected: [48, 59], chain: 'lips_out', place: 'middle' },
  { detected: [48, 48], chain: 'lips_out', place: 'left' },
  { detected: [54, 54], chain: 'lips_out', place: 'right' },
  { detected: [8, 8], chain: 'oval', place: 'lowest' },
];

/**
 * Mean distance between where a detector sees the parts of a face (`found`, [68, 2] shares of the picture) and where the
 * head has them, in distances between its eyes; null where no part can be seen. Chains are read by `FACE_CHAINS`.
 */
export function landmarkError(
  found: Float32Array,
  landmarks: LandmarkAnchors,
  camera: Camera,
  depth: DepthPicture,
): number | null {
  const style = { hiddenBelowCosine: -0.05, hiddenBehindDepth: 0.03 };
  const { points, visible } = projectLandmarks(landmarks, camera, depth, style);
  const eyeDistance = pictureDistance(eyeGap(landmarks), camera);
  const distances = PARTS.flatMap(({ detected, chain, place }) => {
    const [from, to] = rangeOf(landmarks, chain);
    const numbers = Array.from({ length: to - from }, (_, i) => from + i);
    const seen = numbers.filter((n) => visible[n] === 1);
    if (seen.length < SEEN_SHARE_MIN * numbers.length) return [];
    const [x, y] = placeOf(points, numbers, place);
    const [fx, fy] = placeOf(found, span(detected), 'middle');
    return [Math.hypot(x - fx, y - fy)];
  });
  if (distances.length === 0) return null;
  return distances.reduce((sum, each) => sum + each, 0) / distances.length / eyeDistance;
}

function rangeOf({ chainStarts }: LandmarkAnchors, chain: Part['chain']): readonly [number, number] {
  const c = FACE_CHAINS.indexOf(chain);
  return [chainStarts[c], chainStarts[c + 1]];
}

function span([from, to]: readonly [number, number]): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

function placeOf(
  points: Float32Array | Float64Array,
  numbers: readonly number[],
  place: Part['place'],
): readonly [number, number] {
  if (place !== 'middle') {
    const rank = (n: number): number =>
      place === 'lowest' ? points[2 * n + 1] : place === 'right' ? points[2 * n] : -points[2 * n];
    const best = numbers.reduce((most, n) => (rank(n) > rank(most) ? n : most));
    return [points[2 * best], points[2 * best + 1]];
  }
  let [x, y] = [0, 0];
  for (const n of numbers) {
    x += points[2 * n] / numbers.length;
    y += points[2 * n + 1] / numbers.length;
  }
  return [x, y];
}

/** Distance between the middles of both eyes, world units. */
function eyeGap(landmarks: LandmarkAnchors): number {
  const [left, right] = (['eyeL', 'eyeR'] as const).map((chain) => {
    const [from, to] = rangeOf(landmarks, chain);
    return [0, 1, 2].map((axis) => {
      let sum = 0;
      for (let n = from; n < to; n++) sum += landmarks.positions[3 * n + axis];
      return sum / (to - from);
    });
  });
  return Math.hypot(left[0] - right[0], left[1] - right[1], left[2] - right[2]);
}

/** A world length at the target as a share of the picture's width. */
function pictureDistance(length: number, camera: Camera): number {
  return (camera.focal * length) / camera.distance / 2;
}
