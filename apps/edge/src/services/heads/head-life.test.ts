import { Asset } from '@headwright/shared/api/assets';
import { EventList } from '@headwright/shared/api/events';
import { CreateHeadResponse } from '@headwright/shared/api/heads';
import { eq, sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { heads } from '../../db/schema/heads.ts';
import { paymentEvents } from '../../db/schema/payment-events.ts';
import { SCHEDULE } from '../../scheduled/index.ts';
import { bindings } from '../../test/bindings.ts';
import { makeClient } from '../../test/client.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { deps, endAllJobs, makeAccount, makeClock, makeEdge } from '../../test/factories.ts';
import { makeFakeRunner } from '../../test/fake-runner.ts';
import { readHead, STATE } from '../../test/finish-head.ts';
import { claimOrThrow, GLB } from '../../test/start-attempt.ts';
import type { PLANS } from '../quotas/plans.ts';
import { expiryOf, headEndsAtMs } from './head-life.ts';

afterEach(endAllJobs);

const DAY_MS = 86_400_000;

/** A finished head of an account of a plan, on a clock that the test moves. */
async function finishOn(plan: keyof typeof PLANS) {
  const clock = makeClock();
  const edge = makeEdge({ clock: clock.now });
  const account = await makeAccount({ plan });
  const call = makeClient(account.key, edge.fetcher);
  const runner = await makeFakeRunner({ fetcher: edge.fetcher });
  const response = await call('POST', '/v1/heads', { json: { prompt: 'a sorcerer', preset: 'smoke' } });
  const { head } = CreateHeadResponse.parse(await response.json());
  await runner.finish(await claimOrThrow(runner), [GLB, STATE]);
  const sweep = async () => SCHEDULE['* * * * *']?.(edge.deps);
  return { clock, account, call, head, sweep };
}

test('a head of the free plan says when it ends, and ends then as a deleted one does', async () => {
  const { clock, account, call, head, sweep } = await finishOn('free');
  expect(Date.parse(head.expires_at ?? '') - Date.parse(head.created_at)).toBe(30 * DAY_MS);
  const finished = await readHead(call, head.urls.self);
  expect(finished.expires_at).toBe(head.expires_at);
  const asset = Asset.parse(await (await call('GET', `/v1/assets/${finished.files[0]?.asset_id}`)).json());
  expect(asset.expires_at).toBe(head.expires_at);

  clock.advance(30 * DAY_MS - 60_000);
  await sweep();
  expect(await readHead(call, head.urls.self)).toEqual(finished);
  clock.advance(60_000);
  await sweep();
  await expectProblem(await call('GET', head.urls.self), 'resource.deleted');
  expect((await bindings.FILES.list({ prefix: `${account.id}/` })).objects).toEqual([]);
  const [row] = await deps.db.select().from(heads).where(eq(heads.id, head.id));
  expect(row).toMatchObject({ prompt: '', deletedAt: clock.now() });
  const events = EventList.parse(await (await call('GET', '/v1/events?type=head.deleted')).json());
  expect(events.data.map(({ data }) => data)).toMatchObject([{ head: head.id }]);
});

test('a head of a plan without an end stays', async () => {
  const { clock, call, head, sweep } = await finishOn('unmetered');
  expect(head.expires_at).toBeNull();
  clock.advance(1000 * DAY_MS);
  await sweep();
  expect((await call('GET', head.urls.self)).status).toBe(200);
});

test('what a plan says holds by mode, and for live heads until the account has paid', async () => {
  const { id } = await makeAccount();
  const days = async (plan: string, mode: 'test' | 'live') => {
    const expiry = expiryOf({ accountId: id, mode }, headEndsAtMs({ plan, mode }, 0));
    const { at } = await deps.db.get<{ at: number | null }>(sql`select ${expiry} as at`);
    return at === null ? null : at / DAY_MS;
  };
  const table = async () =>
    Promise.all([days('free', 'test'), days('free', 'live'), days('team', 'test'), days('team', 'live')]);
  expect(await table()).toEqual([30, 30, 30, null]);
  await deps.db.insert(paymentEvents).values({
    id: `paid-${id}`,
    type: 'checkout',
    accountId: id,
    mode: 'live',
    ledgerId: `led-${id}`,
    receivedAt: 1,
  });
  expect(await table()).toEqual([30, null, 30, null]);
});
