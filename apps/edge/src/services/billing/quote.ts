import type { Quote, QuoteRequest } from '@headwright/shared/api/billing';
import { and, desc, eq, sql } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import type { AccountContext } from '../context.ts';
import { enginePool } from '../jobs/engine-pool.ts';
import { DURATIONS_MIN } from '../jobs/outlook.ts';
import { resolveModel } from '../models/resolve-model.ts';
import { nextPriceChangeMs, priceListAt } from './prices.ts';

/** A quoted price holds for so long, or until the next price list. */
const QUOTE_VALID_MS = 3_600_000;

/** How many of the newest jobs say how long such jobs take. */
const SAMPLE_MAX = 200;

/** What a job would cost now, and how long such jobs took lately. Reserves nothing. */
export async function quote({ deps, actor }: AccountContext, request: QuoteRequest): Promise<Quote> {
  const nowMs = deps.clock();
  const { kind = 'head', preset = 'standard' } = request;
  const model = resolveModel(deps, request.model);
  const list = priceListAt(nowMs);
  // Durations and the queue are facts about the service, not about anybody's jobs: they are of all accounts.
  const [durations, [load]] = await deps.db.batch([
    deps.db
      .select({ ms: sql<number>`finished_at - started_at`, model: jobs.model })
      .from(jobs)
      .where(
        and(
          eq(jobs.mode, actor.mode),
          eq(jobs.preset, preset),
          eq(jobs.kind, kind),
          // A literal: only so does SQLite see that the index of such jobs fits.
          sql`status = 'succeeded' and started_at is not null`,
        ),
      )
      .orderBy(desc(jobs.finishedAt))
      .limit(SAMPLE_MAX),
    deps.db
      .select({
        ready: sql<number>`sum(ready_rank is not null)`,
        runners: sql<number>`count(distinct case when lease_expires_at is not null then runner end)`,
      })
      .from(jobs)
      .where(and(eq(jobs.pool, enginePool(actor.mode, preset, model)), sql`finished_at is null`)),
  ]);
  const ofModel = durations.filter((job) => job.model === model);
  const sorted = ofModel.map(({ ms }) => ms / 1000).toSorted((one, other) => one - other);
  const quantile = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
  const typical = sorted.length < DURATIONS_MIN ? null : { p50: quantile(0.5), p95: quantile(0.95) };
  const ready = load?.ready ?? 0;
  const runners = load?.runners ?? 0;
  const wait = ready === 0 && runners === 0 ? 0 : null;
  return {
    object: 'quote',
    kind,
    preset,
    model,
    cost: list.amountsMinor[kind][preset],
    currency: list.currency,
    price_version: list.version,
    expires_at: new Date(
      Math.min(nowMs + QUOTE_VALID_MS, nextPriceChangeMs(nowMs) ?? Number.POSITIVE_INFINITY),
    ).toISOString(),
    typical_duration_s: typical,
    queue_wait_s: typical === null ? wait : runners === 0 ? wait : (ready / runners) * typical.p50,
  };
}
