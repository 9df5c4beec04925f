import type { ColorField } from '../color-field/color-field.ts';
import type { HeadTemplate } from '../head-template/head-template.ts';
import { requireHeadTemplate } from '../head-template/require-head-template.ts';
import type { HeadState } from '../state/head-state.ts';
import { putParameters } from '../state/put-parameters.ts';
import type { SignedDistanceField } from '../tetrahedral-grid/signed-distance-field.ts';
import { openField } from './open-field.ts';
import { restoreColors } from './restore-colors.ts';

/** The fields of a finished head, as they were when its last stage ended. */
export interface RestoredFields {
  /** The caller disposes of both. */
  readonly field: SignedDistanceField;
  readonly colors: ColorField;
}

/** Rebuilds both fields of a head; another template, or parameters that do not fit the recipe, are refused by name. */
export async function restoreFields(state: HeadState, headTemplate: HeadTemplate): Promise<RestoredFields> {
  const { recipe, distance } = state;
  requireHeadTemplate(headTemplate, recipe.headTemplateSha256);
  const { field } = await openField({
    settings: recipe.settings.geometry.field,
    box: recipe.box,
    template: headTemplate.signedDistance,
    parametersFollow: true,
  });
  try {
    putParameters('distance', distance, field.parameters);
    field.refresh();
    return { field, colors: await restoreColors(state) };
  } catch (error) {
    await field.dispose();
    throw error;
  }
}
