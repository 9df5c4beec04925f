import type { Account, ExportEnd } from '@headwright/shared/api/account';
import type { LedgerEntry } from '@headwright/shared/api/billing';
import type { ClientToken } from '@headwright/shared/api/client-tokens';
import type { Event } from '@headwright/shared/api/events';
import type { Head } from '@headwright/shared/api/heads';
import type { Job } from '@headwright/shared/api/jobs';
import type { ApiKey } from '@headwright/shared/api/keys';
import type { ModerationFlag } from '@headwright/shared/api/moderation';
import type { Revision } from '@headwright/shared/api/revisions';
import type { WebhookEndpoint } from '@headwright/shared/api/webhooks';
import { PAGE_MAX_LENGTH } from '@headwright/shared/limits';
import { auditOf, auditStatement } from '../audit/audit-statement.ts';
import { listEntries } from '../billing/list-entries.ts';
import { listClientTokens } from '../client-tokens/list.ts';
import type { AccountContext } from '../context.ts';
import { listEvents } from '../events/list.ts';
import { listHeads } from '../heads/list.ts';
import { listJobs } from '../jobs/list.ts';
import { listKeys } from '../keys/list.ts';
import { listFlags } from '../moderation/list-flags.ts';
import { listAllRevisions } from '../revisions/list-all.ts';
import { listEndpoints } from '../webhooks/endpoints/list.ts';
import { getAccount } from './get.ts';

/** One object of an export, as the API shows it. */
interface Exported {
  object: string;
}

/**
 * Everything that an account has in the mode of the key: the account, its heads and revisions with the addresses of their files,
 * jobs, ledger, events, webhook endpoints, keys and client tokens without their secrets, and what moderation refused; deleted
 * heads have only their jobs left. Pages are read while the reader reads, so that no account is too large for memory.
 */
export async function exportAccount(ctx: AccountContext): Promise<AsyncGenerator<Exported | ExportEnd>> {
  const account = await getAccount(ctx);
  await ctx.deps.db.batch([auditStatement(ctx.deps, auditOf(ctx, 'account.export', account.id))]);
  return lines(ctx, account);
}

async function* lines(ctx: AccountContext, account: Account): AsyncGenerator<Exported | ExportEnd> {
  yield account;
  const counts: Record<string, number> = { account: 1 };
  const lists = [
    all<Head>((query) => listHeads(ctx, query)),
    all<Revision>((query) => listAllRevisions(ctx, query)),
    all<Job>((query) => listJobs(ctx, query)),
    all<LedgerEntry>((query) => listEntries(ctx, query)),
    all<Event>((query) => listEvents(ctx, query)),
    all<WebhookEndpoint>((query) => listEndpoints(ctx, query)),
    all<ApiKey>((query) => listKeys(ctx, query)),
    all<ClientToken>((query) => listClientTokens(ctx, query)),
    all<ModerationFlag>((query) => listFlags(ctx, query)),
  ];
  for (const list of lists) {
    for await (const each of list) {
      counts[each.object] = (counts[each.object] ?? 0) + 1;
      yield each;
    }
  }
  yield { object: 'export_end', counts };
}

/** Every object of a list, page by page. */
async function* all<T extends Exported & { id: string }>(
  list: (query: { limit: number; starting_after?: T['id'] }) => Promise<{ data: T[]; has_more: boolean }>,
) {
  let last: T | undefined;
  for (;;) {
    const page = await list({
      limit: PAGE_MAX_LENGTH,
      ...(last === undefined ? {} : { starting_after: last.id }),
    });
    yield* page.data;
    last = page.data.at(-1);
    if (!page.has_more || last === undefined) return;
  }
}
