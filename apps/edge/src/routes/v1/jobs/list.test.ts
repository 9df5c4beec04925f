import { JobList } from '@headwright/shared/api/jobs';
import { afterEach, expect, test } from 'vitest';
import { type Client, makeClient } from '../../../test/client.ts';
import { createJob } from '../../../test/create-job.ts';
import { expectProblem } from '../../../test/expect-problem.ts';
import { endAllJobs, makeAccount } from '../../../test/factories.ts';
import { finishHead } from '../../../test/finish-head.ts';

afterEach(endAllJobs);

const list = async (call: Client, query = '') =>
  JobList.parse(await (await call('GET', `/v1/jobs${query}`)).json());

test('pages cover every job once, newest first, as reading one shows it', async () => {
  const call = makeClient((await makeAccount()).key);
  const made: string[] = [];
  for (let i = 0; i < 3; i++) made.push((await createJob(call)).job.id);
  const first = await list(call, '?limit=2');
  const rest = await list(call, `?limit=2&starting_after=${first.data.at(-1)?.id}`);
  const all = [...first.data, ...rest.data];
  expect([first.has_more, rest.has_more]).toEqual([true, false]);
  expect(all.map(({ id }) => id)).toEqual(made.toReversed());
  expect(all.map((job) => job.queue_position)).toEqual([2, 1, 0]);
  expect(all[0]).toEqual(await (await call('GET', `/v1/jobs/${all[0]?.id}`)).json());
});

test('filters pick by status, kind and head', async () => {
  const { call, head } = await finishHead();
  await call('POST', head.urls.revisions, { json: { kind: 'texture', prompt: 'green skin' } });
  await createJob(call);
  const kinds = async (query: string) => (await list(call, query)).data.map(({ kind }) => kind);
  expect(await kinds('')).toEqual(['head', 'texture_edit', 'head']);
  expect(await kinds('?status=succeeded')).toEqual(['head']);
  expect(await kinds('?kind=texture_edit')).toEqual(['texture_edit']);
  expect(await kinds(`?head_id=${head.id}`)).toEqual(['texture_edit', 'head']);
  expect(await kinds(`?head_id=${head.id}&status=queued`)).toEqual(['texture_edit']);
});

test('foreign jobs are in no list, and an unknown filter is refused', async () => {
  await createJob(makeClient((await makeAccount()).key));
  const call = makeClient((await makeAccount()).key);
  expect((await list(call)).data).toEqual([]);
  await expectProblem(await call('GET', '/v1/jobs?state=queued'), 'input.invalid');
});
