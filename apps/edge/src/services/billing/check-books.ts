import type { Deps } from '../context.ts';
import { reconcile } from './reconcile.ts';

/** Compares the books and says so in the log: an error is for the operator to look at. */
export async function checkBooks(deps: Deps): Promise<void> {
  const { findings, ...sums } = await reconcile(deps);
  if (findings.length === 0) deps.log.info('the books agree', { ...sums });
  for (const { claim, count, examples } of findings) {
    deps.log.error('the books do not agree', { claim, count, examples: examples.join('; ') });
  }
}
