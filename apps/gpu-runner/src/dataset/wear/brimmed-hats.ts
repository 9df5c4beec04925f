import type { RandomStream } from '../../tensor/random.ts';
import { valueNoise } from '../noise.ts';
import type { Material, Part } from '../part.ts';
import { addGrid } from './add-grid.ts';
import { addLathe } from './add-lathe.ts';
import { BLACK, type Color, GOLD, mixColor, scaleColor, WHITE } from './colors.ts';
import { type Band, bandPoint, bandReach, fitBand } from './fit-band.ts';
import type { HeadGrid } from './head-grid.ts';
import { bend, byExtra, felt, leather, marked, paint, placeU, straw } from './materials.ts';
import { CHANNEL, createPiece, finishPiece, type Piece } from './piece.ts';

const STRAW: Color = [0.88, 0.74, 0.44];
const RIBBONS: readonly Color[] = [BLACK, [0.6, 0.08, 0.1], [0.12, 0.2, 0.5], WHITE];

/** A brim around a band, with an upper and a lower side. */
interface BrimSpec {
  readonly width: (u: number) => number;
  /** Height above the band at azimuth u and share t of the width. */
  readonly rise: (u: number, t: number) => number;
  readonly extra?: number;
  readonly thickness?: number;
}

/** Adds a brim: v runs out along its upper side (0 … 1) and back along the lower one (… 2). */
function addBrim(piece: Piece, band: Band, spec: BrimSpec): void {
  const { width, rise, extra = 1, thickness = 0.03 } = spec;
  addGrid(piece, {
    columns: 60,
    rows: 12,
    closed: true,
    vRange: [0, 2],
    place: (u, v, out) => {
      const t = v < 1 ? v : 2 - v;
      const under = v > 1 ? thickness * Math.min(1, (1 - t) * 8) : 0;
      bandPoint(band, u, 1, 0.02 + width(u) * t, rise(u, t) - under, out);
      out[3] = extra;
    },
  });
}

/** Adds a ribbon around the foot of a crown. */
function addRibbon(piece: Piece, band: Band, height: number, extra: number, lean = 0): void {
  addLathe(piece, band, {
    profile: [
      [1, 0.03 + lean, height],
      [1, 0.05 + lean, 0.02],
    ],
    extra,
  });
}

function hat(name: string, piece: Piece, ...materials: readonly Material[]): Part[] {
  return [finishPiece(name, piece, byExtra(...materials))];
}

/** The ribbon of a hat of `color`: dark on light hats, light or colored on dark ones. */
function ribbonColor(color: Color, random: RandomStream): Color {
  const light = color[0] + color[1] + color[2] > 0.8;
  const choices: readonly Color[] = light
    ? [BLACK, [0.35, 0.05, 0.08], [0.1, 0.12, 0.3]]
    : [[0.6, 0.08, 0.1], WHITE, GOLD];
  return choices[random.integer(0, 2)];
}

/** A top hat: a tall cylinder, wider at the top, with a ribbon and a curled brim. */
export function topHat(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.78, 7.48, 0.07);
  const piece = createPiece();
  const top = band.crownHeight + random.between(0.35, 0.65);
  const flare = random.between(0, 0.12);
  addLathe(piece, band, {
    profile: [
      [0, 0, top + 0.02],
      [0.5, flare, top + 0.02],
      [1, flare, top],
    ],
  });
  addLathe(piece, band, {
    profile: [
      [1, flare, top],
      [1, flare * 0.35 - 0.03, top * 0.66],
      [1, -0.03, top * 0.33],
      [1, 0.02, 0],
    ],
    smooth: 2,
  });
  addRibbon(piece, band, 0.26, 2);
  addBrim(piece, band, { width: () => 0.36, rise: (u, t) => (0.2 * Math.sin(u) ** 2 - 0.03) * t * t });
  const silk: Material = marked(felt(color), (point) => {
    point.gloss = 0.3;
    point.shininess = 14;
  });
  return hat('top hat', piece, silk, silk, felt(ribbonColor(color, random)));
}

/** A bowler: a hard round dome and a narrow brim that curls up. */
export function bowlerHat(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.78, 7.48, 0.07);
  const piece = createPiece();
  const top = band.crownHeight + 0.14;
  addGrid(piece, {
    columns: 48,
    rows: 14,
    closed: true,
    place: (u, v, out) => {
      const height = top * Math.cos((Math.PI / 2) * v);
      const round = Math.sin((Math.PI / 2) * v) ** 0.72;
      bandPoint(band, u, Math.max(round, v * bandReach(band, height)), 0.04 * v, height, out);
    },
  });
  addRibbon(piece, band, 0.2, 2, 0.02);
  addBrim(piece, band, {
    width: () => 0.28,
    rise: (u, t) => t * t * (0.06 + 0.14 * Math.sin(u) ** 2),
    thickness: 0.05,
  });
  return hat('bowler hat', piece, felt(color), felt(color), felt(ribbonColor(color, random)));
}

/** A cowboy hat: a creased crown and a wide brim rolled up at the sides. */
export function cowboyHat(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.78, 7.48, 0.08);
  const piece = createPiece();
  const top = band.crownHeight + random.between(0.3, 0.42);
  const curl = random.between(0.28, 0.42);
  addGrid(piece, {
    columns: 48,
    rows: 16,
    closed: true,
    place: (u, v, out) => {
      const height = top * (1 - Math.max(0, (v - 0.28) / 0.72) ** 1.4);
      const scale = v < 0.28 ? (0.7 * v) / 0.28 : 0.7 + 0.3 * ((v - 0.28) / 0.72) ** 0.7;
      bandPoint(band, u, scale, 0.02, height, out);
      // The gutter along the top and a pinch on either side of the front.
      const across = Math.sin(u) * scale;
      const dent = 0.26 * Math.exp(-((across / 0.2) ** 2)) * Math.max(0, 1 - v / 0.42);
      const pinch = 0.16 * Math.exp(-(((Math.abs(u > Math.PI ? u - 2 * Math.PI : u) - 0.65) / 0.35) ** 2));
      const high = Math.sin(Math.PI * Math.min(1, Math.max(0, (v - 0.1) / 0.8)));
      for (let k = 0; k < 3; k++) {
        out[k] -= dent * band.up[k];
        out[k] -= pinch * high * Math.sign(Math.sin(u)) * band.right[k];
      }
    },
  });
  addRibbon(piece, band, 0.18, 2, 0.01);
  addBrim(piece, band, {
    width: (u) => 0.66 - 0.1 * Math.sin(u) ** 2,
    rise: (u, t) => t * t * (1.25 * curl * Math.sin(u) ** 2 - 0.16 * Math.cos(u) ** 2),
  });
  const base = random.uniform() < 0.5 ? leather(color) : felt(color);
  return hat('cowboy hat', piece, base, base, leather(ribbonColor(color, random)));
}

/** A straw hat: plaited, wide and a little wavy, with a ribbon. */
export function strawHat(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.78, 7.48, 0.08);
  const piece = createPiece();
  const top = band.crownHeight + 0.12;
  addLathe(piece, band, {
    profile: [
      [0, 0, top],
      [0.45, 0, top],
      [0.8, 0, top - 0.08],
      [0.94, 0.02, top * 0.66],
      [1, 0.03, top * 0.3],
      [1, 0.03, 0],
    ],
    smooth: 3,
  });
  addRibbon(piece, band, 0.2, 2, 0.02);
  const wide = random.between(0.6, 0.8);
  const wave = random.between(0.01, 0.05);
  const phase = random.between(0, 6);
  addBrim(piece, band, {
    width: () => wide,
    rise: (u, t) => t * (wave * Math.sin(3 * u + phase) - 0.14 * t),
  });
  const stalks = mixColor(color, STRAW, 0.62);
  return hat('straw hat', piece, straw(stalks, 14), straw(stalks, 9), felt(RIBBONS[random.integer(0, 3)]));
}

/** A wizard's hat: a tall bent cone with stars and a wide floppy brim. */
export function wizardHat(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.78, 7.48, 0.08);
  const piece = createPiece();
  const top = band.crownHeight + 0.78;
  const side = random.between(-0.3, 0.3);
  const back = random.between(-0.45, -0.1);
  addLathe(piece, band, {
    profile: [
      [0, 0, top],
      [0.13, 0, top * 0.86],
      [0.4, 0.02, top * 0.6],
      [0.82, 0.04, top * 0.36],
      [0.98, 0.04, top * 0.15],
      [1, 0.04, 0],
    ],
    smooth: 4,
    columns: 40,
    warp: (u, v, out) => {
      const lean = Math.max(0, 0.62 - v) ** 2 * 2.6;
      const crease = 0.03 * Math.sin(v * 22 + 1.5 * Math.sin(u)) * Math.sin(Math.PI * v);
      for (let k = 0; k < 3; k++) {
        out[k] += lean * (side * band.right[k] + back * band.forward[k]);
        out[k] += crease * (Math.sin(u) * band.right[k] + Math.cos(u) * band.forward[k]);
      }
    },
  });
  addRibbon(piece, band, 0.2, 2, 0.04);
  const phase = random.between(0, 6);
  addBrim(piece, band, {
    width: () => 0.58,
    rise: (u, t) => t * (0.05 * Math.sin(2 * u + phase) + 0.03 * Math.sin(5 * u) - 0.12 * t),
  });
  const starry = marked(felt(color), (point) => {
    const v = point.channels[CHANNEL.v];
    if (star((placeU(point) * 2.6) / Math.PI + 0.25, v * 3.6, 1 - 0.25 * v)) {
      paint(point, [0.97, 0.86, 0.3]);
      point.emission = 0.15;
    }
  });
  return hat('wizard hat', piece, starry, felt(color), leather([0.85, 0.66, 0.2]));
}

/** Whether (x, y) lies on one of the five-pointed stars strewn over the unit cells of a plane. */
function star(x: number, y: number, stretch: number): boolean {
  const cellX = Math.floor(x);
  const cellY = Math.floor(y);
  const dx = (x - cellX - 0.5 - 0.18 * valueNoise(cellX * 7.3, cellY * 3.1, 1)) / stretch;
  const dy = y - cellY - 0.5 - 0.18 * valueNoise(cellX * 5.1, cellY * 9.7, 4);
  const fifth = (Math.PI * 2) / 5;
  const angle = Math.abs(((((Math.atan2(dx, -dy) / fifth + 0.5) % 1) + 1) % 1) - 0.5) * 2;
  return Math.hypot(dx, dy) < 0.36 - 0.22 * angle;
}

/** A pirate's hat: the brim stands up before and behind, a skull on the front, a light trim along the edge. */
export function pirateHat(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.78, 7.48, 0.08);
  const piece = createPiece();
  const top = band.crownHeight + 0.12;
  addLathe(piece, band, {
    profile: [
      [0, 0, top],
      [0.6, 0, top - 0.1],
      [0.92, 0.02, top * 0.55],
      [1, 0.02, 0],
    ],
    smooth: 3,
  });
  const corners = random.uniform() < 0.5 ? 2 : 3;
  const height = random.between(0.82, 1.02);
  // Two corners point sideways; of three, one points back.
  const front = corners === 2;
  const lift = (u: number): number =>
    front ? Math.abs(Math.cos(u)) ** 0.8 : 1 - 0.85 * Math.abs(Math.sin(1.5 * u)) ** 4;
  addBrim(piece, band, {
    width: (u) => 0.16 + 0.62 * (1 - lift(u)) ** 1.2,
    rise: (u, t) => t * (0.12 + (height - 0.12) * lift(u)) * (front ? 1 : 0.8),
    thickness: 0.04,
  });
  const trim = random.uniform() < 0.5 ? GOLD : WHITE;
  const edge = marked(felt(color), (point) => {
    const v = point.channels[CHANNEL.v];
    if (Math.abs(v - 1) < 0.07) {
      paint(point, trim);
      bend(point, 0, (v - 1) * 6);
    } else if (v > 1 && skull(placeU(point) * 2.1, (1.53 - v) * 1.9)) paint(point, WHITE);
  });
  return hat('pirate hat', piece, felt(mixColor(color, BLACK, 0.15)), edge, felt(scaleColor(color, 0.6)));
}

/** Whether (x, y), y up and the mark about one unit high, lies on a skull over crossed bones. */
function skull(x: number, y: number): boolean {
  const ax = Math.abs(x);
  const head = Math.hypot(x, (y - 0.22) * 1.1) < 0.34 || (ax < 0.19 && y > -0.28 && y < 0);
  const eyes = Math.hypot(ax - 0.13, y - 0.2) < 0.09;
  const nose = ax < 0.035 && Math.abs(y - 0.03) < 0.05;
  const teeth = y < -0.1 && ax < 0.17 && Math.abs(((ax * 14 + 0.5) % 1) - 0.5) < 0.14;
  const bones = y < -0.12 && Math.abs(Math.abs(y + 0.4) - 0.45 * ax) < 0.06 && ax < 0.55;
  return (head && !eyes && !nose && !teeth) || bones;
}
