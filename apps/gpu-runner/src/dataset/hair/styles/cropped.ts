import { valueNoise } from '../../noise.ts';
import { smoothStep } from '../../skin/regions.ts';
import { type CapPlace, layCap } from '../cap.ts';
import { type HairGround, underHat } from '../hair-ground.ts';
import { lockRelief } from '../lock-relief.ts';
import { type Point, towards } from '../point.ts';
import type { StrandMesh } from '../strand-mesh.ts';

/** A cut that lies on the skull all over: where its strands meet, how thick it is, how much it is gathered in locks. */
interface Crop {
  readonly pole: Point;
  readonly side: number;
  readonly top: number;
  readonly quiff: number;
  readonly lockWidth: number;
  readonly lockDepth: number;
  readonly edge: number;
}

/** Adds hair that follows the skull closely: buzz cut, short, receding and slicked back. */
export function addCropped(mesh: StrandMesh, ground: HairGround): void {
  const crop = cropOf(ground);
  const seed = ground.random.between(0, 500);
  const slick = ground.traits.hair === 'slicked back';
  const relief = ({ across, fromPole }: CapPlace): number =>
    lockRelief(across * Math.min(1, 0.25 + fromPole), fromPole, crop.lockWidth, seed);
  const strands = layCap({
    chart: ground.chart,
    poles: ground.hairline.map(() => crop.pole),
    rim: ground.hairline,
    rows: 30,
    rooted: slick ? 'rim' : 'pole',
    height: (at) => {
      const [x, y, z] = at.point.rest;
      const up = smoothStep(y, 7.3, 8.2);
      const front = smoothStep(z, 0.7, 1.3) * smoothStep(y, 7.8, 8.1);
      const thick = crop.side + (crop.top - crop.side) * up + crop.quiff * front;
      const uneven = 1 + 0.22 * valueNoise(x * 2.2, y * 2.2, z * 2.2 + seed);
      return underHat(thick * uneven + crop.lockDepth * (relief(at) - 0.7), y, ground.cover);
    },
    open: (at) => (crop.lockDepth > 0 ? 0.25 + 0.75 * relief(at) : 1),
    edgeWidth: () => crop.edge,
  });
  mesh.addSheet(strands, true);
}

function cropOf({ traits, random }: HairGround): Crop {
  const whorl = towards(random.between(0.35, 0.6), Math.PI + random.between(-0.35, 0.35));
  switch (traits.hair) {
    case 'buzz cut':
    case 'mohawk':
      return { pole: whorl, side: 0.014, top: 0.02, quiff: 0, lockWidth: 0.2, lockDepth: 0, edge: 0.06 };
    case 'slicked back':
      return {
        pole: towards(1.95, Math.PI),
        side: 0.045,
        top: random.between(0.1, 0.16),
        quiff: random.between(0.02, 0.08),
        lockWidth: 0.16,
        lockDepth: 0.035,
        edge: 0.16,
      };
    case 'receding':
      return { pole: whorl, side: 0.06, top: 0.045, quiff: 0, lockWidth: 0.2, lockDepth: 0.025, edge: 0.09 };
    default:
      return {
        pole: whorl,
        side: random.between(0.05, 0.09),
        top: random.between(0.12, 0.2),
        quiff: random.between(0, 0.14),
        lockWidth: random.between(0.2, 0.28),
        lockDepth: 0.06,
        edge: 0.1,
      };
  }
}
