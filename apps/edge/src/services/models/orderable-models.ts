import { modelState, type ModelVersion } from '@headwright/shared/models';
import type { Deps } from '../context.ts';

/** The versions that can be ordered now, by each name that they may be called: themselves, and the newest by its alias. */
export function orderableModels({
  clock,
  config,
}: Pick<Deps, 'clock' | 'config'>): Map<string, ModelVersion> {
  const open = config.models.filter((version) => modelState(version, config.models, clock()) !== 'retired');
  // Oldest first: the last one that an alias gets is its newest.
  return new Map([
    ...open.map((version) => [version.alias, version] as const),
    ...open.map((version) => [version.id, version] as const),
  ]);
}
