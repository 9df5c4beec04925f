import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { events } from '../../apps/edge/src/db/schema/events.ts';
import { jobs } from '../../apps/edge/src/db/schema/jobs.ts';
import { ledgerEntries } from '../../apps/edge/src/db/schema/ledger-entries.ts';
import { createHead } from '../../apps/edge/src/services/heads/create.ts';
import { ServiceError } from '../../apps/edge/src/services/errors.ts';
import { cancelJob } from '../../apps/edge/src/services/jobs/cancel.ts';
import { claimJob } from '../../apps/edge/src/services/jobs/claim.ts';
import { completeJob } from '../../apps/edge/src/services/jobs/complete.ts';
import { failJob } from '../../apps/edge/src/services/jobs/fail.ts';
import { heartbeat } from '../../apps/edge/src/services/jobs/heartbeat.ts';
import { sweepJobs } from '../../apps/edge/src/services/jobs/sweep.ts';
import { uploadFile } from '../../apps/edge/src/services/jobs/upload.ts';
import { hashSecret } from '../../apps/edge/src/services/keys/format.ts';
import { type NodeEdge, startNodeEdge } from './node-edge.ts';
import { type FailCode, hasEnded, type ModelAttempt, ReferenceMachine } from './reference-machine.ts';

/** In CI; `npm run soak` asks for the million of docs/reliability.md. */
const OPERATIONS = Number(process.env['HEADWRIGHT_MODEL_OPERATIONS'] ?? 100_000);
const OPERATIONS_A_LIFE = 500;

const LIMITS = { runningLimit: 2, waitingLimit: 3 };
const ATTEMPT = { seconds: 150, failures: 3 };
const LEASE_MS = 60_000;
const CODES: readonly FailCode[] = ['engine_failed', 'shutdown', 'canceled', 'invalid_job', 'rejected'];
const SHA256 = 'a'.repeat(64);
const OPEN = sql`finished_at is null`;

/** One thing that happens. `pick` chooses among the newest jobs or attempts, so that old ones are hit, too. */
type Operation =
  | { kind: 'rest' | 'claim' | 'sweep' }
  | { kind: 'create'; deadlineSeconds: number }
  | { kind: 'beat' | 'complete' | 'cancel' | 'crash'; pick: number }
  | { kind: 'fail'; pick: number; code: number; retryable: boolean }
  | { kind: 'advance'; ms: number };

const pick = fc.nat(5);
// The first one does nothing, so that a life that diverges shrinks to the few operations that matter.
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ kind: 'rest' as const }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('create' as const),
      deadlineSeconds: fc.integer({ min: 1, max: 600 }),
    }),
  },
  { weight: 5, arbitrary: fc.constant({ kind: 'claim' as const }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('beat' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('complete' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const), pick }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('fail' as const),
      pick,
      code: fc.nat(4),
      retryable: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('advance' as const), ms: fc.nat(45_000) }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'sweep' as const }) },
);

/** Both machines side by side, and what their runners and customers hold. */
interface Life {
  edge: NodeEdge;
  model: ReferenceMachine;
  jobIds: string[];
  attempts: HeldAttempt[];
}

/** An attempt that a runner may believe to hold. */
interface HeldAttempt {
  model: ModelAttempt;
  jobId: string;
  tokenHash: string;
}

const newest = <T>(list: readonly T[], back: number): T | undefined =>
  list.at(-1 - (back % (list.length || 1)));

/** The answer, or the code of the refusal. */
async function answerOf<T>(call: Promise<T>): Promise<T | string> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ServiceError) return error.code === 'attempt.stale' ? 'stale' : error.code;
    throw error;
  }
}

async function create({ edge, model, jobIds }: Life, deadlineSeconds: number): Promise<void> {
  const input = { prompt: 'x', preset: 'smoke' as const, seed: 1, deadline_s: deadlineSeconds };
  const created = await answerOf(createHead(edge.customer, input, null));
  const expected = model.create(deadlineSeconds * 1000);
  if (typeof created === 'string') {
    expect([created, expected]).toEqual(['limit.queue_full', 'refused']);
    return;
  }
  expect(expected).toBe('accepted');
  jobIds.push(created.job.id);
}

async function claim({ edge, model, jobIds, attempts }: Life): Promise<void> {
  const request = { runner: 'model', presets: ['smoke' as const], wait_s: 0 };
  const claimed = await claimJob(edge.runner, request, new AbortController().signal);
  const expected = model.claim();
  const jobId = expected === null ? undefined : jobIds[expected.job];
  expect([claimed?.job.job_id, claimed?.attempt.number]).toEqual([jobId, expected?.attempt]);
  if (claimed === null || expected === null) return;
  const tokenHash = await hashSecret(claimed.attempt.token);
  attempts.push({ model: expected, jobId: claimed.job.job_id, tokenHash });
}

async function complete(
  { edge, model }: Life,
  { jobId, tokenHash, model: attempt }: HeldAttempt,
): Promise<void> {
  const { body } = new Response(new Uint8Array(3));
  if (body === null) throw new Error('complete: expected a body');
  await answerOf(uploadFile(edge.runner, jobId, tokenHash, 'head.glb', { body, bytes: 3, sha256: SHA256 }));
  const files = [{ name: 'head.glb', content_type: 'model/gltf-binary', bytes: 3, sha256: SHA256 }];
  const status = await answerOf(completeJob(edge.runner, jobId, tokenHash, { files, warnings: [] }));
  expect(status).toBe(model.complete(attempt));
}

async function beat({ edge, model }: Life, held: HeldAttempt): Promise<void> {
  const verdict = await heartbeat(edge.runner, held.jobId, held.tokenHash, { progress: null, wait_s: 0 });
  expect(verdict).toBe(model.beat(held.model));
}

async function fail(
  { edge, model }: Life,
  held: HeldAttempt,
  code: FailCode,
  retryable: boolean,
): Promise<void> {
  const request = { code, detail: '', retryable };
  const status = await answerOf(failJob(edge.runner, held.jobId, held.tokenHash, request));
  expect(status).toBe(model.fail(held.model, code, retryable));
}

/** Lets one thing happen to both machines, which must answer alike. */
async function perform(life: Life, next: Operation): Promise<void> {
  const { edge, model, jobIds, attempts } = life;
  const held = 'pick' in next ? newest(attempts, next.pick) : undefined;
  const jobId = 'pick' in next ? newest(jobIds, next.pick) : undefined;
  switch (next.kind) {
    case 'rest':
      return;
    case 'create':
      return create(life, next.deadlineSeconds);
    case 'claim':
      return claim(life);
    case 'beat':
      return held && beat(life, held);
    case 'complete':
      return held && complete(life, held);
    case 'fail':
      return held && fail(life, held, CODES[next.code] ?? 'shutdown', next.retryable);
    case 'cancel':
      if (jobId === undefined) return;
      expect((await cancelJob(edge.customer, jobId)).status).toBe(model.cancel(jobIds.indexOf(jobId)));
      return;
    case 'crash':
      // A runner that dies says nothing, now or later.
      if (held !== undefined) attempts.splice(attempts.indexOf(held), 1);
      return;
    case 'advance':
      edge.advance(next.ms);
      model.nowMs += next.ms;
      return;
    case 'sweep':
      await sweepJobs(edge.deps);
      model.sweep();
  }
}

/** Every open job, or every job, is in the database as it is in the model. */
async function compare({ edge, model, jobIds }: Life, which: 'open' | 'all'): Promise<void> {
  const expected = model.jobs
    .map((job, i) => ({ job, id: jobIds[i] }))
    .filter(({ job }) => which === 'all' || !hasEnded(job))
    .map(({ job, id }) => ({
      id,
      status: job.status,
      attempt: job.attempt,
      failures: job.failures,
      sequence: job.sequence,
      promotedAt: job.promotedAtMs,
      leaseExpiresAt: job.leaseEndsAtMs,
      deadlineAt: job.deadlineAtMs,
    }));
  const { id, status, attempt, failures, sequence, promotedAt, leaseExpiresAt, deadlineAt } = jobs;
  const found = edge.deps.db
    .select({ id, status, attempt, failures, sequence, promotedAt, leaseExpiresAt, deadlineAt })
    .from(jobs)
    .orderBy(id);
  const rows = await (which === 'all' ? found : found.where(OPEN));
  expect(rows).toEqual(expected);
}

/** After a life: each job has its transitions without a hole, one hold, and one end of it if it has ended itself. */
async function expectTraces({ edge, model, jobIds }: Life): Promise<void> {
  const [history, money] = await Promise.all([
    edge.deps.db
      .select({ jobId: events.jobId, sequence: events.sequence })
      .from(events)
      .orderBy(events.sequence),
    edge.deps.db.select().from(ledgerEntries).where(sql`job_id is not null`).orderBy(ledgerEntries.id),
  ]);
  model.jobs.forEach((job, i) => {
    const own = history.filter(({ jobId }) => jobId === jobIds[i]).map(({ sequence }) => sequence);
    expect(own).toEqual(Array.from({ length: job.sequence }, (_, step) => step + 1));
    const kinds = money.filter(({ jobId }) => jobId === jobIds[i]).map(({ kind }) => kind);
    const settled = job.status === 'succeeded' ? 'capture' : 'release';
    expect(kinds.toSorted()).toEqual(hasEnded(job) ? [settled, 'hold'].toSorted() : ['hold']);
  });
}

async function live(operations: readonly Operation[]): Promise<Life> {
  const edge = await startNodeEdge(LIMITS, ATTEMPT);
  const model = new ReferenceMachine(
    { ...LIMITS, leaseMs: LEASE_MS, attemptMs: ATTEMPT.seconds * 1000, failuresMax: ATTEMPT.failures },
    edge.deps.clock(),
  );
  const life: Life = { edge, model, jobIds: [], attempts: [] };
  for (const next of operations) {
    await perform(life, next);
    await compare(life, 'open');
  }
  await compare(life, 'all');
  await expectTraces(life);
  return life;
}

test('jobs do what the reference machine does, whatever happens in which order', {
  timeout: 1_800_000,
}, async () => {
  let operations = 0;
  const ends = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(operation, { minLength: OPERATIONS_A_LIFE, maxLength: OPERATIONS_A_LIFE }),
      async (life) => {
        const { model } = await live(life);
        operations += life.length;
        for (const job of model.jobs.filter(hasEnded)) ends.add(job.status);
      },
    ),
    { numRuns: Math.ceil(OPERATIONS / OPERATIONS_A_LIFE), seed: 6 },
  );
  expect(operations).toBeGreaterThanOrEqual(OPERATIONS);
  // A life in which nothing ends proves nothing.
  expect([...ends].toSorted()).toEqual(['canceled', 'expired', 'failed', 'rejected', 'succeeded']);
});
