import type { RandomStream } from '../../tensor/random.ts';
import type { Material, Part } from '../part.ts';
import type { Traits } from '../traits.ts';
import { addGrid } from './add-grid.ts';
import { addTube } from './add-tube.ts';
import { addWrap, type Direction } from './add-wrap.ts';
import { BLACK, type Color, GOLD, mixColor, scaleColor, WHITE } from './colors.ts';
import { earBox } from './ear-box.ts';
import { hairRoom } from './hair-room.ts';
import type { HeadGrid } from './head-grid.ts';
import { bend, byExtra, lacquer, leather, marked, metal, paint, placeU } from './materials.ts';
import { CHANNEL, createPiece, finishPiece } from './piece.ts';

interface Ellipsoid {
  readonly center: readonly [number, number, number];
  readonly radii: readonly [number, number, number];
}

/** The ellipsoid around a posed head with `room` decimeters to spare. */
function around(grid: HeadGrid, room: number): Ellipsoid {
  const { places } = grid.form;
  const back = [0, 0, 0];
  let rear = Infinity;
  for (let i = 0; i < grid.points.length; i += 3) {
    if (grid.points[i + 1] > places.eyeLeft[1]) rear = Math.min(rear, grid.points[i + 2]);
  }
  back[2] = rear;
  const low = places.chin[1];
  const high = places.crown[1];
  const front = Math.max(places.noseTip[2] - 0.05, places.mouth[2] + 0.03);
  return {
    center: [0, 0.5 * (low + high) + 0.02, 0.5 * (front + rear)],
    radii: [earBox(grid.form).reach + room, 0.5 * (high - low) + room, 0.5 * (front - rear) + room],
  };
}

/** The direction from an ellipsoid's middle by yaw (to the subject's left) and pitch (up), radians. */
function direction(yaw: number, pitch: number): Direction {
  return [Math.cos(pitch) * Math.sin(yaw), Math.sin(pitch), Math.cos(pitch) * Math.cos(yaw)];
}

/** The point of an ellipsoid in a direction, `lift` decimeters outside it. */
function onEllipsoid(shape: Ellipsoid, d: Direction, lift: number, out: number[]): void {
  const [a, b, c] = shape.radii;
  // A superellipsoid: fuller than an ellipsoid at the chin and temples, which must stay inside.
  const p = 2.4;
  const reach = (Math.abs(d[0] / a) ** p + Math.abs(d[1] / b) ** p + Math.abs(d[2] / c) ** p) ** (-1 / p);
  for (let k = 0; k < 3; k++) out[k] = shape.center[k] + d[k] * (reach + lift);
}

/** An astronaut's helmet: a white shell, a wide ring around the face, a golden visor pushed up, a metal collar. */
export function astronautHelmet(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const shape = around(grid, 0.24);
  const wide = random.between(0.78, 0.9);
  const tall = random.between(0.66, 0.76);
  const rim = (psi: number): Direction => direction(wide * Math.sin(psi), tall * Math.cos(psi) - 0.04);
  const piece = createPiece();
  addWrap(piece, {
    rim,
    back: [0, -0.1, -1],
    surface: (d, _psi, _w, out) => onEllipsoid(shape, d, 0, out),
    columns: 56,
    rows: 20,
  });
  addTube(piece, {
    path: (t, out) => {
      const [x, y, z] = rim(2 * Math.PI * t);
      onEllipsoid(shape, [x, y, z], 0, out);
    },
    extra: 1,
    radius: () => 0.085,
    segments: 56,
    sides: 8,
    closed: true,
  });
  const foot = shape.center[1] - shape.radii[1] * 0.9;
  for (const [drop, wideness] of [
    [0, 0.66],
    [-0.14, 0.78],
  ]) {
    addTube(piece, {
      path: (t, out) => {
        out[0] = shape.radii[0] * wideness * Math.sin(2 * Math.PI * t);
        out[1] = foot + drop;
        out[2] = shape.center[2] + shape.radii[2] * wideness * Math.cos(2 * Math.PI * t);
      },
      extra: 1,
      radius: () => 0.1,
      segments: 44,
      sides: 8,
      closed: true,
    });
  }
  const visor = createPiece();
  addGrid(visor, {
    columns: 24,
    rows: 6,
    uRange: [-1.02, 1.02],
    flipped: false,
    place: (u, v, out) => onEllipsoid(shape, direction(u, tall + 0.42 - 0.46 * v - 0.06 * u * u), 0.05, out),
  });
  const ears = createPiece();
  for (const side of [-1, 1]) {
    addGrid(ears, {
      columns: 20,
      rows: 4,
      closed: true,
      flipped: side > 0,
      place: (u, v, out) => {
        const radius = v > 0.7 ? 0.24 * (1 - (v - 0.7) / 0.3) : 0.24 + 0.05 * (0.7 - v);
        out[0] = side * (shape.radii[0] - 0.1 + Math.min(0.2, v * 0.3));
        out[1] = shape.center[1] + radius * Math.cos(u);
        out[2] = shape.center[2] + radius * Math.sin(u);
      },
    });
  }
  const accents: readonly Color[] = [
    [0.72, 0.1, 0.08],
    [0.1, 0.25, 0.6],
    [0.25, 0.26, 0.28],
  ];
  const accent = accents[random.integer(0, 2)];
  const shell: Material = marked(lacquer(color, 0.35), (point) => {
    const u = placeU(point);
    const w = point.channels[CHANNEL.v];
    if (Math.abs(Math.abs(u) - 0.75) < 0.07 && w > 0.1) paint(point, accent);
    if (Math.abs(w - 0.42) < 0.008) paint(point, [0.5, 0.5, 0.5]);
  });
  return [
    finishPiece('astronaut helmet', piece, byExtra(shell, metal([0.62, 0.63, 0.66], 0.4))),
    finishPiece('visor', visor, metal(GOLD, 0.05)),
    finishPiece('ear units', ears, lacquer(mixColor(accent, [0.6, 0.6, 0.6], 0.3), 0.4)),
  ];
}

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
