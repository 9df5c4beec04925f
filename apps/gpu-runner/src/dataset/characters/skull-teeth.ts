import type { HeadForm } from '../head-form.ts';
import type { Part } from '../part.ts';
import type { Traits } from '../traits.ts';
import { addBall } from '../wear/add-ball.ts';
import type { Color } from '../wear/colors.ts';
import { createPiece, finishPiece } from '../wear/piece.ts';
import { glossyMaterial } from './materials.ts';
import { surfaceAt } from './surface-at.ts';

const TOOTH: Color = [0.93, 0.89, 0.76];
const PER_SIDE = 4;

/** Builds two bare rows of teeth where a face has lips; they part with the jaw. */
export function skullTeeth(form: HeadForm, traits: Traits): Part[] {
  if (traits.mask !== 'none' && traits.mask !== 'bandit mask' && traits.mask !== 'carnival mask') return [];
  const teeth = createPiece();
  const gap = createPiece();
  for (let i = -PER_SIDE; i < PER_SIDE; i++) {
    const x = (i + 0.5) * 0.068;
    const width = 0.034;
    const upper = surfaceAt(form, x, 6.68 - 0.2 * x * x, 1.6 - 1.6 * x * x).at;
    const lower = surfaceAt(form, x, 6.52 + 0.3 * x * x, 1.58 - 1.6 * x * x).at;
    addBall(teeth, [upper[0], upper[1] - 0.03, upper[2] - 0.03], [width, 0.085, 0.042], 8, 8);
    addBall(teeth, [lower[0], lower[1] + 0.03, lower[2] - 0.03], [width, 0.08, 0.042], 8, 8);
    const middle = (upper[1] + lower[1]) / 2;
    const tall = Math.max(0.1, (upper[1] - lower[1]) / 2 + 0.03);
    addBall(
      gap,
      [(upper[0] + lower[0]) / 2, middle, (upper[2] + lower[2]) / 2 - 0.045],
      [0.07, tall, 0.045],
      8,
      6,
    );
  }
  return [
    finishPiece('bare teeth', teeth, glossyMaterial(TOOTH, 0.3, 30)),
    finishPiece('gap', gap, glossyMaterial([0.07, 0.05, 0.04], 0, 10)),
  ];
}
