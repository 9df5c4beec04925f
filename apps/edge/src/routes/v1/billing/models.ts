import { ModelList } from '@headwright/shared/api/models';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { listModels } from '../../../services/models/list-models.ts';

export const listModelsContract: Contract = {
  operation: 'listModels',
  tag: 'Meta',
  summary: 'List models and prices',
  description: 'Each alias with its versions and how they stand. Needs no key.',
  responses: { 200: { description: 'Every model with its price list.', schema: ModelList } },
};

/** GET /v1/models */
export function readModels(c: AppContext): Response {
  return c.json(listModels(c.get('deps')));
}
