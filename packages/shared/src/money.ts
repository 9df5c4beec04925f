import { z } from 'zod';

/** The one currency of the price list. */
export const CURRENCY = 'usd';

/** Currency of an amount, as ISO 4217 in lower case. */
export const Currency = z.literal(CURRENCY).describe('ISO 4217 code in lower case.');

/** An amount of money in the currency's minor unit (cents of a dollar); never a fraction. */
export const AmountMinor = z
  .int()
  .min(-1_000_000_000_000)
  .max(1_000_000_000_000)
  .describe('Integer in the minor unit of the currency: 250 is $2.50.');

/** What a customer wants a job to cost at most. */
export const MaxCost = AmountMinor.min(0).describe(
  'Refuse the job with 402 `billing.max_cost` if it costs more than this, in minor units.',
);
