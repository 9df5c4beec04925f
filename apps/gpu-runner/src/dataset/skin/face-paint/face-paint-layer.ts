import type { RandomStream } from '../../../tensor/random.ts';
import type { Traits } from '../../traits.ts';
import type { SkinLayer } from '../skin-layer.ts';
import { butterflyPaint, starPaint } from './figure-paint.ts';
import { skeletonPaint } from './skeleton-paint.ts';
import {
  footballPaint,
  halfWhitePaint,
  rainbowPaint,
  tigerPaint,
  warPaint,
  whiskerPaint,
} from './stripe-paint.ts';

/** Face paint in paint's flat, strong colors; null for none. */
export function facePaintLayer(traits: Traits, random: RandomStream): SkinLayer | null {
  switch (traits.facePaint) {
    case 'none':
      return null;
    case 'war paint':
      return warPaint(random);
    case 'tiger stripes':
      return tigerPaint(random);
    case 'star':
      return starPaint(random);
    case 'butterfly':
      return butterflyPaint(random);
    case 'half white':
      return halfWhitePaint(random);
    case 'skeleton':
      return skeletonPaint(0.95);
    case 'football stripes':
      return footballPaint(random);
    case 'rainbow':
      return rainbowPaint();
    case 'whiskers':
      return whiskerPaint();
  }
}
