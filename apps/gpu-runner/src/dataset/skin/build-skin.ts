import type { RandomStream } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Material, Part } from '../part.ts';
import type { Traits } from '../traits.ts';
import { createEyeMaterial } from './eye-material.ts';
import { createTeethMaterial, createTongueMaterial } from './mouth-materials.ts';
import { mouthOpening } from './mouth-opening.ts';
import { SKIN_CHANNELS, skinChannels } from './skin-channels.ts';
import { skinColors } from './skin-colors.ts';
import { skinLayers } from './skin-layers.ts';
import { createSkinMaterial } from './skin-material.ts';
import { regionMesh } from './skin-mesh.ts';
import { skinSurface } from './skin-surface.ts';

/** Covers a bare head: skin with brows and all that is painted on it, eyeballs, teeth and tongue. */
export function buildSkin(form: HeadForm, traits: Traits, random: RandomStream): Part[] {
  const colors = skinColors(traits, random.fork('skin colors'));
  const opening = mouthOpening(form);
  const { mesh, formVertices } = regionMesh(form, form.indices.skin);
  return [
    {
      name: 'skin',
      mesh,
      channels: skinChannels(form, formVertices, traits, colors),
      channelCount: SKIN_CHANNELS.count,
      material: createSkinMaterial(
        skinSurface(traits),
        colors,
        skinLayers(traits, colors, random.fork('skin layers')),
      ),
    },
    restPart('eyes', form, form.indices.eyes, createEyeMaterial(traits, random.fork('eyes'))),
    restPart('teeth', form, form.indices.teeth, createTeethMaterial(traits, opening)),
    restPart('tongue', form, form.indices.tongue, createTongueMaterial(traits, opening)),
  ];
}

/** A part whose only channels are the rest position. */
function restPart(name: string, form: HeadForm, indices: Uint32Array, material: Material): Part {
  const { mesh, formVertices } = regionMesh(form, indices);
  const channels = new Float32Array(formVertices.length * 3);
  for (let v = 0; v < formVertices.length; v++) {
    const from = formVertices[v] * 3;
    channels.set(form.rest.subarray(from, from + 3), 3 * v);
  }
  return { name, mesh, channels, channelCount: 3, material };
}
