import { DEFAULT_MODEL } from '@headwright/shared/models';
import type { Deps } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { orderableModels } from './orderable-models.ts';

/** The version that a name stands for now, the usual one without a name; throws for what cannot be ordered. */
export function resolveModel(deps: Pick<Deps, 'clock' | 'config'>, name: string = DEFAULT_MODEL): string {
  const orderable = orderableModels(deps);
  const found = orderable.get(name);
  if (found !== undefined) return found.id;
  const known = `expected one of ${[...orderable.keys()].join(', ')}`;
  const ending = deps.config.models.find(({ id }) => id === name)?.ending;
  const isRetired = ending != null;
  throw new ServiceError(
    'input.invalid',
    isRetired ? `The model ${name} has been retired.` : `There is no model ${name}.`,
    {
      errors: [
        isRetired
          ? {
              pointer: '/model',
              code: 'retired',
              detail: `ended on ${ending.sunset.toISOString().slice(0, 10)}; ${known}`,
            }
          : { pointer: '/model', code: 'invalid_value', detail: known },
      ],
    },
  );
}
