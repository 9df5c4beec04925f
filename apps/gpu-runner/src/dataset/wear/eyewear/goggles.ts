import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import type { Traits } from '../../traits.ts';
import { addGrid } from '../add-grid.ts';
import { addStrap } from '../add-strap.ts';
import { addTube } from '../add-tube.ts';
import { BLACK, type Color, GOLD, SILVER } from '../colors.ts';
import { hairRoom } from '../hair-room.ts';
import type { HeadGrid } from '../head-grid.ts';
import { byExtra, lacquer, leather, metal } from '../materials.ts';
import { createPiece, finishPiece, type Piece } from '../piece.ts';
import { type Mount, mountOn } from './lens-mount.ts';

/** Goggles: two deep round cups with shining lenses, on a broad strap. */
export function goggles(grid: HeadGrid, random: RandomStream, traits: Traits): Part[] {
  const mount = mountOn(grid, 0.03);
  const piece = createPiece();
  const lenses = createPiece();
  for (const side of [-1, 1]) addCup(piece, lenses, mount, side);
  addTube(piece, {
    path: (t, out) => {
      out[0] = (2 * t - 1) * 0.1;
      out[1] = mount.eyeY + 0.05;
      out[2] = mount.depthAt(0) + 0.05;
    },
    radius: () => 0.05,
    segments: 4,
    sides: 6,
    extra: 1,
  });
  addStrap(piece, grid, {
    line: (z) => 7.3 + 0.06 * (1.4 - z),
    width: 0.2,
    lift: 0.035 + hairRoom(traits),
    range: [0.45, 2 * Math.PI - 0.45],
    overEars: true,
    extra: 1,
  });
  const brass: readonly Color[] = [GOLD, [0.7, 0.45, 0.22], SILVER, BLACK];
  const straps: readonly Color[] = [[0.3, 0.17, 0.08], BLACK, [0.2, 0.2, 0.22]];
  const tints: readonly Color[] = [
    [0.05, 0.12, 0.14],
    [0.35, 0.2, 0.03],
    [0.05, 0.2, 0.1],
    [0.3, 0.1, 0.04],
  ];
  return [
    finishPiece(
      'goggles',
      piece,
      byExtra(metal(brass[random.integer(0, 3)], 0.25), leather(straps[random.integer(0, 2)])),
    ),
    finishPiece('goggle lenses', lenses, lacquer(tints[random.integer(0, 3)], 1)),
  ];
}

/** A cup from its back to its front: share of the lens radius, depth and material. */
const CUP: readonly (readonly [number, number, number])[] = [
  [1.02, -0.34, 1],
  [1.02, 0.02, 1],
  [1.1, 0.02, 0],
  [1.1, 0.12, 0],
  [0.92, 0.16, 0],
  [0.84, 0.11, 0],
];

/** Adds the cup and the lens of one eye; `side` is 1 on the left. */
function addCup(piece: Piece, lenses: Piece, mount: Mount, side: number): void {
  const radius = 0.27 * mount.size;
  const cx = side * mount.eyeX * 1.02;
  const z0 = mount.depthAt(cx);
  addGrid(piece, {
    columns: 32,
    rows: CUP.length - 1,
    closed: true,
    flipped: true,
    place: (u, v, out) => {
      const [share, depth, kind] = CUP[Math.round(v * (CUP.length - 1))];
      out[0] = cx + radius * share * Math.sin(u);
      out[1] = mount.eyeY + radius * share * Math.cos(u);
      out[2] = z0 + depth * mount.size;
      out[3] = kind;
    },
  });
  addGrid(lenses, {
    columns: 28,
    rows: 4,
    closed: true,
    flipped: false,
    place: (u, v, out) => {
      out[0] = cx + radius * 0.86 * v * Math.sin(u);
      out[1] = mount.eyeY + radius * 0.86 * v * Math.cos(u);
      out[2] = z0 + (0.12 + 0.05 * (1 - v * v)) * mount.size;
    },
  });
}
