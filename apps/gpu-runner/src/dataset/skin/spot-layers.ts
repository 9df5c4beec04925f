import type { RandomStream } from '../../tensor/random.ts';
import { valueNoise } from '../noise.ts';
import { smoothStep } from './regions.ts';
import { mixRgb, type Rgb, type SkinColors } from './skin-colors.ts';
import { lean, paint, type SkinLayer } from './skin-layer.ts';

/** One spot at most in each cell of a grid over the face as seen from the front. */
interface Spots {
  /** Cells per decimeter. */
  readonly density: number;
  /** Share of cells with a spot, and the spots' greatest radius in cells. */
  readonly filled: number;
  readonly radius: number;
  readonly seed: number;
}

interface SpotHit {
  /** 1 in a spot's middle, 0 at its rim and outside. */
  inside: number;
  dx: number;
  dy: number;
}

function spotsAt(spots: Spots, x: number, y: number, hit: SpotHit): void {
  const u = x * spots.density + 0.4 * valueNoise(x * 3, y * 3, spots.seed);
  const v = y * spots.density;
  const cellX = Math.floor(u);
  const cellY = Math.floor(v);
  const chance = valueNoise(cellX, cellY, spots.seed);
  hit.inside = 0;
  if (chance > spots.filled * 2 - 1) return;
  const size = spots.radius * (0.72 + 0.28 * valueNoise(cellX, cellY, spots.seed + 1));
  const room = 0.5 - size;
  hit.dx = u - cellX - 0.5 - room * valueNoise(cellX, cellY, spots.seed + 2);
  hit.dy = v - cellY - 0.5 - room * valueNoise(cellX, cellY, spots.seed + 3);
  hit.inside = Math.max(0, 1 - Math.sqrt(hit.dx * hit.dx + hit.dy * hit.dy) / size);
}

/** Small brown spots over nose and cheeks. */
export function frecklesLayer(colors: SkinColors, random: RandomStream): SkinLayer {
  const seed = random.integer(0, 500);
  const coarse: Spots = { density: 15, filled: 0.72, radius: 0.36, seed };
  const fine: Spots = { density: 25, filled: 0.6, radius: 0.36, seed: seed + 50 };
  const hit: SpotHit = { inside: 0, dx: 0, dy: 0 };
  const [red, green, blue] = colors.skin;
  const color: Rgb = [red * 0.66, green * 0.44, blue * 0.32];
  return (point, x, y, z) => {
    if (y < 6.65 || y > 7.75 || z < 0.8) return;
    const band = Math.exp(-(((y - 7.02) / 0.2) ** 2)) * smoothStep(z, 0.85, 1.15);
    const rest = 0.35 * smoothStep(z, 1.0, 1.3);
    const strength = Math.max(band, rest);
    spotsAt(coarse, x, y, hit);
    let share = smoothStep(hit.inside, 0.05, 0.45);
    spotsAt(fine, x, y, hit);
    share = Math.max(share, 0.75 * smoothStep(hit.inside, 0.05, 0.45));
    paint(point, color, 0.85 * share * strength);
  };
}

const PUS: Rgb = [0.95, 0.86, 0.7];

/** Inflamed pimples on forehead, cheeks and chin. */
export function acneLayer(colors: SkinColors, random: RandomStream): SkinLayer {
  const spots: Spots = { density: 7.5, filled: 0.62, radius: 0.34, seed: random.integer(0, 500) };
  const hit: SpotHit = { inside: 0, dx: 0, dy: 0 };
  const halo = mixRgb(colors.skin, [0.86, 0.2, 0.17], 0.6);
  const core = mixRgb(colors.skin, [0.78, 0.1, 0.1], 0.8);
  return (point, x, y, z) => {
    if (y < 6.15 || y > 7.95 || z < 0.75) return;
    const side = Math.abs(x);
    if (y > 7.12 && y < 7.5) return;
    if (side < 0.3 && y > 6.46 && y < 6.74) return;
    spotsAt(spots, x, y, hit);
    if (hit.inside <= 0) return;
    paint(point, halo, 0.8 * smoothStep(hit.inside, 0, 0.4));
    const bump = smoothStep(hit.inside, 0.35, 0.6);
    paint(point, core, bump * 0.9);
    if (hit.inside > 0.88) paint(point, PUS, 0.45);
    lean(point, -1.3 * hit.dx * bump, -1.3 * hit.dy * bump);
  };
}

/** One or two dark moles at well-known places. */
export function moleLayer(colors: SkinColors, random: RandomStream): SkinLayer {
  const side = random.uniform() < 0.5 ? 1 : -1;
  const places = [
    [0.3, 6.72],
    [0.24, 6.83],
    [0.44, 6.9],
    [0.2, 6.36],
  ] as const;
  const [moleX, moleY] = places[random.integer(0, places.length - 1)];
  const radius = random.between(0.034, 0.046);
  const color = mixRgb(colors.skin, [0.12, 0.06, 0.04], 0.88);
  return (point, x, y, z) => {
    const dx = x - side * moleX;
    const dy = y - moleY;
    const distance = Math.sqrt(dx * dx + dy * dy) / radius;
    if (distance > 1.2 || z < 0.8) return;
    const share = smoothStep(distance, 1.1, 0.75);
    paint(point, color, share);
    lean(point, (-0.5 * dx * share) / radius, (-0.5 * dy * share) / radius);
  };
}
