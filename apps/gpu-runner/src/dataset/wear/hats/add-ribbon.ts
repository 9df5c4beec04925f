import type { RandomStream } from '../../../tensor/random.ts';
import { addLathe } from '../add-lathe.ts';
import { BLACK, type Color, GOLD, WHITE } from '../colors.ts';
import type { Band } from '../fit-band.ts';
import type { Piece } from '../piece.ts';

/** Adds a ribbon around the foot of a crown. */
export function addRibbon(piece: Piece, band: Band, height: number, extra: number, lean = 0): void {
  addLathe(piece, band, {
    profile: [
      [1, 0.03 + lean, height],
      [1, 0.05 + lean, 0.02],
    ],
    extra,
  });
}

/** The ribbon of a hat of `color`: dark on light hats, light or colored on dark ones. */
export function ribbonColor(color: Color, random: RandomStream): Color {
  const light = color[0] + color[1] + color[2] > 0.8;
  const choices: readonly Color[] = light
    ? [BLACK, [0.35, 0.05, 0.08], [0.1, 0.12, 0.3]]
    : [[0.6, 0.08, 0.1], WHITE, GOLD];
  return choices[random.integer(0, 2)];
}
