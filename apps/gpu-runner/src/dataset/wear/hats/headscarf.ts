import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addGrid } from '../add-grid.ts';
import { addKnot } from '../add-knot.ts';
import { addWrap } from '../add-wrap.ts';
import { BLACK, type Color, mixColor, WHITE } from '../colors.ts';
import { earBox, liftOverEars } from '../ear-box.ts';
import type { HeadGrid } from '../head-grid.ts';
import { bend, cloth, marked, paint } from '../materials.ts';
import { neckRing } from '../neck-ring.ts';
import { CHANNEL, createPiece, finishPiece, type Piece } from '../piece.ts';
import { addDrape } from './add-drape.ts';
import { onHead, opening } from './cloth-on-head.ts';

/** A headscarf: printed or plain, close around the face, knotted under the chin or laid around the neck. */
export function headscarf(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const piece = createPiece();
  const knotted = random.uniform() < 0.5;
  const rim = opening(knotted ? 0.58 : 0.6, knotted ? 8.0 : 7.96, knotted ? 6.1 : 6.12, knotted ? 0.9 : 1.0);
  const ears = earBox(grid.form);
  addWrap(piece, {
    rim,
    back: [0, -0.35, -1],
    surface: (d, psi, w, out) => {
      const fold = 0.018 * Math.sin(16 * w + 4 * Math.cos(psi)) * Math.min(1, 8 * w);
      onHead(grid, d, 0.075 + 0.05 * w + fold + 0.03 * Math.exp(-w * 20), out);
      liftOverEars(ears, 0.03, out);
      // Hair gathered at the back.
      out[2] -= 0.16 * Math.max(0, -d[2]) * Math.exp(-(((d[1] - 0.1) / 0.5) ** 2));
      if (d[2] < 0 && d[1] < -0.3) out[2] -= 0.2 * (-d[1] - 0.3);
    },
    columns: 52,
    rows: 22,
  });
  if (knotted) {
    const { chin } = grid.form.places;
    addKnot(piece, [0, chin[1] - 0.06, chin[2] - 0.12], [0, 0, 1], 0.4);
    addTriangle(piece, grid);
  } else addDrape(piece, grid, 0.9, 0.05);
  const print = random.uniform();
  const light = color[0] + color[1] + color[2] > 1.7;
  const ink: Color = light ? mixColor(color, BLACK, 0.7) : mixColor(color, WHITE, 0.85);
  const silk = marked(cloth(color, 0.2), (point) => {
    const v = point.channels[CHANNEL.v];
    point.gloss = 0.12;
    if (print < 0.35) {
      const flat = Math.abs(point.nz) > 0.6;
      const across = (flat ? point.x : point.z) * 4.6 * grid.scale;
      const up = (Math.abs(point.ny) > 0.75 ? (flat ? point.z : point.x) : point.y) * 4.6 * grid.scale;
      const row = Math.floor(up);
      const dx = ((((across + 0.5 * row) % 1) + 1) % 1) - 0.5;
      if (Math.hypot(dx, up - row - 0.5) < 0.24) paint(point, ink);
    } else if (print < 0.6 && v > 0.04 && v < 0.075) paint(point, ink);
    bend(point, 0, 0.12 * Math.sin(v * 50));
  });
  return [finishPiece('headscarf', piece, silk)];
}

/** The corner of the scarf that hangs down behind. */
function addTriangle(piece: Piece, grid: HeadGrid): void {
  const low = neckRing(grid.form, 6.02);
  const back = [0, 0, 0];
  onHead(grid, [0, -0.3, -1], 0.14, back);
  addGrid(piece, {
    columns: 10,
    rows: 6,
    uRange: [-1, 1],
    flipped: true,
    place: (u, v, out) => {
      out[0] = u * 0.62 * (1 - v) ** 0.9;
      out[1] = back[1] + 0.12 - v * (back[1] + 0.12 - low.center[1] + 0.05);
      out[2] = back[2] - 0.02 + 0.35 * u * u * (1 - v) + v * 0.22 - 0.06 * Math.sin(Math.PI * v);
    },
  });
}
