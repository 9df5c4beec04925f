import type { ColorField } from '../color-field/color-field.ts';
import { createAdamW, stepAdamW } from '../optimizer/adamw.ts';
import { type Schedule, scheduledValue } from '../optimizer/schedule.ts';
import type { OptimizedParameters } from './learned-state.ts';

/** How a color field learns. */
export interface ColorRates {
  readonly gridLearningRate: Schedule;
  readonly networkLearningRate: Schedule;
  readonly weightDecay?: number;
}

/** A field's two groups of parameters with an optimizer each. */
export interface ColorOptimizer {
  readonly parts: Readonly<Record<'table' | 'weights', OptimizedParameters>>;
  /** Steps both by the field's gradients; answers the larger of the two learning rates. */
  step(step: number, scale: number): number;
}

/** Makes optimizers for the parameters of `field`. */
export function createColorOptimizer(field: ColorField, rates: ColorRates): ColorOptimizer {
  const { parameters, gradients } = field;
  const { weightDecay = 0 } = rates;
  const partOf = (name: 'table' | 'weights'): OptimizedParameters => ({
    parameters: parameters[name],
    optimizer: createAdamW(parameters[name].length),
  });
  const parts = { table: partOf('table'), weights: partOf('weights') };
  const schedules = { table: rates.gridLearningRate, weights: rates.networkLearningRate };
  return {
    parts,
    step(step, scale) {
      let largest = 0;
      for (const name of ['table', 'weights'] as const) {
        const learningRate = scheduledValue(schedules[name], step) * scale;
        const group = { start: 0, end: parameters[name].length, learningRate, weightDecay };
        stepAdamW(parts[name].optimizer, parameters[name], gradients[name], [group]);
        largest = Math.max(largest, learningRate);
      }
      return largest;
    },
  };
}
