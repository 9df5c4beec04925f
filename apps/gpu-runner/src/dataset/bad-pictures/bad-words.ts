/** What is wrong with a bad picture: one kind of defect. */
export type Defect = keyof typeof BAD_WORDS;

/** How captions call each defect, the usual wording first. */
export const BAD_WORDS = {
  blur: ['blurry', 'out of focus'],
  noise: ['noisy', 'grainy'],
  'noise texture': ['noisy texture', 'noisy'],
  speckles: ['speckled', 'noisy spots'],
  pixelation: ['pixelated', 'low resolution'],
  'block artifacts': ['jpeg artifacts', 'compression artifacts'],
  oversharpened: ['oversharpened', 'harsh edges'],
  oversaturated: ['oversaturated', 'garish colors'],
  'washed out': ['washed out', 'faded colors'],
  posterized: ['flat colors', 'posterized'],
  'swapped channels': ['strange colors', 'wrong colors'],
  'inverted channels': ['strange colors', 'inverted colors'],
  'turned hue': ['strange colors', 'wrong colors'],
  blotches: ['blotchy colors', 'strange colors'],
  contrast: ['harsh contrast', 'black and white'],
  'too dark': ['too dark', 'underexposed'],
  'too bright': ['too bright', 'overexposed'],
  unfinished: ['unfinished', 'flat colors'],
  melted: ['deformed', 'melted'],
  'second face': ['two faces', 'deformed'],
} as const satisfies { readonly [defect: string]: readonly string[] };

/**
 * The words of bad pictures that fit every prompt, most useful first: joined by commas behind "a head" they are the
 * teacher's negative prompt.
 */
export const NEGATIVE_WORDS: readonly string[] = [
  'oversaturated',
  'flat colors',
  'strange colors',
  'blurry',
  'noisy',
  'unfinished',
  'deformed',
  'low quality',
];
