import type { MiddlewareHandler } from 'hono';
import type { AppContext, AppEnv } from '../http/context.ts';
import type { Route } from '../http/route.ts';

/** What an id of ours looks like; anything else in its place is a stranger's words. */
const ID = /^[a-z]+_[0-9a-z]{1,40}$/;

/** Ids of objects that a request was about: those of its path, and the job that it made. */
function objectsOf(c: AppContext): Record<string, string> {
  const asked = c.req.param('id') ?? '';
  const id = ID.test(asked) ? asked : '';
  const jobId = c.get('jobId') ?? (id.startsWith('job_') ? id : undefined);
  return {
    ...(id === '' || id === jobId ? {} : { objectId: id }),
    ...(jobId === undefined ? {} : { jobId }),
  };
}

/** Tells each request of a route to the log: who, what, how it went; never what was written or sent. */
export function accessLog({ path }: Route): MiddlewareHandler<AppEnv> {
  return async function accessLog(c, next) {
    const { log, clock, config } = c.get('deps');
    const startedAtMs = clock();
    await next();
    if (!config.hasAccessLog) return;
    const account = c.get('account');
    log.info('request', {
      requestId: c.get('requestId'),
      method: c.req.method,
      path,
      status: c.res.status,
      durationMs: clock() - startedAtMs,
      ...(account === undefined ? {} : { accountId: account.actor.accountId, keyId: account.actor.keyId }),
      ...objectsOf(c),
    });
  };
}
