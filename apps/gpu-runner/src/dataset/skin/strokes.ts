/** A line drawn on the face, seen from the front: points x0, y0, x1, y1, … in rest decimeters. */
export interface Stroke {
  readonly points: readonly number[];
  readonly halfWidth: number;
  /** 'both' draws it on both halves of the face (x is then measured from the middle). */
  readonly side: 'both' | 'one';
  /** 1 tapers to points at both ends, 0 keeps the width. */
  readonly taper: number;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** What `strokesAt` finds: how covered the place is, and which way the line lies (times its steepness). */
export interface StrokeHit {
  coverage: number;
  slopeX: number;
  slopeY: number;
}

/** Prepares a line through `points`; two neighbors are joined straight. */
export function createStroke(
  points: readonly number[],
  halfWidth: number,
  side: 'both' | 'one' = 'both',
  taper = 1,
): Stroke {
  let left = Infinity;
  let right = -Infinity;
  let bottom = Infinity;
  let top = -Infinity;
  for (let i = 0; i < points.length; i += 2) {
    left = Math.min(left, points[i]);
    right = Math.max(right, points[i]);
    bottom = Math.min(bottom, points[i + 1]);
    top = Math.max(top, points[i + 1]);
  }
  const margin = halfWidth * 2;
  return {
    points,
    halfWidth,
    side,
    taper,
    left: left - margin,
    right: right + margin,
    bottom: bottom - margin,
    top: top + margin,
  };
}

/** Points along a quadratic Bézier curve. */
export function curve(
  from: readonly [number, number],
  bend: readonly [number, number],
  to: readonly [number, number],
  pieces = 6,
): number[] {
  const points: number[] = [];
  for (let i = 0; i <= pieces; i++) {
    const t = i / pieces;
    const a = (1 - t) * (1 - t);
    const b = 2 * t * (1 - t);
    points.push(a * from[0] + b * bend[0] + t * t * to[0], a * from[1] + b * bend[1] + t * t * to[1]);
  }
  return points;
}

/**
 * The strongest line at a place: coverage 1 in its middle, falling to 0 at twice its half width.
 *
 * `sharpness` 0 gives soft grooves, 1 painted lines with an edge.
 */
export function strokesAt(
  strokes: readonly Stroke[],
  x: number,
  y: number,
  sharpness: number,
  hit: StrokeHit,
): void {
  hit.coverage = 0;
  hit.slopeX = 0;
  hit.slopeY = 0;
  const side = Math.abs(x);
  for (let s = 0; s < strokes.length; s++) {
    const stroke = strokes[s];
    const across = stroke.side === 'both' ? side : x;
    if (across < stroke.left || across > stroke.right || y < stroke.bottom || y > stroke.top) continue;
    const { points } = stroke;
    const pieces = points.length / 2 - 1;
    let nearest = Infinity;
    let along = 0;
    let offX = 0;
    let offY = 0;
    for (let i = 0; i < pieces; i++) {
      const ux = points[2 * i + 2] - points[2 * i];
      const uy = points[2 * i + 3] - points[2 * i + 1];
      const px = across - points[2 * i];
      const py = y - points[2 * i + 1];
      const t = Math.min(1, Math.max(0, (px * ux + py * uy) / (ux * ux + uy * uy)));
      const dx = px - t * ux;
      const dy = py - t * uy;
      const distance = dx * dx + dy * dy;
      if (distance < nearest) {
        nearest = distance;
        along = (i + t) / pieces;
        offX = dx;
        offY = dy;
      }
    }
    const width = stroke.halfWidth * (1 - stroke.taper * (1 - Math.sqrt(4 * along * (1 - along))));
    if (width <= 0) continue;
    const distance = Math.sqrt(nearest) / width;
    if (distance > 2) continue;
    const soft = Math.exp(-1.5 * distance * distance);
    const edge = Math.min(1, Math.max(0, (1.15 - distance) / 0.3));
    const coverage = soft + (edge - soft) * sharpness;
    if (coverage > hit.coverage) {
      hit.coverage = coverage;
      const steep = (across === x || x >= 0 ? 1 : -1) * soft * 1.5;
      hit.slopeX = (steep * offX) / width;
      hit.slopeY = (soft * 1.5 * offY) / width;
    }
  }
}
