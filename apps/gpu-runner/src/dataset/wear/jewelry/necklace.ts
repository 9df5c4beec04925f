import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addBall } from '../add-ball.ts';
import { addTube } from '../add-tube.ts';
import { type Color, WHITE } from '../colors.ts';
import type { HeadGrid } from '../head-grid.ts';
import { gem, lacquer, metal } from '../materials.ts';
import { neckRing } from '../neck-ring.ts';
import { createPiece, finishPiece } from '../piece.ts';
import { anyMetal, STONES } from './any-metal.ts';

/** A necklace: a chain or a string of beads around the neck, with or without a pendant. */
export function necklace(grid: HeadGrid, random: RandomStream): Part[] {
  const ring = neckRing(grid.form, 5.97);
  const piece = createPiece();
  const at = [0, 0, 0];
  const place = (angle: number): void => {
    const ahead = Math.max(0, Math.cos(angle));
    at[0] = (ring.halfWidth + 0.05) * Math.sin(angle);
    at[1] = ring.center[1] + 0.12 - 0.2 * ahead;
    at[2] = ring.center[2] + (ring.halfDepth + 0.06) * Math.cos(angle);
  };
  const beads = random.uniform() < 0.6;
  if (beads) {
    const size = random.between(0.055, 0.085);
    const count = Math.floor((Math.PI * (ring.halfWidth + ring.halfDepth)) / (2 * size));
    for (let n = 0; n < count; n++) {
      place((2 * Math.PI * n) / count);
      addBall(piece, at, [size, size, size], 8, 5);
    }
  } else {
    addTube(piece, {
      path: (t, out) => {
        place(2 * Math.PI * t);
        for (let k = 0; k < 3; k++) out[k] = at[k];
      },
      radius: (t) => 0.034 + 0.012 * Math.cos(2 * Math.PI * 40 * t),
      segments: 120,
      sides: 6,
      closed: true,
    });
  }
  const pearl: Color = [0.93, 0.9, 0.85];
  const surfaces = [lacquer(pearl, 0.7), gem(STONES[random.integer(0, 3)]), lacquer(WHITE, 0.5)];
  const parts = [
    finishPiece('necklace', piece, beads ? surfaces[random.integer(0, 2)] : metal(anyMetal(random), 0.15)),
  ];
  if (!beads || random.uniform() < 0.3) {
    const pendant = createPiece();
    place(0);
    addBall(pendant, [at[0], at[1] - 0.12, at[2] + 0.02], [0.09, 0.12, 0.05], 10, 8);
    parts.push(finishPiece('pendant', pendant, gem(STONES[random.integer(0, 3)])));
  }
  return parts;
}
