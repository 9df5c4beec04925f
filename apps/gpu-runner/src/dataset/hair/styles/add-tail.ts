import type { RandomStream } from '../../../tensor/random.ts';
import { smoothStep } from '../../skin/regions.ts';
import type { HairGround } from '../hair-ground.ts';
import { hangStrand } from '../hang-strand.ts';
import { lockRelief } from '../lock-relief.ts';
import { along, cross, type Point, unit } from '../point.ts';
import type { StrandMesh } from '../strand-mesh.ts';
import { layTube } from '../tube.ts';
import type { Tie } from './tie.ts';

/** Adds a tail of hair that leaves a tie, swells and hangs down to a tip. */
export function addTail(
  mesh: StrandMesh,
  ground: HairGround,
  tie: Tie,
  length: number,
  random: RandomStream,
): void {
  const hang = hangStrand(tie.place, tie.heading, ground.hull, {
    length,
    steps: 16,
    margin: 0.18,
    weight: 0.3,
  });
  const path = [along(tie.place, tie.heading, -0.12), tie.place, ...hang];
  const seed = random.between(0, 500);
  const width = random.between(0.25, 0.32);
  const groove = (share: number, turn: number): number =>
    lockRelief(turn * 0.18 + 3, share * length, 0.19, seed);
  const shape = (share: number): number =>
    smoothStep(share, 0.02, 0.3) * (1 - 0.85 * smoothStep(share, 0.55, 1)) * width + tie.radius * (1 - share);
  mesh.addSheet(
    layTube({
      path,
      sides: 18,
      facing: [0, 0, -1],
      radius: (share, turn) => shape(share) * (0.78 + 0.3 * groove(share, turn)),
      flatness: 0.8,
      twistRad: random.between(-0.7, 0.7),
      open: (share, turn) => 0.25 + 0.75 * groove(share, turn),
      acrossOffset: random.between(0, 90),
      alongOffset: 0.5,
    }),
    true,
  );
  for (let i = 0; i < 7; i++) {
    const turn = random.between(0, 2 * Math.PI);
    const offset = random.between(0.5, 0.95);
    const right = unit(cross(tie.heading, [0, 1, 0]));
    const reach: Point = along([0, 0, Math.sin(turn)], right, Math.cos(turn));
    const strand = path.slice(3).map((point, j, all) => {
      const share = j / (all.length - 1);
      const spread = shape(0.15 + 0.75 * share) * offset + 0.02;
      return along(along(point, reach, spread), [0, -1, 0], 0.18 * share * share * offset);
    });
    mesh.addSheet(
      layTube({
        path: strand,
        sides: 4,
        facing: unit(reach),
        radius: (share) => 0.06 * Math.min(1, 0.2 + 3 * share) * (1 - share ** 2) + 0.002,
        flatness: 0.5,
        twistRad: 0,
        open: () => 1,
        acrossOffset: random.between(0, 90),
        alongOffset: 0.6,
      }),
      true,
    );
  }
}
