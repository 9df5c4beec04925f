import type { LandmarkAnchors, LandmarkStyle } from './landmark-anchors.ts';
import type { ProjectedLandmarks } from './project-landmarks.ts';

/**
 * Draws the control image [S, S, 3] in [0, 1]: black, chains in the teacher's colors, later chains over earlier ones.
 *
 * A line is walked in steps of at most half a pixel and every step fills the pixel it falls in (or a disk, for wider
 * lines), without smoothing: so were the pictures the teacher learned from. A segment needs both of its ends in sight,
 * a dot one of its landmarks. With nothing in sight the picture stays black, which means "from behind".
 */
export function drawLandmarks(
  { chainStarts }: LandmarkAnchors,
  { points, visible }: ProjectedLandmarks,
  style: Pick<LandmarkStyle, 'lineWidthPx' | 'dotSizePx' | 'chains'>,
  size: number,
): Float32Array {
  const image = new Float32Array(size * size * 3);
  const brush = diskOffsets(style.lineWidthPx);
  for (const [c, { kind, color }] of style.chains.entries()) {
    const paint = (x: number, y: number): void => {
      if (x < 0 || y < 0 || x >= size || y >= size) return;
      for (let a = 0; a < 3; a++) image[(y * size + x) * 3 + a] = color[a] / 255;
    };
    const start = chainStarts[c];
    const count = chainStarts[c + 1] - start;
    if (kind === 'dot') {
      if (visible.subarray(start, start + count).includes(1)) {
        paintDot(points.subarray(start * 2, (start + count) * 2), size, style.dotSizePx, paint);
      }
      continue;
    }
    for (let n = 0; n < (kind === 'closed' ? count : count - 1); n++) {
      const a = start + n;
      const b = start + ((n + 1) % count);
      if (visible[a] === 1 && visible[b] === 1) paintLine(points, a * 2, b * 2, size, brush, paint);
    }
  }
  return image;
}

type Paint = (x: number, y: number) => void;

function paintDot(points: Float64Array, size: number, dotSizePx: number, paint: Paint): void {
  let x = 0;
  let y = 0;
  for (let i = 0; i < points.length; i += 2) {
    x += (points[i] * size * 2) / points.length;
    y += (points[i + 1] * size * 2) / points.length;
  }
  const left = Math.trunc(x) - Math.floor(dotSizePx / 2);
  const top = Math.trunc(y) - Math.floor(dotSizePx / 2);
  for (let j = 0; j < dotSizePx; j++) for (let i = 0; i < dotSizePx; i++) paint(left + i, top + j);
}

function paintLine(
  points: Float64Array,
  from: number,
  to: number,
  size: number,
  brush: readonly (readonly [number, number])[],
  paint: Paint,
): void {
  const x0 = points[from] * size;
  const y0 = points[from + 1] * size;
  const dx = points[to] * size - x0;
  const dy = points[to + 1] * size - y0;
  const steps = Math.ceil(Math.max(Math.abs(dx), Math.abs(dy)) * 2);
  for (let k = 0; k <= steps; k++) {
    const share = steps === 0 ? 0 : k / steps;
    const x = Math.trunc(x0 + dx * share);
    const y = Math.trunc(y0 + dy * share);
    for (const [i, j] of brush) paint(x + i, y + j);
  }
}

/** Pixels of a disk of this diameter around a pixel; just that pixel for a width of 1. */
function diskOffsets(diameterPx: number): [number, number][] {
  const reach = Math.floor(diameterPx / 2);
  const offsets: [number, number][] = [];
  for (let j = -reach; j <= reach; j++) {
    for (let i = -reach; i <= reach; i++) if (Math.hypot(i, j) <= diameterPx / 2) offsets.push([i, j]);
  }
  return offsets;
}
