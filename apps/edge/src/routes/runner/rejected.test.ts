import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { moderationFlags } from '../../db/schema/moderation-flags.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { deps, endAllJobs } from '../../test/factories.ts';
import {
  GLB,
  history,
  listDrafts,
  readJob,
  startAttempt,
  writeEverything,
} from '../../test/start-attempt.ts';

afterEach(endAllJobs);

const flagsOf = (accountId: string) =>
  deps.db.select().from(moderationFlags).where(eq(moderationFlags.accountId, accountId));

describe('a job whose picture was refused', () => {
  test('is rejected at once and for good, with nothing left of what was uploaded', async () => {
    const { call, runner, claim, created } = await startAttempt();
    await runner.upload(claim, GLB);
    const answer = await runner.fail(claim, 'rejected', false);
    expect(await answer.json()).toEqual({ status: 'rejected' });
    const job = await readJob(call, created.job.urls.self);
    expect(job).toMatchObject({ status: 'rejected', terminal: true, attempt: 1 });
    expect(job.error).toMatchObject({ code: 'safety.output', retryable: false });
    expect(await history(created.job.id)).toEqual(['queued', 'running', 'rejected']);
    expect(await listDrafts(created.job.id)).toEqual([]);
    await expectProblem(await call('GET', `${created.head.urls.self}/file/head.glb`), 'resource.not_found');
    for (const write of (await writeEverything(runner, claim)).slice(0, 4)) {
      await expectProblem(write, 'attempt.stale');
    }
    expect((await readJob(call, created.job.urls.self)).status).toBe('rejected');
  });

  test('is counted once, however often the runner says so', async () => {
    const { account, runner, claim, created } = await startAttempt();
    await runner.fail(claim, 'rejected', false);
    expect(await (await runner.fail(claim, 'rejected', false)).json()).toEqual({ status: 'rejected' });
    expect(await flagsOf(account.id)).toMatchObject([
      { stage: 'output', category: 'output', jobId: created.job.id, endUser: null, dismissedAt: null },
    ]);
  });

  test('is canceled and not counted when its owner canceled it first', async () => {
    const { account, call, runner, claim, created } = await startAttempt();
    await call('POST', created.job.urls.cancel);
    expect(await (await runner.fail(claim, 'rejected', false)).json()).toEqual({ status: 'canceled' });
    expect(await flagsOf(account.id)).toEqual([]);
  });
});
