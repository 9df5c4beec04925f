import { HeadList } from '@headwright/shared/api/heads';
import { PAGE_MAX_LENGTH } from '@headwright/shared/limits';
import { afterEach, expect, test } from 'vitest';
import { makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { endAllJobs, makeAccount } from '../../test/factories.ts';

afterEach(endAllJobs);

test('the longest page and an export of more than that are answered', async () => {
  const account = await makeAccount({ runningLimit: 1_000_000, waitingLimit: 1_000_000 });
  const call = makeClient(account.key);
  await Promise.all(Array.from({ length: PAGE_MAX_LENGTH + 1 }, () => createJob(call)));
  const page = await call('GET', `/v1/heads?limit=${PAGE_MAX_LENGTH}`);
  expect(page.status).toBe(200);
  const { data, has_more: hasMore } = HeadList.parse(await page.json());
  expect([data.length, hasMore]).toEqual([PAGE_MAX_LENGTH, true]);
  const exported = await (await call('POST', '/v1/account/exports')).text();
  const count = PAGE_MAX_LENGTH + 1;
  expect(JSON.parse(exported.trimEnd().split('\n').at(-1) ?? '')).toEqual({
    object: 'export_end',
    head_count: count,
    revision_count: count,
    job_count: count,
  });
});
