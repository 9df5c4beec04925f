import type { Traits } from '../traits.ts';

/** What hair a piece of headwear hides: none, what grows above the hat's rim, or all of it. */
export type HeadwearCover = 'none' | 'top' | 'head';

const COVERS: { readonly [H in Traits['headwear']]: HeadwearCover } = {
  none: 'none',
  'baseball cap': 'top',
  beanie: 'top',
  'top hat': 'top',
  'bowler hat': 'top',
  'cowboy hat': 'top',
  'straw hat': 'top',
  'wizard hat': 'top',
  'pirate hat': 'top',
  crown: 'none',
  tiara: 'none',
  turban: 'head',
  hood: 'head',
  headscarf: 'head',
  headband: 'none',
  bandana: 'top',
  'chef hat': 'top',
  'santa hat': 'top',
  beret: 'top',
  'soldier helmet': 'top',
  'knight helmet': 'head',
  'viking helmet': 'top',
  'astronaut helmet': 'head',
  'motorcycle helmet': 'head',
  headphones: 'none',
  'flower wreath': 'none',
  'feather headdress': 'none',
  horns: 'none',
  halo: 'none',
};

/** The hair that a head does without under `headwear`: 'top' is what lies above the rim, 'head' all of it. */
export function headwearCover(headwear: Traits['headwear']): HeadwearCover {
  return COVERS[headwear];
}
