import { buildPlayground } from './build-playground.ts';
import { exitOf } from './process-group.ts';
import { spawnWrangler } from './wrangler.ts';

const HELP = `Usage: npm run deploy -- [wrangler deploy options]

Builds the playground and deploys the edge to Cloudflare; docs/operations.md says what must be there before.

  --dry-run       builds everything and sends nothing; needs no account and no network
`;

if (process.argv.includes('--help')) console.log(HELP);
else {
  await buildPlayground();
  const wrangler = spawnWrangler(['deploy', ...process.argv.slice(2)], 'inherit');
  await exitOf(wrangler);
  process.exit(wrangler.exitCode ?? 1);
}
