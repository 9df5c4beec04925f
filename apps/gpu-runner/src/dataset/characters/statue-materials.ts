import type { RandomStream } from '../../tensor/random.ts';
import { fractalNoise, valueNoise } from '../noise.ts';
import type { Material, ShadingPoint } from '../part.ts';
import { smoothStep } from '../skin/regions.ts';
import type { Traits } from '../traits.ts';
import type { Color } from '../wear/colors.ts';

/** Colors one point of a sculpture; `hollow` is add-hollows' depth in decimeters. */
type Substance = (point: ShadingPoint, hollow: number) => void;

/** Wraps a part's own material into one that shows its relief and a trace of its tones in another substance. */
export type Cover = (original: Material, hollowChannel: number) => Material;

/** How much of a part's own light and dark remains, by material. */
const TRACE = 0.4;

/** Chooses one block of a material (its tint, its veins) for a whole head. */
export function sculpted(material: Exclude<Traits['material'], 'flesh'>, random: RandomStream): Cover {
  const substance = SUBSTANCES[material](random);
  return (original, hollowChannel) => ({
    shade(point) {
      original.shade(point);
      const tone = 0.3 * point.red + 0.59 * point.green + 0.11 * point.blue;
      point.emission = 0;
      point.gloss = 0;
      point.metal = 0;
      substance(point, point.channels[hollowChannel]);
      const trace = 1 + TRACE * (Math.min(1, tone) - 0.6);
      point.red *= trace;
      point.green *= trace;
      point.blue *= trace;
    },
  });
}

const SUBSTANCES: Readonly<
  Record<Exclude<Traits['material'], 'flesh'>, (random: RandomStream) => Substance>
> = {
  marble,
  stone,
  bronze,
  gold: (random) => polished([0.98, 0.74, 0.26], random.between(0, 0.25)),
  silver: (random) => polished([0.86, 0.87, 0.9], random.between(0, 0.3)),
  wood,
  clay,
  plastic,
  ice,
};

function marble(random: RandomStream): Substance {
  const shift = random.uniform() * 60;
  const warm = random.between(-0.02, 0.03);
  const vein = random.between(0.4, 0.6);
  return (point, hollow) => {
    const x = point.x + shift;
    const { y, z } = point;
    const bend = 0.7 * fractalNoise(x * 0.9, y * 0.9, z * 0.9, 2);
    const broad = 1 - Math.abs(fractalNoise(x * 0.8 + bend, y * 0.55 + bend, z * 0.8 - bend, 3)) * 9;
    const fine = 1 - Math.abs(valueNoise(x * 2.1 - bend, y * 1.6 + 2 * bend, z * 2.1)) * 14;
    const dark = Math.max(0, broad) * 0.55 + Math.max(0, fine) * 0.28 + dust(hollow) * 0.15;
    paint(point, 0.92 + warm - dark * vein, 0.91 - dark * vein, 0.89 - warm - dark * vein * 0.9);
    point.gloss = 0.3;
    point.shininess = 35;
  };
}

function stone(random: RandomStream): Substance {
  const shift = random.uniform() * 60;
  const sand = random.uniform() < 0.3;
  const base: Color = sand ? [0.68, 0.58, 0.44] : [0.5, 0.5, 0.49];
  return (point, hollow) => {
    const x = point.x + shift;
    const { y, z } = point;
    const blotch = fractalNoise(x * 1.6, y * 1.6, z * 1.6, 3);
    const grain = valueNoise(x * 24, y * 24, z * 24);
    const shade = 1 + 0.25 * blotch + 0.1 * grain - 0.5 * dust(hollow);
    paint(point, base[0] * shade, base[1] * shade, base[2] * shade);
    roughen(point, 15, 0.22, shift);
  };
}

function bronze(random: RandomStream): Substance {
  const shift = random.uniform() * 60;
  const age = random.between(-0.4, 0.12);
  return (point, hollow) => {
    const blotch = fractalNoise(point.x * 1.3 + shift, point.y * 1.3, point.z * 1.3, 3);
    const streak = valueNoise(point.x * 7 + shift, point.y * 0.8, point.z * 7);
    const green =
      smoothStep(age + blotch * 0.9 + streak * 0.25 + hollow * 45 - 0.2 * point.ny, 0.15, 0.55) * 0.85;
    const light = reflection(point);
    const r = 0.5 * light;
    const g = 0.31 * light;
    const b = 0.15 * light;
    const patina = 1 + 0.15 * streak;
    paint(
      point,
      r + (0.3 * patina - r) * green,
      g + (0.52 * patina - g) * green,
      b + (0.43 * patina - b) * green,
    );
    point.gloss = 0.75 * (1 - 0.85 * green);
    point.shininess = 26;
    point.metal = 0.85;
  };
}

function polished(color: Color, tarnish: number): (point: ShadingPoint, hollow: number) => void {
  return (point, hollow) => {
    const worn =
      1 - tarnish * (0.5 + 0.5 * fractalNoise(point.x * 2, point.y * 2, point.z * 2, 2)) - 0.4 * dust(hollow);
    const light = reflection(point) * worn;
    paint(point, color[0] * light, color[1] * light, color[2] * light);
    point.gloss = 0.9;
    point.shininess = 42;
    point.metal = 0.9;
  };
}

function wood(random: RandomStream): Substance {
  const palette: readonly (readonly [Color, Color])[] = [
    [
      [0.72, 0.5, 0.28],
      [0.45, 0.27, 0.13],
    ],
    [
      [0.5, 0.3, 0.17],
      [0.27, 0.14, 0.07],
    ],
    [
      [0.83, 0.66, 0.42],
      [0.6, 0.4, 0.2],
    ],
  ];
  const [light, dark] = palette[random.integer(0, palette.length - 1)];
  // The middle of the trunk lies beside the head, so that the face shows arcs and flames.
  const heartX = random.between(-0.9, 0.9);
  const heartZ = random.between(-0.6, 0.4);
  const lean = random.between(-0.25, 0.25);
  const rings = random.between(5, 7.5);
  return (point) => {
    const { x, y, z } = point;
    const wobble = 0.18 * fractalNoise(x * 1.2, y * 0.5, z * 1.2, 2);
    const radius = Math.hypot(x - heartX - lean * (y - 7.2), z - heartZ) + wobble;
    const year = radius * rings - Math.floor(radius * rings);
    const late = year * year * year * smoothStep(year, 1, 0.9);
    const grain = valueNoise(x * 34, y * 2.2, z * 34);
    const dim = Math.min(1, Math.max(0, late * 0.95 + 0.18 + 0.22 * grain));
    paint(
      point,
      light[0] + (dark[0] - light[0]) * dim,
      light[1] + (dark[1] - light[1]) * dim,
      light[2] + (dark[2] - light[2]) * dim,
    );
    point.gloss = 0.15;
    point.shininess = 16;
  };
}

function clay(random: RandomStream): Substance {
  const shift = random.uniform() * 60;
  const base: Color = random.uniform() < 0.75 ? [0.74, 0.4, 0.26] : [0.62, 0.56, 0.5];
  return (point, hollow) => {
    const x = point.x + shift;
    const { y, z } = point;
    const thumb = valueNoise(x * 3.6, y * 3.6, z * 3.6);
    const shade = 1 + 0.1 * thumb + 0.07 * fractalNoise(x * 9, y * 9, z * 9, 2) - 0.35 * dust(hollow);
    paint(point, base[0] * shade, base[1] * shade, base[2] * shade);
    roughen(point, 3.6, 0.45, shift);
    point.gloss = 0.05;
    point.shininess = 8;
  };
}

function plastic(random: RandomStream): Substance {
  const colors: readonly Color[] = [
    [0.9, 0.08, 0.08],
    [0.08, 0.3, 0.9],
    [0.98, 0.8, 0.05],
    [0.1, 0.72, 0.2],
    [0.98, 0.45, 0.05],
    [0.95, 0.25, 0.6],
    [0.93, 0.93, 0.93],
    [0.5, 0.15, 0.75],
  ];
  const color = colors[random.integer(0, colors.length - 1)];
  return (point) => {
    const facing = Math.max(0, point.nx * point.vx + point.ny * point.vy + point.nz * point.vz);
    const sheen = 0.22 * (1 - facing) ** 3;
    paint(point, color[0] + sheen, color[1] + sheen, color[2] + sheen);
    point.gloss = 0.85;
    point.shininess = 75;
  };
}

function ice(random: RandomStream): Substance {
  const shift = random.uniform() * 60;
  return (point) => {
    const x = point.x + shift;
    const { y, z } = point;
    const facing = Math.max(0, point.nx * point.vx + point.ny * point.vy + point.nz * point.vz);
    const rim = (1 - facing) ** 2;
    const frost = smoothStep(fractalNoise(x * 2.2, y * 2.2, z * 2.2, 3), 0.05, 0.5);
    const crack = Math.max(0, 1 - Math.abs(valueNoise(x * 1.7, y * 1.7, z * 1.7)) * 16);
    const deep = 0.5 + 0.5 * valueNoise(x * 1.1 - point.vx, y * 1.1 - point.vy, z * 1.1 - point.vz);
    const white = Math.min(1, 0.5 * frost + 0.65 * rim + 0.45 * crack);
    const r = 0.5 - 0.16 * deep;
    const g = 0.76 - 0.1 * deep;
    const b = 0.95 - 0.04 * deep;
    paint(point, r + (0.95 - r) * white, g + (0.98 - g) * white, b + (1 - b) * white);
    point.gloss = 1;
    point.shininess = 90;
    point.emission = 0.18;
  };
}

function paint(point: ShadingPoint, red: number, green: number, blue: number): void {
  point.red = Math.min(1, Math.max(0, red));
  point.green = Math.min(1, Math.max(0, green));
  point.blue = Math.min(1, Math.max(0, blue));
}

/** Share of dirt in a hollow of the given depth. */
function dust(hollow: number): number {
  return smoothStep(hollow, 0.001, 0.014);
}

/** What a polished point mirrors of a plain room: a dark floor, a bright ceiling, a window at the side. */
function reflection(point: ShadingPoint): number {
  const { nx, ny, nz, vx, vy, vz } = point;
  const twice = 2 * (nx * vx + ny * vy + nz * vz);
  const x = twice * nx - vx;
  const y = twice * ny - vy;
  const ceiling = smoothStep(y, 0.05, 0.55);
  const floor = smoothStep(y, -0.05, -0.6);
  const window = smoothStep(x, 0.35, 0.6) * smoothStep(x, 0.95, 0.7) * smoothStep(Math.abs(y), 0.6, 0.3);
  return 0.66 + 0.42 * ceiling - 0.2 * floor + 0.5 * window;
}

/** Bends the normal by noise with features of 1 / `frequency` decimeters. */
function roughen(point: ShadingPoint, frequency: number, strength: number, shift: number): void {
  const x = point.x * frequency + shift;
  const y = point.y * frequency;
  const z = point.z * frequency;
  const nx = point.nx + strength * valueNoise(x, y, z);
  const ny = point.ny + strength * valueNoise(x + 31.7, y, z);
  const nz = point.nz + strength * valueNoise(x, y + 31.7, z);
  const scale = 1 / (Math.hypot(nx, ny, nz) || 1);
  point.nx = nx * scale;
  point.ny = ny * scale;
  point.nz = nz * scale;
}
