import { FIRST_MODEL } from '@headwright/shared/models';
import { renditionsNamed } from '@headwright/shared/renditions';
import { JobSpec } from '@headwright/shared/runner/job-spec';
import type { ClaimRequest, ClaimResponse, OfferedFile } from '@headwright/shared/runner/protocol';
import { type SQL, sql } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import type { Config } from '../../env.ts';
import type { RunnerContext } from '../context.ts';
import { hashSecret } from '../keys/format.ts';
import { SCRIPTED_LANE } from './choose-lane.ts';
import { enginePool } from './engine-pool.ts';
import { findBase } from './find-base.ts';
import { transition } from './transition.ts';

/** Gives the longest-ready job of the runner's pools to it, waiting up to `wait_s` for one; null when none came. */
export async function claimJob(
  ctx: RunnerContext,
  request: ClaimRequest,
  hungUp: AbortSignal,
): Promise<ClaimResponse | null> {
  const { clock, config, doorbell } = ctx.deps;
  const modes = ctx.actor.mode === 'any' ? ['live', 'test'] : [ctx.actor.mode];
  const models = [...new Set(request.models ?? [FIRST_MODEL])];
  const enginePools = modes.flatMap((mode) =>
    [...new Set(request.presets)].flatMap((preset) => models.map((model) => enginePool(mode, preset, model))),
  );
  const scriptedPools = modes.includes('test') ? [SCRIPTED_LANE] : [];
  const pools = request.scripted ? scriptedPools : enginePools;

  const deadlineMs = clock() + Math.min(request.wait_s * 1000, config.claimHoldMs);
  const claimNow = () => (hungUp.aborted ? null : claimFrom(ctx, pools, request.runner));
  const first = await claimNow();
  if (first !== null || request.wait_s === 0) return first;
  for (;;) {
    // The version is read before the queue: a job that becomes ready in between moves it and ends the wait.
    const version = await doorbell.poolVersion();
    const claimed = await claimNow();
    if (claimed !== null || hungUp.aborted) return claimed;
    const leftMs = deadlineMs - clock();
    if (leftMs <= 0 || !(await doorbell.waitForPool(pools, version, leftMs))) return null;
  }
}

async function claimFrom(ctx: RunnerContext, pools: string[], runner: string): Promise<ClaimResponse | null> {
  const { clock, ids, config } = ctx.deps;
  const nowMs = clock();
  const token = ids.token();
  const claimed = await transition(ctx.deps, {
    to: 'running',
    // One probe of the index for each pool: a single IN over the pools would have to sort all their ready jobs.
    where: sql`id = (select ready.id from json_each(${JSON.stringify(pools)}) as wanted
      cross join jobs as ready on ready.id = (select id from jobs where pool = wanted.value
        and ready_rank is not null order by ready_rank, id limit 1)
      order by ready.ready_rank, ready.id limit 1)`,
    set: {
      readyRank: null,
      attempt: sql`${jobs.attempt} + 1`,
      tokenHash: await hashSecret(token),
      runner,
      attemptEndsAt: sql`${nowMs} + ${attemptMs(config)}`,
      leaseExpiresAt: sql`${nowMs} + min(${config.leaseMs}, ${attemptMs(config)})`,
      startedAt: sql`coalesce(${jobs.startedAt}, ${nowMs})`,
    },
  });
  if (claimed === null) return null;
  const { job, work } = claimed;
  return {
    job: JobSpec.parse({
      job_id: job.id,
      head_id: job.headId,
      kind: job.kind,
      prompt: work.prompt,
      negative_prompt: work.negativePrompt,
      seed: work.seed,
      preset: job.preset,
      model: job.model,
      blendshapes: work.hasBlendshapes,
      renditions:
        work.exported ?? work.renditionNames.flatMap((name) => renditionsNamed(name, work.hasBlendshapes)),
    }),
    base: job.kind === 'head' ? null : offer(await findBase(ctx.deps, job.id)),
    checkpoint: job.checkpoint === null ? null : offer(job.checkpoint),
    attempt: { number: job.attempt, token, lease_s: config.leaseMs / 1000 },
  };
}

/** How long an attempt of the row's preset may last. */
function attemptMs({ attemptLimits }: Config): SQL {
  const cases = Object.entries(attemptLimits).map(
    ([preset, { seconds }]) => sql`when ${preset} then ${seconds * 1000}`,
  );
  return sql`case preset ${sql.join(cases, sql` `)} end`;
}

const offer = ({ bytes, sha256 }: OfferedFile): OfferedFile => ({ bytes, sha256 });
