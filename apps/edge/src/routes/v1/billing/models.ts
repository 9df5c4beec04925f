import { ModelList } from '@headwright/shared/api/billing';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { listModels } from '../../../services/billing/list-models.ts';

export const listModelsContract: Contract = {
  operation: 'listModels',
  tag: 'Meta',
  summary: 'List models and prices',
  description: 'Needs no key.',
  responses: { 200: { description: 'Every model with its price list.', schema: ModelList } },
};

/** GET /v1/models */
export function readModels(c: AppContext): Response {
  return c.json(listModels(c.get('deps')));
}
