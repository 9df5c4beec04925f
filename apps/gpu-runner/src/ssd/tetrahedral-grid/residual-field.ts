/**
 * The residual field: the template's distance plus a learned residual, and learned offsets of the grid.
 *
 *     s(v) = template(v) + residual(v)          o(v) = three more channels of the same pyramid
 *
 * All parameters start at zero, so every prompt starts from the template's identical bytes. One optimizer step of size η
 * changes s by at most η · Σ_l scale_l: with the default scales and η = 2e-3 about 4.6e-3 head heights, so 250 steps that
 * agree grow more than a head height of hair, and 65 of them 0.3.
 *
 * References: ours, in the place of the hash grid of HeadArtist (arXiv 2312.07539) §3.2; it needs no fitting.
 */
import type { Box } from './box.ts';
import type { ResidualFieldSettings } from './field-settings.ts';
import { createResidualSampler, type ResidualField } from './sample-residual.ts';
import { createSplineProbe, sampleSplineBackward } from './sample-spline.ts';
import type { DistanceFunction } from './signed-distance-field.ts';
import { collapsePyramid, collapsePyramidBackward, createSplinePyramid } from './spline-pyramid.ts';

/** What a field is built from; see `FIELD_DEFAULTS`. */
export interface ResidualFieldOptions extends ResidualFieldSettings {
  /** Where the residual lives; beyond it the residual keeps its border value. */
  readonly box: Box;
  readonly template: DistanceFunction;
}

/**
 * Spacings of 0.32, 0.16, 0.08 and 0.04 head heights (a skull's half width down to a nostril). Coarse levels take the
 * larger steps: they gather gradient from many pixels and agree with themselves; fine ones would follow the noise.
 */
export const FIELD_DEFAULTS = {
  coarsestSpacing: 0.32,
  distanceScales: [1, 0.7, 0.4, 0.2],
  offsetScale: 5,
  offsetBound: 0.012,
} satisfies ResidualFieldSettings;

/** Creates a field that equals its template everywhere. */
export function createResidualField(
  options: Partial<ResidualFieldOptions> & Pick<ResidualFieldOptions, 'box' | 'template'>,
): ResidualField {
  const { box, template, coarsestSpacing, distanceScales, offsetScale, offsetBound } = {
    ...FIELD_DEFAULTS,
    ...options,
  };
  const pyramid = createSplinePyramid({
    box,
    coarsestSpacing,
    levelCount: distanceScales.length,
    channelCount: 4,
  });
  const scales = distanceScales.map((s) => [s, offsetScale * s, offsetScale * s, offsetScale * s]);
  const parameters = new Float32Array(pyramid.parameterCount);
  const gradient = new Float32Array(pyramid.parameterCount);
  const field: ResidualField = {
    box,
    template,
    pyramid,
    offsetBound,
    parameters,
    gradient,
    coefficients: collapsePyramid(pyramid, parameters, scales),
    refresh() {
      field.coefficients = collapsePyramid(pyramid, parameters, scales);
    },
    async backward(positions, gradDistances, gradOffsets) {
      const gradCoefficients = new Float32Array(field.coefficients.length);
      const distances = { pyramid, positions, firstChannel: 0, channelCount: 1 };
      sampleSplineBackward(distances, gradDistances, gradCoefficients);
      const offsets = { pyramid, positions, firstChannel: 1, channelCount: 3 };
      sampleSplineBackward(offsets, gradOffsets, gradCoefficients);
      collapsePyramidBackward(pyramid, gradCoefficients, scales, gradient);
    },
    probe() {
      const probe = createSplineProbe(pyramid, field.coefficients);
      return {
        distance: (x, y, z) => template(x, y, z) + probe(0, x, y, z),
        offset(x, y, z, into) {
          for (let axis = 0; axis < 3; axis++) into[axis] = probe(axis + 1, x, y, z);
        },
      };
    },
    sampleOn: (grid) => createResidualSampler(field, grid),
    dispose: async () => {},
  };
  return field;
}
