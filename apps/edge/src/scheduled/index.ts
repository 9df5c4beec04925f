import type { Deps } from '../services/context.ts';
import { checkBooks } from '../services/billing/check-books.ts';
import { sendMeterEvents } from '../services/billing/send-meter-events.ts';
import { forEach } from '../services/for-each.ts';
import { sweepHeads } from '../services/heads/sweep.ts';
import { sweepJobs } from '../services/jobs/sweep.ts';
import { sweepMail } from '../services/mail/sweep.ts';
import { sweepWebhooks } from '../services/webhooks/sweep.ts';

/** What runs when: the cron expressions of wrangler.toml. */
export const SCHEDULE: Readonly<Record<string, (deps: Deps) => Promise<void>>> = {
  '* * * * *': (deps) => runAll(deps, { sweepJobs, sweepHeads, sweepWebhooks, sendMeterEvents, sweepMail }),
  '17 3 * * *': checkBooks,
};

/** Runs one sweep after the other, though one fails: money must not wait for jobs, nor anything for the mail. */
async function runAll(
  deps: Deps,
  sweeps: Readonly<Record<string, (deps: Deps) => Promise<void>>>,
): Promise<void> {
  const rows = Object.entries(sweeps).map(([id, run]) => ({ id, run }));
  await forEach(deps, 'a sweep failed', rows, ({ run }) => run(deps));
}
