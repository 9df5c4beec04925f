import { smoothStep } from '../../skin/regions.ts';
import { layCap } from '../cap.ts';
import type { HairGround } from '../hair-ground.ts';
import { lockRelief } from '../lock-relief.ts';
import { type Point, towards, unit } from '../point.ts';
import type { StrandMesh } from '../strand-mesh.ts';
import { underHeadwear } from '../under-headwear.ts';

const ROWS = 15;

/** Lays hair combed from the whole hairline, or from one half of it, to a tie; `side` 0 is the whole. */
export function combTo(mesh: StrandMesh, ground: HairGround, pole: Point, side: -1 | 0 | 1): void {
  const seed = ground.random.between(0, 500);
  const rim = side === 0 ? [...ground.hairline] : halfRim(ground, side);
  const relief = (across: number, fromPole: number): number => lockRelief(across, fromPole, 0.2, seed);
  const strands = layCap({
    chart: ground.chart,
    poles: rim.map(() => pole),
    rim,
    rows: ROWS,
    rooted: 'rim',
    height: ({ point, across, fromPole }) => {
      const gathered = 0.1 * smoothStep(fromPole, 0.3, 0);
      const body = 0.055 + 0.03 * smoothStep(point.rest[1], 7.6, 8.3) + gathered;
      return underHeadwear(body + 0.03 * (relief(across, fromPole) - 0.6), point.rest, ground);
    },
    open: ({ across, fromPole }) => 0.3 + 0.7 * relief(across, fromPole),
    edgeWidth: () => 0.09,
  });
  mesh.addSheet(strands, true);
}

/** One half of the hairline, closed along the parting in the middle of the skull. */
function halfRim(ground: HairGround, side: -1 | 1): Point[] {
  const { hairline, hairlinePolarRad } = ground;
  const half = hairline.length / 2;
  const rim: Point[] = [];
  const parting: Point[] = [];
  const front = hairlinePolarRad[0];
  const back = hairlinePolarRad[half];
  const steps = 26;
  for (let i = 1; i < steps; i++) {
    const angle = back - ((back + front) * i) / steps;
    const [, y, z] = towards(Math.abs(angle), angle > 0 ? Math.PI : 0);
    parting.push(unit([0.015 * side, y, z]));
  }
  for (let k = 0; k <= half; k++) {
    const column = side > 0 ? k : (hairline.length - k) % hairline.length;
    rim.push(hairline[column]);
  }
  const whole = [...rim, ...parting];
  return side > 0 ? whole : whole.reverse();
}
