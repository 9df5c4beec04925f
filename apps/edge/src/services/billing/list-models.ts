import type { ModelList } from '@headwright/shared/api/billing';
import { JOB_KINDS } from '@headwright/shared/job-kind';
import { PUBLIC_PRESETS } from '@headwright/shared/presets';
import type { Deps } from '../context.ts';
import { nextPriceChangeMs, priceListAt } from './prices.ts';

/** What can be ordered, with the price list in force. */
export function listModels({ clock }: Pick<Deps, 'clock'>): ModelList {
  const nowMs = clock();
  const { version, currency, amountsMinor } = priceListAt(nowMs);
  const nextMs = nextPriceChangeMs(nowMs);
  return {
    object: 'list',
    data: [
      {
        id: 'head-1',
        object: 'model',
        currency,
        price_version: version,
        price_valid_until: nextMs === null ? null : new Date(nextMs).toISOString(),
        prices: JOB_KINDS.flatMap((kind) =>
          PUBLIC_PRESETS.map((preset) => ({ kind, preset, cost: amountsMinor[kind][preset] })),
        ),
      },
    ],
    has_more: false,
  };
}
