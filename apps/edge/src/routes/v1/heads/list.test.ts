import { HeadList } from '@headwright/shared/api/heads';
import { afterEach, expect, test } from 'vitest';
import { type Client, makeClient } from '../../../test/client.ts';
import { createJob } from '../../../test/create-job.ts';
import { expectProblem } from '../../../test/expect-problem.ts';
import { endAllJobs, makeAccount, makeClock, makeEdge } from '../../../test/factories.ts';
import { finishHead } from '../../../test/finish-head.ts';

afterEach(endAllJobs);

const list = async (call: Client, query = '') =>
  HeadList.parse(await (await call('GET', `/v1/heads${query}`)).json());

test('pages cover every head once, newest first', async () => {
  const call = makeClient((await makeAccount()).key);
  const made: string[] = [];
  for (let i = 0; i < 5; i++) made.push((await createJob(call)).head.id);
  const seen: string[] = [];
  let after = '';
  for (;;) {
    const page = await list(call, `?limit=2${after}`);
    seen.push(...page.data.map(({ id }) => id));
    expect(page.data.length).toBeLessThanOrEqual(2);
    if (!page.has_more) break;
    after = `&starting_after=${seen.at(-1)}`;
  }
  expect(seen).toEqual(made.toReversed());
});

test('a list shows each head as reading it does', async () => {
  const { call, head } = await finishHead();
  const { data } = await list(call);
  expect(data).toEqual([await (await call('GET', head.urls.self)).json()]);
});

test('filters pick by status, end user and time, and foreign heads are in no list', async () => {
  const clock = makeClock();
  const edge = makeEdge({ clock: clock.now });
  const call = makeClient((await makeAccount()).key, edge.fetcher);
  await createJob(makeClient((await makeAccount()).key));
  const create = async (json: object) =>
    (await call('POST', '/v1/heads', { json: { prompt: 'x', preset: 'smoke', ...json } })).json();
  await create({ end_user: 'ann' });
  clock.advance(1000);
  const middle = new Date(clock.now()).toISOString();
  await create({ end_user: 'bob' });
  const users = async (query: string) => (await list(call, query)).data.map(({ end_user: user }) => user);
  expect(await users('')).toEqual(['bob', 'ann']);
  expect(await users('?end_user=ann')).toEqual(['ann']);
  expect(await users('?status=queued')).toEqual(['bob', 'ann']);
  expect(await users('?status=succeeded')).toEqual([]);
  expect(await users(`?created[gte]=${middle}`)).toEqual(['bob']);
  expect(await users(`?created[gt]=${middle}`)).toEqual([]);
  expect(await users(`?created[lt]=${middle}`)).toEqual(['ann']);
  expect(await users(`?created[lte]=${middle}`)).toEqual(['bob', 'ann']);
});

test.each([
  'limit=0',
  'limit=101',
  'limit=x',
  'starting_after=job_1',
  'status=ready',
  'created[gte]=today',
  'sort=1',
])('the query %s is refused', async (query) => {
  const call = makeClient((await makeAccount()).key);
  await expectProblem(await call('GET', `/v1/heads?${query}`), 'input.invalid');
});
