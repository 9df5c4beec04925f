import type { RandomStream } from '../../tensor/random.ts';
import type { Traits } from '../traits.ts';

/** Red, green, blue in [0, 1] as seen under white light. */
export type Rgb = readonly [number, number, number];

/** The colors one person's skin is mixed from. */
export interface SkinColors {
  readonly skin: Rgb;
  /** Cheeks, nose tip, ears, lids: where blood shows. */
  readonly flush: Rgb;
  /** How much of `flush` shows, in [0, 1]. */
  readonly flushStrength: number;
  /** Eye sockets and the skin under the eyes. */
  readonly socket: Rgb;
  readonly socketStrength: number;
  readonly lips: Rgb;
  readonly insideMouth: Rgb;
  readonly hair: Rgb;
  readonly brows: Rgb;
}

const SKIN: Readonly<Record<Traits['skin'], Rgb>> = {
  pale: [0.96, 0.83, 0.77],
  fair: [0.92, 0.73, 0.63],
  tanned: [0.86, 0.6, 0.44],
  olive: [0.75, 0.61, 0.45],
  'light brown': [0.67, 0.46, 0.32],
  brown: [0.49, 0.32, 0.22],
  dark: [0.31, 0.2, 0.145],
};

/** Skins that do not follow the `skin` trait. */
const CHARACTER_SKIN: Partial<Readonly<Record<Traits['character'], Rgb>>> = {
  orc: [0.31, 0.5, 0.19],
  goblin: [0.52, 0.66, 0.2],
  alien: [0.4, 0.78, 0.36],
  'gray alien': [0.62, 0.65, 0.67],
  demon: [0.76, 0.11, 0.08],
  vampire: [0.93, 0.91, 0.91],
  zombie: [0.5, 0.59, 0.42],
  skull: [0.9, 0.85, 0.72],
  robot: [0.66, 0.7, 0.75],
  lion: [0.82, 0.6, 0.32],
  ape: [0.24, 0.19, 0.17],
};

const HAIR: Readonly<Record<Traits['hairColor'], Rgb>> = {
  black: [0.07, 0.06, 0.06],
  'dark brown': [0.2, 0.12, 0.075],
  brown: [0.36, 0.22, 0.12],
  blond: [0.84, 0.67, 0.36],
  red: [0.64, 0.24, 0.08],
  gray: [0.56, 0.56, 0.56],
  white: [0.91, 0.9, 0.88],
  blue: [0.13, 0.28, 0.8],
  pink: [0.95, 0.42, 0.66],
  green: [0.15, 0.62, 0.25],
  purple: [0.47, 0.17, 0.66],
};

const LIPSTICK: Readonly<Record<Exclude<Traits['lipColor'], 'natural'>, Rgb>> = {
  red: [0.82, 0.05, 0.09],
  pink: [0.95, 0.38, 0.55],
  purple: [0.45, 0.12, 0.5],
  black: [0.07, 0.055, 0.065],
  blue: [0.12, 0.26, 0.78],
};

/** Base skin color of the traits, before a person's own variation. */
export function skinTone(traits: Traits): Rgb {
  if (traits.character === 'cat' || traits.character === 'wolf') return furTone(traits);
  return CHARACTER_SKIN[traits.character] ?? SKIN[traits.skin];
}

/** Color of a furred character's coat: cats and wolves go by the hair color, the natural ones of it. */
export function furTone(traits: Traits): Rgb {
  if (traits.character === 'lion') return CHARACTER_SKIN.lion ?? SKIN.tanned;
  if (traits.character === 'ape') return traits.hairColor === 'red' ? [0.6, 0.28, 0.1] : [0.17, 0.135, 0.115];
  if (traits.character === 'wolf') {
    if (traits.hairColor === 'white') return [0.88, 0.88, 0.87];
    if (traits.hairColor === 'black') return [0.16, 0.16, 0.17];
    if (traits.hairColor === 'brown' || traits.hairColor === 'red') return [0.46, 0.36, 0.27];
    return [0.47, 0.48, 0.5];
  }
  switch (traits.hairColor) {
    case 'red':
    case 'blond':
      return [0.88, 0.55, 0.24];
    case 'white':
      return [0.93, 0.92, 0.9];
    case 'black':
      return [0.12, 0.11, 0.12];
    case 'brown':
    case 'dark brown':
      return [0.5, 0.37, 0.26];
    default:
      return [0.55, 0.55, 0.57];
  }
}

/** Mixes one person's colors: the tone of the traits with a variation in lightness and hue of their own. */
export function skinColors(traits: Traits, random: RandomStream): SkinColors {
  const tone = skinTone(traits);
  const human = CHARACTER_SKIN[traits.character] === undefined;
  const light = random.between(0.95, 1.05);
  const warm = random.normal() * (human ? 0.014 : 0.025);
  const skin = clampRgb([
    tone[0] * light + warm,
    tone[1] * light + random.normal() * 0.012,
    tone[2] * light - warm + random.normal() * 0.012,
  ]);
  const bloodless = ['vampire', 'zombie', 'gray alien', 'skull', 'robot', 'cat', 'lion', 'ape', 'wolf'];
  const flushed = bloodless.includes(traits.character) ? 0 : random.between(0.35, 0.75);
  const hair = varied(HAIR[traits.hairColor], random);
  return {
    skin,
    flush: flushOf(skin, traits),
    flushStrength: flushed,
    socket: socketOf(skin, traits),
    socketStrength: socketStrengthOf(traits, random),
    lips: lipsOf(skin, traits, random),
    insideMouth: insideOf(skin, traits),
    hair,
    brows: browsOf(skin, hair, traits, random),
  };
}

function insideOf(skin: Rgb, traits: Traits): Rgb {
  if (traits.character === 'skull' || traits.character === 'robot') return [0.03, 0.025, 0.025];
  if (['cat', 'lion', 'wolf', 'ape'].includes(traits.character)) return [0.14, 0.06, 0.06];

  return mixRgb(skin, [0.35, 0.06, 0.07], 0.75);
}

function flushOf(skin: Rgb, traits: Traits): Rgb {
  if (traits.character === 'orc' || traits.character === 'goblin')
    return [skin[0] * 1.2, skin[1] * 0.88, skin[2] * 0.8];
  if (traits.character === 'alien') return [skin[0] * 0.8, skin[1] * 0.9, skin[2] * 1.2];
  if (traits.character === 'demon') return [skin[0] * 0.7, skin[1] * 0.5, skin[2] * 0.6];
  return clampRgb([skin[0] * 1.03, skin[1] * 0.74, skin[2] * 0.72]);
}

function socketOf(skin: Rgb, traits: Traits): Rgb {
  switch (traits.character) {
    case 'vampire':
      return [0.42, 0.25, 0.36];
    case 'zombie':
      return [0.18, 0.15, 0.14];
    case 'demon':
      return [0.2, 0.02, 0.03];
    case 'gray alien':
      return [0.34, 0.36, 0.39];
    default:
      return [skin[0] * 0.68, skin[1] * 0.58, skin[2] * 0.6];
  }
}

function socketStrengthOf(traits: Traits, random: RandomStream): number {
  if (traits.character === 'zombie' || traits.character === 'vampire') return 0.8;
  if (traits.character === 'demon') return 0.7;
  const aged =
    traits.age === 'old' || traits.age === 'very old' ? 0.25 : traits.age === 'middle-aged' ? 0.12 : 0;
  return random.between(0.1, 0.32) + aged;
}

function lipsOf(skin: Rgb, traits: Traits, random: RandomStream): Rgb {
  if (traits.lipColor !== 'natural') return varied(LIPSTICK[traits.lipColor], random);
  switch (traits.character) {
    case 'vampire':
      return [0.66, 0.03, 0.08];
    case 'clown':
      return [0.85, 0.06, 0.07];
    case 'zombie':
      return [0.27, 0.24, 0.25];
    case 'gray alien':
    case 'alien':
    case 'orc':
    case 'goblin':
    case 'demon':
      return [skin[0] * 0.72, skin[1] * 0.66, skin[2] * 0.7];
    case 'robot':
      return [0.36, 0.38, 0.42];
    case 'cat':
    case 'lion':
    case 'wolf':
    case 'ape':
      return [0.12, 0.09, 0.09];
    default: {
      // Light lips redden with blood; dark ones are brown with a rosy middle.
      const rosy = traits.gender === 'female' ? 1 : 0.7;
      const target: Rgb = [skin[0] * 0.92, skin[1] * 0.56, skin[2] * 0.58];
      return mixRgb(skin, target, rosy * random.between(0.85, 1));
    }
  }
}

function browsOf(skin: Rgb, hair: Rgb, traits: Traits, random: RandomStream): Rgb {
  const dyed = ['blue', 'pink', 'green', 'purple'].includes(traits.hairColor) && random.uniform() < 0.6;
  const natural: Rgb = dyed ? [0.17, 0.11, 0.08] : hair;
  const light = traits.hairColor === 'blond' || traits.hairColor === 'red';
  const darker = light ? mixRgb(natural, [0.3, 0.18, 0.1], 0.45) : mixRgb(natural, [0.06, 0.05, 0.05], 0.25);
  const dark = skin[0] + skin[1] + skin[2] < 1.5 && !light && natural[0] < 0.5 && !dyed;
  const visible = dark ? mixRgb(darker, [0.03, 0.025, 0.025], 0.7) : darker;
  const old = traits.age === 'very old' ? 0.75 : traits.age === 'old' ? 0.5 : 0;
  return mixRgb(visible, [0.66, 0.65, 0.64], old);
}

function varied(color: Rgb, random: RandomStream): Rgb {
  const light = random.between(0.92, 1.08);
  return clampRgb([color[0] * light, color[1] * light, color[2] * light]);
}

/** `a` where `share` is 0, `b` where it is 1. */
export function mixRgb(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

function clampRgb(color: Rgb): Rgb {
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  return [clamp(color[0]), clamp(color[1]), clamp(color[2])];
}
