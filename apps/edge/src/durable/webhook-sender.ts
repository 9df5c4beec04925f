import { DurableObject } from 'cloudflare:workers';
import { buildDeps } from '../deps.ts';
import type { Bindings } from '../env.ts';
import type { WebhookSenderMethods } from '../ports/doorbell/interface.ts';
import { tellError } from '../services/tell-error.ts';
import { deliverDue } from '../services/webhooks/deliver-due.ts';

/** When to look again after the database could not be read. */
const TROUBLE_MS = 60_000;

/**
 * Sends to one webhook endpoint, so that a slow one delays nobody else. It knows nothing but that endpoint's id: what is
 * due, and when, stands in the database. Its alarm is the next attempt.
 */
export class WebhookSender extends DurableObject<Bindings> implements WebhookSenderMethods {
  async due(endpointId: string): Promise<void> {
    await this.ctx.storage.put('endpoint', endpointId);
    await this.#wakeAt(Date.now());
  }

  override async alarm(): Promise<void> {
    const endpointId = await this.ctx.storage.get<string>('endpoint');
    if (endpointId === undefined) return;
    const deps = buildDeps(this.env);
    try {
      const nextMs = await deliverDue(deps, endpointId);
      if (nextMs !== null) await this.#wakeAt(nextMs);
    } catch (error) {
      deps.log.error('webhook sender failed', { endpointId, error: tellError(error) });
      await this.#wakeAt(deps.clock() + TROUBLE_MS);
    }
  }

  /** Keeps an alarm that is earlier. */
  async #wakeAt(atMs: number): Promise<void> {
    const alarm = await this.ctx.storage.getAlarm();
    if (alarm === null || alarm > atMs) await this.ctx.storage.setAlarm(atMs);
  }
}
