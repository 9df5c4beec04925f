import { readEnv } from '../../apps/gpu-runner/src/env.ts';
import { serveJobs } from '../../apps/gpu-runner/src/shell/serve-jobs.ts';

// The runner as it is, but for the engine: only a test can start one, no setting of the product can.
await serveJobs(readEnv(process.env), new URL('./scripted-engine-child.ts', import.meta.url));
