import type { RandomStream } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part } from '../part.ts';
import type { Traits } from '../traits.ts';
import { bowlerHat, cowboyHat, pirateHat, strawHat, topHat, wizardHat } from './brimmed-hats.ts';
import { baseballCap, beanie } from './cap-hats.ts';
import { type Color, HEADWEAR_COLORS } from './colors.ts';
import { crown, featherHeaddress, flowerWreath, halo, horns, tiara } from './crowns.ts';
import { type HeadGrid, headGrid } from './head-grid.ts';

type Maker = (grid: HeadGrid, color: Color, random: RandomStream, traits: Traits) => Part[];

const HEADWEAR: Partial<Record<Traits['headwear'], Maker>> = {
  'baseball cap': baseballCap,
  beanie,
  'top hat': topHat,
  'bowler hat': bowlerHat,
  'cowboy hat': cowboyHat,
  'straw hat': strawHat,
  'wizard hat': wizardHat,
  'pirate hat': pirateHat,
  crown,
  tiara,
  'flower wreath': flowerWreath,
  'feather headdress': featherHeaddress,
  halo,
  horns,
};

/** Builds what a head wears: headwear, eyewear, mask and jewelry, fitted to the posed head. Decimeters. */
export function buildWear(form: HeadForm, traits: Traits, random: RandomStream): Part[] {
  const grid = headGrid(form);
  const color = HEADWEAR_COLORS[traits.headwearColor];
  return [...(HEADWEAR[traits.headwear]?.(grid, color, random.fork('headwear'), traits) ?? [])];
}
