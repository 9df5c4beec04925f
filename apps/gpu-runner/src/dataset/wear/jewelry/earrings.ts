import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addBall } from '../add-ball.ts';
import { earBox } from '../ear-box.ts';
import type { HeadGrid } from '../head-grid.ts';
import { gem, lacquer, metal } from '../materials.ts';
import { createPiece, finishPiece } from '../piece.ts';
import { anyMetal, STONES } from './any-metal.ts';

/** Earrings: a stud on each lobe and a stone that hangs from it. */
export function earrings(grid: HeadGrid, random: RandomStream): Part[] {
  const ears = earBox(grid.form);
  const settings = createPiece();
  const stones = createPiece();
  const drop = random.between(0.16, 0.32);
  for (const [lobe, side] of [
    [ears.lobeLeft, 1],
    [ears.lobeRight, -1],
  ] as const) {
    const x = lobe[0] + side * 0.03;
    addBall(settings, [x, lobe[1] + 0.04, lobe[2] + 0.02], [0.045, 0.045, 0.045], 8, 6);
    addBall(
      settings,
      [x, lobe[1] - 0.04 - 0.3 * drop, lobe[2] + 0.02],
      [0.014, 0.06 + 0.3 * drop, 0.014],
      6,
      5,
    );
    addBall(stones, [x, lobe[1] - 0.08 - drop, lobe[2] + 0.02], [0.06, 0.11, 0.06], 10, 7);
  }
  const pearl = random.uniform() < 0.3;
  return [
    finishPiece('earrings', settings, metal(anyMetal(random), 0.1)),
    finishPiece(
      'earring stones',
      stones,
      pearl ? lacquer([0.93, 0.9, 0.85], 0.7) : gem(STONES[random.integer(0, 3)]),
    ),
  ];
}
