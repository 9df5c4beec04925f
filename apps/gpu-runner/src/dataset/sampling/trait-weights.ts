import type { TraitName, Traits } from '../traits.ts';

/** Relative frequency of the values of one trait; what is missing never occurs. */
export type Weights<N extends TraitName> = { readonly [V in Traits[N]]?: number };

/** How often who appears: human heads first, every other character often enough to be learned. */
export const CHARACTER: Weights<'character'> = {
  human: 64,
  orc: 3.2,
  goblin: 1.8,
  elf: 3,
  dwarf: 2,
  alien: 3,
  'gray alien': 1.8,
  demon: 2.8,
  vampire: 2.2,
  zombie: 2.8,
  skull: 2.4,
  robot: 2.8,
  cat: 2.2,
  lion: 1.6,
  ape: 1.9,
  wolf: 1.7,
  clown: 2.4,
};

export const MATERIAL_OF_STATUES: Weights<'material'> = {
  marble: 2,
  stone: 1.6,
  bronze: 1.8,
  gold: 1.4,
  silver: 0.9,
  wood: 1.3,
  clay: 1,
  plastic: 0.8,
  ice: 0.6,
};

export const AGE: Weights<'age'> = {
  child: 10,
  teenager: 10,
  young: 36,
  'middle-aged': 19,
  old: 17,
  'very old': 8,
};

export const ORIGIN: Weights<'origin'> = {
  european: 21,
  african: 18,
  'east asian': 17,
  'south asian': 15,
  latino: 14,
  'middle eastern': 15,
};

/** Skin by origin: the usual tones, and some that are less expected. */
export const SKIN: { readonly [O in Traits['origin']]: Weights<'skin'> } = {
  european: { pale: 28, fair: 44, tanned: 18, olive: 8, 'light brown': 2 },
  african: { dark: 45, brown: 38, 'light brown': 14, tanned: 2, pale: 1 },
  'east asian': { pale: 22, fair: 44, tanned: 22, olive: 6, 'light brown': 6 },
  'south asian': { 'light brown': 36, brown: 36, olive: 12, tanned: 8, dark: 8 },
  latino: { tanned: 30, olive: 24, 'light brown': 24, fair: 14, brown: 8 },
  'middle eastern': { olive: 38, tanned: 24, 'light brown': 20, fair: 14, brown: 4 },
};

export const HAIR: { readonly [G in Traits['gender']]: Weights<'hair'> } = {
  male: {
    bald: 11,
    receding: 6,
    'buzz cut': 9,
    short: 24,
    'slicked back': 8,
    curly: 8,
    long: 6,
    wavy: 4,
    bangs: 2,
    ponytail: 2.5,
    braids: 1,
    bun: 2.5,
    afro: 4.5,
    mohawk: 4.5,
    dreadlocks: 3.5,
    spiky: 6,
  },
  female: {
    bald: 2,
    'buzz cut': 2,
    short: 8,
    'slicked back': 2,
    curly: 9,
    long: 16,
    wavy: 12,
    bob: 11,
    bangs: 8,
    ponytail: 9,
    braids: 6,
    bun: 7,
    pigtails: 5,
    afro: 4.5,
    mohawk: 2.5,
    dreadlocks: 3,
    spiky: 2,
  },
};

/** Factors on HAIR. */
export const HAIR_BY_ORIGIN: { readonly [O in Traits['origin']]: Weights<'hair'> } = {
  european: { afro: 0.5, dreadlocks: 0.6 },
  african: { afro: 3, dreadlocks: 3, 'buzz cut': 1.5, braids: 1.5, wavy: 0.4, bob: 0.5, spiky: 0.4 },
  'east asian': { afro: 0.4, curly: 0.5, dreadlocks: 0.4, spiky: 1.4, bangs: 1.5 },
  'south asian': { afro: 0.6, dreadlocks: 0.6 },
  latino: {},
  'middle eastern': { curly: 1.3, afro: 0.7, dreadlocks: 0.5 },
};

/** Factors on HAIR. */
export const HAIR_BY_AGE: { readonly [A in Traits['age']]: Weights<'hair'> } = {
  child: { bald: 0.1, receding: 0, 'slicked back': 0.4, dreadlocks: 0.4, mohawk: 0.5, pigtails: 3, bangs: 2 },
  teenager: { bald: 0.3, receding: 0, spiky: 1.6, pigtails: 1.4 },
  young: {},
  'middle-aged': { bald: 1.4, receding: 2, pigtails: 0.4, spiky: 0.6 },
  old: { bald: 2.2, receding: 3, pigtails: 0.3, mohawk: 0.4, spiky: 0.4, afro: 0.8, bun: 1.4 },
  'very old': { bald: 3, receding: 3.5, pigtails: 0.2, mohawk: 0.3, spiky: 0.3, afro: 0.6, bun: 1.8 },
};

/** Natural hair of the young. */
export const HAIR_COLOR: { readonly [O in Traits['origin']]: Weights<'hairColor'> } = {
  european: { black: 8, 'dark brown': 20, brown: 26, blond: 32, red: 14 },
  african: { black: 70, 'dark brown': 18, brown: 5, blond: 4, red: 3 },
  'east asian': { black: 72, 'dark brown': 18, brown: 8, red: 2 },
  'south asian': { black: 64, 'dark brown': 24, brown: 8, red: 3, blond: 1 },
  latino: { black: 40, 'dark brown': 32, brown: 18, blond: 7, red: 3 },
  'middle eastern': { black: 50, 'dark brown': 30, brown: 13, blond: 4, red: 3 },
};

export const DYED_HAIR: Weights<'hairColor'> = { blue: 1.2, pink: 1.1, green: 1, purple: 1, white: 0.4 };

/** Fur of animals. */
export const COAT: { readonly [C in Traits['character']]?: Weights<'hairColor'> } = {
  cat: { black: 20, white: 18, gray: 25, red: 14, blond: 6, brown: 17 },
  wolf: { gray: 52, white: 16, black: 16, brown: 16 },
  ape: { black: 78, red: 22 },
  lion: { blond: 60, brown: 40 },
};

/** Of men who have a beard at all. */
export const BEARD: Weights<'beard'> = {
  stubble: 20,
  mustache: 15,
  'handlebar mustache': 8,
  goatee: 14,
  'short beard': 18,
  'full beard': 16,
  'long beard': 11,
  sideburns: 9,
};

export const EYE_COLOR: { readonly [O in Traits['origin']]: Weights<'eyeColor'> } = {
  european: { blue: 36, green: 18, gray: 12, brown: 28, amber: 3, dark: 3 },
  african: { dark: 52, brown: 42, amber: 3, green: 2, blue: 1 },
  'east asian': { dark: 52, brown: 44, gray: 2, green: 2 },
  'south asian': { dark: 45, brown: 46, amber: 5, green: 4 },
  latino: { brown: 58, dark: 28, green: 8, amber: 4, blue: 2 },
  'middle eastern': { brown: 52, dark: 30, green: 9, amber: 5, blue: 4 },
};

/** Of heads that wear something. */
export const HEADWEAR: Weights<'headwear'> = {
  'baseball cap': 9,
  beanie: 6.5,
  'top hat': 5,
  'bowler hat': 3,
  'cowboy hat': 5,
  'straw hat': 3,
  'wizard hat': 4,
  'pirate hat': 4,
  crown: 5,
  tiara: 3.4,
  turban: 3.4,
  hood: 4.5,
  headscarf: 4.4,
  headband: 3,
  bandana: 3,
  'chef hat': 2.6,
  'santa hat': 3,
  beret: 3.2,
  'soldier helmet': 4.5,
  'knight helmet': 3.4,
  'viking helmet': 3.6,
  'astronaut helmet': 3.6,
  'motorcycle helmet': 2.8,
  headphones: 4,
  'flower wreath': 4,
  'feather headdress': 2.6,
  horns: 4.2,
  halo: 2.6,
};

const ANY_COLOR: Weights<'headwearColor'> = {
  red: 12,
  blue: 12,
  green: 10,
  yellow: 8,
  orange: 6,
  purple: 7,
  pink: 6,
  brown: 8,
  black: 13,
  white: 10,
  gray: 8,
};

const METAL: Weights<'headwearColor'> = { silver: 45, gold: 20, gray: 25, black: 10 };

const FLOWERS: Weights<'headwearColor'> = { pink: 25, red: 20, white: 20, yellow: 15, purple: 10, blue: 10 };

/** Headwear that is not sold in any color. */
const USUAL_COLOR: { readonly [H in Traits['headwear']]?: Weights<'headwearColor'> } = {
  'top hat': { black: 40, gray: 12, white: 10, red: 10, blue: 10, purple: 9, brown: 9, green: 5 },
  'bowler hat': { black: 50, brown: 22, gray: 18, red: 5, blue: 5 },
  'cowboy hat': { brown: 50, black: 20, white: 15, gray: 8, red: 7 },
  'straw hat': { yellow: 80, brown: 20 },
  'pirate hat': { black: 65, brown: 15, red: 12, blue: 8 },
  crown: { gold: 75, silver: 25 },
  tiara: { silver: 55, gold: 35, pink: 10 },
  'chef hat': { white: 100 },
  'santa hat': { red: 80, green: 10, blue: 10 },
  'soldier helmet': { green: 55, brown: 20, gray: 25 },
  'knight helmet': METAL,
  'viking helmet': METAL,
  'astronaut helmet': { white: 80, orange: 12, silver: 8 },
  'flower wreath': FLOWERS,
  horns: { brown: 35, black: 30, red: 15, white: 20 },
  halo: { gold: 80, white: 20 },
};

/** Colors a piece of headwear comes in. */
export function headwearColors(headwear: Traits['headwear']): Weights<'headwearColor'> {
  return USUAL_COLOR[headwear] ?? ANY_COLOR;
}

export const EXPRESSION: Weights<'expression'> = {
  neutral: 60,
  smiling: 9,
  laughing: 4,
  sad: 3.2,
  angry: 4.6,
  surprised: 3.8,
  scared: 1.8,
  disgusted: 1.6,
  'closed eyes': 2.8,
  winking: 1.3,
  'open mouth': 3,
  'pursed lips': 1.3,
  'puffed cheeks': 1.5,
  smirking: 1.6,
  'tongue out': 1.3,
  squinting: 1.2,
};

export const MASK: Weights<'mask'> = {
  none: 95,
  'surgical mask': 1,
  'carnival mask': 0.8,
  'bandit mask': 0.7,
  'gas mask': 0.8,
  'hockey mask': 0.7,
  'superhero mask': 1.2,
};
