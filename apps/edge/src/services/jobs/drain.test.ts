import { CreateHeadResponse } from '@headwright/shared/api/heads';
import { and, eq, isNull } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { jobs } from '../../db/schema/jobs.ts';
import { ledgerEntries } from '../../db/schema/ledger-entries.ts';
import type { Doorbell } from '../../ports/doorbell/interface.ts';
import { SCHEDULE } from '../../scheduled/index.ts';
import { soaked } from '../../test/bindings.ts';
import { makeClient } from '../../test/client.ts';
import { deps, makeAccount, makeClock, makeEdge } from '../../test/factories.ts';
import { makeFakeRunner } from '../../test/fake-runner.ts';

const ACCOUNTS = 5;
const RUNNING = 2;
const OUTAGE_MS = 1_800_000;
const FILE = { name: 'head.glb', contentType: 'x', bytes: Uint8Array.of(1) };
const STATE = { name: 'head.state', contentType: 'x', bytes: Uint8Array.of(2) };

/** Every ring is lost. */
const DEAF: Doorbell = {
  jobChanged: async () => undefined,
  jobBeat: async () => 'continue',
  jobEnded: async () => undefined,
  openStream: () => Promise.reject(new Error('nobody is there')),
  leaseGiven: async () => undefined,
  poolReady: async () => undefined,
  poolVersion: async () => 0,
  waitForPool: async () => false,
  deliveryDue: async () => undefined,
};

test('after half an hour without runners, and with every bell lost, a queue is drained whole and in turn', {
  timeout: 600_000,
}, async () => {
  const eachCount = soaked(10);
  const clock = makeClock();
  const log = { info: () => undefined, error: () => undefined };
  const { deps: world, fetcher } = makeEdge({ clock: clock.now, doorbell: DEAF, log });
  const owners = new Map<string, string>();
  const hurried: string[] = [];
  const accountIds: string[] = [];
  for (let a = 0; a < ACCOUNTS; a++) {
    const { id, key } = await makeAccount({ runningLimit: RUNNING, waitingLimit: eachCount });
    accountIds.push(id);
    const call = makeClient(key, fetcher);
    for (let i = 0; i < eachCount; i++) {
      const json = { prompt: 'an elf', preset: 'smoke', ...(i % 5 === 4 ? { deadline_s: 600 } : {}) };
      const { job } = CreateHeadResponse.parse(await (await call('POST', '/v1/heads', { json })).json());
      if (i % 5 === 4) hurried.push(job.id);
      else owners.set(job.id, id);
      clock.advance(1);
    }
  }

  clock.advance(OUTAGE_MS);
  // A sweep takes a hundred; the next one comes a minute later.
  for (let late = 0; late <= hurried.length; late += 100) await SCHEDULE['* * * * *']?.(world);
  const expired = await deps.db.select().from(jobs).where(eq(jobs.status, 'expired'));
  expect(expired.map(({ id }) => id).toSorted()).toEqual(hurried.toSorted());

  const runner = await makeFakeRunner({ fetcher });
  const counts = new Map(accountIds.map((id) => [id, 0]));
  for (;;) {
    clock.advance(1_000);
    const claim = await runner.claim();
    if (claim === null) break;
    const owner = owners.get(claim.job.job_id) ?? '';
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
    const taken = [...counts.values()];
    expect(Math.max(...taken) - Math.min(...taken)).toBeLessThanOrEqual(RUNNING);
    expect(await runner.finish(claim, [FILE, STATE])).toBe('succeeded');
  }
  expect([...counts.values()]).toEqual(accountIds.map(() => (eachCount * 4) / 5));
  expect(await deps.db.$count(jobs, isNull(jobs.finishedAt))).toBe(0);
  for (const id of accountIds) {
    const captured = and(eq(ledgerEntries.accountId, id), eq(ledgerEntries.kind, 'capture'));
    expect(await deps.db.$count(ledgerEntries, captured)).toBe((eachCount * 4) / 5);
  }
});
