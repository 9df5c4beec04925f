import type { RandomStream } from '../../../tensor/random.ts';
import { lockRelief } from '../lock-relief.ts';
import { along, mix, type Point } from '../point.ts';
import type { StrandMesh } from '../strand-mesh.ts';
import { layTube } from '../tube.ts';

/** Adds a bun: coils of hair wound to a ball around `center`, its axis pointing to `axis`. */
export function addBun(
  mesh: StrandMesh,
  center: Point,
  axis: Point,
  radius: number,
  random: RandomStream,
): void {
  const steps = 15;
  const seed = random.between(0, 500);
  const path: Point[] = [];
  for (let i = 0; i < steps; i++) {
    const angle = (i / (steps - 1)) * Math.PI;
    path.push(along(center, axis, -Math.cos(angle) * radius * 0.85));
  }
  const groove = (share: number, turn: number): number =>
    lockRelief(share * 1.1 + turn * 0.14, turn * 0.3, 0.2, seed);
  mesh.addSheet(
    layTube({
      path,
      sides: 26,
      facing: mix(axis, [0, 0, 1], 0.9),
      radius: (share, turn) =>
        radius * Math.sqrt(Math.max(0, 1 - (2 * share - 1) ** 2)) * (0.86 + 0.16 * groove(share, turn)) +
        0.004,
      flatness: 1,
      twistRad: 3.2,
      open: (share, turn) => 0.2 + 0.8 * groove(share, turn),
      acrossOffset: random.between(0, 90),
      alongOffset: 0.5,
    }),
    true,
  );
}
