import type { TraitName, Traits } from '../traits.ts';
import { headwearCover } from '../wear/headwear-cover.ts';

export type View = 'front' | 'side' | 'back';

const FACE: readonly TraitName[] = [
  'faceShape',
  'feature',
  'eyebrows',
  'eyeColor',
  'gaze',
  'lipColor',
  'eyeShadow',
  'blush',
  'facePaint',
  'mark',
  'expression',
  'beard',
  'eyewear',
  'mask',
];

const COLORS: readonly TraitName[] = ['eyeColor', 'lipColor', 'eyeShadow', 'blush', 'facePaint', 'skin'];

/** Heads whose hairlessness is no remark. */
const NATURALLY_BALD: ReadonlySet<Traits['character']> = new Set([
  'skull',
  'robot',
  'alien',
  'gray alien',
  'cat',
  'lion',
  'ape',
  'wolf',
]);

const FUR_BY_HAIR_COLOR: ReadonlySet<Traits['character']> = new Set(['cat', 'wolf', 'ape']);

const UNDER_EYEWEAR: readonly TraitName[] = ['eyeColor', 'gaze', 'eyeShadow'];

/** The traits of a head that a picture from `view` can show: not the face from behind, not the hair in a helmet. */
export function seenTraits(traits: Traits, view: View): ReadonlySet<TraitName> {
  const seen = new Set<TraitName>(Object.keys(traits) as TraitName[]);
  const hide = (names: readonly TraitName[]): void => {
    for (const name of names) seen.delete(name);
  };
  const { character, eyewear, hair, headwear, material, mask } = traits;
  const cover = headwearCover(headwear);
  const under = cover !== 'none' && (hair === 'bald' || hair === 'buzz cut');
  if (cover === 'head' || under || (hair === 'bald' && NATURALLY_BALD.has(character))) hide(['hair']);
  if (headwear === 'none') hide(['headwearColor']);
  const hairless = (!seen.has('hair') || hair === 'bald') && traits.beard === 'none';
  if (hairless && !FUR_BY_HAIR_COLOR.has(character)) hide(['hairColor']);
  if (material !== 'flesh') hide([...COLORS, 'hairColor', 'headwearColor']);
  if (character !== 'human') hide(['origin', 'skin']);
  if (character === 'skull') hide(['eyeColor', 'eyebrows', 'faceShape']);
  if (eyewear === 'sunglasses' || eyewear === 'vr headset' || eyewear === 'goggles') hide(UNDER_EYEWEAR);
  if (eyewear === 'vr headset') hide(['eyebrows']);
  if (mask === 'surgical mask' || mask === 'gas mask' || mask === 'hockey mask')
    hide(['lipColor', 'blush', 'mark', 'beard', 'expression', 'feature']);
  if (headwear === 'knight helmet' || headwear === 'motorcycle helmet')
    hide(['lipColor', 'blush', 'mark', 'beard', 'expression', 'feature', 'faceShape', 'facePaint']);
  if (headwear === 'knight helmet') hide(['eyebrows', 'eyeColor', 'gaze', 'eyeShadow', 'skin']);
  if (mask === 'hockey mask' || mask === 'gas mask') hide(['faceShape', 'eyebrows', 'eyeShadow']);
  if (view === 'back') hide(FACE);
  if (view === 'side') hide(['eyeColor', 'faceShape']);
  return seen;
}
