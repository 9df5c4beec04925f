import { z } from 'zod';
import { EndUser } from '../end-user.ts';
import { JobId, LedgerId } from '../ids.ts';
import { JobKind } from '../job-kind.ts';
import { Arrangement, LedgerKind } from '../ledger-kind.ts';
import { AmountMinor, Currency } from '../money.ts';
import { Preset } from '../presets.ts';
import { ModelName, ModelVersionId } from './models.ts';
import { CREATED_FILTERS, listOf, pageQuery } from './page.ts';

const Month = z
  .string()
  .regex(/^20[0-9]{2}-(0[1-9]|1[0-2])$/, { error: 'must be a month such as 2026-11' })
  .describe('A calendar month in UTC: `2026-11`.');

/** Body of `POST /v1/quotes`. */
export const QuoteRequest = z
  .strictObject({
    kind: JobKind.optional().describe('What shall be done; `head` unless given.'),
    preset: Preset.optional().describe('`standard` unless given; an edit has the preset of its head.'),
    model: ModelName.optional(),
  })
  .meta({ id: 'QuoteRequest' });
export type QuoteRequest = z.infer<typeof QuoteRequest>;

/** What a job would cost, and how long it may take. Nothing is reserved. */
export const Quote = z
  .object({
    object: z.literal('quote'),
    kind: JobKind,
    preset: Preset,
    model: ModelVersionId,
    cost: AmountMinor.describe('Paid only if the job succeeds, in minor units.'),
    currency: Currency,
    price_version: z.string().describe('The price list; a job that is accepted keeps it.'),
    expires_at: z.iso.datetime().describe('Until then the price holds.'),
    typical_duration_s: z
      .object({ p50: z.number(), p95: z.number() })
      .nullable()
      .describe('Of the newest jobs like this one, from start to success; null while there are too few.'),
    queue_wait_s: z
      .number()
      .nullable()
      .describe('A guess, from the jobs that are ready and the runners at work; null if there is none.'),
  })
  .meta({ id: 'Quote' });
export type Quote = z.infer<typeof Quote>;

/** What an account has, in the mode of its key. */
export const Balance = z
  .object({
    object: z.literal('balance'),
    arrangement: Arrangement.describe(
      '`prepaid`: from credit; `invoiced`: by invoice, up to `credit_limit`.',
    ),
    currency: Currency,
    balance: AmountMinor.describe('Credit bought and not used.'),
    held: AmountMinor.describe('Of the balance, what open jobs will cost if they succeed.'),
    available: AmountMinor.describe(
      'What a new job may cost: the balance less what is held, or what is left of the credit limit this month.',
    ),
    credit_limit: AmountMinor.nullable().describe(
      'What an invoiced account may spend in a month; else null.',
    ),
  })
  .meta({ id: 'Balance' });
export type Balance = z.infer<typeof Balance>;

/** One movement of money. Entries never change and never vanish. */
export const LedgerEntry = z
  .object({
    id: LedgerId,
    object: z.literal('ledger_entry'),
    kind: LedgerKind.describe(
      'Of a job: hold, then capture or release; refund. Else: credit, withdrawal (a payment given back), dispute, dispute_won.',
    ),
    arrangement: Arrangement,
    amount: AmountMinor.describe('Always positive; the two changes below have signs.'),
    balance_change: AmountMinor,
    held_change: AmountMinor,
    currency: Currency,
    job_id: JobId.nullable(),
    price_version: z.string().nullable(),
    created_at: z.iso.datetime(),
    urls: z.object({ self: z.string(), job: z.string().nullable() }),
  })
  .meta({ id: 'LedgerEntry' });
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** Query of `GET /v1/ledger`. */
export const LedgerQuery = z.strictObject({
  ...pageQuery(LedgerId),
  kind: LedgerKind.optional(),
  job_id: JobId.optional(),
  ...CREATED_FILTERS,
});
export type LedgerQuery = z.infer<typeof LedgerQuery>;

/** A page of the ledger, newest first. */
export const LedgerList = listOf(LedgerEntry).meta({ id: 'LedgerList' });
export type LedgerList = z.infer<typeof LedgerList>;

/** Query of `GET /v1/usage`. */
export const UsageQuery = z.strictObject({
  month: Month.optional().describe('This month unless given.'),
  group_by: z
    .enum(['day', 'kind', 'key', 'end_user'])
    .optional()
    .describe('What the parts are; `day` unless given.'),
  end_user: EndUser.optional().describe('Only what was made for this end user.'),
});
export type UsageQuery = z.infer<typeof UsageQuery>;

/** What was captured in a month. */
export const Usage = z
  .object({
    object: z.literal('usage'),
    month: Month,
    currency: Currency,
    jobs: z.number().int().describe('Jobs that succeeded.'),
    amount: AmountMinor.describe('What they cost.'),
    group_by: z.enum(['day', 'kind', 'key', 'end_user']),
    data: z.array(
      z.object({
        group: z.string().nullable().describe('A day, kind, key id or end user; null for jobs without one.'),
        jobs: z.number().int(),
        amount: AmountMinor,
      }),
    ),
  })
  .meta({ id: 'Usage' });
export type Usage = z.infer<typeof Usage>;

const Cap = AmountMinor.min(0).nullable();

/** What an account may spend and have open. Spend is exact, checked with each job; request rates are not. */
export const Limits = z
  .object({
    object: z.literal('limits'),
    currency: Currency,
    month: Month,
    monthly_cap: Cap.describe('The hard cap that you set; null for none.'),
    committed: AmountMinor.describe('What jobs that were accepted this month cost, or will if they succeed.'),
    credit_limit: Cap.describe('The operator’s, for invoiced accounts; else null.'),
    keys: z
      .array(z.object({ key_id: z.string(), monthly_cap: Cap, committed: AmountMinor }))
      .describe(
        'Keys that have a cap of their own or have spent this month. `PATCH /v1/keys/{id}` sets a cap.',
      ),
    concurrency: z.object({
      running: z.number().int().describe('Jobs that may run or be ready at a time.'),
      waiting: z.number().int().describe('Jobs that may wait behind those.'),
    }),
  })
  .meta({ id: 'Limits' });
export type Limits = z.infer<typeof Limits>;

/** Body of `PUT /v1/limits`. */
export const SetLimitsRequest = z
  .strictObject({
    monthly_cap: Cap.describe('No job is accepted that could take the month above this; null for no cap.'),
  })
  .meta({ id: 'SetLimitsRequest' });
export type SetLimitsRequest = z.infer<typeof SetLimitsRequest>;

const ReturnAddress = z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).max(2000);

/** Body of `POST /v1/billing/checkout`. */
export const CheckoutRequest = z
  .strictObject({
    amount: AmountMinor.min(100).max(1_000_000).describe('Credit to buy, in minor units.'),
    success_url: ReturnAddress.describe('Where the browser goes after it has paid.'),
    cancel_url: ReturnAddress.describe('Where it goes if the person turns back.'),
  })
  .meta({ id: 'CheckoutRequest' });
export type CheckoutRequest = z.infer<typeof CheckoutRequest>;

/** A page on which a person pays. The credit is there once the payment provider has told us. */
export const Checkout = z
  .object({
    object: z.literal('checkout'),
    id: z.string(),
    amount: AmountMinor,
    currency: Currency,
    url: z.string().describe('Open it in a browser.'),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: 'Checkout' });
export type Checkout = z.infer<typeof Checkout>;

/** Body of `POST /v1/billing/portal`. */
export const PortalRequest = z
  .strictObject({ return_url: ReturnAddress.describe('Where the page leads back to.') })
  .meta({ id: 'PortalRequest' });
export type PortalRequest = z.infer<typeof PortalRequest>;

/** A page with an account's invoices and means of payment. */
export const Portal = z.object({ object: z.literal('portal'), url: z.string() }).meta({ id: 'Portal' });
export type Portal = z.infer<typeof Portal>;
