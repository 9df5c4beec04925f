import { HeadList } from '@headwright/shared/api/heads';
import { PAGE_MAX_LENGTH } from '@headwright/shared/limits';
import { eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { revisions } from '../../db/schema/revisions.ts';
import { makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { deps, endAllJobs, makeAccount } from '../../test/factories.ts';

afterEach(endAllJobs);

/** So many more heads like the one of this job, which has ended. */
async function copyHead(jobId: string, count: number): Promise<void> {
  const { db, ids } = deps;
  const [job] = await db.select().from(jobs).where(eq(jobs.id, jobId));
  const [head] = await db
    .select()
    .from(heads)
    .where(eq(heads.id, job?.headId ?? ''));
  const [revision] = await db.select().from(revisions).where(eq(revisions.jobId, jobId));
  if (job === undefined || head === undefined || revision === undefined)
    throw new Error('copyHead: no such job');
  for (let i = 0; i < count; i++) {
    const own = { headId: ids.create('head'), jobId: ids.create('job'), eventId: ids.create('evt') };
    await db.batch([
      db.insert(heads).values({ ...head, id: own.headId }),
      db.insert(jobs).values({ ...job, id: own.jobId, headId: own.headId, lastEventId: own.eventId }),
      db.insert(revisions).values({ ...revision, ...own, id: ids.create('rev') }),
    ]);
  }
}

test('the longest page and an export of more than that are answered', async () => {
  const call = makeClient((await makeAccount()).key);
  const { job } = await createJob(call);
  await call('POST', job.urls.cancel);
  await copyHead(job.id, PAGE_MAX_LENGTH);
  const page = await call('GET', `/v1/heads?limit=${PAGE_MAX_LENGTH}`);
  expect(page.status).toBe(200);
  const { data, has_more: hasMore } = HeadList.parse(await page.json());
  expect([data.length, hasMore]).toEqual([PAGE_MAX_LENGTH, true]);
  const exported = await (await call('POST', '/v1/account/exports')).text();
  const count = PAGE_MAX_LENGTH + 1;
  expect(JSON.parse(exported.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    object: 'export_end',
    counts: { head: count, revision: count, job: count },
  });
});
