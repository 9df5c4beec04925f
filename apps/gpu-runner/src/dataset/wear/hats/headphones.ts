import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import type { Traits } from '../../traits.ts';
import { addGrid } from '../add-grid.ts';
import { addTube } from '../add-tube.ts';
import { type Color, scaleColor } from '../colors.ts';
import { earBox } from '../ear-box.ts';
import { hairRoom } from '../hair-room.ts';
import type { HeadGrid } from '../head-grid.ts';
import { bend, byExtra, lacquer, leather, marked, paint } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece } from '../piece.ts';

/** Headphones: a padded arch over the hair and a round cup over each ear. */
export function headphones(grid: HeadGrid, color: Color, random: RandomStream, traits: Traits): Part[] {
  const { places } = grid.form;
  const ears = earBox(grid.form);
  const piece = createPiece();
  const y0 = ears.center[1];
  const z0 = ears.center[2];
  // Big hair stands between the ears and the arch.
  const bulk = traits.hair === 'afro' ? 0.5 : 2 * Math.max(0, hairRoom(traits) - 0.05);
  const top = places.crown[1] - y0 + 0.1 + Math.max(bulk, hairRoom(traits));
  const wide = ears.reach + 0.12 + 0.8 * bulk;
  addTube(piece, {
    path: (t, out) => {
      const angle = Math.PI * t;
      const c = Math.cos(angle);
      const s = Math.sin(angle);
      const box = (Math.abs(c) ** 2.4 + s ** 2.4) ** (-1 / 2.4);
      out[0] = wide * c * box;
      out[1] = y0 + top * s * box;
      out[2] = z0 + 0.08 * s;
    },
    radius: (t) => 0.045 + 0.025 * Math.sin(Math.PI * t) ** 2,
    stretch: 2.6,
    upright: [0, 0, 1],
    segments: 36,
    sides: 8,
  });
  const cup = random.between(0.3, 0.37);
  const depth = 0.3;
  const profile: readonly (readonly [number, number])[] = [
    [0, depth],
    [0.75, depth],
    [0.95, depth * 0.85],
    [1, depth * 0.45],
    [1.06, depth * 0.4],
    [1.1, depth * 0.1],
    [0.95, -0.02],
    [0.5, -0.02],
  ];
  for (const side of [-1, 1]) {
    addGrid(piece, {
      columns: 26,
      rows: profile.length - 1,
      closed: true,
      flipped: side < 0,
      place: (u, v, out) => {
        const [radius, height] = profile[Math.round(v * (profile.length - 1))];
        out[0] = side * (ears.reach - 0.08 + 0.55 * bulk + height);
        out[1] = y0 + 1.12 * cup * radius * Math.cos(u);
        out[2] = z0 + cup * radius * Math.sin(u);
        out[3] = v > 0.5 ? 1 : 2;
      },
    });
  }
  const cushion = leather([0.07, 0.07, 0.08]);
  const plate = marked(lacquer(color, 0.45), (point) => {
    const v = point.channels[CHANNEL.v];
    if (Math.abs(v - 0.12) < 0.025) paint(point, scaleColor(color, 0.5));
    if (v > 0.4) bend(point, 0, 0.3);
  });
  return [finishPiece('headphones', piece, byExtra(lacquer(scaleColor(color, 0.8), 0.35), cushion, plate))];
}
