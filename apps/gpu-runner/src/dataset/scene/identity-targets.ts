import type { RandomStream } from '../../tensor/random.ts';
import type { Traits } from '../traits.ts';

/** A morph target and how much of it. */
export type WeightedTarget = readonly [name: string, weight: number];

const MIXTURES: Record<Traits['origin'], { caucasian: number; african: number; asian: number }> = {
  european: { caucasian: 1, african: 0, asian: 0 },
  african: { caucasian: 0, african: 1, asian: 0 },
  'east asian': { caucasian: 0, african: 0, asian: 1 },
  'south asian': { caucasian: 0.6, african: 0.2, asian: 0.2 },
  latino: { caucasian: 0.6, african: 0.12, asian: 0.28 },
  'middle eastern': { caucasian: 0.84, african: 0.12, asian: 0.04 },
};

/** What a mixture of three origins leaves out of the faces of others. */
const ORIGIN_DETAILS: Partial<Record<Traits['origin'], readonly WeightedTarget[]>> = {
  'south asian': [
    ['nose/nose-scale-vert-incr', 0.35],
    ['nose/nose-point-down', 0.3],
    ...pair('eyes/?-eye-scale-incr', 0.5),
    ...pair('eyes/?-eye-bag-incr', 0.3),
    ['mouth/mouth-lowerlip-volume-incr', 0.5],
  ],
  latino: [
    ...pair('cheek/?-cheek-bones-incr', 0.5),
    ['nose/nose-width2-incr', 0.4],
    ['nose/nose-flaring-incr', 0.3],
    ['chin/chin-width-incr', 0.4],
    ['head/head-round', 0.2],
  ],
  'middle eastern': [
    ['nose/nose-hump-incr', 0.5],
    ['nose/nose-curve-convex', 0.4],
    ['nose/nose-scale-depth-incr', 0.3],
    ['nose/nose-scale-vert-incr', 0.3],
    ['head/head-oval', 0.25],
  ],
};

/** Weights sum to one: beyond the oldest face known, old is exaggerated and young taken away. */
const AGES: Record<Traits['age'], { baby?: number; child?: number; young?: number; old?: number }> = {
  child: { baby: 0.22, child: 0.78 },
  teenager: { child: 0.5, young: 0.5 },
  young: { young: 1 },
  'middle-aged': { young: 0.5, old: 0.5 },
  old: { old: 1 },
  'very old': { young: -0.22, old: 1.22 },
};

const BUILDS: Record<Traits['build'], readonly WeightedTarget[]> = {
  average: [],
  thin: [
    ['head/head-fat-decr', 1],
    ...pair('cheek/?-cheek-volume-decr', 0.7),
    ['neck/neck-scale-horiz-decr', 0.5],
  ],
  fat: [
    ['head/head-fat-incr', 1],
    ['neck/neck-double-incr', 0.9],
    ...pair('cheek/?-cheek-volume-incr', 0.6),
    ['neck/neck-scale-horiz-incr', 0.7],
    ['neck/neck-scale-depth-incr', 0.5],
  ],
  muscular: [
    ['neck/neck-scale-horiz-incr', 1],
    ['neck/neck-scale-depth-incr', 0.6],
    ['chin/chin-width-incr', 0.7],
    ['chin/chin-bones-incr', 0.8],
    ['head/head-square', 0.35],
    ['head/head-fat-decr', 0.35],
  ],
};

const FACE_SHAPES: Record<Traits['faceShape'], readonly WeightedTarget[]> = {
  average: [],
  round: [['head/head-round', 0.9], ...pair('cheek/?-cheek-volume-incr', 0.4)],
  oval: [['head/head-oval', 0.9]],
  square: [
    ['head/head-square', 0.9],
    ['chin/chin-width-incr', 0.6],
  ],
  long: [
    ['head/head-rectangular', 0.5],
    ['head/head-scale-horiz-decr', 0.7],
    ['chin/chin-height-incr', 0.9],
  ],
  triangular: [
    ['head/head-invertedtriangular', 1],
    ['chin/chin-width-decr', 0.8],
  ],
};

const FEATURES: Record<Traits['feature'], readonly WeightedTarget[]> = {
  none: [],
  'big nose': [
    ['nose/nose-scale-depth-incr', 1],
    ['nose/nose-scale-horiz-incr', 0.9],
    ['nose/nose-volume-incr', 0.9],
    ['nose/nose-scale-vert-incr', 0.4],
  ],
  'small nose': [
    ['nose/nose-scale-depth-decr', 0.5],
    ['nose/nose-scale-horiz-decr', 0.8],
    ['nose/nose-scale-vert-decr', 0.5],
    ['nose/nose-point-up', 0.4],
  ],
  'hooked nose': [
    ['nose/nose-hump-incr', 0.9],
    ['nose/nose-curve-convex', 0.9],
    ['nose/nose-point-down', 0.9],
    ['nose/nose-scale-depth-incr', 0.35],
  ],
  'strong chin': [
    ['chin/chin-prominent-incr', 0.75],
    ['chin/chin-width-incr', 0.9],
    ['chin/chin-bones-incr', 0.3],
    ['chin/chin-height-incr', 0.4],
    ['chin/chin-cleft-incr', 0.6],
  ],
  'big ears': [
    ...pair('ears/?-ear-scale-incr', 1.1),
    ...pair('ears/?-ear-wing-incr', 1),
    ...pair('ears/?-ear-lobe-incr', 0.6),
  ],
  'full lips': [
    ['mouth/mouth-upperlip-volume-incr', 1],
    ['mouth/mouth-lowerlip-volume-incr', 1],
    ['mouth/mouth-upperlip-height-incr', 0.9],
    ['mouth/mouth-lowerlip-height-incr', 0.9],
  ],
  'high cheekbones': [
    ...pair('cheek/?-cheek-bones-incr', 1),
    ...pair('cheek/?-cheek-inner-decr', 0.4),
    ...pair('cheek/?-cheek-volume-decr', 0.6),
    ...pair('cheek/?-cheek-trans-up', 0.6),
  ],
  'big eyes': [...pair('eyes/?-eye-scale-incr', 1.4), ...pair('eyes/?-eye-height2-incr', 0.9)],
};

/** Families that differ from person to person: less, more, and the spread; a question mark stands for both sides. */
const DETAILS: readonly (readonly [less: string, more: string, spread: number])[] = [
  ['nose/nose-scale-depth-decr', 'nose/nose-scale-depth-incr', 0.4],
  ['nose/nose-scale-horiz-decr', 'nose/nose-scale-horiz-incr', 0.4],
  ['nose/nose-scale-vert-decr', 'nose/nose-scale-vert-incr', 0.35],
  ['nose/nose-curve-concave', 'nose/nose-curve-convex', 0.4],
  ['nose/nose-point-down', 'nose/nose-point-up', 0.4],
  ['nose/nose-point-width-decr', 'nose/nose-point-width-incr', 0.45],
  ['nose/nose-flaring-decr', 'nose/nose-flaring-incr', 0.4],
  ['nose/nose-hump-decr', 'nose/nose-hump-incr', 0.4],
  ['nose/nose-greek-decr', 'nose/nose-greek-incr', 0.35],
  ['nose/nose-width1-decr', 'nose/nose-width1-incr', 0.45],
  ['nose/nose-width2-decr', 'nose/nose-width2-incr', 0.45],
  ['nose/nose-width3-decr', 'nose/nose-width3-incr', 0.45],
  ['nose/nose-trans-down', 'nose/nose-trans-up', 0.3],
  ['mouth/mouth-scale-horiz-decr', 'mouth/mouth-scale-horiz-incr', 0.45],
  ['mouth/mouth-trans-down', 'mouth/mouth-trans-up', 0.3],
  ['mouth/mouth-upperlip-volume-decr', 'mouth/mouth-upperlip-volume-incr', 0.45],
  ['mouth/mouth-lowerlip-volume-decr', 'mouth/mouth-lowerlip-volume-incr', 0.45],
  ['mouth/mouth-upperlip-height-decr', 'mouth/mouth-upperlip-height-incr', 0.4],
  ['mouth/mouth-lowerlip-height-decr', 'mouth/mouth-lowerlip-height-incr', 0.4],
  ['mouth/mouth-cupidsbow-decr', 'mouth/mouth-cupidsbow-incr', 0.5],
  ['mouth/mouth-dimples-in', 'mouth/mouth-dimples-out', 0.4],
  ['chin/chin-width-decr', 'chin/chin-width-incr', 0.4],
  ['chin/chin-height-decr', 'chin/chin-height-incr', 0.35],
  ['chin/chin-prominent-decr', 'chin/chin-prominent-incr', 0.35],
  ['chin/chin-bones-decr', 'chin/chin-bones-incr', 0.4],
  ['chin/chin-cleft-decr', 'chin/chin-cleft-incr', 0.35],
  ['chin/chin-jaw-drop-decr', 'chin/chin-jaw-drop-incr', 0.35],
  ['cheek/?-cheek-bones-decr', 'cheek/?-cheek-bones-incr', 0.45],
  ['cheek/?-cheek-inner-decr', 'cheek/?-cheek-inner-incr', 0.4],
  ['cheek/?-cheek-volume-decr', 'cheek/?-cheek-volume-incr', 0.45],
  ['cheek/?-cheek-trans-down', 'cheek/?-cheek-trans-up', 0.4],
  ['forehead/forehead-nubian-decr', 'forehead/forehead-nubian-incr', 0.35],
  ['forehead/forehead-temple-decr', 'forehead/forehead-temple-incr', 0.45],
  ['forehead/forehead-trans-backward', 'forehead/forehead-trans-forward', 0.35],
  ['forehead/forehead-scale-vert-decr', 'forehead/forehead-scale-vert-incr', 0.35],
  ['eyebrows/eyebrows-trans-down', 'eyebrows/eyebrows-trans-up', 0.35],
  ['eyebrows/eyebrows-trans-backward', 'eyebrows/eyebrows-trans-forward', 0.4],
  ['eyebrows/eyebrows-angle-down', 'eyebrows/eyebrows-angle-up', 0.4],
  ['eyes/?-eye-bag-decr', 'eyes/?-eye-bag-incr', 0.5],
  ['eyes/?-eye-corner1-down', 'eyes/?-eye-corner1-up', 0.4],
  ['eyes/?-eye-corner2-down', 'eyes/?-eye-corner2-up', 0.4],
  ['eyes/?-eye-eyefold-down', 'eyes/?-eye-eyefold-up', 0.5],
  ['eyes/?-eye-eyefold-concave', 'eyes/?-eye-eyefold-convex', 0.4],
  ['eyes/?-eye-height1-decr', 'eyes/?-eye-height1-incr', 0.3],
  ['eyes/?-eye-height3-decr', 'eyes/?-eye-height3-incr', 0.3],
  ['eyes/?-eye-scale-decr', 'eyes/?-eye-scale-incr', 0.35],
  ['eyes/?-eye-epicanthus-in', 'eyes/?-eye-epicanthus-out', 0.35],
  ['ears/?-ear-scale-decr', 'ears/?-ear-scale-incr', 0.45],
  ['ears/?-ear-wing-decr', 'ears/?-ear-wing-incr', 0.45],
  ['ears/?-ear-lobe-decr', 'ears/?-ear-lobe-incr', 0.5],
  ['ears/?-ear-rot-backward', 'ears/?-ear-rot-forward', 0.3],
  ['head/head-scale-depth-decr', 'head/head-scale-depth-incr', 0.35],
  ['head/head-scale-horiz-decr', 'head/head-scale-horiz-incr', 0.35],
  ['head/head-back-scale-depth-decr', 'head/head-back-scale-depth-incr', 0.4],
  ['head/head-fat-decr', 'head/head-fat-incr', 0.22],
  ['neck/neck-scale-horiz-decr', 'neck/neck-scale-horiz-incr', 0.35],
  ['neck/neck-scale-depth-decr', 'neck/neck-scale-depth-incr', 0.3],
];

const DETAIL_COUNT = 14;

/** The morph targets of one person without an expression: origin, gender, age, build, face shape, feature, details. */
export function identityTargets(traits: Traits, random: RandomStream): WeightedTarget[] {
  const strength = random.between(0.85, 1.15);
  const scaled = (targets: readonly WeightedTarget[]): WeightedTarget[] =>
    targets.map(([name, weight]) => [name, weight * strength]);
  return [
    ...macroTargets(traits, random),
    ...scaled(ORIGIN_DETAILS[traits.origin] ?? []),
    ...scaled(BUILDS[traits.build]),
    ...scaled(FACE_SHAPES[traits.faceShape]),
    ...scaled(FEATURES[traits.feature]),
    ...agingTargets(traits),
    ...detailTargets(random),
  ];
}

function macroTargets(traits: Traits, random: RandomStream): WeightedTarget[] {
  const mixture = Object.entries(MIXTURES[traits.origin]).map(
    ([race, share]) => [race, share + random.between(0, 0.08)] as const,
  );
  const total = mixture.reduce((sum, [, share]) => sum + share, 0);
  const typical = random.between(0.88, 1.05);
  const male = traits.gender === 'male' ? typical : 1 - typical;
  const targets: WeightedTarget[] = [];
  for (const [race, share] of mixture) {
    for (const [gender, genderShare] of [
      ['male', male],
      ['female', 1 - male],
    ] as const) {
      for (const [age, ageShare] of Object.entries(AGES[traits.age])) {
        targets.push([`macro/${race}-${gender}-${age}`, (share / total) * genderShare * ageShare]);
      }
    }
  }
  return targets;
}

/** What years do to a face beyond the broad forms: bags, folds, sagging cheeks and corners of the mouth. */
function agingTargets({ age }: Traits): WeightedTarget[] {
  const years = age === 'very old' ? 1 : age === 'old' ? 0.6 : age === 'middle-aged' ? 0.2 : 0;
  if (years === 0) return [];
  return [
    ['head/head-age-incr', 0.7 * years],
    ['mouth/mouth-laugh-lines-in', 0.25 * years],
    ['mouth/mouth-angles-down', 0.3 * years],
    ...pair('eyes/?-eye-bag-incr', 0.8 * years),
    ...pair('ears/?-ear-lobe-incr', 0.5 * years),
    ...pair('cheek/?-cheek-trans-down', 0.4 * years),
  ];
}

function detailTargets(random: RandomStream): WeightedTarget[] {
  const left = [...DETAILS];
  const targets: WeightedTarget[] = [];
  for (let n = 0; n < DETAIL_COUNT; n++) {
    const [[less, more, spread]] = left.splice(random.integer(0, left.length - 1), 1);
    // Clipped at twice the spread: faces differ, none is a caricature.
    const weight = Math.max(-2, Math.min(2, random.normal())) * spread;
    targets.push(...pair(weight < 0 ? less : more, Math.abs(weight)));
  }
  return targets;
}

/** The same weight left and right for a name with a question mark, else just the one. */
function pair(name: string, weight: number): WeightedTarget[] {
  if (!name.includes('?')) return [[name, weight]];
  return [
    [name.replace('?', 'l'), weight],
    [name.replace('?', 'r'), weight],
  ];
}
