import type { Route } from '../http/route.ts';
import { readError } from './meta/errors.ts';
import { readHealth } from './meta/healthz.ts';
import { readBase } from './runner/base.ts';
import { getCheckpoint, putCheckpoint } from './runner/checkpoint.ts';
import { postClaim } from './runner/claim.ts';
import { postComplete } from './runner/complete.ts';
import { postFail } from './runner/fail.ts';
import { postHeartbeat } from './runner/heartbeat.ts';
import { putPreview } from './runner/preview.ts';
import { putFile } from './runner/upload.ts';
import { createHeadContract, postHead } from './v1/heads/create.ts';
import { readFile } from './v1/heads/file.ts';
import { readHead } from './v1/heads/get.ts';
import { postRevision } from './v1/heads/revisions/create.ts';
import { readRevision } from './v1/heads/revisions/get.ts';
import { readRevisions } from './v1/heads/revisions/list.ts';
import { postCancel } from './v1/jobs/cancel.ts';
import { streamEvents } from './v1/jobs/events.ts';
import { readJob } from './v1/jobs/get.ts';
import { readPreview } from './v1/jobs/preview.ts';

/** The whole API. A path that is here answers other methods with 405; any other path is a 404. */
export const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/healthz', credential: 'none', handler: readHealth },
  { method: 'GET', path: '/v1/errors/:code', credential: 'none', handler: readError },

  {
    method: 'POST',
    path: '/v1/heads',
    credential: 'account',
    handler: postHead,
    contract: createHeadContract,
  },
  { method: 'GET', path: '/v1/heads/:id', credential: 'account', handler: readHead },
  { method: 'GET', path: '/v1/heads/:id/file/:name{.+}', credential: 'account', handler: readFile },
  { method: 'GET', path: '/v1/heads/:id/revisions', credential: 'account', handler: readRevisions },
  { method: 'POST', path: '/v1/heads/:id/revisions', credential: 'account', handler: postRevision },
  {
    method: 'GET',
    path: '/v1/heads/:id/revisions/:revision_id',
    credential: 'account',
    handler: readRevision,
  },
  { method: 'GET', path: '/v1/jobs/:id', credential: 'account', handler: readJob },
  { method: 'GET', path: '/v1/jobs/:id/events', credential: 'account', handler: streamEvents },
  { method: 'GET', path: '/v1/jobs/:id/preview', credential: 'account', handler: readPreview },
  { method: 'POST', path: '/v1/jobs/:id/cancel', credential: 'account', handler: postCancel },

  { method: 'POST', path: '/runner/v1/claim', credential: 'runner', handler: postClaim },
  { method: 'POST', path: '/runner/v1/jobs/:id/heartbeat', credential: 'runner', handler: postHeartbeat },
  { method: 'PUT', path: '/runner/v1/jobs/:id/preview', credential: 'runner', handler: putPreview },
  { method: 'PUT', path: '/runner/v1/jobs/:id/files/:name{.+}', credential: 'runner', handler: putFile },
  { method: 'GET', path: '/runner/v1/jobs/:id/base', credential: 'runner', handler: readBase },
  { method: 'GET', path: '/runner/v1/jobs/:id/checkpoint', credential: 'runner', handler: getCheckpoint },
  { method: 'PUT', path: '/runner/v1/jobs/:id/checkpoint', credential: 'runner', handler: putCheckpoint },
  { method: 'POST', path: '/runner/v1/jobs/:id/complete', credential: 'runner', handler: postComplete },
  { method: 'POST', path: '/runner/v1/jobs/:id/fail', credential: 'runner', handler: postFail },
];
