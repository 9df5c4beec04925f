import type { RandomStream } from '../../../tensor/random.ts';
import { smoothStep } from '../../skin/regions.ts';
import { HAIRLINE_COLUMNS, type HairGround } from '../hair-ground.ts';
import { along, mix, type Point, slerp, towards, unit } from '../point.ts';
import type { ChartPoint } from '../scalp-chart.ts';
import type { StrandMesh } from '../strand-mesh.ts';
import { layTube } from '../tube.ts';
import { underHeadwear } from '../under-headwear.ts';
import { addCropped } from './add-cropped.ts';

const SPIKE_RINGS = 6;

/** Adds short hair drawn into stiff spikes on top. */
export function addSpiky(mesh: StrandMesh, ground: HairGround): void {
  addCropped(mesh, ground);
  if (ground.cover === 'top' || ground.traits.headwear === 'crown') return;
  const random = ground.random.fork('spikes');
  const long = random.between(0.42, 0.62);
  const top = towards(0.3, Math.PI);
  for (let ring = 0; ring < SPIKE_RINGS; ring++) {
    const count = 5 + ring * 5;
    for (let i = 0; i < count; i++) {
      const turn = (i + random.between(0.3, 0.7)) / count;
      const column = Math.floor(turn * HAIRLINE_COLUMNS) % HAIRLINE_COLUMNS;
      const front = smoothStep(ground.hairline[column][2], 0.3, 0.75);
      // In front spikes grow up to the hairline, elsewhere only on the upper part of the skull.
      const share = ((ring + random.between(0.3, 0.7)) / SPIKE_RINGS) * (0.6 + 0.34 * front);
      const root = ground.chart.at(slerp(top, ground.hairline[column], share));
      if (underHeadwear(1, root.rest, ground) < 1) continue;
      addSpike(mesh, root, long * (0.55 + 0.45 * smoothStep(root.rest[1], 7.5, 8.3)), random);
    }
  }
}

function addSpike(mesh: StrandMesh, root: ChartPoint, height: number, random: RandomStream): void {
  const tall = height * random.between(0.75, 1.15);
  const heading = unit([
    0.7 * root.normal[0] + random.between(-0.15, 0.15),
    root.normal[1] + 0.75,
    0.5 * root.normal[2] + random.between(-0.1, 0.2),
  ]);
  const path: Point[] = [];
  for (let step = 0; step <= 3; step++) {
    const rise = step / 3;
    path.push(along(root.position, unit(mix(root.normal, heading, 0.3 + 0.7 * rise)), tall * rise));
  }
  const wide = random.between(0.17, 0.22);
  mesh.addSheet(
    layTube({
      path,
      sides: 5,
      facing: [0, 0, 1],
      radius: (share, turn) => wide * (1 - share) ** 0.85 * (0.85 + 0.15 * Math.cos(3 * turn)) + 0.001,
      flatness: random.between(0.6, 0.9),
      twistRad: 0.8,
      open: (share, turn) => Math.min(1, 0.15 + share + 0.2 * Math.cos(3 * turn)),
      acrossOffset: random.between(0, 90),
      alongOffset: 0.15,
    }),
    true,
  );
}
