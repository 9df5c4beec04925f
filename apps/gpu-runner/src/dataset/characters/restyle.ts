import type { RandomStream } from '../../tensor/random.ts';
import type { Part } from '../part.ts';
import type { Traits } from '../traits.ts';
import { addHollows } from './add-hollows.ts';
import { cartoonMaterial } from './cartoon-material.ts';
import { sculpted } from './statue-materials.ts';
import { voxelize } from './voxelize.ts';

/**
 * Covers a finished head with the traits' material and style.
 *
 * A material other than flesh takes the color of every part and leaves its relief and a trace of its tone; the cartoon
 * style flattens colors and draws an outline; the voxel style replaces all parts by one made of blocks.
 */
export function restyle(parts: Part[], traits: Traits, random: RandomStream): Part[] {
  let styled = parts;
  if (traits.material !== 'flesh') {
    const cover = sculpted(traits.material, random.fork('material'));
    styled = styled.map((part) => {
      const hollowed = addHollows(part);
      return { ...hollowed, material: cover(part.material, part.channelCount) };
    });
  }
  if (traits.style === 'cartoon') {
    styled = styled.map((part) => ({ ...part, material: cartoonMaterial(part.material) }));
  }
  if (traits.style === 'voxel') styled = [voxelize(styled, random.fork('blocks').integer(16, 23))];
  return styled;
}
