import type { RandomStream } from '../../tensor/random.ts';
import type { Traits } from '../traits.ts';
import { browLayer } from './brow-layer.ts';
import { eyeLineLayer } from './eye-line-layer.ts';
import { lipsLayer } from './lips-layer.ts';
import { mixRgb, type SkinColors } from './skin-colors.ts';
import type { SkinLayer } from './skin-layer.ts';

/** All that is painted on one person's skin, in order. */
export function skinLayers(traits: Traits, colors: SkinColors, random: RandomStream): SkinLayer[] {
  const layers: (SkinLayer | null)[] = [
    eyeLineLayer(mixRgb(colors.skin, [0.06, 0.035, 0.03], 0.85), traits.gender === 'female' ? 0.9 : 0.35),
    lipsLayer(traits, colors),
    browLayer(traits, colors, random.fork('brows')),
  ];
  return layers.filter((layer) => layer !== null);
}
