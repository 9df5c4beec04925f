import type { RandomStream } from '../tensor/random.ts';
import { isHeldOut } from './held-out.ts';
import * as usual from './trait-weights.ts';
import type { Weights } from './trait-weights.ts';
import { TRAITS } from './traits.ts';
import type { TraitName, Traits } from './traits.ts';
import { headwearCover } from './wear/headwear-cover.ts';

/** How often a head that cannot go with the wanted values is thrown away before they are taken regardless. */
const WANTED_TRIES = 400;

/**
 * Draws one believable head: values that fit each other, most heads with no more than three special ones.
 *
 * With `wanted` the head has those values, and the others are drawn to fit; without it no held-out pair ever occurs.
 */
export function sampleTraits(random: RandomStream, wanted: Partial<Traits> = {}): Traits {
  const free = Object.keys(wanted).length === 0;
  for (let tries = 0; ; tries++) {
    const head = drawHead(random, wanted);
    if (free ? !isHeldOut(head.traits) : head.fits || tries >= WANTED_TRIES) return head.traits;
  }
}

/** Draws the traits one after the other, each with the ones before in view. */
function drawHead(random: RandomStream, wanted: Partial<Traits>): { traits: Traits; fits: boolean } {
  let fits = true;
  const choose = <N extends TraitName>(name: N, weights: Weights<N>): Traits[N] => {
    const drawn = drawValue(random, name, weights);
    const value: Traits[N] | undefined = wanted[name];
    if (value === undefined) return drawn;
    if (!((weights[value] ?? 0) > 0)) fits = false;
    return value;
  };
  const person = drawPerson(choose);
  const made = drawMaking(choose, person);
  const worn = drawWear(choose, { ...person, ...made });
  const hair = drawHair(choose, { ...person, ...made, ...worn });
  const face = drawFace(choose, { ...person, ...made, ...worn, ...hair });
  return { traits: { ...person, ...made, ...worn, ...hair, ...face }, fits };
}

type Choose = <N extends TraitName>(name: N, weights: Weights<N>) => Traits[N];

/** Characters whose face is not a human one: no hair, no beard, no make-up grows on them. */
const FURRED: ReadonlySet<Traits['character']> = new Set(['cat', 'lion', 'ape', 'wolf']);
const BARE: ReadonlySet<Traits['character']> = new Set(['skull', 'robot', 'gray alien', ...FURRED]);
const GREENSKINS: ReadonlySet<Traits['character']> = new Set(['orc', 'goblin', 'alien']);

type Person = Pick<Traits, 'character' | 'gender' | 'age' | 'origin' | 'skin' | 'build'>;

function drawPerson(choose: Choose): Person {
  const character = choose('character', usual.CHARACTER);
  const human = character === 'human';
  const gender = choose('gender', { male: maleShare(character), female: 1 - maleShare(character) });
  const age = choose('age', human ? usual.AGE : ageOfCharacter(character));
  const origin = choose('origin', usual.ORIGIN);
  const skin = choose('skin', usual.SKIN[origin]);
  const build = choose('build', {
    average: 84,
    thin: 5,
    fat: BARE.has(character) ? 0 : 7,
    muscular: age === 'child' || BARE.has(character) ? 0 : 4,
  });
  return { character, gender, age, origin, skin, build };
}

function maleShare(character: Traits['character']): number {
  if (BARE.has(character)) return 0.7;
  if (GREENSKINS.has(character) || character === 'demon' || character === 'zombie') return 0.72;
  return character === 'dwarf' ? 0.88 : 0.5;
}

function ageOfCharacter(character: Traits['character']): Weights<'age'> {
  if (BARE.has(character)) return { young: 60, 'middle-aged': 25, old: 15 };
  if (character === 'dwarf') return { young: 25, 'middle-aged': 40, old: 35 };
  return { child: 3, teenager: 5, young: 50, 'middle-aged': 25, old: 13, 'very old': 4 };
}

type Making = Pick<Traits, 'material' | 'style'>;

function drawMaking(choose: Choose, { character }: Person): Making {
  const share = character === 'human' ? 0.09 : 0.055;
  const total = Object.values(usual.MATERIAL_OF_STATUES).reduce((sum, weight) => sum + weight, 0);
  const material = choose('material', {
    ...usual.MATERIAL_OF_STATUES,
    flesh: (total * (1 - share)) / share,
  });
  const style = choose(
    'style',
    material === 'flesh'
      ? { realistic: 91, cartoon: 4.5, voxel: 4.5 }
      : { realistic: 98, cartoon: 1, voxel: 1 },
  );
  return { material, style };
}

type Wear = Pick<Traits, 'headwear' | 'headwearColor' | 'mask' | 'eyewear' | 'jewelry'>;

/** Masks that leave no room for eyewear. */
const OVER_EYES: ReadonlySet<Traits['mask']> = new Set([
  'carnival mask',
  'bandit mask',
  'gas mask',
  'hockey mask',
  'superhero mask',
]);

function drawWear(choose: Choose, head: Person & Making): Wear {
  const { character, gender, age } = head;
  const headwear = choose('headwear', headwearWeights(head));
  const headwearColor = choose(
    'headwearColor',
    headwear === 'none' ? { black: 1 } : usual.headwearColors(headwear),
  );
  const closed = headwearCover(headwear) === 'head' && headwear !== 'hood' && headwear !== 'headscarf';
  const few = FURRED.has(character) ? 0.3 : character === 'clown' ? 0.4 : 1;
  const mask = choose('mask', {
    none: closed || FURRED.has(character) ? 100 : 95,
    ...(closed || FURRED.has(character)
      ? {}
      : {
          'surgical mask': 1,
          'carnival mask': 0.8,
          'bandit mask': 0.7,
          'gas mask': 0.8,
          'hockey mask': 0.7,
          'superhero mask': 1.2,
        }),
  });
  const noEyewear = closed || OVER_EYES.has(mask);
  const eyewear = choose('eyewear', {
    none: noEyewear ? 1 : 77 + 20 * (1 - few),
    ...(noEyewear
      ? {}
      : {
          glasses: (age === 'child' ? 4 : 7) * few,
          'round glasses': 3 * few,
          sunglasses: (age === 'child' ? 2 : 5.5) * few,
          'eye patch': (headwear === 'pirate hat' ? 22 : 1.8) * few,
          monocle: (headwear === 'top hat' || headwear === 'bowler hat' ? 12 : 1) * few,
          goggles: 1.8 * few,
          'vr headset': headwear === 'none' || headwear === 'headphones' ? 1.9 * few : 0,
        }),
  });
  const adorned = closed || BARE.has(character) ? 0 : age === 'child' ? 0.25 : 1;
  const jewelry = choose('jewelry', {
    none: 91,
    earrings: (gender === 'female' ? 4.5 : 1.2) * adorned,
    'hoop earrings': (gender === 'female' ? 4 : headwear === 'pirate hat' ? 25 : 0.8) * adorned,
    'nose ring': 1.2 * adorned,
    necklace: (gender === 'female' ? 2.5 : 1.2) * adorned,
    piercings: 1.4 * adorned,
  });
  return { headwear, headwearColor, mask, eyewear, jewelry };
}

function headwearWeights({ character, gender, age }: Person): Weights<'headwear'> {
  const worn: { [H in Traits['headwear']]?: number } = { ...usual.HEADWEAR };
  const total = Object.values(usual.HEADWEAR).reduce((sum, weight) => sum + weight, 0);
  const share = FURRED.has(character) ? 0.15 : 0.32;
  if (gender === 'male') for (const h of ['tiara', 'headscarf', 'flower wreath'] as const) worn[h] = 0.9;
  else for (const h of ['bowler hat', 'turban'] as const) worn[h] = 1.5;
  if (age === 'child' || age === 'teenager') worn['baseball cap'] = 15;
  if (character === 'demon') worn.horns = 160;
  // Large ears, muzzles and helmets that enclose them do not go together.
  if (FURRED.has(character))
    for (const h of ['astronaut helmet', 'motorcycle helmet', 'knight helmet', 'hood', 'headscarf'] as const)
      worn[h] = 0;
  return { ...worn, none: (total * (1 - share)) / share };
}

type Hair = Pick<Traits, 'hair' | 'hairColor' | 'beard'>;

/** Hair that goes under a hat without pushing it up. */
const FLAT_HAIR: ReadonlySet<Traits['hair']> = new Set([
  'bald',
  'buzz cut',
  'short',
  'curly',
  'long',
  'wavy',
  'bob',
  'ponytail',
  'braids',
  'pigtails',
  'dreadlocks',
]);
const CLOSE_HAIR: ReadonlySet<Traits['hair']> = new Set(['bald', 'buzz cut', 'short']);

function drawHair(choose: Choose, head: Person & Making & Wear): Hair {
  const { character, gender, age, origin, headwear } = head;
  const cover = headwearCover(headwear);
  const hair: { [H in Traits['hair']]?: number } = {};
  for (const style of TRAITS.hair) {
    const room =
      cover === 'none' || (cover === 'head' ? CLOSE_HAIR.has(style) : FLAT_HAIR.has(style)) ? 1 : 0;
    const byOrigin = usual.HAIR_BY_ORIGIN[origin][style] ?? 1;
    const byAge = usual.HAIR_BY_AGE[age][style] ?? 1;
    hair[style] = (usual.HAIR[gender][style] ?? 0) * byOrigin * byAge * room * hairFits(character, style);
  }
  const hairStyle = choose('hair', hair);
  const hairColor = choose('hairColor', hairColors(head));
  const beard = choose('beard', beardWeights(head));
  return { hair: hairStyle, hairColor, beard };
}

/** Factor on a hair style for who wears it. */
function hairFits(character: Traits['character'], style: Traits['hair']): number {
  if (BARE.has(character)) return style === 'bald' ? 500 : character === 'robot' ? 0.3 : 0;
  if (GREENSKINS.has(character)) return style === 'bald' ? 12 : style === 'mohawk' ? 4 : 0.6;
  if (character === 'elf') return style === 'long' ? 5 : style === 'bald' ? 0.1 : 1;
  if (character === 'demon' || character === 'zombie') return style === 'bald' ? 4 : 1;
  if (character === 'vampire') return style === 'slicked back' ? 6 : style === 'bald' ? 0.5 : 1;
  if (character === 'clown') return style === 'afro' || style === 'curly' ? 5 : style === 'bald' ? 2 : 0.6;
  return 1;
}

function hairColors({ character, age, origin }: Person): Weights<'hairColor'> {
  const natural = usual.HAIR_COLOR[origin];
  if (character === 'clown')
    return { red: 30, blue: 14, green: 14, pink: 14, purple: 12, blond: 8, black: 8 };
  if (age === 'very old') return { white: 58, gray: 36, black: 3, brown: 3 };
  if (age === 'old') return { gray: 56, white: 30, black: 6, brown: 4, 'dark brown': 4 };
  if (age === 'middle-aged') return { ...scaled(natural, 84), gray: 14, ...scaled(usual.DYED_HAIR, 2) };
  const dyed = character === 'human' ? (age === 'child' ? 3 : 11) : 16;
  return { ...scaled(usual.DYED_HAIR, dyed), ...scaled(natural, 100 - dyed) };
}

function beardWeights({ character, gender, age, headwear }: Person & Wear): Weights<'beard'> {
  const grown = gender === 'male' && age !== 'child' && !BARE.has(character);
  if (!grown || headwear === 'motorcycle helmet') return { none: 1 };
  if (character === 'dwarf') return { none: 6, 'full beard': 40, 'long beard': 54 };
  const share = beardShare(character, age);
  const beards: { [B in Traits['beard']]?: number } = { ...usual.BEARD };
  if (headwear === 'wizard hat') beards['long beard'] = 120;
  if (headwear === 'viking helmet') beards['full beard'] = 60;
  if (headwear === 'astronaut helmet') beards['long beard'] = 0;
  if (age === 'teenager') return { none: 85, stubble: 8, mustache: 3, goatee: 4 };
  const total = Object.values(beards).reduce((sum, weight) => sum + weight, 0);
  return { ...beards, none: (total * (1 - share)) / share };
}

function beardShare(character: Traits['character'], age: Traits['age']): number {
  if (character === 'human') return age === 'old' || age === 'very old' ? 0.5 : 0.55;
  if (character === 'alien' || character === 'elf' || character === 'goblin') return 0.05;
  return character === 'clown' ? 0.08 : 0.22;
}

type Face = Omit<Traits, keyof (Person & Making & Wear & Hair)>;

function drawFace(choose: Choose, head: Person & Making & Wear & Hair): Face {
  const { character, age, gender, origin, eyewear, mask, build, beard } = head;
  const human = !BARE.has(character);
  const grown = human && age !== 'child';
  const made = human && character !== 'clown' ? 1 : 0;
  const female = gender === 'female' && grown && character !== 'orc' ? made : 0;
  const open = mask === 'none' && eyewear === 'none' ? 1 : 0;
  return {
    faceShape: choose('faceShape', {
      average: 80,
      round: build === 'fat' ? 12 : 4,
      oval: 4,
      square: gender === 'male' ? 5 : 2.5,
      long: 3.5,
      triangular: 3.5,
    }),
    feature: choose('feature', {
      none: 86,
      ...(human
        ? {
            'big nose': 2.4,
            'small nose': 1.4,
            'hooked nose': 2,
            'strong chin': beard === 'none' ? 1.8 : 0.6,
            'big ears': 2.2,
            'full lips': 2,
            'high cheekbones': 1.3,
            'big eyes': 1.6,
          }
        : {}),
    }),
    eyebrows: choose('eyebrows', { average: 89, ...(human ? { bushy: 5, thin: 3.5, none: 2 } : {}) }),
    eyeColor: choose('eyeColor', eyeColors(character, origin)),
    gaze: choose('gaze', {
      ahead: 92,
      left: 2 * open,
      right: 2 * open,
      up: 1.6 * open,
      down: 1.6 * open,
      crossed: 1 * open,
    }),
    lipColor: choose('lipColor', {
      natural: 62,
      red: 13 * female + 0.3 * made,
      pink: 7 * female,
      purple: 4 * female + 0.2 * made,
      black: 3 * female + 0.6 * made,
      blue: 2.4 * female + 0.3 * made,
    }),
    eyeShadow: choose('eyeShadow', {
      none: 85,
      blue: 4.5 * female * open,
      purple: 3.5 * female * open,
      black: (3 * female + 0.6 * made) * open,
      green: 2.5 * female * open,
      gold: 2.5 * female * open,
    }),
    blush: choose('blush', { none: 95, rosy: (age === 'child' || gender === 'female' ? 6 : 2) * made }),
    facePaint: choose('facePaint', paintWeights(head)),
    mark: choose('mark', markWeights(head)),
    expression: choose('expression', expressionWeights(head)),
  };
}

function eyeColors(character: Traits['character'], origin: Traits['origin']): Weights<'eyeColor'> {
  const natural = usual.EYE_COLOR[origin];
  if (character === 'human' || character === 'dwarf' || character === 'clown') return natural;
  if (character === 'elf') return { blue: 35, green: 30, amber: 20, gray: 15 };
  if (FURRED.has(character)) return { amber: 35, yellow: 25, green: 20, blue: 10, brown: 10 };
  if (character === 'ape') return { brown: 60, dark: 30, amber: 10 };
  if (character === 'demon') return { red: 45, yellow: 40, black: 8, white: 7 };
  if (character === 'vampire') return { red: 55, amber: 15, gray: 15, dark: 15 };
  if (character === 'zombie') return { white: 50, gray: 20, yellow: 15, red: 15 };
  if (character === 'alien') return { black: 40, yellow: 20, red: 10, blue: 15, green: 15 };
  if (character === 'gray alien') return { black: 100 };
  if (character === 'robot') return { blue: 45, red: 30, yellow: 15, green: 10 };
  if (character === 'skull') return { black: 85, red: 15 };
  return { yellow: 35, red: 25, brown: 25, amber: 15 };
}

function paintWeights({ character, mask, material }: Person & Making & Wear): Weights<'facePaint'> {
  if (BARE.has(character) || character === 'clown' || mask !== 'none' || material !== 'flesh')
    return { none: 1 };
  return {
    none: 91.5,
    'war paint': character === 'orc' ? 8 : 1.4,
    'tiger stripes': 0.9,
    star: 1,
    butterfly: 0.9,
    'half white': 0.9,
    skeleton: 1.1,
    'football stripes': 0.9,
    rainbow: 0.9,
    whiskers: 0.9,
  };
}

function markWeights({ character, age, material, skin, mask }: Person & Making & Wear): Weights<'mark'> {
  if (BARE.has(character) || mask === 'hockey mask' || mask === 'gas mask') return { none: 1 };
  const carved = material !== 'flesh';
  const old = age === 'old' ? 14 : age === 'very old' ? 30 : age === 'middle-aged' ? 2 : 0;
  if (carved) return { none: 94, scar: 2, wrinkles: old };
  const child = age === 'child';
  return {
    none: 90,
    scar: character === 'orc' || character === 'zombie' ? 7 : child ? 0.2 : 2,
    freckles: skin === 'pale' || skin === 'fair' ? 5 : 0.3,
    wrinkles: old,
    mole: 1.2,
    tattoo: child ? 0 : 1.8,
    burns: child ? 0.1 : 0.8,
    acne: age === 'teenager' ? 5 : 0.5,
  };
}

/** Masks that hide what the mouth does. */
const OVER_MOUTH: ReadonlySet<Traits['mask']> = new Set(['surgical mask', 'gas mask', 'hockey mask']);

function expressionWeights({ character, eyewear, mask }: Person & Wear): Weights<'expression'> {
  if (character === 'gray alien' || character === 'robot') return { neutral: 92, 'open mouth': 8 };
  if (character === 'skull') return { neutral: 65, laughing: 15, 'open mouth': 20 };
  if (FURRED.has(character))
    return { neutral: 70, angry: 9, 'open mouth': 8, laughing: 4, smiling: 4, 'closed eyes': 5 };
  const usualFace: { [E in Traits['expression']]?: number } = { ...usual.EXPRESSION };
  if (OVER_MOUTH.has(mask)) return { neutral: 85, angry: 5, 'closed eyes': 6, surprised: 4 };
  if (character === 'orc' || character === 'demon' || character === 'vampire') usualFace.angry = 14;
  if (character === 'clown') Object.assign(usualFace, { smiling: 20, laughing: 14, sad: 7 });
  if (eyewear !== 'none' || mask !== 'none')
    for (const e of ['closed eyes', 'winking', 'squinting'] as const)
      usualFace[e] = eyewear === 'glasses' || eyewear === 'round glasses' ? 1 : 0;
  return usualFace;
}

/** One value by weight. */
function drawValue<N extends TraitName>(random: RandomStream, name: N, weights: Weights<N>): Traits[N] {
  const entries = entriesOf(weights);
  let left = random.uniform() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of entries) {
    if (left < weight) return value;
    left -= weight;
  }
  // Rounding can leave a last crumb: it belongs to the last possible value.
  const last = entries.at(-1);
  if (last === undefined) throw new Error(`sampleTraits: expected a possible value of ${name}, got none`);
  return last[0];
}

function scaled<N extends TraitName>(weights: Weights<N>, total: number): Weights<N> {
  const entries = entriesOf(weights);
  const sum = entries.reduce((all, [, weight]) => all + weight, 0);
  // The same keys with other weights.
  return Object.fromEntries(
    entries.map(([value, weight]) => [value, (weight * total) / sum]),
  ) as unknown as Weights<N>;
}

/** The possible values with their weights, in the order of the table. */
function entriesOf<N extends TraitName>(weights: Weights<N>): [Traits[N], number][] {
  // The keys of Weights<N> are values of N.
  const entries = Object.entries(weights as object) as [Traits[N], number][];
  return entries.filter(([, weight]) => weight > 0);
}
