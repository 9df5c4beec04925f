import { valueNoise } from '../../noise.ts';
import { smoothStep } from '../../skin/regions.ts';
import { type CapPlace, layCap } from '../cap.ts';
import { azimuthOf, type HairGround } from '../hair-ground.ts';
import { tightlyCurled } from '../tightly-curled.ts';
import { lockRelief } from '../lock-relief.ts';
import { partingPole } from '../parting.ts';
import { along, minus, type Point, towards, unit } from '../point.ts';
import type { StrandMesh, StrandPoint } from '../strand-mesh.ts';
import { layTube } from '../tube.ts';
import { underHeadwear } from '../under-headwear.ts';

/** A cut that lies on the skull all over: where its strands meet, how thick it is, how much it is gathered in locks. */
interface Crop {
  readonly pole: Point;
  /** Azimuth of a parting, on which the strands are rooted then. */
  readonly partRad?: number | null;
  readonly side: number;
  readonly top: number;
  readonly quiff: number;
  readonly lockWidth: number;
  readonly lockDepth: number;
  readonly edge: number;
  /** Number of single locks on top. */
  readonly tufts: number;
}

const BUZZ_CUT = {
  side: 0.014,
  top: 0.02,
  quiff: 0,
  lockWidth: 0.2,
  lockDepth: 0,
  edge: 0.06,
  tufts: 0,
};

const RECEDING = {
  side: 0.06,
  top: 0.045,
  quiff: 0,
  lockWidth: 0.2,
  lockDepth: 0.025,
  edge: 0.09,
  tufts: 0,
};

const SPIKY = {
  side: 0.05,
  top: 0.09,
  quiff: 0,
  lockWidth: 0.2,
  lockDepth: 0.03,
  edge: 0.09,
  tufts: 0,
};

/** Adds hair that follows the skull closely: buzz cut, short, receding and slicked back. */
export function addCropped(mesh: StrandMesh, ground: HairGround): void {
  const crop = cropOf(ground);
  const seed = ground.random.between(0, 500);
  const slick = ground.traits.hair === 'slicked back';
  const relief = ({ across, fromPole }: CapPlace): number =>
    lockRelief(across * Math.min(1, 0.25 + fromPole), fromPole, crop.lockWidth, seed);
  const strands = layCap({
    chart: ground.chart,
    poles: ground.hairline.map((_, k) => poleOf(ground, crop, k)),
    rim: ground.hairline,
    rows: 24,
    rooted: slick ? 'rim' : 'pole',
    height: (at) => {
      const [x, y, z] = at.point.rest;
      const up = smoothStep(y, 7.3, 8.2);
      const front = smoothStep(z, 0.7, 1.3) * smoothStep(y, 7.8, 8.1);
      const nape = 0.25 + 0.75 * smoothStep(y, 6.7, 7.25);
      const thick = crop.side * nape + (crop.top - crop.side) * up + crop.quiff * front;
      const uneven = 1 + 0.22 * valueNoise(x * 2.2, y * 2.2, z * 2.2 + seed);
      return underHeadwear(thick * uneven + crop.lockDepth * (relief(at) - 0.7), at.point.rest, ground);
    },
    open: (at) => (crop.lockDepth > 0 ? 0.25 + 0.75 * relief(at) : 1),
    // Over the forehead the hair rises gently from the hairline, elsewhere it ends in a short edge.
    edgeWidth: (k) => crop.edge + 0.16 * smoothStep(ground.hairline[k][2], 0.5, 0.8),
  });
  mesh.addSheet(strands, true);
  if (crop.tufts > 0 && ground.traits.headwear === 'none') addTufts(mesh, ground, strands, crop.tufts);
}

function poleOf(ground: HairGround, crop: Crop, column: number): Point {
  if (crop.partRad != null) return partingPole(ground, crop.partRad, column);
  if (ground.traits.hair !== 'slicked back') return crop.pole;
  // Combed back, the hair of each side keeps to its side and meets in a seam low on the back of the head.
  return towards(1.95, Math.PI - 0.5 * Math.sin(azimuthOf(column)));
}

/** Adds single locks that follow the strands of the top and stand off a little. */
function addTufts(
  mesh: StrandMesh,
  ground: HairGround,
  strands: readonly (readonly StrandPoint[])[],
  count: number,
): void {
  const random = ground.random.fork('tufts');
  for (let i = 0; i < count; i++) {
    const azimuth = random.normal() * 0.9;
    const column =
      Math.round((azimuth / (2 * Math.PI)) * strands.length + 4 * strands.length) % strands.length;
    const strand = strands[column];
    const from = random.integer(1, 9);
    const to = Math.min(strand.length - 2, from + random.integer(7, 11));
    const lift = random.between(0.03, 0.09);
    const aside = random.between(-0.12, 0.12);
    const path = strand.slice(from, to).map(({ position }, j, all) => {
      const share = j / (all.length - 1);
      const out = unit(minus(position, ground.hull.center));
      const shifted: Point = [position[0] + aside * share, position[1], position[2]];
      return along(shifted, out, lift * share - 0.01);
    });
    const sampled = path.filter((_, j) => j % 2 === 0 || j === path.length - 1);
    const width = random.between(0.07, 0.12);
    const tube = layTube({
      path: sampled,
      sides: 5,
      facing: unit(minus(sampled[0], ground.hull.center)),
      radius: (share) => width * Math.min(1, 0.2 + 3 * share) * (1 - share ** 2) + 0.002,
      flatness: 0.5,
      twistRad: 0,
      open: () => 0.95,
      acrossOffset: random.between(0, 90),
      alongOffset: 0.3,
    });
    mesh.addSheet(tube, true);
  }
}

function cropOf(ground: HairGround): Crop {
  const crop = straightCrop(ground);
  return tightlyCurled(ground.traits) ? { ...crop, partRad: null, quiff: 0, lockDepth: 0, tufts: 0 } : crop;
}

function straightCrop({ traits, random }: HairGround): Crop {
  const whorl = towards(random.between(0.35, 0.6), Math.PI + random.between(-0.35, 0.35));
  switch (traits.hair) {
    case 'buzz cut':
    case 'mohawk':
      return { pole: whorl, ...BUZZ_CUT };
    case 'slicked back':
      return {
        pole: towards(1.95, Math.PI),
        side: 0.045,
        top: random.between(0.1, 0.16),
        quiff: random.between(0.02, 0.08),
        lockWidth: 0.16,
        lockDepth: 0.035,
        edge: 0.12,
        tufts: 0,
      };
    case 'receding':
      return { pole: whorl, ...RECEDING };
    case 'spiky':
      return { pole: whorl, ...SPIKY };
    default:
      return {
        pole: whorl,
        partRad:
          random.uniform() < 0.5 ? null : random.between(0.25, 0.5) * (random.uniform() < 0.5 ? 1 : -1),
        side: random.between(0.05, 0.09),
        top: random.between(0.12, 0.2),
        quiff: random.between(0, 0.14),
        lockWidth: random.between(0.2, 0.28),
        lockDepth: 0.06,
        edge: 0.1,
        tufts: 30,
      };
  }
}
