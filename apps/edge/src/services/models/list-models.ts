import type { ModelList } from '@headwright/shared/api/models';
import { JOB_KINDS } from '@headwright/shared/job-kind';
import { modelState } from '@headwright/shared/models';
import { PUBLIC_PRESETS } from '@headwright/shared/presets';
import type { Deps } from '../context.ts';
import { nextPriceChangeMs, priceListAt } from '../billing/prices.ts';
import { orderableModels } from './orderable-models.ts';

/** What can be ordered, with the price list in force: each alias, and the versions behind it. */
export function listModels(deps: Pick<Deps, 'clock' | 'config'>): ModelList {
  const nowMs = deps.clock();
  const { version, currency, amountsMinor } = priceListAt(nowMs);
  const nextMs = nextPriceChangeMs(nowMs);
  const { models } = deps.config;
  const orderable = orderableModels(deps);
  return {
    object: 'list',
    data: [...Map.groupBy(models, ({ alias }) => alias)].map(([alias, versions]) => ({
      id: alias,
      object: 'model',
      resolves_to: orderable.get(alias)?.id ?? null,
      versions: versions.map((one) => ({
        id: one.id,
        state: modelState(one, models, nowMs),
        released_at: one.releasedAt.toISOString(),
        sunset_at: one.ending?.sunset.toISOString() ?? null,
        successor: one.ending?.successor ?? null,
      })),
      currency,
      price_version: version,
      price_valid_until: nextMs === null ? null : new Date(nextMs).toISOString(),
      prices: JOB_KINDS.flatMap((kind) =>
        PUBLIC_PRESETS.map((preset) => ({ kind, preset, cost: amountsMinor[kind][preset] })),
      ),
    })),
    has_more: false,
  };
}
