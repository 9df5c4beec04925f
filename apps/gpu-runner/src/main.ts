import { readEnv, RunnerEnv } from './env.ts';
import { serveJobs } from './shell/serve-jobs.ts';

const variables = Object.entries(RunnerEnv.shape).map(
  ([name, schema]) => `  ${name.padEnd(18)} ${schema.description ?? ''}`,
);

const HELP = `Usage: node apps/gpu-runner/src/main.ts

Claims jobs from the edge, makes heads, uploads them. Ends by SIGTERM or SIGINT, handing its job back.

Environment:
${variables.join('\n')}
`;

if (process.argv.includes('--help')) console.log(HELP);
else {
  try {
    await serveJobs(readEnv(process.env));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
