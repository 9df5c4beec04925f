import { valueNoise } from '../../noise.ts';
import { smoothStep } from '../../skin/regions.ts';
import { layCap } from '../cap.ts';
import { type HairGround, HAIRLINE_COLUMNS } from '../hair-ground.ts';
import { hangStrand } from '../hang-strand.ts';
import { lockRelief } from '../lock-relief.ts';
import { along, minus, slerp, towards, unit } from '../point.ts';
import type { StrandMesh } from '../strand-mesh.ts';
import { layTube } from '../tube.ts';
import { underHeadwear } from '../under-headwear.ts';

const RINGS = [0.45, 0.7, 0.92];
const COUNTS = [18, 26, 30];
const STEPS = 9;

/** Adds many matted ropes that hang from all over the scalp, and the roots they grow from. */
export function addDreadlocks(mesh: StrandMesh, ground: HairGround): void {
  const random = ground.random.fork('dreadlocks');
  const crown = towards(0.35, Math.PI);
  const seed = random.between(0, 500);
  const relief = (across: number, fromPole: number): number => lockRelief(across, fromPole, 0.24, seed);
  const cap = layCap({
    chart: ground.chart,
    poles: ground.hairline.map(() => crown),
    rim: ground.hairline,
    rows: 14,
    rooted: 'pole',
    height: ({ point, across, fromPole }) =>
      underHeadwear(0.06 + 0.05 * relief(across, fromPole), point.rest, ground),
    open: ({ across, fromPole }) => 0.15 + 0.6 * relief(across, fromPole),
    edgeWidth: () => 0.08,
  });
  mesh.addSheet(
    cap.filter((_, k) => k % 2 === 0),
    true,
  );
  const length = random.between(1.1, 1.7);
  RINGS.forEach((share, ring) => {
    for (let i = 0; i < COUNTS[ring]; i++) {
      const column = ((i + random.between(0.25, 0.75)) / COUNTS[ring]) * HAIRLINE_COLUMNS;
      addRope(mesh, ground, Math.floor(column) % HAIRLINE_COLUMNS, { share, length, crown });
    }
  });
}

function addRope(
  mesh: StrandMesh,
  ground: HairGround,
  column: number,
  rope: { share: number; length: number; crown: [number, number, number] },
): void {
  const random = ground.random.fork(`rope-${column}-${rope.share}`);
  const rim = ground.hairline[column];
  const root = ground.chart.at(slerp(rope.crown, rim, rope.share));
  // Ropes over the forehead are laid to the sides, away from the face.
  const front = smoothStep(rim[2], 0.35, 0.75);
  if (front > 0.6 && rope.share > 0.8) return;
  const side = rim[0] >= 0 ? 1 : -1;
  const next = ground.chart.at(slerp(rope.crown, rim, Math.min(1, rope.share + 0.15)));
  const downhill = unit(minus(next.position, root.position));
  const heading = unit(along(along(downhill, root.normal, 0.35), [side, 0, -0.6], 1.6 * front));
  const start = along(root.position, root.normal, underHeadwear(0.08, root.rest, ground));
  const length = rope.length * random.between(0.85, 1.1) + (1 - rope.share) * 0.7;
  const path = hangStrand(start, heading, ground.hull, {
    length,
    steps: STEPS,
    margin: underHeadwear(0.09 + (1 - rope.share) * 0.12, root.rest, ground),
    weight: 0.32,
  });
  const wide = random.between(0.055, 0.085);
  const seed = random.between(0, 500);
  mesh.addSheet(
    layTube({
      path: [start, ...path],
      sides: 5,
      facing: root.normal,
      radius: (share) =>
        wide * (1 + 0.22 * valueNoise(share * 9, seed, 0.5)) * (1 - 0.5 * smoothStep(share, 0.75, 1)),
      flatness: 1,
      twistRad: 2,
      open: (_, turn) => 0.35 + 0.65 * Math.max(0, Math.cos(turn)),
      acrossOffset: random.between(0, 90),
      alongOffset: 0.2,
    }),
    true,
  );
}
