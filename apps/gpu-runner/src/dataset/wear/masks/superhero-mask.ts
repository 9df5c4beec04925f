import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { HEADWEAR_COLORS } from '../colors.ts';
import { faceShell } from '../face-shell.ts';
import type { HeadGrid } from '../head-grid.ts';
import { lacquer, marked, paint, placeU } from '../materials.ts';
import { CHANNEL, finishPiece } from '../piece.ts';
import { outsideEyes } from './mask-outline.ts';

/** A superhero's mask: bright, close on forehead, nose and cheeks, with an emblem and light edges around the eyes. */
export function superheroMask(grid: HeadGrid, random: RandomStream): Part[] {
  const pairs = [
    ['red', 'yellow'],
    ['blue', 'white'],
    ['black', 'yellow'],
    ['green', 'white'],
    ['purple', 'green'],
    ['red', 'blue'],
  ] as const;
  const pair = pairs[random.integer(0, pairs.length - 1)];
  const color = HEADWEAR_COLORS[pair[0]];
  const accent = HEADWEAR_COLORS[pair[1]];
  const sheet = faceShell(grid, {
    halfWidth: 0.9,
    bottomY: 6.7,
    topY: 8.16,
    reach: 0.05,
    lift: (x) => 0.05 + 0.25 * Math.max(0, Math.abs(x) - 0.62),
    field: (x, y) => {
      const ax = Math.abs(x);
      const high = 7.9 + 0.14 * Math.exp(-((x / 0.12) ** 2)) + 0.22 * (ax / 0.85) ** 4;
      const low = 6.84 + 0.2 * Math.exp(-(((ax - 0.3) / 0.16) ** 2)) + 0.9 * Math.max(0, ax - 0.6);
      return Math.min(high - y, y - low, 0.88 - ax, outsideEyes(x, y, 0.19, 0.1));
    },
    columns: 58,
    rows: 48,
  });
  const star = random.uniform() < 0.5;
  const suit = marked(lacquer(color, 0.3), (point) => {
    const x = placeU(point);
    const y = point.channels[CHANNEL.v];
    const edge = point.channels[CHANNEL.extra];
    const dy = y - 7.76;
    const radius = Math.hypot(x, dy);
    const fifth = (2 * Math.PI) / 5;
    const angle = Math.abs(((((Math.atan2(x, dy) / fifth + 0.5) % 1) + 1) % 1) - 0.5) * 2;
    const emblem = star ? radius < 0.19 - 0.115 * angle : Math.abs(x) * 1.3 + Math.abs(dy) < 0.17;
    if (emblem) paint(point, accent);
    if (edge < 0.03) paint(point, accent, outsideEyes(x, y, 0.19, 0.1) < 0.05 ? 1 : 0.7);
  });
  return [finishPiece('superhero mask', sheet, suit)];
}
