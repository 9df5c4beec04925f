import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { SummaryReporter } from './test/summary-reporter.ts';

/** Five projects in one run: edge in workerd with D1 and R2, the others in Node. */
export default defineConfig({
  test: {
    reporters: ['default', new SummaryReporter()],
    // What a Worker logs is shown with the test that failed.
    silent: 'passed-only',
    projects: [
      { test: { name: 'shared', include: ['packages/shared/src/**/*.test.ts'] } },
      { test: { name: 'client', include: ['packages/client/src/**/*.test.ts'] } },
      { test: { name: 'gpu-runner', include: ['apps/gpu-runner/src/**/*.test.ts'], testTimeout: 60_000 } },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              // Tests have no network: whatever leaves the Worker is answered here. A refused connection would fill the
              // output with exceptions of workerd, a pair for each attempt of each webhook.
              outboundService: () => new Response('no network in tests', { status: 503 }),
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations('./migrations'),
                ALLOW_SMOKE_PRESET: 'true',
                ACCESS_LOG: 'false',
                // `npm run soak` asks for more.
                FUZZ_REQUESTS: process.env['FUZZ_REQUESTS'] ?? '600',
                SOAK_TIMES: process.env['SOAK_TIMES'] ?? '1',
                LOCAL_MODE: 'true',
                EVENT_PING_SECONDS: '0.05',
              },
            },
          })),
        ],
        test: {
          name: 'edge',
          include: ['apps/edge/src/**/*.test.ts'],
          setupFiles: ['apps/edge/src/test/apply-migrations.ts'],
          // CommonJS inside, which only a bundler resolves in workerd; stripe is hundreds of files, which one bundle loads in no time.
          deps: {
            optimizer: { ssr: { enabled: true, include: ['obscenity', 'standardwebhooks', 'stripe'] } },
          },
          testTimeout: 30_000,
          // Vitest would send each line to its process and wait for the answer. A line of a Durable Object is only sent with
          // the next message of the tests; one that comes after the last message is waited for for ever.
          disableConsoleIntercept: true,
        },
      },
      {
        test: { name: 'product', include: ['test/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 120_000 },
      },
    ],
  },
});
