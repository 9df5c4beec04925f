import { z } from 'zod';
import type { LocalPayments, NewCheckout } from './interface.ts';

/** How long a payment page can be paid. */
const CHECKOUT_MS = 24 * 3_600_000;

const StoredCheckout = z.object({
  accountId: z.string(),
  mode: z.enum(['test', 'live']),
  customerId: z.string(),
  amountMinor: z.int(),
  currency: z.string(),
  successUrl: z.string(),
  cancelUrl: z.string(),
  origin: z.string(),
}) satisfies z.ZodType<NewCheckout>;

const ID = /^[0-9a-f]{64}$/;
const checkoutKey = (id: string) => `payments/checkouts/${id}`;
const meterPrefix = (customerId: string) => `payments/meters/${customerId}/`;

/**
 * Payments without a provider: nobody pays, all else is as with one. It keeps its books as objects of a bucket, apart
 * from the database, so that reconciling them with the ledger proves something.
 */
export function openLocalPayments(
  files: R2Bucket,
  { clock, token }: { clock: () => number; token: () => string },
): LocalPayments {
  return {
    createCustomer: async ({ id, mode }) => `cus_local_${mode}_${id}`,
    async createCheckout(checkout) {
      // Whoever knows this id may pay, as with a provider's page.
      const id = token();
      await files.put(checkoutKey(id), JSON.stringify(checkout));
      const url = `${checkout.origin}/local/checkout/${id}`;
      return { id, url, expiresAtMs: clock() + CHECKOUT_MS };
    },
    async readCheckout(id) {
      if (!ID.test(id)) return null;
      const stored = await files.get(checkoutKey(id));
      if (stored === null || stored.uploaded.getTime() + CHECKOUT_MS <= clock()) return null;
      return StoredCheckout.parse(await stored.json());
    },
    createPortal: async (_, returnUrl) => returnUrl,
    async sendMeterEvent({ id, customerId, amountMinor, atMs }) {
      await files.put(`${meterPrefix(customerId)}${id}/${atMs}/${amountMinor}`, '');
    },
    async readMeterTotal(customerId, fromMs, untilMs) {
      let total = 0;
      let cursor: string | undefined;
      do {
        const page = await files.list({
          prefix: meterPrefix(customerId),
          ...(cursor === undefined ? {} : { cursor }),
        });
        for (const { key } of page.objects) {
          const [atMs = Number.NaN, amountMinor = Number.NaN] = key.split('/').slice(-2).map(Number);
          if (atMs >= fromMs && atMs < untilMs) total += amountMinor;
        }
        cursor = page.truncated ? page.cursor : undefined;
      } while (cursor !== undefined);
      return total;
    },
    readEvent: async () => null,
  };
}
