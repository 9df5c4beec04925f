import { CreateHeadResponse } from '@headwright/shared/api/heads';
import { CreateRevisionResponse } from '@headwright/shared/api/revisions';
import { eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { idempotencyKeys } from '../../db/schema/idempotency-keys.ts';
import { ledgerEntries } from '../../db/schema/ledger-entries.ts';
import { SCHEDULE } from '../../scheduled/index.ts';
import { soaked } from '../../test/bindings.ts';
import { type Client, makeClient } from '../../test/client.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { countRows, deps, endAllJobs, makeAccount, makeClock, makeEdge } from '../../test/factories.ts';
import { finishHead } from '../../test/finish-head.ts';
import { createInFlight } from './create-in-flight.ts';

afterEach(endAllJobs);

const BODY = { prompt: 'an elf', preset: 'smoke', seed: 7, metadata: { b: '1', a: '2' } };
const create = (call: Client, key: string, json: unknown = BODY) =>
  call('POST', '/v1/heads', { json, headers: { 'Idempotency-Key': key } });
const parsed = async (response: Response) => CreateHeadResponse.parse(await response.json());

test('a repeat answers as the first did, even after the job has ended, and makes nothing', async () => {
  const { call, account, runner } = await finishHead();
  const first = await create(call, 'k1');
  expect(first.headers.get('Idempotency-Replayed')).toBeNull();
  const created = await parsed(first);
  await call('POST', created.job.urls.cancel);
  const before = await countRows(account.id);
  const again = await create(call, 'k1');
  expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([202, 'true']);
  expect(again.headers.get('Location')).toBe(created.job.urls.self);
  expect(await parsed(again)).toEqual(created);
  expect(await countRows(account.id)).toEqual(before);
  expect(runner).toBeDefined();
});

test('an edit has keys too, and one key means one head’s edit', async () => {
  const { call, head } = await finishHead();
  const json = { kind: 'texture', prompt: 'green skin' };
  const headers = { 'Idempotency-Key': 'edit-1' };
  const first = await call('POST', head.urls.revisions, { json, headers });
  const created = CreateRevisionResponse.parse(await first.json());
  const again = await call('POST', head.urls.revisions, { json, headers });
  expect(again.headers.get('Idempotency-Replayed')).toBe('true');
  expect(await again.json()).toEqual(created);
  const other = head.urls.revisions.replace(/head_..../, 'head_0000');
  await expectProblem(await call('POST', other, { json, headers }), 'idempotency.key_reused');
});

test('the order of fields and spaces between them are nothing, one letter is another request', async () => {
  const call = makeClient((await makeAccount()).key);
  const created = await parsed(await create(call, 'k'));
  const { metadata, ...rest } = BODY;
  const shuffled = `{ "metadata": {"a": "2",\n "b": "1"}, ${JSON.stringify(rest).slice(1)}`;
  const headers = { 'Idempotency-Key': 'k', 'Content-Type': 'application/json' };
  const again = await call('POST', '/v1/heads', { body: shuffled, headers });
  expect((await parsed(again)).job.id).toBe(created.job.id);
  const others = [
    { ...BODY, prompt: 'an elf ' },
    { ...BODY, seed: 8 },
    { ...BODY, seed: undefined },
    { ...BODY, metadata: { ...metadata, a: '3' } },
    { ...BODY, metadata: { b: '1', a: '2', c: '' } },
  ];
  for (const json of others) await expectProblem(await create(call, 'k', json), 'idempotency.key_reused');
});

test('one byte more or less is refused every time, and the same in another order is the same', {
  timeout: 600_000,
}, async () => {
  const call = makeClient((await makeAccount()).key);
  const created = await parsed(await create(call, 'k'));
  const text = JSON.stringify(BODY);
  const places = [...BODY.prompt].map((_, index) => text.indexOf(BODY.prompt) + index);
  const headers = { 'Idempotency-Key': 'k', 'Content-Type': 'application/json' };
  for (let i = 0; i < soaked(20); i++) {
    const place = places[i % places.length] ?? 0;
    const letter = String.fromCharCode(97 + ((i * 7) % 26));
    const body = `${text.slice(0, place)}${letter}${text.slice(place)}`;
    await expectProblem(await call('POST', '/v1/heads', { body, headers }), 'idempotency.key_reused');
    const fields = Object.entries(BODY);
    const shuffled = Object.fromEntries([
      ...fields.slice(i % fields.length),
      ...fields.slice(0, i % fields.length),
    ]);
    const again = await create(call, 'k', shuffled);
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect((await parsed(again)).job.id).toBe(created.job.id);
  }
});

test('a key belongs to its account, its end user and its route', async () => {
  const [one, two] = await Promise.all([makeAccount(), makeAccount()]);
  const jobs = await Promise.all([
    parsed(await create(makeClient(one.key), 'k')),
    parsed(await create(makeClient(two.key), 'k')),
    parsed(await create(makeClient(one.key), 'k', { ...BODY, end_user: 'u1' })),
  ]);
  expect(new Set(jobs.map(({ job }) => job.id)).size).toBe(3);
});

test('a request that is refused leaves its key free', async () => {
  const { key } = await makeAccount();
  const call = makeClient(key);
  expect((await create(call, 'k', { prompt: 'a naked woman' })).status).toBe(422);
  expect((await create(call, 'k', { prompt: '' })).status).toBe(422);
  expect((await create(call, 'k')).status).toBe(202);
});

test.each(['', ' ', 'ü', 'x'.repeat(256), 'a b'])('the key %j is refused', async (key) => {
  const call = makeClient((await makeAccount()).key);
  await expectProblem(await create(call, key), 'idempotency.invalid_key');
});

test('while the first request is being answered, a repeat is told to come again', async () => {
  const account = await makeAccount();
  const inFlight = createInFlight(deps.clock);
  const enter = inFlight.enter.bind(inFlight);
  let scope = '';
  const { fetcher } = makeEdge({
    inFlight: {
      enter: (entered) => {
        scope = entered;
        return enter(entered);
      },
    },
  });
  const call = makeClient(account.key, fetcher);
  await create(call, 'k', { prompt: '' });
  expect((await create(call, 'k')).status).toBe(202);
  await deps.db.delete(idempotencyKeys).where(eq(idempotencyKeys.scope, scope));
  const leave = enter(scope);
  const refused = await create(call, 'k');
  expect(refused.headers.get('Retry-After')).toBe('1');
  await expectProblem(refused, 'idempotency.in_flight');
  leave?.();
  expect((await create(call, 'k')).status).toBe(202);
});

test('a key whose first request was cut off is free again after a while', () => {
  const clock = makeClock();
  const inFlight = createInFlight(clock.now);
  expect(inFlight.enter('a')).not.toBeNull();
  expect(inFlight.enter('a')).toBeNull();
  clock.advance(10_000);
  expect(inFlight.enter('a')).not.toBeNull();
});

test('a key is known until a day after the job’s end', async () => {
  const clock = makeClock();
  const edge = makeEdge({ clock: clock.now });
  const account = await makeAccount();
  const call = makeClient(account.key, edge.fetcher);
  const { job } = await parsed(await create(call, 'k'));
  const sweep = async () => SCHEDULE['* * * * *']?.(edge.deps);
  await call('POST', job.urls.cancel);
  clock.advance(86_400_000 - 1);
  await sweep();
  expect((await parsed(await create(call, 'k'))).job.id).toBe(job.id);
  clock.advance(2);
  await sweep();
  expect((await parsed(await create(call, 'k'))).job.id).not.toBe(job.id);
});

test('a storm of 200 requests with 20 keys, and faults after the commit, makes 20 jobs and 20 holds', {
  timeout: 600_000,
}, async () => {
  const KEYS = Math.min(soaked(20), 100);
  const account = await makeAccount({ runningLimit: 30, waitingLimit: 100 });
  let faults = 0;
  // Every third batch that wrote is reported as broken, as if the connection had died with the answer.
  const broken = new Proxy(deps.db, {
    get(target, name, receiver) {
      if (name !== 'batch') return Reflect.get(target, name, receiver);
      return async (...batch: Parameters<typeof target.batch>) => {
        const result = await target.batch(...batch);
        if (++faults % 3 === 0) throw new Error('the connection was lost after the commit');
        return result;
      };
    },
  });
  const log = { info: () => undefined, error: () => undefined };
  // Two isolates: each knows only its own requests in flight.
  const isolates = [makeEdge({ db: broken, log }), makeEdge({ db: broken, log })];
  const answers = new Map<string, Set<string>>();
  const post = async (i: number): Promise<void> => {
    const call = makeClient(account.key, isolates[i % 2]?.fetcher);
    const key = `storm-${i % KEYS}`;
    for (let tries = 0; tries < 50; tries++) {
      const response = await create(call, key, { ...BODY, seed: i % KEYS });
      if (response.status === 202) {
        const { job } = await parsed(response);
        answers.set(key, (answers.get(key) ?? new Set()).add(job.id));
        return;
      }
      expect([409, 500]).toContain(response.status);
    }
    throw new Error('no answer after 50 tries');
  };
  await Promise.all(Array.from({ length: 10 * KEYS }, (_, i) => post(i)));
  expect(faults).toBeGreaterThan(KEYS);
  expect(answers.size).toBe(KEYS);
  for (const ids of answers.values()) expect(ids.size).toBe(1);
  expect(await countRows(account.id)).toMatchObject({ headCount: KEYS, jobCount: KEYS, eventCount: KEYS });
  const holds = await deps.db.select().from(ledgerEntries).where(eq(ledgerEntries.accountId, account.id));
  expect(holds.filter(({ kind }) => kind === 'hold')).toHaveLength(KEYS);
});
