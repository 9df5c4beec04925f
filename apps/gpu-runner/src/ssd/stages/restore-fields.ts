import { type ColorField, createColorField } from '../color-field/color-field.ts';
import { digestHeadTemplate } from '../head-template/digest-head-template.ts';
import type { HeadTemplate } from '../head-template/head-template.ts';
import type { HeadState } from '../state/head-state.ts';
import { createRandom } from '../../tensor/random.ts';
import type { SignedDistanceField } from '../tetrahedral-grid/signed-distance-field.ts';
import { openField } from './open-field.ts';

/** The fields of a finished head, as they were when its last stage ended. */
export interface RestoredFields {
  /** The caller disposes of both. */
  readonly field: SignedDistanceField;
  readonly colors: ColorField;
}

/** Rebuilds both fields of a head; another template, or parameters that do not fit the recipe, are refused by name. */
export async function restoreFields(state: HeadState, headTemplate: HeadTemplate): Promise<RestoredFields> {
  const { recipe, distance } = state;
  const digest = digestHeadTemplate(headTemplate);
  if (digest !== recipe.headTemplateSha256) {
    throw new Error(
      `restoreFields: expected the head template ${recipe.headTemplateSha256} of the head, got ${digest}`,
    );
  }
  const { field } = await openField({
    settings: recipe.settings.geometry.field,
    box: recipe.box,
    template: headTemplate.signedDistance,
    parametersFollow: true,
  });
  // The stream only fills what is overwritten below.
  const colors = await createColorField(recipe.settings.texture.field, createRandom(recipe.seed));
  try {
    put('distance', distance, field.parameters);
    put('colors/table', state.colors.table, colors.parameters.table);
    put('colors/weights', state.colors.weights, colors.parameters.weights);
  } catch (error) {
    await field.dispose();
    await colors.dispose();
    throw error;
  }
  field.refresh();
  return { field, colors };
}

function put(name: string, values: Float32Array, into: Float32Array): void {
  if (values.length !== into.length) {
    throw new Error(
      `restoreFields: ${name}: expected ${into.length} parameters by the recipe's settings, got ${values.length}`,
    );
  }
  into.set(values);
}
