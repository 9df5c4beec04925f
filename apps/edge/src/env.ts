import { z } from 'zod';
import type { JobRoomMethods, RunnerPoolMethods } from './ports/doorbell/interface.ts';

/** What wrangler.toml binds, and its variables as the strings they arrive as. */
export interface Bindings {
  DB: D1Database;
  FILES: R2Bucket;
  JOB_ROOM: DurableObjectNamespace<JobRoomMethods & Rpc.DurableObjectBranded>;
  RUNNER_POOL: DurableObjectNamespace<RunnerPoolMethods & Rpc.DurableObjectBranded>;
  LEASE_SECONDS: string;
  CLAIM_HOLD_SECONDS: string;
  EVENT_PING_SECONDS: string;
  ALLOW_SMOKE_PRESET: string;
}

const Variables = z.object({
  LEASE_SECONDS: z.coerce.number().positive().max(3600),
  CLAIM_HOLD_SECONDS: z.coerce.number().positive().max(25),
  EVENT_PING_SECONDS: z.coerce.number().positive().max(300),
  ALLOW_SMOKE_PRESET: z.enum(['true', 'false']),
});

/** The variables in the units that code uses. */
export interface Config {
  leaseMs: number;
  claimHoldMs: number;
  eventPingMs: number;
  allowSmokePreset: boolean;
}

/** Checks the variables; a Worker with a wrong one fails at its first request and says which. */
export function parseConfig(env: Bindings): Config {
  const variables = Variables.parse(env);
  return {
    leaseMs: variables.LEASE_SECONDS * 1000,
    claimHoldMs: variables.CLAIM_HOLD_SECONDS * 1000,
    eventPingMs: variables.EVENT_PING_SECONDS * 1000,
    allowSmokePreset: variables.ALLOW_SMOKE_PRESET === 'true',
  };
}
