import type {
  CreateWebhookEndpointRequest,
  WebhookEndpointWithSecret,
} from '@headwright/shared/api/webhooks';
import { DEFAULT_EVENT_TYPES } from '@headwright/shared/event-types';
import { WEBHOOK_ENDPOINTS_MAX } from '@headwright/shared/limits';
import { sql } from 'drizzle-orm';
import { insertSelect } from '../../../db/insert-select.ts';
import { webhookEndpoints } from '../../../db/schema/webhook-endpoints.ts';
import type { AccountContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { checkUrl } from '../check-url.ts';
import { seal } from '../seal.ts';
import { createSecret } from '../sign.ts';
import { describeEndpoint } from './describe-endpoint.ts';

/** Adds an endpoint for events of the caller's mode. */
export async function createEndpoint(
  ctx: AccountContext,
  input: CreateWebhookEndpointRequest,
): Promise<WebhookEndpointWithSecret> {
  const { deps, actor } = ctx;
  const { accountId, mode } = actor;
  const id = deps.ids.create('we');
  const nowMs = deps.clock();
  const secret = createSecret();
  const [row] = await insertSelect(
    deps.db,
    webhookEndpoints,
    {
      id,
      accountId,
      mode,
      url: checkUrl(input.url, deps.config.isLocal),
      description: input.description ?? null,
      eventTypes: input.event_types ?? [...DEFAULT_EVENT_TYPES],
      status: 'enabled',
      disabledReason: null,
      secret: await seal(deps.config.webhookKeys, id, secret),
      previousSecret: null,
      previousSecretExpiresAt: null,
      failingSince: null,
      createdAt: nowMs,
    },
    sql`where (select count(*) from webhook_endpoints where account_id = ${accountId} and mode = ${mode})
      < ${WEBHOOK_ENDPOINTS_MAX}`,
  ).returning();
  if (row === undefined) {
    const detail = `An account may have ${WEBHOOK_ENDPOINTS_MAX} endpoints in each mode.`;
    throw new ServiceError('resource.limit_reached', detail);
  }
  return { ...describeEndpoint(row, nowMs), secret };
}
