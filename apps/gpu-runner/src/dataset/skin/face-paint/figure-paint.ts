import type { RandomStream } from '../../../tensor/random.ts';
import { smoothStep } from '../regions.ts';
import { paint, type SkinLayer } from '../skin-layer.ts';
import { createStroke, curve, type StrokeHit, strokesAt } from '../strokes.ts';
import { PAINTS } from './paint-colors.ts';

/** A large five-pointed star over one eye, outlined. */
export function starPaint(random: RandomStream): SkinLayer {
  const side = random.uniform() < 0.5 ? 1 : -1;
  const fills = [PAINTS.blue, PAINTS.red, PAINTS.yellow, PAINTS.black, PAINTS.pink] as const;
  const fill = fills[random.integer(0, fills.length - 1)];
  const rim = fill === PAINTS.yellow ? PAINTS.red : PAINTS.white;
  const size = random.between(0.4, 0.46);
  return (point, x, y, z) => {
    const dx = side * x - 0.33;
    const dy = y - 7.27;
    if (dx * dx + dy * dy > 0.36 || z < 0.45) return;
    // A star is where the distance along the nearest of five edges stays under a bound.
    const step = (2 * Math.PI) / 5;
    const angle = Math.atan2(dx, dy);
    const within = Math.abs(angle - step * Math.round(angle / step));
    const radius = Math.sqrt(dx * dx + dy * dy);
    const px = radius * Math.cos(within);
    const py = radius * Math.sin(within);
    const innerX = 0.42 * size * Math.cos(step / 2);
    const innerY = 0.42 * size * Math.sin(step / 2);
    // Signed distance to the edge from the outer tip to the inner corner, inside positive.
    const ex = innerX - size;
    const ey = innerY;
    const inside = ((px - size) * ey - py * ex) / -Math.sqrt(ex * ex + ey * ey);
    paint(point, rim, 0.95 * smoothStep(inside, -0.03, -0.02));
    paint(point, fill, 0.96 * smoothStep(inside, 0.0, 0.012));
  };
}

/** Wings spread over both eyes, black veins and rim, the body on the nose, feelers on the forehead. */
export function butterflyPaint(random: RandomStream): SkinLayer {
  const pairs = [
    [PAINTS.blue, PAINTS.purple],
    [PAINTS.orange, PAINTS.yellow],
    [PAINTS.pink, PAINTS.purple],
    [PAINTS.green, PAINTS.blue],
  ] as const;
  const [upperColor, lowerColor] = pairs[random.integer(0, pairs.length - 1)];
  const feelers = [
    createStroke(curve([0.02, 7.5], [0.06, 7.78], [0.2, 7.92]), 0.018, 'both', 0.2),
    createStroke([0.2, 7.92, 0.215, 7.93], 0.035, 'both', 0),
    createStroke([0, 6.98, 0, 7.5], 0.035, 'both', 0.5),
  ];
  const hit: StrokeHit = { coverage: 0, slopeX: 0, slopeY: 0 };
  return (point, x, y, z) => {
    if (y < 6.6 || y > 8.05 || z < 0.4) return;
    const side = Math.abs(x);
    const upper = wing(side, y, 0.02, 7.25, 0.55, 0.72, 0.24);
    const lower = wing(side, y, 0.04, 7.17, -0.5, 0.56, 0.2);
    const inside = Math.max(upper, lower);
    if (inside > -0.1) {
      paint(point, PAINTS.black, 0.95 * smoothStep(inside, -0.02, 0.02));
      paint(point, upper > lower ? upperColor : lowerColor, 0.95 * smoothStep(inside, 0.1, 0.16));
      paint(point, PAINTS.white, 0.9 * smoothStep(inside, 0.74, 0.8));
    }
    strokesAt(feelers, x, y, 1, hit);
    paint(point, PAINTS.black, 0.95 * hit.coverage);
  };
}

/** A drop-shaped wing from a root outwards: 0 on its rim, rising inside. */
function wing(
  side: number,
  y: number,
  rootX: number,
  rootY: number,
  angle: number,
  length: number,
  breadth: number,
): number {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const along = ((side - rootX) * cos + (y - rootY) * sin) / length;
  const across = (-(side - rootX) * sin + (y - rootY) * cos) / breadth;
  if (along < 0 || along > 1) return -1;
  // Widest at three quarters of its length.
  const half = Math.sqrt(along) * Math.sqrt(1 - along ** 4) * 1.25;
  return Math.min(1 - Math.abs(across) / (half + 1e-6), (1 - along) * 3);
}
