import { JOB_STATUSES, type JobStatus } from '@headwright/shared/job-state';
import { eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { type JobRow, jobs } from '../../db/schema/jobs.ts';
import { makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { deps, endAllJobs, makeAccount } from '../../test/factories.ts';
import { problemOf } from '../problem-of.ts';
import { transition } from './transition.ts';

afterEach(endAllJobs);

const withError = {
  readyRank: null,
  leaseExpiresAt: null,
  finishedAt: 1,
  error: problemOf('job.engine_failed', 'x'),
};

/** Columns that a row in each state must have. */
const COLUMNS: Record<JobStatus, Partial<JobRow>> = {
  queued: { readyRank: 1, leaseExpiresAt: null, finishedAt: null, error: null },
  running: { readyRank: null, leaseExpiresAt: Date.now() + 3_600_000, finishedAt: null, error: null },
  canceling: { readyRank: null, leaseExpiresAt: Date.now() + 3_600_000, finishedAt: null, error: null },
  succeeded: { readyRank: null, leaseExpiresAt: null, finishedAt: 1, error: null },
  failed: withError,
  rejected: withError,
  canceled: { readyRank: null, leaseExpiresAt: null, finishedAt: 1, error: null },
  expired: withError,
};

const LEGAL = [
  'queued running',
  'queued canceled',
  'queued expired',
  'running queued',
  'running canceling',
  'running succeeded',
  'running failed',
  'running rejected',
  'canceling canceled',
];

const pairs = JOB_STATUSES.flatMap((from) => JOB_STATUSES.map((to) => [from, to] as const));

test.each(pairs)('%s → %s happens only if it is legal, and else writes nothing', async (from, to) => {
  const { job } = await createJob(makeClient((await makeAccount()).key));
  const where = eq(jobs.id, job.id);
  await deps.db
    .update(jobs)
    .set({ ...COLUMNS[from], status: from })
    .where(where);
  const [before] = await deps.db.select().from(jobs).where(where);
  const changed = await transition(deps, { to, where, set: COLUMNS[to] });
  const [after] = await deps.db.select().from(jobs).where(where);
  if (LEGAL.includes(`${from} ${to}`)) {
    expect(changed?.job).toEqual(after);
    expect(changed?.work.prompt).toBe('a red demon');
    expect(after).toMatchObject({ status: to, sequence: 2 });
  } else {
    expect(changed).toBeNull();
    expect(after).toEqual(before);
  }
});
