/** Radius and height of the walls, from the middle of the foot over the outside to the rim and down to the inner floor. */
const PROFILE = [
  [0, 0],
  [0.2, 0],
  [0.28, 0.02],
  [0.3, 0.06],
  [0.27, 0.12],
  [0.36, 0.28],
  [0.45, 0.46],
  [0.47, 0.6],
  [0.42, 0.74],
  [0.3, 0.9],
  [0.24, 1],
  [0.24, 1.08],
  [0.32, 1.16],
  [0.33, 1.22],
  [0.24, 1.22],
  [0.12, 1.12],
  [0, 1.1],
] as const;
const SIDES = 48;

/**
 * A vase turned on a lathe, as an OBJ file: the demo of a template that is no head. Its neck is filled below the rim, so
 * that the surface is one closed skin without thin walls.
 */
export function vaseObj(): string {
  const lines = ['# A vase, made by apps/gpu-runner/src/templates/vase.ts (CC0-1.0)'];
  const rings = PROFILE.slice(1, -1);
  for (const [radius, height] of rings) {
    for (let s = 0; s < SIDES; s++) {
      const angle = (2 * Math.PI * s) / SIDES;
      const [x, z] = [radius * Math.sin(angle), radius * Math.cos(angle)];
      lines.push(`v ${x.toFixed(6)} ${height.toFixed(6)} ${z.toFixed(6)}`);
    }
  }
  for (const [, height] of [PROFILE[0], PROFILE[PROFILE.length - 1]]) lines.push(`v 0 ${height} 0`);
  const bottom = rings.length * SIDES + 1;
  const vertex = (ring: number, s: number): number => ring * SIDES + (s % SIDES) + 1;
  for (let s = 0; s < SIDES; s++) {
    lines.push(`f ${bottom} ${vertex(0, s + 1)} ${vertex(0, s)}`);
    for (let r = 0; r + 1 < rings.length; r++) {
      lines.push(`f ${vertex(r, s)} ${vertex(r, s + 1)} ${vertex(r + 1, s + 1)} ${vertex(r + 1, s)}`);
    }
    const last = rings.length - 1;
    lines.push(`f ${bottom + 1} ${vertex(last, s)} ${vertex(last, s + 1)}`);
  }
  return `${lines.join('\n')}\n`;
}
