import type { PictureKind } from '../dataset/example.ts';
import { seenTraits } from '../dataset/captions/seen-traits.ts';
import { TRAITS, type TraitName, type Traits } from '../dataset/traits.ts';

/** What a classifier is asked about a picture: one of `values`. */
export interface Question {
  readonly name: string;
  readonly values: readonly string[];
}

/** Traits that a picture of 128 pixels can show. Those of form are judged in normal maps, too. */
const JUDGED = {
  character: 'form',
  material: 'color',
  style: 'form',
  gender: 'form',
  age: 'form',
  origin: 'color',
  skin: 'color',
  hair: 'form',
  hairColor: 'color',
  beard: 'form',
  lipColor: 'color',
  facePaint: 'color',
  mark: 'color',
  headwear: 'form',
  headwearColor: 'color',
  eyewear: 'form',
  mask: 'form',
  jewelry: 'form',
  expression: 'form',
} as const satisfies { readonly [N in TraitName]?: 'form' | 'color' };

export type JudgedTrait = keyof typeof JUDGED;

// Object.keys of a literal are its own names.
export const JUDGED_TRAITS = Object.keys(JUDGED) as readonly JudgedTrait[];

const VIEWS = ['front', 'side', 'back'] as const;

/** What is asked of every picture: the judged traits, the side that it shows, and whether it is spoiled. */
export const QUESTIONS: readonly Question[] = [
  ...JUDGED_TRAITS.map((name) => ({ name, values: TRAITS[name] })),
  { name: 'view', values: VIEWS },
  { name: 'defect', values: ['no', 'yes'] },
];

/** What is known about a picture that answers the questions. */
export interface KnownPicture {
  readonly kind: PictureKind;
  readonly view: (typeof VIEWS)[number];
  readonly traits: Traits;
  readonly defect: string | null;
}

/** The judged traits that a good picture of this kind and view can show. */
export function judgedTraits({ kind, view, traits }: Omit<KnownPicture, 'defect'>): readonly JudgedTrait[] {
  const seen = seenTraits(traits, view);
  return JUDGED_TRAITS.filter((name) => seen.has(name) && (kind === 'photo' || JUDGED[name] === 'form'));
}

/** For each question the number of its right answer, or −1 where the picture cannot answer it. */
export function answersOf(picture: KnownPicture): Int8Array {
  const asked = new Set<string>(picture.defect === null ? judgedTraits(picture) : []);
  return Int8Array.from(QUESTIONS, ({ name, values }) => {
    if (name === 'defect') return picture.defect === null ? 0 : 1;
    if (name === 'view') return picture.defect === null ? values.indexOf(picture.view) : -1;
    // Every other question is named after its trait.
    return asked.has(name) ? values.indexOf(picture.traits[name as JudgedTrait]) : -1;
  });
}
