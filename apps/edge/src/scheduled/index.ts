import type { Deps } from '../services/context.ts';
import { checkBooks } from '../services/billing/check-books.ts';
import { sendMeterEvents } from '../services/billing/send-meter-events.ts';
import { sweepHeads } from '../services/heads/sweep.ts';
import { sweepJobs } from '../services/jobs/sweep.ts';
import { sweepWebhooks } from '../services/webhooks/sweep.ts';

/** What runs when: the cron expressions of wrangler.toml. */
export const SCHEDULE: Readonly<Record<string, (deps: Deps) => Promise<void>>> = {
  '* * * * *': async (deps) => {
    await sweepJobs(deps);
    await sweepHeads(deps);
    await sweepWebhooks(deps);
    await sendMeterEvents(deps);
  },
  '17 3 * * *': checkBooks,
};
