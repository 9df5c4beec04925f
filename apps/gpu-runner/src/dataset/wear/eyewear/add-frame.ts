import { addTube } from '../add-tube.ts';
import { earBox } from '../ear-box.ts';
import type { HeadGrid } from '../head-grid.ts';
import type { Piece } from '../piece.ts';
import { type Mount, type Rim, rimPoint } from './lens-mount.ts';

/** Adds both rims, the bridge and the temples of a pair of glasses. */
export function addFrame(piece: Piece, grid: HeadGrid, mount: Mount, rim: Rim): void {
  for (const side of [-1, 1]) {
    addTube(piece, {
      path: (t, out) => rimPoint(mount, rim, side, 2 * Math.PI * t, 1, out),
      radius: () => rim.thickness,
      segments: 40,
      sides: 6,
      closed: true,
      upright: [0, 0, 1],
    });
  }
  addBridge(piece, mount, rim);
  addTemples(piece, grid, mount, rim);
}

function addBridge(piece: Piece, mount: Mount, rim: Rim): void {
  const inner = mount.eyeX * 1.03 - rim.halfWidth * mount.size;
  addTube(piece, {
    path: (t, out) => {
      out[0] = (2 * t - 1) * inner;
      out[1] = mount.eyeY + 0.04 * mount.size + 0.06 * Math.sin(Math.PI * t);
      out[2] = mount.depthAt(0) + 0.02 * Math.sin(Math.PI * t);
    },
    radius: () => rim.thickness,
    segments: 8,
    sides: 6,
  });
}

/** Temples: from the frame's outer corners over the ears and down behind them. */
function addTemples(piece: Piece, grid: HeadGrid, mount: Mount, rim: Rim): void {
  const ears = earBox(grid.form);
  const outer = mount.eyeX * 1.03 + rim.halfWidth * mount.size;
  const height = mount.eyeY + 0.1 * mount.size;
  const rest = ears.center[1] + ears.halfHeight * 0.72;
  const beside = Math.max(ears.center[0] - 0.02, outer + 0.06);
  for (const side of [-1, 1]) {
    addTube(piece, {
      path: (t, out) => {
        const along = Math.min(1, t / 0.82);
        const hook = Math.max(0, t - 0.82) / 0.18;
        const swing = Math.min(1, along * 5);
        out[0] = side * (outer + (beside - outer) * (0.55 * swing + 0.45 * along) - 0.06 * hook);
        out[1] = height + (rest - height) * along * along - 0.26 * hook * hook;
        const start = mount.depthAt(outer);
        out[2] = start + (ears.center[2] - 0.02 - start) * along - 0.16 * hook;
      },
      radius: (t) => rim.thickness * (1 - 0.25 * t),
      stretch: 1.5,
      segments: 22,
      sides: 6,
    });
  }
}
