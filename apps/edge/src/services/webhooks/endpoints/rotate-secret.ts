import type { WebhookEndpointWithSecret } from '@headwright/shared/api/webhooks';
import { and, eq, sql } from 'drizzle-orm';
import { webhookEndpoints } from '../../../db/schema/webhook-endpoints.ts';
import type { AccountContext } from '../../context.ts';
import { SECRET_OVERLAP_MS } from '../retry-schedule.ts';
import { seal } from '../seal.ts';
import { createSecret } from '../sign.ts';
import { describeEndpoint } from './describe-endpoint.ts';
import { noSuchEndpoint, visibleEndpoints } from './get.ts';

/** Gives an endpoint a new secret. For a day requests carry signatures by the new one and by the one before. */
export async function rotateSecret(
  { deps, actor }: AccountContext,
  endpointId: string,
): Promise<WebhookEndpointWithSecret> {
  const nowMs = deps.clock();
  const secret = createSecret();
  const [row] = await deps.db
    .update(webhookEndpoints)
    .set({
      previousSecret: sql`secret`,
      previousSecretExpiresAt: nowMs + SECRET_OVERLAP_MS,
      secret: await seal(deps.config.webhookKeys, endpointId, secret),
    })
    .where(and(eq(webhookEndpoints.id, endpointId), visibleEndpoints(actor)))
    .returning();
  if (row === undefined) throw noSuchEndpoint();
  return { ...describeEndpoint(row, nowMs), secret };
}
