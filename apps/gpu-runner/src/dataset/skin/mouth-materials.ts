import { valueNoise } from '../noise.ts';
import type { Material, ShadingPoint } from '../part.ts';
import type { Traits } from '../traits.ts';
import { smoothStep } from './regions.ts';
import type { Rgb } from './skin-colors.ts';

/** Teeth: ivory, darker at the gaps and toward the back, dark behind closed lips (`opening` 0). Channels: rest x, y, z. */
export function createTeethMaterial(traits: Traits, opening: number): Material {
  const tone = teethTone(traits);
  const lit = 0.12 + 0.88 * opening;
  return {
    shade(point: ShadingPoint): void {
      const x = point.channels[0];
      const y = point.channels[1];
      const z = point.channels[2];
      const deep = 0.35 + 0.65 * smoothStep(z, 1.0, 1.42);
      const gap = Math.abs(((Math.abs(x) * 14 + 1000.5) % 1) - 0.5);
      const light =
        lit *
        deep *
        (1 - 0.25 * smoothStep(gap, 0.42, 0.5)) *
        (1 + 0.04 * valueNoise(x * 30, y * 30, z * 30));
      point.red = tone[0] * light;
      point.green = tone[1] * light;
      point.blue = tone[2] * light;
      point.gloss = 0.45 * opening;
      point.shininess = 40;
    },
  };
}

/** Tongue: moist, rough, a furrow in the middle, dark behind closed lips (`opening` 0). Channels: rest x, y, z. */
export function createTongueMaterial(traits: Traits, opening: number): Material {
  const tone = tongueTone(traits);
  const lit = 0.3 + 0.7 * opening;
  return {
    shade(point: ShadingPoint): void {
      const x = point.channels[0];
      const y = point.channels[1];
      const z = point.channels[2];
      const rough = valueNoise(x * 50, y * 50, z * 50);
      const light = lit * (1 + 0.08 * rough - 0.25 * Math.exp(-((x / 0.02) ** 2)));
      point.red = tone[0] * light;
      point.green = tone[1] * light;
      point.blue = tone[2] * light;
      point.nx += 0.1 * rough;
      point.gloss = 0.35 * opening;
      point.shininess = 25;
    },
  };
}

function teethTone(traits: Traits): Rgb {
  switch (traits.character) {
    case 'orc':
    case 'goblin':
      return [0.84, 0.76, 0.5];
    case 'zombie':
      return [0.6, 0.53, 0.33];
    case 'skull':
      return [0.93, 0.9, 0.78];
    case 'robot':
      return [0.5, 0.52, 0.55];
    case 'vampire':
      return [0.98, 0.97, 0.95];
    default:
      return traits.age === 'very old' ? [0.88, 0.82, 0.66] : [0.96, 0.94, 0.88];
  }
}

function tongueTone(traits: Traits): Rgb {
  switch (traits.character) {
    case 'demon':
      return [0.2, 0.03, 0.05];
    case 'alien':
      return [0.5, 0.2, 0.6];
    case 'zombie':
      return [0.4, 0.3, 0.32];
    case 'robot':
    case 'skull':
      return [0.1, 0.1, 0.11];
    default:
      return [0.82, 0.36, 0.38];
  }
}
