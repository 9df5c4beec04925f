import type { JobKind } from '@headwright/shared/job-kind';
import { CURRENCY } from '@headwright/shared/money';
import type { Preset } from '@headwright/shared/presets';

/** What a job of each kind and preset costs from a moment on, cents. */
export interface PriceList {
  /** Pinned by holds: a job that was accepted under a list is captured under it. */
  version: string;
  effectiveFromMs: number;
  currency: typeof CURRENCY;
  amountsMinor: Readonly<Record<JobKind, Readonly<Record<Preset, number>>>>;
}

/** Newest first. A list is never edited once it is in force: a new price is a new list on top. */
const PRICE_LISTS: readonly [PriceList, ...PriceList[]] = [
  {
    version: '2026-11-01',
    effectiveFromMs: Date.UTC(2026, 10, 1),
    currency: CURRENCY,
    amountsMinor: {
      head: { smoke: 1, draft: 10, standard: 40 },
      geometry_edit: { smoke: 1, draft: 6, standard: 25 },
      texture_edit: { smoke: 1, draft: 4, standard: 15 },
      restyle_edit: { smoke: 2, draft: 10, standard: 40 },
      // Renditions that are ordered with a head or an edit come with it.
      export: { smoke: 1, draft: 1, standard: 2 },
    },
  },
];

/** The price list in force at a moment; before the first, the first. */
export function priceListAt(atMs: number, lists = PRICE_LISTS): PriceList {
  return lists.find(({ effectiveFromMs }) => effectiveFromMs <= atMs) ?? lists.at(-1) ?? lists[0];
}

/** When a newer list replaces the one of a moment; null if none is known. */
export function nextPriceChangeMs(atMs: number, lists = PRICE_LISTS): number | null {
  return lists.findLast(({ effectiveFromMs }) => effectiveFromMs > atMs)?.effectiveFromMs ?? null;
}
