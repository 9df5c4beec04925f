import type { SourceHead } from './source-head.ts';

/**
 * What MediaPipe's chin point lies above the lowest point of the chin, head heights: measured on the built-in template,
 * where the oval ends at −0.493 and the chin at −0.5.
 */
const CHIN_BELOW_LANDMARK = 0.007;
/** The skull, whose middle becomes z = 0, lies above this height in the engine's units. */
const SKULL_ABOVE_Y = -0.03;

/**
 * Moves a head into the engine's units: skull top to chin is 1 with its middle at y = 0, the eyes lie evenly about x = 0,
 * the skull above the eyes evenly about z = 0. A head that looks elsewhere than +Z, or has left and right changed, is
 * refused.
 */
export function placeHead(name: string, head: SourceHead): SourceHead {
  const { positions, triangles, parts, landmarks, chinVertex } = head;
  const skin = new Set(triangles.filter((_, i) => parts[Math.floor(i / 3)] === 0));
  let top = Number.NEGATIVE_INFINITY;
  for (const v of skin) top = Math.max(top, positions[v * 3 + 1]);
  const low = positions[chinVertex * 3 + 1];
  const height = (top - low) / (1 - CHIN_BELOW_LANDMARK);
  const middleY = top - height / 2;
  requireFacing(name, head, height);
  const middle = (chain: string, axis: number): number => meanOf(positions, landmarks.get(chain) ?? [], axis);
  const middleX = (middle('eyeL', 0) + middle('eyeR', 0)) / 2;
  let [front, back] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const v of skin) {
    if ((positions[v * 3 + 1] - middleY) / height <= SKULL_ABOVE_Y) continue;
    front = Math.max(front, positions[v * 3 + 2]);
    back = Math.min(back, positions[v * 3 + 2]);
  }
  const origin = [middleX, middleY, (front + back) / 2];
  return { ...head, positions: positions.map((value, i) => (value - origin[i % 3]) / height) };
}

/** Eyes above the mouth, the left one at +X, and the face in front of the skull's middle. */
function requireFacing(name: string, { positions, landmarks }: SourceHead, height: number): void {
  const middleOf = (chain: string): number[] => {
    const vertices = landmarks.get(chain);
    if (!vertices) throw new Error(`placeHead: ${name}: expected the landmark chain ${chain}, got none`);
    return [0, 1, 2].map((axis) => meanOf(positions, vertices, axis));
  };
  const [left, right, lips] = ['eyeL', 'eyeR', 'lips_out'].map(middleOf);
  const all = Array.from({ length: positions.length / 3 }, (_, v) => v);
  const checks = [
    { holds: height > 0 && left[1] - lips[1] > 0.05 * height, what: 'eyes above the mouth (+Y up)' },
    { holds: left[0] - right[0] > 0.05 * height, what: "the subject's left eye at the larger x" },
    { holds: lips[2] > meanOf(positions, all, 2), what: 'the mouth in front (+Z)' },
  ];
  for (const { holds, what } of checks) {
    if (!holds) {
      const places = [left, right, lips].map((p) => `(${p.map((c) => c.toPrecision(3)).join(', ')})`);
      throw new Error(
        `placeHead: ${name}: expected ${what}, got the left eye at ${places[0]}, the right one at ${places[1]}, the mouth at ${places[2]}`,
      );
    }
  }
}

function meanOf(positions: Float64Array, vertices: readonly number[], axis: number): number {
  return vertices.reduce((sum, v) => sum + positions[v * 3 + axis], 0) / vertices.length;
}
