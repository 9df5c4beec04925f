import type { RandomStream } from '../../tensor/random.ts';
import { fractalNoise, valueNoise } from '../noise.ts';
import type { Traits } from '../traits.ts';
import { skullHollows, skullTeeth } from './face-paint/skeleton-paint.ts';
import { furLayer } from './fur-layer.ts';
import { clownLayer } from './clown-layer.ts';
import { smoothStep } from './regions.ts';
import { robotLayer } from './robot-layer.ts';
import { mixRgb, type Rgb, type SkinColors } from './skin-colors.ts';
import { darken, lean, paint, type SkinLayer } from './skin-layer.ts';

/** What a character's skin has and a person's has not; null for people. */
export function characterLayer(traits: Traits, colors: SkinColors, random: RandomStream): SkinLayer | null {
  switch (traits.character) {
    case 'orc':
    case 'goblin':
      return hideLayer(colors, random);
    case 'alien':
      return alienLayer(colors, random);
    case 'gray alien':
      return grayAlienLayer();
    case 'demon':
      return demonLayer(random);
    case 'vampire':
      return vampireLayer(random);
    case 'zombie':
      return zombieLayer(random);
    case 'skull':
      return skullLayer(random);
    case 'robot':
      return robotLayer(random);
    case 'clown':
      return clownLayer(random);
    default:
      return furLayer(traits, random);
  }
}

/** Thick green hide: dark blotches, warts, paler muzzle. */
function hideLayer(colors: SkinColors, random: RandomStream): SkinLayer {
  const shift = random.between(0, 50);
  const dark: Rgb = [colors.skin[0] * 0.6, colors.skin[1] * 0.68, colors.skin[2] * 0.6];
  return (point, x, y, z) => {
    const blotch = fractalNoise(x * 3.5 + shift, y * 3.5, z * 3.5, 2);
    paint(point, dark, 0.65 * smoothStep(blotch, 0.12, 0.5));
    const rough = valueNoise(x * 22 + shift, y * 22, z * 22);
    const wart = smoothStep(rough, 0.62, 0.85);
    paint(point, dark, 0.5 * wart);
    lean(point, 0.16 * rough, -0.12 * rough);
  };
}

/** Smooth skin with dark spots over skull and temples and a pale face. */
function alienLayer(colors: SkinColors, random: RandomStream): SkinLayer {
  const shift = random.between(0, 50);
  const spot: Rgb = [colors.skin[0] * 0.35, colors.skin[1] * 0.62, colors.skin[2] * 0.6];
  const pale = mixRgb(colors.skin, [0.85, 1, 0.7], 0.35);
  return (point, x, y, z) => {
    const face = Math.exp(-((x / 0.4) ** 2) - ((y - 6.95) / 0.5) ** 2) * smoothStep(z, 0.8, 1.3);
    paint(point, pale, 0.8 * face);
    const spots = fractalNoise(x * 6 + z * 4 + shift, y * 7 - x * 3, z * 6 + y * 3, 2);
    const crown = Math.max(smoothStep(y, 7.5, 7.85), smoothStep(z, 1.0, 0.6));
    paint(point, spot, 0.8 * crown * smoothStep(spots, 0.12, 0.26));
  };
}

/** Large slanted black eyes, mirror-smooth, painted over lids and sockets. */
function grayAlienLayer(): SkinLayer {
  const black: Rgb = [0.015, 0.015, 0.02];
  return (point, x, y, z) => {
    if (z < 0.7 || y < 6.9 || y > 7.7) return;
    const side = Math.abs(x) - 0.32;
    const slant = 0.42;
    const u = (side + slant * (y - 7.29)) / 0.25;
    const v = (y - 7.29 - slant * side) / (0.165 * (1 - 0.25 * Math.abs(u)));
    const eye = smoothStep(Math.sqrt(u * u + v * v), 1.04, 0.94);
    if (eye <= 0) return;
    paint(point, black, eye);
    point.gloss += (0.95 - point.gloss) * eye;
    point.shininess += (60 - point.shininess) * eye;
  };
}

/** Charred creases like cooled lava, darker toward skull and jaw. */
function demonLayer(random: RandomStream): SkinLayer {
  const shift = random.between(0, 50);
  return (point, x, y, z) => {
    const ridge = 1 - Math.abs(fractalNoise(x * 4 + shift, y * 4, z * 4, 2)) * 6;
    const crease = smoothStep(ridge, 0.2, 0.9);
    darken(point, 0.42, 0.75 * crease);
    const rim = Math.max(smoothStep(y, 7.9, 8.3), smoothStep(z, 0.7, 0.2));
    darken(point, 0.5, 0.7 * rim);
    lean(point, 0.2 * crease, 0.2 * crease);
  };
}

/** Bluish veins at the temples and under thin white skin. */
function vampireLayer(random: RandomStream): SkinLayer {
  const shift = random.between(0, 50);
  const vein: Rgb = [0.55, 0.55, 0.7];
  return (point, x, y, z) => {
    const side = Math.abs(x);
    const where = Math.max(
      smoothStep(side, 0.4, 0.6) *
        smoothStep(y, 7.2, 7.4) *
        smoothStep(y, 7.9, 7.7) *
        smoothStep(z, 0.7, 0.9),
      Math.exp(-(((side - 0.32) / 0.16) ** 2) - ((y - 7.08) / 0.09) ** 2),
    );
    if (where < 0.02) return;
    const ridge = Math.abs(fractalNoise(x * 5 + shift, y * 5, z * 5, 2));
    paint(point, vein, 0.6 * where * smoothStep(ridge, 0.07, 0.01));
  };
}

/** Rot: dark and raw patches with ragged rims, veins, dried blood around the mouth. */
function zombieLayer(random: RandomStream): SkinLayer {
  const shift = random.between(0, 80);
  const rot: Rgb = [0.25, 0.21, 0.13];
  const raw: Rgb = [0.38, 0.07, 0.055];
  const vein: Rgb = [0.25, 0.33, 0.27];
  return (point, x, y, z) => {
    const patch = fractalNoise(x * 2.2 + z * 1.4 + shift, y * 2.4 - x * 1.1, z * 2.2 + y * 0.9, 3);
    const decayed = smoothStep(patch, 0.16, 0.28);
    const open = smoothStep(patch, 0.4, 0.46);
    paint(point, rot, 0.85 * decayed);
    paint(point, raw, 0.9 * open);
    lean(point, 0.5 * decayed * (1 - open) * valueNoise(x * 15, y * 15, z * 15), -0.3 * open * patch);
    point.gloss = Math.max(point.gloss, 0.4 * open);
    const ridge = Math.abs(fractalNoise(x * 4.5, y * 4.5 + shift, z * 4.5, 2));
    paint(point, vein, 0.6 * smoothStep(ridge, 0.06, 0.01) * (1 - decayed));
    const mouth =
      Math.sqrt((x / 0.3) ** 2 + ((y - 6.55) / 0.16) ** 2) + 0.5 * valueNoise(x * 8 + shift, y * 8, 1);
    paint(point, raw, 0.75 * smoothStep(mouth, 1, 0.6) * smoothStep(z, 1.1, 1.3));
  };
}

/** Bone: hollows of sockets and nose, rows of teeth, sutures and stains. */
function skullLayer(random: RandomStream): SkinLayer {
  const shift = random.between(0, 50);
  const black: Rgb = [0.02, 0.017, 0.015];
  const stain: Rgb = [0.58, 0.47, 0.3];
  const enamel: Rgb = [0.95, 0.92, 0.82];
  return (point, x, y, z) => {
    const old = fractalNoise(x * 3 + shift, y * 3, z * 3, 2);
    paint(point, stain, 0.45 * smoothStep(old, 0.05, 0.5));
    const suture = Math.abs(fractalNoise(x * 5 + shift, y * 5, z * 5, 2)) * 14;
    paint(point, stain, 0.5 * smoothStep(suture, 0.5, 0.1) * smoothStep(y, 7.6, 7.9));
    paint(point, enamel, 0.85 * skullTeeth(x, y, z));
    const hollow = skullHollows(x, y, z);
    paint(point, black, hollow);
    point.gloss *= 1 - hollow;
  };
}
