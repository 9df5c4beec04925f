import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addGrid } from '../add-grid.ts';
import { addTube } from '../add-tube.ts';
import { addWrap, type Direction } from '../add-wrap.ts';
import { BLACK, type Color, scaleColor, WHITE } from '../colors.ts';
import { around, direction, onEllipsoid } from '../ellipsoid.ts';
import type { HeadGrid } from '../head-grid.ts';
import { byExtra, lacquer, marked, paint } from '../materials.ts';
import { createPiece, finishPiece } from '../piece.ts';

/** A motorcycle helmet: lacquered, with a chin bar, the tinted visor pushed up, stripes and vents. */
export function motorcycleHelmet(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const shape = around(grid, 0.11);
  const eyePitch = Math.atan2(grid.form.places.eyeLeft[1] - shape.center[1], shape.radii[2]);
  const rim = (psi: number): Direction => {
    const s = Math.sin(psi);
    const c = Math.cos(psi);
    const box = (Math.abs(s) ** 3.5 + Math.abs(c) ** 3.5) ** (-1 / 3.5);
    return direction(1.02 * s * box, eyePitch + 0.06 + (c > 0 ? 0.34 : 0.3) * c * box);
  };
  const piece = createPiece();
  addWrap(piece, {
    rim,
    back: [0, -0.2, -1],
    surface: (d, _psi, w, out) => {
      onEllipsoid(shape, d, 0, out);
      // The chin bar juts out, the neck stays open.
      const chin = Math.max(0, d[2]) * Math.max(0, -d[1] - 0.1);
      out[2] += 0.2 * chin * Math.min(1, 6 * w);
    },
    columns: 64,
    rows: 22,
  });
  addTube(piece, {
    path: (t, out) => {
      onEllipsoid(shape, rim(2 * Math.PI * t), 0, out);
    },
    extra: 1,
    radius: () => 0.035,
    segments: 64,
    sides: 6,
    closed: true,
  });
  const visor = createPiece();
  addGrid(visor, {
    columns: 26,
    rows: 6,
    uRange: [-1.15, 1.15],
    place: (u, v, out) =>
      onEllipsoid(shape, direction(u, eyePitch + 0.86 - 0.46 * v - 0.1 * u * u), 0.04, out),
  });
  const stripe = random.uniform() < 0.5 ? WHITE : scaleColor(color, 0.35);
  const second = random.uniform() < 0.4;
  const painted = marked(lacquer(color, 0.75), (point) => {
    const x = point.x * grid.scale - shape.center[0];
    const y = point.y * grid.scale - shape.center[1];
    const z = point.z * grid.scale - shape.center[2];
    if (Math.abs(Math.abs(x) - (second ? 0.22 : 0)) < 0.1 && y > 0.2) paint(point, stripe);
    const vent = y < -0.45 && z > 0.4 && Math.abs(x) < 0.34 && Math.abs((((y + 0.4) * 8) % 1) + 0.5) < 0.22;
    const sweep = Math.abs(y + 0.12 - 0.35 * z * Math.sign(z)) < 0.07 && z < 0.75;
    if (sweep) paint(point, stripe);
    if (vent) {
      paint(point, BLACK);
      point.gloss = 0;
    }
  });
  return [
    finishPiece('motorcycle helmet', piece, byExtra(painted, lacquer(BLACK, 0.2))),
    finishPiece('visor', visor, lacquer([0.1, 0.11, 0.14], 1)),
  ];
}
