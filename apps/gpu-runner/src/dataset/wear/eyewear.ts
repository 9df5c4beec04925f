import type { RandomStream } from '../../tensor/random.ts';
import type { Material, Part } from '../part.ts';
import type { Traits } from '../traits.ts';
import { addGrid } from './add-grid.ts';
import { addStrap } from './add-strap.ts';
import { addTube } from './add-tube.ts';
import { BLACK, type Color, GOLD, mixColor, SILVER } from './colors.ts';
import { earBox } from './ear-box.ts';
import { faceShell } from './face-shell.ts';
import { facePlace } from './face-place.ts';
import { hairRoom } from './hair-room.ts';
import { type HeadGrid, readGrid } from './head-grid.ts';
import { byExtra, cloth, lacquer, leather, marked, metal, paint } from './materials.ts';
import { CHANNEL, createPiece, finishPiece, type Piece } from './piece.ts';

/** Half the distance between the eyes of the rest head. */
const REST_EYE_X = 0.308;
const REST_EYE_Y = 7.284;

/** Where glasses stand before a posed face. */
interface Mount {
  readonly eyeX: number;
  readonly eyeY: number;
  /** Size of this face, 1 for the rest head. */
  readonly size: number;
  /** Depth of the lenses at a distance from the middle: slightly wrapped around the face. */
  readonly depthAt: (x: number) => number;
}

const WRAP = 0.2;

/** Finds the plane in front of brows, lids and cheeks. */
function mountOn(grid: HeadGrid, room: number): Mount {
  const { eyeLeft, eyeRight } = grid.form.places;
  const eyeX = 0.5 * (eyeLeft[0] - eyeRight[0]);
  const eyeY = 0.5 * (eyeLeft[1] + eyeRight[1]);
  const at = [0, 0, 0];
  let front = -Infinity;
  for (let x = -0.5; x <= 0.51; x += 0.1) {
    for (let y = 7.12; y < 7.5; y += 0.06) {
      if (Math.abs(x) < 0.15 && y < 7.25) continue;
      facePlace(grid, x, y, 0, at);
      front = Math.max(front, at[2] + WRAP * at[0] * at[0]);
    }
  }
  return { eyeX, eyeY, size: eyeX / REST_EYE_X, depthAt: (x) => front + room - WRAP * x * x };
}

/** The outline of one lens: half-width, half-height and roundness (2 = ellipse, more = box). */
interface Rim {
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly exponent: number;
  readonly thickness: number;
}

function rimPoint(mount: Mount, rim: Rim, side: number, angle: number, share: number, out: number[]): void {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const box = share / (Math.abs(c) ** rim.exponent + Math.abs(s) ** rim.exponent) ** (1 / rim.exponent);
  // Lenses are a little narrower below.
  const narrow = 1 + 0.1 * s * (rim.exponent > 2.2 ? 1 : 0);
  out[0] = side * mount.eyeX * 1.03 + rim.halfWidth * c * box * narrow * mount.size;
  out[1] = mount.eyeY - 0.02 + rim.halfHeight * s * box * mount.size;
  out[2] = mount.depthAt(out[0]);
}

function addFrame(piece: Piece, grid: HeadGrid, mount: Mount, rim: Rim): void {
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

function addLenses(piece: Piece, mount: Mount, rim: Rim, forward: number): void {
  for (const side of [-1, 1]) {
    addGrid(piece, {
      columns: 32,
      rows: 3,
      closed: true,
      place: (u, v, out) => {
        rimPoint(mount, rim, side, u, v, out);
        out[2] += forward + 0.03 * (1 - v * v);
      },
    });
  }
}

function frameMaterial(random: RandomStream): Material {
  const kind = random.uniform();
  if (kind < 0.3) return metal(random.uniform() < 0.5 ? GOLD : SILVER, 0.15);
  const colors: readonly Color[] = [BLACK, BLACK, [0.32, 0.16, 0.07], [0.6, 0.06, 0.08], [0.08, 0.15, 0.5]];
  return lacquer(colors[random.integer(0, colors.length - 1)], 0.5);
}

/** Rectangular glasses with open lenses. */
export function glasses(grid: HeadGrid, random: RandomStream): Part[] {
  const rim: Rim = {
    halfWidth: random.between(0.235, 0.26),
    halfHeight: random.between(0.14, 0.18),
    exponent: 4.5,
    thickness: random.between(0.026, 0.036),
  };
  const piece = createPiece();
  addFrame(piece, grid, mountOn(grid, 0.05), rim);
  return [finishPiece('glasses', piece, frameMaterial(random))];
}

/** Round glasses with open lenses. */
export function roundGlasses(grid: HeadGrid, random: RandomStream): Part[] {
  const radius = random.between(0.2, 0.245);
  const rim: Rim = {
    halfWidth: radius,
    halfHeight: radius,
    exponent: 2,
    thickness: random.between(0.022, 0.03),
  };
  const piece = createPiece();
  addFrame(piece, grid, mountOn(grid, 0.05), rim);
  return [finishPiece('round glasses', piece, frameMaterial(random))];
}

/** Sunglasses: dark shining lenses in a frame. */
export function sunglasses(grid: HeadGrid, random: RandomStream): Part[] {
  const aviator = random.uniform() < 0.4;
  const rim: Rim = {
    halfWidth: 0.26,
    halfHeight: random.between(0.17, 0.2),
    exponent: aviator ? 2.3 : 3.2,
    thickness: aviator ? 0.02 : 0.03,
  };
  const mount = mountOn(grid, 0.06);
  const piece = createPiece();
  addFrame(piece, grid, mount, rim);
  const lenses = createPiece();
  addLenses(lenses, mount, rim, 0);
  const tints: readonly Color[] = [
    [0.02, 0.02, 0.025],
    [0.02, 0.02, 0.025],
    [0.1, 0.05, 0.02],
    [0.03, 0.06, 0.1],
  ];
  const tint = tints[random.integer(0, tints.length - 1)];
  const glass: Material = marked(lacquer(tint, 0.9), (point) => {
    // The sky in the upper half.
    const sky = Math.max(0, point.ny + 0.25 * point.nz) * 0.2;
    point.red += sky;
    point.green += sky;
    point.blue += sky;
  });
  const frame = aviator ? metal(random.uniform() < 0.5 ? GOLD : SILVER, 0.1) : lacquer(BLACK, 0.5);
  return [finishPiece('sunglasses', piece, frame), finishPiece('dark lenses', lenses, glass)];
}

/** A patch over one eye on a strap that runs aslant around the head. */
export function eyePatch(grid: HeadGrid, random: RandomStream, traits: Traits): Part[] {
  const side = random.uniform() < 0.5 ? -1 : 1;
  const patch = faceShell(grid, {
    halfWidth: 0.62,
    bottomY: 7.0,
    topY: 7.58,
    reach: 0.16,
    lift: (x, y) =>
      0.035 + 0.05 * Math.max(0, 1 - Math.hypot((x - side * REST_EYE_X) / 0.26, (y - REST_EYE_Y) / 0.24)),
    field: (x, y) => {
      const dy = y - REST_EYE_Y - 0.01;
      const wide = dy > 0 ? 0.265 : 0.25;
      return 0.24 * (1 - Math.hypot((x - side * (REST_EYE_X + 0.01)) / wide, dy / (dy > 0 ? 0.19 : 0.25)));
    },
    columns: 44,
    rows: 24,
  });
  const strap = createPiece();
  addStrap(strap, grid, {
    line: (z, x) => 7.6 - 0.5 * side * x * Math.min(1, Math.max(0.12, (z - 0.5) / 0.8)),
    width: 0.09,
    lift: 0.025 + 0.4 * hairRoom(traits),
    overEars: true,
  });
  const hide = marked(leather([0.06, 0.055, 0.05]), (point) => {
    const edge = point.channels[CHANNEL.extra];
    if (edge > 0.02 && edge < 0.035) paint(point, [0.2, 0.17, 0.14]);
  });
  return [
    finishPiece('eye patch', patch, hide),
    finishPiece('patch strap', strap, leather([0.07, 0.06, 0.05])),
  ];
}

/** A monocle: a golden ring before one eye, with a chain. */
export function monocle(grid: HeadGrid, random: RandomStream): Part[] {
  const side = random.uniform() < 0.5 ? -1 : 1;
  const mount = mountOn(grid, 0.02);
  const radius = 0.215;
  const rim: Rim = { halfWidth: radius, halfHeight: radius, exponent: 2, thickness: 0.028 };
  const piece = createPiece();
  addTube(piece, {
    path: (t, out) => rimPoint(mount, rim, side, 2 * Math.PI * t, 1, out),
    radius: () => rim.thickness,
    segments: 40,
    sides: 6,
    closed: true,
    upright: [0, 0, 1],
  });
  const from = [0, 0, 0];
  rimPoint(mount, rim, side, side > 0 ? -0.5 : Math.PI + 0.5, 1.05, from);
  const cheek = [0, 0, 0];
  addTube(piece, {
    path: (t, out) => {
      facePlace(grid, side * (0.5 + 0.12 * t - 0.1 * t * t), 7.15 - 0.85 * t, 0.04, cheek);
      const hang = Math.min(1, 3 * t);
      for (let k = 0; k < 3; k++) out[k] = from[k] + (cheek[k] - from[k]) * hang;
    },
    radius: (t) => 0.013 + 0.006 * Math.cos(90 * t),
    segments: 46,
    sides: 5,
  });
  return [finishPiece('monocle', piece, metal(GOLD, 0.1))];
}

/** Goggles: two deep round cups with shining lenses, on a broad strap. */
export function goggles(grid: HeadGrid, random: RandomStream, traits: Traits): Part[] {
  const mount = mountOn(grid, 0.03);
  const piece = createPiece();
  const lenses = createPiece();
  const radius = 0.27 * mount.size;
  const profile: readonly (readonly [number, number, number])[] = [
    [1.02, -0.34, 1],
    [1.02, 0.02, 1],
    [1.1, 0.02, 0],
    [1.1, 0.12, 0],
    [0.92, 0.16, 0],
    [0.84, 0.11, 0],
  ];
  for (const side of [-1, 1]) {
    const cx = side * mount.eyeX * 1.02;
    const z0 = mount.depthAt(cx);
    addGrid(piece, {
      columns: 32,
      rows: profile.length - 1,
      closed: true,
      flipped: true,
      place: (u, v, out) => {
        const [share, depth, kind] = profile[Math.round(v * (profile.length - 1))];
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

/** A headset for virtual reality: a closed box before the eyes, a strap around and one over the head. */
export function vrHeadset(grid: HeadGrid, random: RandomStream, traits: Traits): Part[] {
  const mount = mountOn(grid, 0.04);
  const { size } = mount;
  const piece = createPiece();
  const front = mount.depthAt(0);
  const halfWidth = 0.74 * size;
  const halfHeight = 0.36 * size;
  const deep = random.between(0.3, 0.42) * size;
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
  const dark = mixColor(body, BLACK, 0.85);
  const box = marked(lacquer(body, 0.4), (point) => {
    const ax = Math.abs(point.x * grid.scale);
    const y = point.y * grid.scale - mount.eyeY - 0.02;
    if (point.nz > 0.8) {
      if (Math.abs(y) < 0.2 * size && ax < 0.6 * size) paint(point, dark);
      const camera = Math.hypot(ax - 0.42 * size, y);
      if (camera < 0.06 * size) paint(point, [0.35, 0.4, 0.5]);
    }
  });
  return [finishPiece('vr headset', piece, byExtra(box, cloth([0.09, 0.09, 0.1], 0.1)))];
}
