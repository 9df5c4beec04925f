import { env } from 'cloudflare:workers';
import type { D1Migration } from 'cloudflare:test';
import type { Bindings } from '../env.ts';

/** The bindings of the Worker under test, and the migrations that vitest.config.ts adds. */
declare global {
  namespace Cloudflare {
    interface Env extends Bindings {
      TEST_MIGRATIONS: D1Migration[];
      /** How many requests the fuzz test sends. */
      FUZZ_REQUESTS: string;
      /** How many times longer than in CI the tests are whose length is a number. */
      SOAK_TIMES: string;
    }
    interface GlobalProps {
      mainModule: typeof import('../worker.ts');
    }
  }
}

export const bindings: Cloudflare.Env = env;

/** A number of CI, as often as `npm run soak` wants it. */
export const soaked = (count: number): number => count * Number(bindings.SOAK_TIMES);
