import type { RandomStream } from '../../tensor/random.ts';
import type { Traits } from '../traits.ts';
import { tightlyCurled } from './tightly-curled.ts';
import type { HairLook } from './strand-material.ts';

type Color = readonly [number, number, number];

/** Albedo of each hair color, and of its lighter or darker strands. */
const COLORS: { readonly [C in Traits['hairColor']]: { readonly color: Color; readonly streak: Color } } = {
  black: { color: [0.065, 0.056, 0.058], streak: [0.15, 0.13, 0.135] },
  'dark brown': { color: [0.15, 0.09, 0.06], streak: [0.22, 0.13, 0.08] },
  brown: { color: [0.31, 0.18, 0.1], streak: [0.42, 0.26, 0.14] },
  blond: { color: [0.82, 0.64, 0.33], streak: [0.93, 0.81, 0.54] },
  red: { color: [0.6, 0.22, 0.07], streak: [0.74, 0.34, 0.12] },
  gray: { color: [0.54, 0.53, 0.53], streak: [0.7, 0.69, 0.69] },
  white: { color: [0.9, 0.89, 0.87], streak: [0.97, 0.96, 0.95] },
  blue: { color: [0.1, 0.24, 0.74], streak: [0.22, 0.42, 0.9] },
  pink: { color: [0.93, 0.4, 0.63], streak: [0.98, 0.6, 0.76] },
  green: { color: [0.14, 0.58, 0.2], streak: [0.36, 0.76, 0.3] },
  purple: { color: [0.44, 0.15, 0.6], streak: [0.6, 0.3, 0.76] },
};

/** Light hair lets light through: its roots, gaps and strands differ less. */
const SHADE: Partial<Record<Traits['hairColor'], number>> = { white: 0.4, blond: 0.75, gray: 0.8 };
/** Styles without visible strands. */
const CURLED: ReadonlySet<string> = new Set(['afro', 'curly', 'buzz cut']);
const NATURAL_DARK: ReadonlySet<string> = new Set(['black', 'dark brown', 'brown', 'red', 'blond']);

/** What the hair or beard of a head looks like; age brings gray strands, a beard is coarser than hair. */
export function hairLook(traits: Traits, random: RandomStream, kind: 'hair' | 'beard'): HairLook {
  const { color, streak } = COLORS[traits.hairColor];
  const brightness = random.between(0.92, 1.08);
  const scaled = (c: Color): Color => [c[0] * brightness, c[1] * brightness, c[2] * brightness];
  const aged = traits.age === 'old' || traits.age === 'very old';
  const graying = aged && NATURAL_DARK.has(traits.hairColor);
  const depth = SHADE[traits.hairColor] ?? 1;
  const curled = CURLED.has(traits.hair) || tightlyCurled(traits);
  const curl = kind === 'hair' && curled ? 0.9 : 0;
  return {
    color: scaled(color),
    streakColor: graying ? [0.66, 0.65, 0.64] : scaled(streak),
    streaks: graying ? random.between(0.35, 0.6) : random.between(0.5, 0.9),
    rootShade: depth * 0.32,
    gapShade: depth * 0.5,
    contrast: depth * random.between(0.3, 0.42),
    curl,
    density:
      traits.hair === 'buzz cut' && curl > 0
        ? 34
        : curl > 0
          ? random.between(17, 22)
          : kind === 'beard'
            ? 26
            : random.between(15, 20),
    frizz: kind === 'beard' ? 0.05 : 0.012,
    gloss: curl > 0 || kind === 'beard' ? 0.1 : random.between(0.22, 0.34),
    seed: random.between(0, 1000),
  };
}
