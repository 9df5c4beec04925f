import { createRandom } from '../../tensor/random.ts';
import { type ColorField, createColorField } from '../color-field/color-field.ts';
import type { HeadState } from '../state/head-state.ts';
import { putParameters } from '../state/put-parameters.ts';

/** Rebuilds the colors of a finished head; the caller disposes of them. Parameters that do not fit the recipe are refused. */
export async function restoreColors({ recipe, colors }: HeadState): Promise<ColorField> {
  // The stream only fills what is overwritten below.
  const field = await createColorField(recipe.settings.texture.field, createRandom(recipe.seed));
  try {
    putParameters('colors/table', colors.table, field.parameters.table);
    putParameters('colors/weights', colors.weights, field.parameters.weights);
    return field;
  } catch (error) {
    await field.dispose();
    throw error;
  }
}
