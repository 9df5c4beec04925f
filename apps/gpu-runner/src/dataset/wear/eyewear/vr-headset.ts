import type { RandomStream } from '../../../tensor/random.ts';
import type { Material, Part } from '../../part.ts';
import type { Traits } from '../../traits.ts';
import { addGrid } from '../add-grid.ts';
import { addStrap } from '../add-strap.ts';
import { addTube } from '../add-tube.ts';
import { BLACK, type Color, mixColor } from '../colors.ts';
import { hairRoom } from '../hair-room.ts';
import { type HeadGrid, readGrid } from '../head-grid.ts';
import { byExtra, cloth, lacquer, marked, paint } from '../materials.ts';
import { createPiece, finishPiece, type Piece } from '../piece.ts';
import { type Mount, mountOn } from './lens-mount.ts';

/** A headset for virtual reality: a closed box before the eyes, a strap around and one over the head. */
export function vrHeadset(grid: HeadGrid, random: RandomStream, traits: Traits): Part[] {
  const mount = mountOn(grid, 0.04);
  const piece = createPiece();
  addBox(piece, mount, random.between(0.3, 0.42) * mount.size);
  addStrap(piece, grid, {
    line: (z) => 7.35 + 0.08 * (1.4 - z),
    width: 0.26,
    lift: 0.05 + hairRoom(traits),
    range: [0.72, 2 * Math.PI - 0.72],
    overEars: true,
    extra: 1,
  });
  addTube(piece, {
    path: (t, out) => {
      const polar = 1.12 - 2.5 * t;
      const azimuth = polar > 0 ? 0 : Math.PI;
      readGrid(grid.points, Math.abs(polar), azimuth, out);
      const room = 0.05 + hairRoom(traits);
      out[0] = 0;
      out[1] += room * Math.cos(polar);
      out[2] += room * Math.sin(polar);
    },
    radius: () => 0.03,
    stretch: 3.5,
    upright: [1, 0, 0],
    segments: 20,
    sides: 8,
    extra: 1,
  });
  const body: Color = random.uniform() < 0.5 ? [0.88, 0.88, 0.9] : [0.07, 0.07, 0.08];
  return [
    finishPiece('vr headset', piece, byExtra(boxMaterial(body, grid, mount), cloth([0.09, 0.09, 0.1], 0.1))),
  ];
}

/** Adds the box `deep` before the eyes: rows of its share of the full outline and its place from back to front. */
function addBox(piece: Piece, mount: Mount, deep: number): void {
  const { size } = mount;
  const front = mount.depthAt(0);
  const halfWidth = 0.74 * size;
  const halfHeight = 0.36 * size;
  const profile: readonly (readonly [number, number])[] = [
    [1.0, -0.55],
    [1.02, -0.1],
    [1.02, 0.5],
    [0.98, 0.85],
    [0.9, 1],
    [0.5, 1.03],
    [0, 1.04],
  ];
  addGrid(piece, {
    columns: 48,
    rows: profile.length - 1,
    closed: true,
    flipped: true,
    place: (u, v, out) => {
      const n = Math.round(v * (profile.length - 1));
      const [share, depth] = profile[n];
      const c = Math.cos(u);
      const s = Math.sin(u);
      const box = share * (Math.abs(c) ** 4.5 + Math.abs(s) ** 4.5) ** (-1 / 4.5);
      out[0] = halfWidth * s * box;
      out[1] = mount.eyeY + 0.02 + halfHeight * c * box;
      // The back rim follows the face around; the front is flat.
      const bend = n < 2 ? 0.55 * (out[0] / halfWidth) ** 2 * (1 - 0.4 * n) : 0.1 * (out[0] / halfWidth) ** 2;
      out[2] = front + deep * depth - bend;
      out[3] = n < 2 ? 1 : 0;
    },
  });
}

/** Lacquer with a dark window and two cameras on the front. */
function boxMaterial(body: Color, grid: HeadGrid, { eyeY, size }: Mount): Material {
  const dark = mixColor(body, BLACK, 0.85);
  return marked(lacquer(body, 0.4), (point) => {
    const ax = Math.abs(point.x * grid.scale);
    const y = point.y * grid.scale - eyeY - 0.02;
    if (point.nz > 0.8) {
      if (Math.abs(y) < 0.2 * size && ax < 0.6 * size) paint(point, dark);
      const camera = Math.hypot(ax - 0.42 * size, y);
      if (camera < 0.06 * size) paint(point, [0.35, 0.4, 0.5]);
    }
  });
}
