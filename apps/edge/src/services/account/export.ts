import type { Account, ExportEnd } from '@headwright/shared/api/account';
import type { Head } from '@headwright/shared/api/heads';
import type { Job } from '@headwright/shared/api/jobs';
import type { Revision } from '@headwright/shared/api/revisions';
import { PAGE_MAX_LENGTH } from '@headwright/shared/limits';
import { auditOf, auditStatement } from '../audit/audit-statement.ts';
import type { AccountContext } from '../context.ts';
import { listHeads } from '../heads/list.ts';
import { listJobs } from '../jobs/list.ts';
import { listAllRevisions } from '../revisions/list-all.ts';
import { getAccount } from './get.ts';

/**
 * Everything that an account has in the mode of the key: the account, its heads and revisions with the addresses of their files,
 * and its jobs; deleted heads have only their jobs left. Pages are read while the reader reads, so that no account is too large for memory.
 */
export async function exportAccount(
  ctx: AccountContext,
): Promise<AsyncGenerator<Account | Head | Revision | Job | ExportEnd>> {
  const account = await getAccount(ctx);
  await ctx.deps.db.batch([auditStatement(ctx.deps, auditOf(ctx, 'account.export', account.id))]);
  return lines(ctx, account);
}

async function* lines(ctx: AccountContext, account: Account) {
  const end: ExportEnd = { object: 'export_end', head_count: 0, revision_count: 0, job_count: 0 };
  yield account;
  for await (const head of all<Head>((query) => listHeads(ctx, query))) {
    end.head_count += 1;
    yield head;
  }
  for await (const revision of all<Revision>((query) => listAllRevisions(ctx, query))) {
    end.revision_count += 1;
    yield revision;
  }
  for await (const job of all<Job>((query) => listJobs(ctx, query))) {
    end.job_count += 1;
    yield job;
  }
  yield end;
}

/** Every object of a list, page by page. */
async function* all<T extends { id: string }>(
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
