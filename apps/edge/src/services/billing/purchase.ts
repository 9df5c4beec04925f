import type { JobKind } from '@headwright/shared/job-kind';
import type { Preset } from '@headwright/shared/presets';
import { type SQL, sql } from 'drizzle-orm';
import type { AccountContext } from '../context.ts';
import { periodOf } from './period.ts';
import { type PriceList, priceListAt } from './prices.ts';

/** What a job would be charged, under the price list of this moment. */
export interface Purchase {
  holdId: string;
  accountId: string;
  mode: string;
  keyId: string;
  clientTokenId: string | null;
  kind: JobKind;
  period: string;
  priceVersion: string;
  /** The amount, cents: a number, or what the head's preset makes it. */
  amountMinor: number | SQL;
  /** The most that the customer wants this job to cost; null is no such wish. */
  maxCostMinor: number | null;
}

/** Prepares the charge of one job, for a preset that is known or that of an existing head. */
export function preparePurchase(
  { deps, actor }: AccountContext,
  kind: JobKind,
  of: { preset: Preset } | { headId: string },
  maxCostMinor: number | undefined,
): Purchase {
  const nowMs = deps.clock();
  const list = priceListAt(nowMs);
  return {
    holdId: deps.ids.create('led'),
    accountId: actor.accountId,
    mode: actor.mode,
    keyId: actor.keyId,
    clientTokenId: actor.clientTokenId,
    kind,
    period: periodOf(nowMs),
    priceVersion: list.version,
    amountMinor:
      'preset' in of
        ? list.amountsMinor[kind][of.preset]
        : sql`(select ${amountOfPreset(list, kind)} from heads where heads.id = ${of.headId})`,
    maxCostMinor: maxCostMinor ?? null,
  };
}

/** The price list as an expression over the preset of the `heads` at hand. */
function amountOfPreset(list: PriceList, kind: JobKind): SQL {
  const cases = Object.entries(list.amountsMinor[kind]).map(([preset, amount]) =>
    sql.raw(`when '${preset}' then ${amount}`),
  );
  return sql`case heads.preset ${sql.join(cases, sql` `)} end`;
}
