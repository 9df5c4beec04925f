import type { TraitName, Traits } from './traits.ts';

/** One value of one trait. */
export type TraitValue = { [N in TraitName]: { readonly trait: N; readonly value: Traits[N] } }[TraitName];

/** Two values that no head of the data set shows together, though each is common by itself. */
export type HeldOutPair = readonly [TraitValue, TraitValue];

/**
 * The pairs kept out of training to measure composition: a teacher that draws them has understood their parts.
 *
 * Every pair would be believable and could be seen; none is needed to understand another.
 */
export const heldOutPairs: readonly HeldOutPair[] = [
  [pick('hair', 'afro'), pick('hairColor', 'blue')],
  [pick('hair', 'ponytail'), pick('hairColor', 'pink')],
  [pick('hair', 'mohawk'), pick('hairColor', 'purple')],
  [pick('hair', 'curly'), pick('hairColor', 'red')],
  [pick('beard', 'full beard'), pick('hairColor', 'blond')],
  [pick('headwear', 'top hat'), pick('headwearColor', 'green')],
  [pick('headwear', 'baseball cap'), pick('headwearColor', 'purple')],
  [pick('headwear', 'beanie'), pick('headwearColor', 'yellow')],
  [pick('headwear', 'wizard hat'), pick('eyewear', 'sunglasses')],
  [pick('headwear', 'cowboy hat'), pick('beard', 'mustache')],
  [pick('character', 'orc'), pick('eyewear', 'glasses')],
  [pick('character', 'zombie'), pick('hair', 'mohawk')],
  [pick('character', 'elf'), pick('headwear', 'crown')],
  [pick('character', 'robot'), pick('headwear', 'cowboy hat')],
  [pick('character', 'skull'), pick('headwear', 'crown')],
  [pick('character', 'clown'), pick('eyewear', 'sunglasses')],
  [pick('character', 'vampire'), pick('headwear', 'baseball cap')],
  [pick('material', 'bronze'), pick('beard', 'long beard')],
  [pick('material', 'marble'), pick('hair', 'afro')],
  [pick('origin', 'east asian'), pick('hairColor', 'blond')],
];

/** Whether a head shows a held-out pair. */
export function isHeldOut(traits: Traits): boolean {
  return heldOutPairs.some(([first, second]) => shows(traits, first) && shows(traits, second));
}

/** The color of headwear counts only where there is headwear, the color of hair always: brows and beards have it too. */
function shows(traits: Traits, { trait, value }: TraitValue): boolean {
  return traits[trait] === value;
}

function pick<N extends TraitName>(trait: N, value: Traits[N]): TraitValue & { trait: N } {
  // A trait with one of its own values is a TraitValue by construction; the compiler cannot relate N to the union.
  return { trait, value } as TraitValue & { trait: N };
}
