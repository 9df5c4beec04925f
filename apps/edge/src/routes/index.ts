import type { Route } from '../http/route.ts';
import { postStripeEvent } from './hooks/stripe.ts';
import { postLocalCheckout, readLocalCheckoutPage } from './local/checkout.ts';
import { ACCOUNT_ROUTES } from './v1/account/routes.ts';
import { BILLING_ROUTES } from './v1/billing/routes.ts';
import { getErrorContract, listErrorsContract, readError, readErrors } from './meta/errors.ts';
import { getHealthContract, readHealth } from './meta/healthz.ts';
import { openApiRoute } from './meta/openapi.ts';
import { getStatusContract, readStatusRoute } from './meta/status.ts';
import { getBacklog } from './runner/backlog.ts';
import { postCommand } from './operator/command.ts';
import { readBase } from './runner/base.ts';
import { getCheckpoint, putCheckpoint } from './runner/checkpoint.ts';
import { postClaim } from './runner/claim.ts';
import { postComplete } from './runner/complete.ts';
import { postFail } from './runner/fail.ts';
import { postHeartbeat } from './runner/heartbeat.ts';
import { putPreview } from './runner/preview.ts';
import { putFile } from './runner/upload.ts';
import { createHeadContract, postHead } from './v1/heads/create.ts';
import { getFileContract, readFile } from './v1/heads/file.ts';
import { getHeadContract, readHead } from './v1/heads/get.ts';
import { listHeadsContract, readHeads } from './v1/heads/list.ts';
import { deleteHeadContract, removeHead } from './v1/heads/remove.ts';
import { patchHead, updateHeadContract } from './v1/heads/update.ts';
import { createExportContract, postExport } from './v1/heads/exports/create.ts';
import { createRevisionContract, postRevision } from './v1/heads/revisions/create.ts';
import { getRevisionContract, readRevision } from './v1/heads/revisions/get.ts';
import { listRevisionsContract, readRevisions } from './v1/heads/revisions/list.ts';
import { cancelJobContract, postCancel } from './v1/jobs/cancel.ts';
import { streamEventsContract, streamEvents } from './v1/jobs/events.ts';
import { getJobContract, readJob } from './v1/jobs/get.ts';
import { listJobsContract, readJobs } from './v1/jobs/list.ts';
import { getPreviewContract, readPreview } from './v1/jobs/preview.ts';
import { KEY_ROUTES } from './v1/keys/routes.ts';
import { EVENT_ROUTES } from './v1/events/routes.ts';
import { WEBHOOK_ENDPOINT_ROUTES } from './v1/webhook-endpoints/routes.ts';
import { ASSET_ROUTES } from './v1/assets/routes.ts';
import { checkModerationContract, postCheck } from './v1/moderation/check.ts';
import {
  appealFlagContract,
  getFlagContract,
  listFlagsContract,
  postAppeal,
  readFlag,
  readFlags,
} from './v1/moderation/flags.ts';

/** All routes but those that describe the others. */
const OWN_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/healthz', credential: 'none', handler: readHealth, contract: getHealthContract },
  {
    method: 'GET',
    path: '/v1/status',
    credential: 'none',
    handler: readStatusRoute,
    contract: getStatusContract,
  },
  {
    method: 'GET',
    path: '/v1/errors',
    credential: 'none',
    handler: readErrors,
    contract: listErrorsContract,
  },
  {
    method: 'GET',
    path: '/v1/errors/:code',
    credential: 'none',
    handler: readError,
    contract: getErrorContract,
  },

  {
    method: 'POST',
    path: '/v1/heads',
    credential: 'account',
    scope: 'heads:write',
    forApps: true,
    handler: postHead,
    contract: createHeadContract,
  },
  {
    method: 'GET',
    path: '/v1/heads',
    credential: 'account',
    scope: 'heads:read',
    forApps: true,
    handler: readHeads,
    contract: listHeadsContract,
  },
  {
    method: 'PATCH',
    path: '/v1/heads/:id',
    credential: 'account',
    scope: 'heads:write',
    handler: patchHead,
    contract: updateHeadContract,
  },
  {
    method: 'DELETE',
    path: '/v1/heads/:id',
    credential: 'account',
    scope: 'heads:write',
    handler: removeHead,
    contract: deleteHeadContract,
  },
  {
    method: 'GET',
    path: '/v1/heads/:id',
    credential: 'account',
    scope: 'heads:read',
    forApps: true,
    handler: readHead,
    contract: getHeadContract,
  },
  {
    method: 'GET',
    path: '/v1/heads/:id/file/:name{.+}',
    credential: 'account',
    scope: 'assets:read',
    forApps: true,
    handler: readFile,
    contract: getFileContract,
  },
  {
    method: 'GET',
    path: '/v1/heads/:id/revisions',
    credential: 'account',
    scope: 'heads:read',
    forApps: true,
    handler: readRevisions,
    contract: listRevisionsContract,
  },
  {
    method: 'POST',
    path: '/v1/heads/:id/revisions',
    credential: 'account',
    scope: 'heads:write',
    forApps: true,
    handler: postRevision,
    contract: createRevisionContract,
  },
  {
    method: 'POST',
    path: '/v1/heads/:id/exports',
    credential: 'account',
    scope: 'heads:write',
    forApps: true,
    handler: postExport,
    contract: createExportContract,
  },
  {
    method: 'GET',
    path: '/v1/heads/:id/revisions/:revision_id',
    credential: 'account',
    scope: 'heads:read',
    forApps: true,
    handler: readRevision,
    contract: getRevisionContract,
  },
  {
    method: 'GET',
    path: '/v1/jobs',
    credential: 'account',
    scope: 'heads:read',
    forApps: true,
    handler: readJobs,
    contract: listJobsContract,
  },
  {
    method: 'GET',
    path: '/v1/jobs/:id',
    credential: 'account',
    scope: 'heads:read',
    forApps: true,
    handler: readJob,
    contract: getJobContract,
  },
  {
    method: 'GET',
    path: '/v1/jobs/:id/events',
    credential: 'account',
    scope: 'heads:read',
    forApps: true,
    handler: streamEvents,
    contract: streamEventsContract,
  },
  {
    method: 'GET',
    path: '/v1/jobs/:id/preview',
    credential: 'account',
    scope: 'assets:read',
    forApps: true,
    handler: readPreview,
    contract: getPreviewContract,
  },
  {
    method: 'POST',
    path: '/v1/jobs/:id/cancel',
    credential: 'account',
    scope: 'jobs:cancel',
    forApps: true,
    handler: postCancel,
    contract: cancelJobContract,
  },

  ...ASSET_ROUTES,
  ...KEY_ROUTES,

  ...BILLING_ROUTES,
  ...ACCOUNT_ROUTES,
  { method: 'POST', path: '/hooks/stripe', credential: 'none', handler: postStripeEvent },
  { method: 'GET', path: '/local/checkout/:id', credential: 'none', handler: readLocalCheckoutPage },
  { method: 'POST', path: '/local/checkout/:id', credential: 'none', handler: postLocalCheckout },

  ...WEBHOOK_ENDPOINT_ROUTES,
  ...EVENT_ROUTES,

  { method: 'GET', path: '/runner/v1/backlog', credential: 'runner', handler: getBacklog },
  {
    method: 'POST',
    path: '/v1/moderation/checks',
    credential: 'account',
    scope: 'heads:write',
    forApps: true,
    countedAs: 'checks',
    handler: postCheck,
    contract: checkModerationContract,
  },
  {
    method: 'GET',
    path: '/v1/moderation/flags',
    credential: 'account',
    scope: 'heads:read',
    handler: readFlags,
    contract: listFlagsContract,
  },
  {
    method: 'GET',
    path: '/v1/moderation/flags/:id',
    credential: 'account',
    scope: 'heads:read',
    handler: readFlag,
    contract: getFlagContract,
  },
  {
    method: 'POST',
    path: '/v1/moderation/flags/:id/appeal',
    credential: 'account',
    scope: 'heads:write',
    handler: postAppeal,
    contract: appealFlagContract,
  },

  { method: 'POST', path: '/operator/v1/:command', credential: 'operator', handler: postCommand },

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

/** The whole API. A path that is here answers other methods with 405; any other path is a 404. */
export const ROUTES: readonly Route[] = [...OWN_ROUTES, openApiRoute(OWN_ROUTES)];
