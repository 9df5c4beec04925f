/** Where the left eye of the rest head is, decimeters. */
export const EYE_X = 0.308;
export const EYE_Y = 7.284;

/** About a distance to the almond-shaped holes for the eyes: above 0 outside them. */
export function outsideEyes(x: number, y: number, halfWidth: number, halfHeight: number): number {
  const dx = (Math.abs(x) - EYE_X) / halfWidth;
  const dy = (y - EYE_Y) / halfHeight;
  return (Math.hypot(dx, dy) - 1) * halfHeight;
}

/** About a distance to a rounded box: above 0 inside it. */
export function insideBox(
  x: number,
  y: number,
  halfWidth: number,
  halfHeight: number,
  exponent: number,
): number {
  const reach =
    (Math.abs(x / halfWidth) ** exponent + Math.abs(y / halfHeight) ** exponent) ** (1 / exponent);
  return (1 - reach) * Math.min(halfWidth, halfHeight);
}
