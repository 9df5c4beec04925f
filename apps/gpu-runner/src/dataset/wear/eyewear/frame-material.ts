import type { RandomStream } from '../../../tensor/random.ts';
import type { Material } from '../../part.ts';
import { BLACK, type Color, GOLD, SILVER } from '../colors.ts';
import { lacquer, metal } from '../materials.ts';

/** Metal or lacquer in a color that frames are sold in. */
export function frameMaterial(random: RandomStream): Material {
  const kind = random.uniform();
  if (kind < 0.3) return metal(random.uniform() < 0.5 ? GOLD : SILVER, 0.15);
  const colors: readonly Color[] = [BLACK, BLACK, [0.32, 0.16, 0.07], [0.6, 0.06, 0.08], [0.08, 0.15, 0.5]];
  return lacquer(colors[random.integer(0, colors.length - 1)], 0.5);
}
