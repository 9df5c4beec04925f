import { smoothStep } from '../../skin/regions.ts';
import type { HairGround } from '../hair-ground.ts';
import { lockRelief } from '../lock-relief.ts';
import { along, towards } from '../point.ts';
import type { StrandMesh, StrandPoint } from '../strand-mesh.ts';
import { underHeadwear } from '../under-headwear.ts';

const COLUMNS = 52;
const ROWS = 13;
const HALF_RAD = 0.98;

/** Adds a fringe that falls from the top of the head over the forehead down to the brows; `lift` is the hair below it. */
export function addBangs(mesh: StrandMesh, ground: HairGround, lift: number): void {
  const { chart, random } = ground;
  const seed = random.between(0, 500);
  const brows = random.between(7.5, 7.6);
  const strands: StrandPoint[][] = [];
  for (let column = 0; column <= COLUMNS; column++) {
    const azimuth = ((2 * column) / COLUMNS - 1) * HALF_RAD;
    const end = polarAtHeight(ground, azimuth, brows - 0.25 * (azimuth / HALF_RAD) ** 4);
    const start = 0.42;
    const across = azimuth * 1.1;
    const tip = lockRelief(across, 1, 0.17, seed);
    const strand: StrandPoint[] = [];
    for (let row = 0; row <= ROWS; row++) {
      const share = Math.min(1, row / (ROWS - 1));
      const polar = start + (end - 0.05 * (1 - tip) - start) * share;
      const skin = chart.at(towards(polar, azimuth));
      const ridge = lockRelief(across, share * 1.2, 0.17, seed);
      const full = lift * smoothStep(share, 0, 0.15) * (1 - 0.45 * smoothStep(share, 0.5, 1)) + 0.02;
      // The last row turns back to the skin and gives the fringe its thickness.
      const height = row === ROWS ? 0.015 : full + 0.04 * smoothStep(share, 0.1, 0.4) * (ridge - 0.5);
      strand.push({
        position: along(skin.position, skin.normal, underHeadwear(height, skin.rest, ground)),
        along: share * 1.2 + 0.15,
        across,
        open: row === ROWS ? 0 : 0.3 + 0.7 * ridge,
      });
    }
    strands.push(strand);
  }
  mesh.addSheet(strands, false);
}

/** Polar angle at which the forehead has come down to a rest height. */
function polarAtHeight(ground: HairGround, azimuth: number, restY: number): number {
  let polar = 0.5;
  while (polar < 1.9 && ground.chart.at(towards(polar, azimuth)).rest[1] > restY) polar += 0.02;
  return polar;
}
