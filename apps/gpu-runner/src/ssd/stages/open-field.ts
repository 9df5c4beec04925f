import { createRandom } from '../../tensor/random.ts';
import type { Box } from '../tetrahedral-grid/box.ts';
import type { FieldSettings } from '../tetrahedral-grid/field-settings.ts';
import { openHashGridField } from '../tetrahedral-grid/hash-grid-field.ts';
import { createResidualField } from '../tetrahedral-grid/residual-field.ts';
import type { DistanceFunction, SignedDistanceField } from '../tetrahedral-grid/signed-distance-field.ts';
import { type FieldFit, fitField } from './fit-field.ts';

/** A field as every head finds it; the caller disposes of it. */
export interface OpenedField {
  readonly field: SignedDistanceField;
  /** How well it was fitted to the template; null where nothing had to be fitted. */
  readonly fit: FieldFit | null;
}

/**
 * Opens the field of the settings' kind at the template: the same bytes for every prompt and seed.
 *
 * `parametersFollow` says that the caller overwrites all parameters anyway, so that nothing is fitted in vain.
 */
export async function openField(options: {
  readonly settings: FieldSettings;
  readonly box: Box;
  readonly template: DistanceFunction;
  readonly parametersFollow: boolean;
  readonly signal?: AbortSignal | undefined;
}): Promise<OpenedField> {
  const { settings, box, template, parametersFollow, signal } = options;
  if (settings.kind !== 'hash-grid') {
    return { field: createResidualField({ ...settings, box, template }), fit: null };
  }
  const field = await openHashGridField({ settings, box, random: createRandom(0, 'hash-grid field') });
  if (parametersFollow) return { field, fit: null };
  try {
    return { field, fit: await fitField(field, template, signal) };
  } catch (error) {
    await field.dispose();
    throw error;
  }
}
