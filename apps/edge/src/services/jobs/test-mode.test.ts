import { CreateHeadResponse } from '@headwright/shared/api/heads';
import { ClaimResponse } from '@headwright/shared/runner/protocol';
import { eq, inArray } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { apiKeys } from '../../db/schema/api-keys.ts';
import { events } from '../../db/schema/events.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { ledgerEntries } from '../../db/schema/ledger-entries.ts';
import { webhookDeliveries } from '../../db/schema/webhook-deliveries.ts';
import { type Client, type Fetcher, makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { countRows, deps, endAllJobs, makeAccount, makeEdge } from '../../test/factories.ts';
import { makeFakeRunner } from '../../test/fake-runner.ts';
import { STATE } from '../../test/finish-head.ts';
import { GLB, readJob } from '../../test/start-attempt.ts';
import { createKey, hashSecret } from '../keys/format.ts';

afterEach(endAllJobs);

const create = (call: Client, prompt: string) =>
  call('POST', '/v1/heads', { json: { prompt, preset: 'draft' } });

async function claimScripted(mode: 'test' | 'live' | 'any' = 'test', fetcher?: Fetcher) {
  const runner = await makeFakeRunner({ mode, ...(fetcher === undefined ? {} : { fetcher }) });
  const json = { runner: 'scripted', presets: ['draft'], scripted: true, wait_s: 0 };
  const response = await runner.call('POST', '/runner/v1/claim', { json });
  return { runner, claim: response.status === 204 ? null : ClaimResponse.parse(await response.json()) };
}

test('a magic prompt waits in pool test, for scripted runners alone', async () => {
  const call = makeClient((await makeAccount()).key);
  await create(call, 'test:succeed');
  expect(await (await makeFakeRunner()).claim()).toBeNull();
  expect((await claimScripted('live')).claim).toBeNull();
  const { claim, runner } = await claimScripted();
  if (claim === null) throw new Error('expected a claim');
  expect(claim.job).toMatchObject({ prompt: 'test:succeed', preset: 'draft' });
  expect(await runner.finish(claim, [GLB, STATE])).toBe('succeeded');
});

test('a job of test mode that waited for a slot gets into pool test, too', async () => {
  const call = makeClient((await makeAccount({ runningLimit: 1 })).key);
  const first = CreateHeadResponse.parse(await (await create(call, 'an elf')).json());
  const second = CreateHeadResponse.parse(await (await create(call, 'test:succeed')).json());
  await call('POST', first.job.urls.cancel);
  const [row] = await deps.db.select().from(jobs).where(eq(jobs.id, second.job.id));
  expect(row?.pool).toBe('test');
});

test('scripted runners take no ordinary words, and edit what they made whatever the words are', async () => {
  const call = makeClient((await makeAccount()).key);
  await createJob(call);
  expect((await claimScripted()).claim).toBeNull();
  await endAllJobs();
  const { head } = CreateHeadResponse.parse(await (await create(call, 'test:succeed')).json());
  const { claim, runner } = await claimScripted();
  if (claim === null) throw new Error('expected a claim');
  await runner.finish(claim, [GLB, STATE]);
  await call('POST', head.urls.revisions, { json: { kind: 'texture', prompt: 'green skin' } });
  const edit = await claimScripted();
  expect(edit.claim?.job.kind).toBe('texture_edit');
});

test('test:reject:prompt is refused as moderation would, and leaves no rows', async () => {
  const account = await makeAccount();
  await expectProblem(await create(makeClient(account.key), 'test:reject:prompt'), 'safety.prompt.hate');
  expect(await countRows(account.id)).toMatchObject({ headCount: 0, jobCount: 0 });
});

test('what only looks like a magic prompt is refused with all that there are', async () => {
  const call = makeClient((await makeAccount()).key);
  const problem = await expectProblem(await create(call, 'test:suceed'), 'input.invalid');
  expect(problem.errors).toMatchObject([{ pointer: '/prompt' }]);
  expect(problem.errors?.[0]?.detail).toContain('test:succeed');
});

test('test:expire is claimed by nobody and expires by itself', async () => {
  const call = makeClient((await makeAccount()).key);
  const { job } = CreateHeadResponse.parse(await (await create(call, 'test:expire')).json());
  expect((await claimScripted()).claim).toBeNull();
  expect(await (await makeFakeRunner()).claim()).toBeNull();
  expect((await readJob(call, `${job.urls.self}?wait=30`)).status).toBe('expired');
});

test('the rows of a magic job are those of a live one: lease, events, ledger and deliveries', async () => {
  const account = await makeAccount();
  const liveKey = createKey('hk_live_');
  await deps.db.insert(apiKeys).values({
    id: deps.ids.create('key'),
    accountId: account.id,
    mode: 'live',
    hash: await hashSecret(liveKey),
    createdAt: 1,
  });
  // Nothing is sent: the rows of the deliveries are what counts here.
  const doorbell = { ...deps.doorbell, deliveryDue: async () => undefined };
  const { fetcher } = makeEdge({ doorbell });
  const traces: unknown[] = [];
  for (const [key, prompt] of [
    [account.key, 'test:succeed'],
    [liveKey, 'test:succeed'],
  ] as const) {
    const call = makeClient(key, fetcher);
    const endpoint = { url: 'https://hooks.example.com/in', event_types: ['job.succeeded'] };
    expect((await call('POST', '/v1/webhook_endpoints', { json: endpoint })).status).toBe(201);
    const { job } = CreateHeadResponse.parse(await (await create(call, prompt)).json());
    const isTest = key === account.key;
    const scripted = isTest ? await claimScripted('test', fetcher) : null;
    const runner = scripted?.runner ?? (await makeFakeRunner({ mode: 'live', fetcher }));
    const claim = scripted?.claim ?? (await runner.claim());
    if (claim === null) throw new Error('expected a claim');
    const [leased] = await deps.db.select().from(jobs).where(eq(jobs.id, job.id));
    await runner.finish(claim, [GLB, STATE]);
    const [ended] = await deps.db.select().from(jobs).where(eq(jobs.id, job.id));
    const entries = await deps.db.select().from(ledgerEntries).where(eq(ledgerEntries.jobId, job.id));
    const happened = await deps.db.select().from(events).where(eq(events.jobId, job.id));
    const sent = await deps.db
      .select()
      .from(webhookDeliveries)
      .where(
        inArray(
          webhookDeliveries.eventId,
          happened.map(({ id }) => id),
        ),
      );
    traces.push([
      shapeOf(leased),
      shapeOf(ended),
      entries.map(shapeOf),
      happened.map(shapeOf),
      sent.map(shapeOf),
    ]);
  }
  expect(traces[0]).toEqual(traces[1]);
});

/** Which columns a row has set, and its small words: all but ids, times and what says the mode. */
function shapeOf(row: object | undefined): object {
  const words = [
    'status',
    'kind',
    'attempt',
    'failures',
    'sequence',
    'amountMinor',
    'arrangement',
    'currency',
  ];
  return Object.fromEntries(
    Object.entries(row ?? {}).map(([name, value]) => [name, words.includes(name) ? value : value !== null]),
  );
}
