import type { RandomStream } from '../../tensor/random.ts';
import type { Traits } from '../traits.ts';
import { browLayer } from './brow-layer.ts';
import { characterLayer } from './character-layers.ts';
import { eyeLineLayer } from './eye-line-layer.ts';
import { facePaintLayer } from './face-paint/face-paint-layer.ts';
import { lipsLayer } from './lips-layer.ts';
import { makeupLayer } from './makeup-layer.ts';
import { markLayer } from './mark-layers.ts';
import { mixRgb, type SkinColors } from './skin-colors.ts';
import type { SkinLayer } from './skin-layer.ts';
import { wrinkleLayer } from './wrinkle-layer.ts';

/** Faces whose own pattern takes the place of lashes, lips and brows. */
const MASKED: readonly Traits['character'][] = ['skull', 'robot'];
const FURRED: readonly Traits['character'][] = ['cat', 'lion', 'wolf', 'ape'];
const BROWLESS: readonly Traits['character'][] = ['gray alien', 'alien', 'clown', ...MASKED, ...FURRED];

/** All that is painted on one person's skin, in order: nature first, paint over it, hair last. */
export function skinLayers(traits: Traits, colors: SkinColors, random: RandomStream): SkinLayer[] {
  const { character } = traits;
  const own = characterLayer(traits, colors, random.fork('character'));
  const lashes = eyeLineLayer(mixRgb(colors.skin, [0.06, 0.035, 0.03], 0.88), lashStrength(traits));
  const lips = lipsLayer(traits, colors);
  const layers: (SkinLayer | null)[] = [
    character === 'clown' ? null : own,
    wrinkleLayer(traits, colors, random.fork('wrinkles')),
    character === 'skull' ? null : markLayer(traits, colors, random.fork('mark')),
    MASKED.includes(character) ? null : lips,
    makeupLayer(traits),
    character === 'clown' ? own : null,
    character === 'clown' && traits.lipColor !== 'natural' ? lips : null,
    facePaintLayer(traits, random.fork('paint')),
    MASKED.includes(character) || character === 'gray alien' ? null : lashes,
    BROWLESS.includes(character) ? null : browLayer(traits, colors, random.fork('brows')),
  ];
  return layers.filter((layer) => layer !== null);
}

function lashStrength(traits: Traits): number {
  if (traits.eyeShadow !== 'none') return 1;
  if (traits.gender === 'male' || traits.age === 'child') return 0.4;
  return traits.age === 'very old' || traits.age === 'old' ? 0.55 : 0.9;
}
